// mirror document (guest's browser).
// What is droppable: scroll positions, focus, selection, hover, pictures of canvases, playing media.
import { scrollSaid } from '../../protocol/digest.ts';
import type { Ephemeral, FocusLook, NodeId } from '../../protocol/mirror.ts';
import type { Registry } from './build.ts';
import { isHolder } from './holders.ts';
import { Looks } from './looks.ts';
import { showFrame, showPicture } from './picture.ts';
import { showFront } from './selected.ts';

/** Seconds that the guest's copy of a video may be off before it is put right. */
const DRIFT = 0.3;

/** A part of a text or of a field's value. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

export class Glance {
	readonly #into: Registry;
	/** Scroll positions that could not be reached yet, because what gives them room has not come. */
	/** Where the host said things are scrolled to. */
	readonly #told = new Map<NodeId, { x: number; y: number }>();
	readonly #pending = new Map<NodeId, { x: number; y: number }>();
	readonly #looks = new Looks();
	/** The host's focus: the id of an element, 0 for none; and how it is drawn there. */
	focus: NodeId = 0;
	look: FocusLook = 0;
	/** Where the host writes. */
	selection: Extract<Ephemeral, { op: 'select' }> | undefined;
	/** Not all of it has come. */
	#unselected = false;
	readonly carets = new Map<NodeId, Span>();
	composed: Extract<Ephemeral, { op: 'compose' }> | undefined;
	readonly #follows: () => boolean;

	/** `follows`: false while this guest looks elsewhere; the host's scrolling is kept then, not shown. */
	constructor(into: Registry, follows: () => boolean) {
		this.#into = into;
		this.#follows = follows;
	}

	/** Where the host has scrolled the document to. */
	get hostScroll(): { x: number; y: number } {
		return this.#told.get(0) ?? { x: 0, y: 0 };
	}

	/** Everything goes where the host has it. */
	rejoin(): void {
		for (const [id, at] of this.#told) this.#pending.set(id, at);
		this.settle();
	}

	apply(op: Ephemeral): void {
		switch (op.op) {
			case 'scroll':
				this.#told.set(op.id, { x: op.x, y: op.y });
				this.#pending.set(op.id, { x: op.x, y: op.y });
				this.settle();
				break;
			case 'focus':
				this.focus = op.id;
				this.look = op.look;
				this.#looks.focus(op.id ? this.#into.nodes.get(op.id) : undefined, op.look);
				this.#front();
				break;
			case 'hover':
				this.#looks.hover(op.id ? this.#into.nodes.get(op.id) : undefined);
				break;
			case 'active':
				this.#looks.active(op.id ? this.#into.nodes.get(op.id) : undefined);
				break;
			case 'select':
				this.selection = op;
				this.#select();
				break;
			case 'caret':
				this.carets.set(op.id, op);
				this.#caret(op.id, op.start, op.end);
				break;
			case 'compose':
				this.composed = op.id ? op : undefined;
				break;
			case 'picture':
				this.#picture(op.id, op.type, op.bytes);
				break;
			case 'media':
				this.#media(op);
				break;
		}
	}

	/** Tries again what could not be selected, and scroll positions that could not be reached. Called after deltas and while pictures and styles load. */
	settle(): void {
		if (this.#unselected) this.#select();
		if (!this.#follows()) return;
		for (const [id, { x, y }] of this.#pending) {
			const node = this.#into.nodes.get(id);
			const win = this.#into.doc.defaultView;
			if (!node || !win) this.#pending.delete(id);
			else if (id === 0) {
				win.scrollTo({ left: x, top: y, behavior: 'instant' });
				if (Math.abs(win.scrollX - x) < 1 && Math.abs(win.scrollY - y) < 1) this.#pending.delete(id);
			} else {
				const el = node as Element;
				el.scrollTo({ left: x, top: y, behavior: 'instant' });
				if (Math.abs(el.scrollLeft - x) < 1 && Math.abs(el.scrollTop - y) < 1) this.#pending.delete(id);
			}
		}
	}

	/** Every scroll position that was told of nodes that are there. What stands elsewhere is put back, unless the guest looks elsewhere. */
	scrolled(): string[] {
		const said: string[] = [];
		for (const [id, { x, y }] of this.#told) {
			if (this.#into.nodes.has(id)) said.push(scrollSaid({ id, x, y }));
			else this.#told.delete(id);
			if (this.#follows()) this.#pending.set(id, { x, y });
		}
		this.settle();
		return said;
	}

	get unsettled(): boolean {
		return this.#unselected || this.#pending.size > 0;
	}

	#select(): void {
		const { doc, nodes } = this.#into;
		const selection = doc.getSelection();
		const said = this.selection;
		// The guest's own caret stays while it is in a field of the guest's.
		if (!selection || !said || doc.hasFocus()) return;
		const [from, to] = [nodes.get(said.anchor), nodes.get(said.head)];
		this.#unselected = !!said.anchor && !(from && to);
		if (!from || !to) selection.removeAllRanges();
		else {
			try {
				selection.setBaseAndExtent(from, said.anchorOffset, to, said.headOffset);
			} catch {
				// What it stands in is still to come.
				this.#unselected = true;
			}
		}
		this.#front();
	}

	#front(): void {
		const { focus, look, selection } = this;
		const some = !!selection?.anchor && (selection.anchor !== selection.head || selection.anchorOffset !== selection.headOffset);
		const at = focus ? this.#into.nodes.get(focus) : undefined;
		// In a frame of the document it is that one's selection that is in front.
		showFront(this.#into.doc, some && look > 0 && !(at && isHolder(at as Element)));
	}

	#caret(id: NodeId, start: number, end: number): void {
		const field = this.#into.nodes.get(id) as HTMLInputElement | undefined;
		if (!field || this.#into.doc.hasFocus()) return;
		try {
			field.setSelectionRange(start, end);
		} catch {
			// An input of a type that has no selection.
		}
	}

	#picture(id: NodeId, type: string, bytes: Uint8Array): void {
		const el = this.#into.nodes.get(id) as Element | undefined;
		if (el?.localName === 'canvas') void showPicture(el as HTMLCanvasElement, type, bytes);
		else if (el?.localName === 'video') void showFrame(el as HTMLVideoElement, type, bytes);
	}

	#media({ id, playing, time, rate, volume }: Extract<Ephemeral, { op: 'media' }>): void {
		const media = this.#into.nodes.get(id) as HTMLMediaElement | undefined;
		if (!media || !('currentTime' in media)) return;
		// A guest's browser only plays unasked what is silent.
		media.muted = true;
		media.volume = volume;
		media.playbackRate = rate || 1;
		if (Math.abs(media.currentTime - time) > DRIFT) media.currentTime = time;
		if (playing && media.paused) void media.play().catch(() => {});
		if (!playing && !media.paused) media.pause();
	}
}
