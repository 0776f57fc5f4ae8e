// page: no Node.
// What people draw over the viewed page: strokes and highlighted elements, each where its piece of content is now, in its owner's colour and
// with their name. They change many times a second, so they pass the renderer by.
import type { Mark } from '../../../protocol/mark.ts';
import type { Participant, ParticipantId, ServerMessage, TabId } from '../../../protocol/room.ts';
import { inkOn } from '../../ui/text.ts';
import { type Anchor, keyOf, type Sight } from './anchors.ts';

type Place = { readonly x: number; readonly y: number; readonly factor: number };
type Message = Extract<ServerMessage, { t: 'mark' | 'marks' | 'mark-clear' }>;

/** Milliseconds until what doesn't stay begins to fade, and for which it fades (ink.css). */
const LIFE = 3500;
const FADE = 700;
const SVG = 'http://www.w3.org/2000/svg';

interface Drawn {
	readonly tab: TabId;
	readonly from: ParticipantId;
	mark: Mark;
	readonly box: HTMLElement;
	readonly inner: HTMLElement;
	readonly group: SVGGElement;
	readonly shape: SVGElement;
	timer: number;
}

export interface InkNeeds {
	/** Where a tab's viewport lies on the stage. */
	placeOf(tab: TabId): Place | undefined;
	person(id: ParticipantId): Participant | undefined;
	/** From now on `see` has to be called with where these are. */
	watch(tab: TabId, anchors: readonly Anchor[]): void;
	/** There are marks in the viewed tab, or there are none any more. */
	changed(): void;
}

export class InkLayer {
	readonly #layer: HTMLElement;
	readonly #needs: InkNeeds;
	readonly #marks = new Map<string, Drawn>();
	readonly #sights = new Map<TabId, Sight>();
	readonly #watched = new Map<TabId, string>();
	#view: TabId | undefined;

