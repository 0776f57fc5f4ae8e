// page: no Node. Closes a popover or menu on Escape, on a press elsewhere, and when a frame of the page takes the focus (whose presses we don't see).
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class Dismiss implements ReactiveController {
	readonly #host: ReactiveControllerHost & HTMLElement;
	readonly #isOpen: () => boolean;
	readonly #close: (refocus: boolean) => void;

	constructor(host: ReactiveControllerHost & HTMLElement, isOpen: () => boolean, close: (refocus: boolean) => void) {
		this.#host = host;
		this.#isOpen = isOpen;
		this.#close = close;
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
		if (this.#isOpen() && !event.composedPath().includes(this.#host)) this.#close(false);
	};

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.key === 'Escape' && this.#isOpen()) this.#close(true);
	};

	readonly #onBlur = (): void => {
		if (this.#isOpen() && document.activeElement instanceof HTMLIFrameElement) this.#close(false);
	};
}
