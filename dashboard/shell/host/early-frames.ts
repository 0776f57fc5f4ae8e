// page: no Node.
// Frames that stand at a tab's label before the tab is known: while the socket connects, the browser starts the label's own renderer, fetches
// the runtime and compiles it. The tab's page is then opened in that frame, in the place of what stood there (docs/decisions/0010).
import { EARLY_PATH } from '../../../protocol/page.ts';
import { newTabFrame, openInstead } from './tab-frame.ts';

/** Milliseconds after which a page is opened whether or not its frame is ready. */
const PATIENCE = 2000;

export interface EarlyFrame {
	readonly element: HTMLIFrameElement;
	/** Opens a URL of ours as if nothing had been opened before; the last one counts. False once that has happened: then `src` is the way. */
	open(url: string): boolean;
	/** Whether the page is on its way: what loads from now on is the page. */
	readonly left: boolean;
}

export class EarlyFrames {
	readonly #stage: HTMLElement;
	readonly #frames = new Map<string, EarlyFrame>();

	/** `stage` has to stand in the document when `prepare` is called, and stay where it is. */
	constructor(stage: HTMLElement) {
		this.#stage = stage;
	}

	/** Gets a frame ready at an origin of ours. */
	prepare(origin: string): void {
		if (this.#frames.has(origin)) return;
		const element = newTabFrame();
		const ready = new Promise<void>((done) => {
			element.addEventListener('load', () => done(), { once: true });
			setTimeout(done, PATIENCE);
		});
		let wanted = '';
		let left = false;
		const go = () => {
			left = true;
			// the way back must not lead to an empty page
			openInstead(element, wanted);
		};
		const open = (url: string) => {
			if (!left && !wanted) void ready.then(go);
			wanted = url;
			return !left;
		};
		element.src = origin + EARLY_PATH;
		this.#frames.set(origin, {
			element,
			open,
			get left() {
				return left;
			},
		});
		this.#stage.append(element);
	}

	/** The frame that is ready, or nearly, for a page at this origin of ours; it is the caller's then. */
	take(origin: string): EarlyFrame | undefined {
		const frame = this.#frames.get(origin);
		this.#frames.delete(origin);
		return frame;
	}

	/** Removes what nobody took. */
	drop(): void {
		for (const { element } of this.#frames.values()) element.remove();
		this.#frames.clear();
	}
}
