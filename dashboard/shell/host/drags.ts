// shell (host's browser).
// What a guest drags from one document into another that can't be reached from there: told to the one that the pointer is over, and what became of
// it to the one that it is from.
import type { Intent } from '../../../protocol/intent.ts';
import type { Dragged, FrameMessage } from '../../../protocol/page.ts';
import type { TabId } from '../../../protocol/room.ts';
import type { Door, HostPorts } from './ports.ts';

interface Drag {
	readonly from: number;
	readonly data: Dragged;
	/** The document that it was told to. */
	over: number | undefined;
}

export class HostDrags {
	readonly #ports: () => HostPorts;
	readonly #drags = new Map<TabId, Drag>();
	/** The document in which a button went down last: nothing can be dragged from another. */
	readonly #pressed = new Map<TabId, number>();

	constructor(ports: () => HostPorts) {
		this.#ports = ports;
	}

	/** A document says that what is dragged has left it, or (no data) has come back or has ended. */
	dragging({ tab, frame }: Door, { data }: Extract<FrameMessage, { t: 'dragging' }>): void {
		if (this.#pressed.get(tab) !== frame) return;
		this.#leave(this.#drags.get(tab));
		if (data) this.#drags.set(tab, { from: frame, data, over: undefined });
		else this.#drags.delete(tab);
	}

	/** It was let go over a document. */
	dropped({ tab, frame }: Door, { effect }: Extract<FrameMessage, { t: 'dropped' }>): void {
		const drag = this.#drags.get(tab);
		if (drag?.over !== frame) return;
		drag.over = undefined;
		this.#ports().tell(drag.from, { t: 'dropped', effect });
	}

	/** The guest moves on: the document that the pointer is over by now hears of the drag before it hears of that. */
	acts(tab: TabId, intent: Intent): void {
		const drag = this.#drags.get(tab);
		if (intent.k === 'down') {
			this.#leave(drag);
			this.#drags.delete(tab);
			this.#pressed.set(tab, intent.frame);
		}
		if (!drag || (intent.k !== 'move' && intent.k !== 'up') || intent.frame === drag.from || intent.frame === drag.over) return;
		this.#leave(drag);
		drag.over = intent.frame;
		this.#ports().tell(intent.frame, { t: 'dragging', data: drag.data });
	}

	forget(tab: TabId): void {
		this.#pressed.delete(tab);
		this.#drags.delete(tab);
	}

	#leave(drag: Drag | undefined): void {
		if (drag?.over !== undefined) this.#ports().tell(drag.over, { t: 'dragging' });
		if (drag) drag.over = undefined;
	}
}
