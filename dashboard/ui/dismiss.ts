// page: no Node. Closes a popover or menu on Escape, on a press elsewhere, and when a frame of the page takes the focus (whose presses we don't see).
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** An element with a popover of its own, and the button that opens it, its first. */
interface Opens extends ReactiveControllerHost, HTMLElement {
	open: boolean;
}

export class Dismiss implements ReactiveController {
	readonly #host: Opens;

	constructor(host: Opens) {
		this.#host = host;
		host.addController(this);
	}

	hostConnected(): void {
		window.addEventListener('pointerdown', this.#onPress);
		window.addEventListener('keydown', this.#onKey);
		window.addEventListener('blur', this.#onBlur);
	}

	hostDisconnected(): void {
		window.removeEventListener('pointerdown', this.#onPress);
		window.removeEventListener('keydown', this.#onKey);
		window.removeEventListener('blur', this.#onBlur);
	}

	readonly #onPress = (event: PointerEvent): void => {
		if (!event.composedPath().includes(this.#host)) this.#host.open = false;
	};

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.key !== 'Escape' || !this.#host.open) return;
		this.#host.open = false;
		this.#host.querySelector('button')?.focus();
	};

	readonly #onBlur = (): void => {
		if (document.activeElement instanceof HTMLIFrameElement) this.#host.open = false;
	};
}
