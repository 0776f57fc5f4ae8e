// mirror document (guest's browser).
// Whether this guest's mirror scrolls with the host, and how far it stands from where the host is.
import type { FrameId } from '../../protocol/mirror.ts';
import type { Glance } from './glance.ts';

interface Scrolled {
	readonly doc: Document;
	readonly glance: Glance;
}

export class Follow {
	readonly #views: ReadonlyMap<FrameId, Scrolled>;
	#on = true;

	constructor(views: ReadonlyMap<FrameId, Scrolled>) {
		this.#views = views;
	}

	get on(): boolean {
		return this.#on;
	}

	/** True again: everything goes where the host has it. */
	set(on: boolean): void {
		this.#on = on;
		if (on) for (const { glance } of this.#views.values()) glance.rejoin();
	}

	/** How far things in a frame's viewport stand from where the host sees them: the host's scroll position less this guest's. */
	drift(frame: FrameId | undefined): { x: number; y: number } {
		const view = frame === undefined ? undefined : this.#views.get(frame);
		const win = view?.doc.defaultView;
		if (!view || !win) return { x: 0, y: 0 };
		const { x, y } = view.glance.hostScroll;
		return { x: x - win.scrollX, y: y - win.scrollY };
	}
}
