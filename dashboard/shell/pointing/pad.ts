// page: no Node.
// The sheet that lies over the page while somebody points or draws: mouse, pen or finger on it become laser, ink and highlights, and the page
// below gets nothing of it.
import type { Mark } from '../../../protocol/mark.ts';
import { MARKS } from '../../../protocol/mark.ts';
import type { ClientMessage, TabId } from '../../../protocol/room.ts';
import type { Anchor, Spot } from './anchors.ts';

export const TOOLS = ['laser', 'highlight', 'draw'] as const;
export type Tool = (typeof TOOLS)[number];

/** Milliseconds between two parts of a stroke. */
const PART = 50;
/** Pixels of the screen below which a move adds nothing. */
const STEP = 2;

interface Stroke {
	readonly id: number;
	readonly tab: TabId;
	/** Points that have not gone out, in the root's viewport. */
	raw: number[];
	spot: Spot | undefined;
	ended: boolean;
	timer: number;
	lastX: number;
	lastY: number;
}

export interface PadNeeds {
	/** The viewed tab and where its viewport lies on the stage. */
	view(): { readonly tab: TabId; readonly x: number; readonly y: number; readonly factor: number } | undefined;
	locate(tab: TabId, x: number, y: number): Promise<Spot | undefined>;
	/** Where a spot is now. */
	now(tab: TabId, spot: Spot): { readonly x: number; readonly y: number };
	/** An own mark, to be drawn here and sent. */
	mark(tab: TabId, mark: Mark): void;
	/** The own highlight that stays on this element. */
	highlighted(tab: TabId, anchor: Anchor): Mark | undefined;
	send(message: ClientMessage): void;
	/** The own laser; without a place it is off. */
	laser(tab: TabId, at: { readonly x: number; readonly y: number } | undefined): void;
	wheel(tab: TabId, x: number, y: number, dx: number, dy: number): void;
	stays(): boolean;
}

export class Pad {
	readonly #pad: HTMLElement;
	readonly #needs: PadNeeds;
	#tool: Tool | undefined;
	#stroke: Stroke | undefined;
	/** Begins by the clock: after a reload an old mark's number is not used again. */
	#count = Math.floor(Date.now() / 100) * 1000;

	constructor(stage: HTMLElement, needs: PadNeeds) {
		this.#needs = needs;
		this.#pad = document.createElement('div');
		this.#pad.className = 'pad';
		this.#pad.dataset.tandem = 'pad';
		this.#pad.hidden = true;
		stage.append(this.#pad);
		const on = <K extends keyof HTMLElementEventMap>(type: K, act: (event: HTMLElementEventMap[K]) => void) =>
			this.#pad.addEventListener(type, act);
		on('pointerdown', (event) => this.#down(event));
		on('pointermove', (event) => this.#move(event));
		for (const type of ['pointerup', 'pointercancel'] as const) on(type, (event) => this.#up(event));
		on('pointerleave', () => this.#off());
		on('wheel', (event) => {
			const at = this.#at(event);
			if (at) this.#needs.wheel(at.tab, at.x, at.y, event.deltaX, event.deltaY);
		});
		on('contextmenu', (event) => event.preventDefault());
	}

	use(tool: Tool | undefined): void {
		if (tool === this.#tool) return;
		this.#end();
		this.#off();
		this.#tool = tool;
		this.#pad.hidden = tool === undefined;
		this.#pad.dataset.tool = tool ?? '';
	}

	#at({ clientX, clientY }: MouseEvent): { tab: TabId; x: number; y: number; factor: number } | undefined {
		const view = this.#needs.view();
		const { left, top } = this.#pad.getBoundingClientRect();
		return view && { ...view, x: (clientX - left - view.x) / view.factor, y: (clientY - top - view.y) / view.factor };
	}

	#down(event: PointerEvent): void {
		const at = this.#at(event);
		if (!at || event.button !== 0) return;
		event.preventDefault();
		this.#pad.setPointerCapture(event.pointerId);
		if (this.#tool === 'laser') this.#needs.laser(at.tab, at);
		else if (this.#tool === 'highlight') void this.#highlight(at.tab, at.x, at.y);
		else if (this.#tool === 'draw') this.#begin(at.tab, at.x, at.y);
	}

	#move(event: PointerEvent): void {
		if (this.#tool === 'laser' && (event.pointerType !== 'touch' || event.buttons)) {
			const at = this.#at(event);
			if (at) this.#needs.laser(at.tab, at);
		}
		const stroke = this.#stroke;
		if (!stroke) return;
		const all = event.getCoalescedEvents?.() ?? [];
		for (const each of all.length ? all : [event]) {
			const at = this.#at(each);
			if (!at || at.tab !== stroke.tab) return;
			if (Math.hypot(at.x - stroke.lastX, at.y - stroke.lastY) * at.factor < STEP) continue;
			stroke.raw.push(at.x, at.y);
			[stroke.lastX, stroke.lastY] = [at.x, at.y];
		}
		this.#later(stroke);
	}

	#up(event: PointerEvent): void {
		if (event.pointerType === 'touch') this.#off();
		this.#end();
	}

	#off(): void {
		const tab = this.#needs.view()?.tab;
		if (this.#tool === 'laser' && tab !== undefined) this.#needs.laser(tab, undefined);
	}

	async #highlight(tab: TabId, x: number, y: number): Promise<void> {
		const spot = await this.#needs.locate(tab, x, y);
		if (!spot || (spot.node === 0 && spot.box.width === 0)) return;
		const { frame, node } = spot;
		const known = this.#needs.highlighted(tab, spot);
		if (known) this.#needs.send({ t: 'mark-clear', tab, what: known.id });
		else this.#needs.mark(tab, { id: ++this.#count, kind: 'highlight', frame, node, points: [], stays: this.#needs.stays() });
	}

	#begin(tab: TabId, x: number, y: number): void {
		this.#end();
		const stroke: Stroke = { id: ++this.#count, tab, raw: [x, y], spot: undefined, ended: false, timer: 0, lastX: x, lastY: y };
		this.#stroke = stroke;
		void this.#needs.locate(tab, x, y).then((spot) => {
			stroke.spot = spot;
			this.#flush(stroke);
		});
	}

	#end(): void {
		const stroke = this.#stroke;
		this.#stroke = undefined;
		if (!stroke) return;
		stroke.ended = true;
		this.#flush(stroke);
	}

	#later(stroke: Stroke): void {
		if (stroke.timer) return;
		stroke.timer = window.setTimeout(() => {
			stroke.timer = 0;
			this.#flush(stroke);
		}, PART);
	}

	/** What was drawn since goes out, by the place of its content now. */
	#flush({ id, tab, spot, ...stroke }: Stroke): void {
		const { raw } = stroke;
		if (!spot || !raw.length) return;
		const { x, y } = this.#needs.now(tab, spot);
		const points = raw.map((value, i) => Math.round((value - (i % 2 ? y : x)) * 10) / 10);
		raw.length = 0;
		const { frame, node } = spot;
		for (let i = 0; i < points.length; i += MARKS.points) {
			const part = points.slice(i, i + MARKS.points);
			this.#needs.mark(tab, { id, kind: 'ink', frame, node, points: part, stays: this.#needs.stays() });
		}
	}
}
