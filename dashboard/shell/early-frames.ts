// page: no Node.
// Frames that stand at a tab's label before the tab is known: while the socket connects, the browser starts the label's own renderer, fetches
// the runtime and compiles it. The tab's page is then opened in that frame, in the place of what stood there (docs/decisions/0010).
import { EARLY_PATH, EARLY_READY } from '../../protocol/page.ts';
import { newTabFrame, openInstead } from './tab-frame.ts';

/** Milliseconds after which a page is opened whether or not its frame is ready. */
const PATIENCE = 2000;
/** Milliseconds after which a load is taken for the page's, where it may have been that of what stood before it. */
const DOUBT = 500;

export interface EarlyFrame {
	readonly element: HTMLIFrameElement;
	/** Opens a URL of ours as if nothing had been opened before; the last one counts. False once that has happened: then `src` is the way. */
	open(url: string): boolean;
	/** Calls `done` whenever what was opened has loaded. */
	onLoad(done: () => void): void;
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
		const ready = isReady(element);
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
		let loads = 0;
		const onLoad = (done: () => void) =>
			element.addEventListener('load', () => {
				// it says that it is ready before it has loaded, and may be gone before that
				if (left && loads > 1) done();
				else if (left) setTimeout(done, DOUBT);
			});
		element.addEventListener('load', () => loads++);
		element.src = origin + EARLY_PATH;
		this.#frames.set(origin, { element, open, onLoad });
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

/** Waits until the document of an early frame says that it is ready, or has loaded. */
function isReady(element: HTMLIFrameElement): Promise<void> {
	return new Promise((resolve) => {
		const heard = new AbortController();
		const { signal } = heard;
		const done = () => {
			heard.abort();
			resolve();
		};
		element.addEventListener('load', done, { signal });
		window.addEventListener('message', ({ source, data }) => data === EARLY_READY && source === element.contentWindow && done(), {
			signal,
		});
		setTimeout(done, PATIENCE);
	});
}