	constructor(stage: HTMLElement, needs: InkNeeds) {
		this.#needs = needs;
		this.#layer = document.createElement('div');
		this.#layer.className = 'ink';
		this.#layer.setAttribute('aria-hidden', 'true');
		stage.append(this.#layer);
	}

	/** Whether anything is drawn in a tab. */
	has(tab: TabId | undefined): boolean {
		return [...this.#marks.values()].some((each) => each.tab === tab);
	}

	/** Somebody's highlight of an element that stays, if there is one. */
	find(tab: TabId, from: ParticipantId, { frame, node }: Anchor): Mark | undefined {
		const is = ({ mark, ...each }: Drawn) =>
			each.tab === tab && each.from === from && mark.kind === 'highlight' && mark.stays && mark.frame === frame && mark.node === node;
		return [...this.#marks.values()].find(is)?.mark;
	}

	/** Takes what the server says, and what is drawn here. */
	take(message: Message): void {
		switch (message.t) {
			case 'mark':
				this.#put(message.tab, message.from, message.mark);
				break;
			case 'marks':
				for (const [key, { tab, mark }] of [...this.#marks]) if (tab === message.tab && mark.stays) this.#remove(key);
				for (const { from, mark } of message.marks) this.#put(message.tab, from, mark);
				break;
			case 'mark-clear':
				for (const [key, { tab, from, mark }] of [...this.#marks]) {
					const meant = (message.from ?? from) === from && (message.id ?? mark.id) === mark.id;
					if (tab === message.tab && meant) this.#remove(key);
				}
		}
		this.#changed(message.tab);
	}

	/** Where the content is now that things are drawn on. */
	see(tab: TabId, sight: Sight): void {
		this.#sights.set(tab, sight);
		this.#place(tab);
	}

	/** Another tab is viewed, or some are gone. */
	sync(view: TabId | undefined, tabs: readonly TabId[]): void {
		for (const [key, { tab }] of [...this.#marks]) if (!tabs.includes(tab)) this.#remove(key);
		const before = this.#view;
		this.#view = view;
		if (view === before) return;
		for (const tab of [before, view]) if (tab !== undefined) this.#watch(tab);
		this.place();
	}

	/** The viewed page was placed elsewhere on the stage. */
	place(): void {
		for (const tab of new Set([...this.#marks.values()].map((each) => each.tab))) this.#place(tab);
	}

	#put(tab: TabId, from: ParticipantId, mark: Mark): void {
		const key = `${tab} ${from} ${mark.id}`;
		const known = this.#marks.get(key);
		const drawn = known ?? this.#make(tab, from, mark);
		if (!drawn) return;
		if (known) known.mark = { ...mark, points: [...known.mark.points, ...mark.points] };
		else for (const each of this.#marks.values()) if (each.from === from && each.tab === tab) each.box.classList.add('nameless');
		this.#marks.set(key, drawn);
		if (mark.kind === 'ink') drawn.shape.setAttribute('d', pathOf(drawn.mark.points));
		clearTimeout(drawn.timer);
		drawn.box.classList.remove('fading');
		if (mark.stays) return;
		drawn.timer = window.setTimeout(() => {
			drawn.box.classList.add('fading');
			drawn.timer = window.setTimeout(() => {
				this.#remove(key);
				this.#changed(tab);
			}, FADE);
		}, LIFE);
	}

	#make(tab: TabId, from: ParticipantId, mark: Mark): Drawn | undefined {
		const who = this.#needs.person(from);
		if (!who) return undefined;
		const box = document.createElement('div');
		box.className = `mark ${mark.kind}`;
		box.dataset.tandem = mark.kind === 'ink' ? 'mark' : 'mark-highlight';
		box.dataset.from = from;
		box.hidden = true;
		box.style.setProperty('--colour', who.colour);
		box.style.setProperty('--ink', inkOn(who.colour));
		const inner = document.createElement('div');
		inner.className = 'mark-inner';
		const svg = document.createElementNS(SVG, 'svg');
		const group = document.createElementNS(SVG, 'g');
		const shape = document.createElementNS(SVG, mark.kind === 'ink' ? 'path' : 'rect');
		const name = document.createElement('span');
		name.className = 'mark-name';
		name.textContent = who.name;
		group.append(shape);
		svg.append(group);
		inner.append(svg, name);
		box.append(inner);
		this.#layer.append(box);
		return { tab, from, mark, box, inner, group, shape, timer: 0 };
	}

	#remove(key: string): void {
		const drawn = this.#marks.get(key);
		clearTimeout(drawn?.timer);
		drawn?.box.remove();
		this.#marks.delete(key);
	}

	#changed(tab: TabId): void {
		this.#watch(tab);
		this.#place(tab);
		this.#needs.changed();
	}

	#watch(tab: TabId): void {
		const anchors = tab === this.#view ? [...this.#marks.values()].filter((each) => each.tab === tab).map(({ mark }) => mark) : [];
		const keys = [...new Set(anchors.map(keyOf))].sort().join();
		if (keys === (this.#watched.get(tab) ?? '')) return;
		this.#watched.set(tab, keys);
		this.#needs.watch(tab, anchors);
	}

	#place(tab: TabId): void {
		const place = tab === this.#view ? this.#needs.placeOf(tab) : undefined;
		const sight = this.#sights.get(tab);
		for (const { mark, box, inner, group, shape, ...each } of this.#marks.values()) {
			if (each.tab !== tab) continue;
			const seen = place && sight?.get(keyOf(mark));
			box.hidden = !seen;
			if (!place || !seen) continue;
			const { factor } = place;
			const { clip } = seen;
			const size = { width: `${clip.width * factor}px`, height: `${clip.height * factor}px` };
			Object.assign(box.style, { left: `${place.x + clip.x * factor}px`, top: `${place.y + clip.y * factor}px`, ...size });
			inner.style.transform = `translate(${(seen.box.x - clip.x) * factor}px, ${(seen.box.y - clip.y) * factor}px)`;
			if (mark.kind === 'highlight') frame(shape, seen.box.width * factor, seen.box.height * factor);
			else group.setAttribute('transform', `scale(${factor})`);
			const [x = 0, y = 0] = mark.points;
			inner.style.setProperty('--x', `${x * factor}px`);
			inner.style.setProperty('--y', `${y * factor}px`);
		}
	}
}

/** A highlight stands a little outside of its element. */
function frame(rect: SVGElement, width: number, height: number): void {
	for (const [name, value] of Object.entries({ x: -4, y: -4, width: width + 8, height: height + 8, rx: 6 }))
		rect.setAttribute(name, `${value}`);
}

/** A line through the middles between the points, bent by them. */
function pathOf(points: readonly number[]): string {
	const [x = 0, y = 0] = points;
	let path = `M${x} ${y}`;
	for (let i = 2; i + 3 < points.length; i += 2) {
		const [px, py, qx, qy] = points.slice(i, i + 4) as [number, number, number, number];
		path += `Q${px} ${py} ${(px + qx) / 2} ${(py + qy) / 2}`;
	}
	const [lx = x, ly = y] = points.slice(-2);
	return `${path}L${lx} ${ly}`;
}
