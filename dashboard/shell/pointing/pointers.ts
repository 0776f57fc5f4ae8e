// page: no Node.
// The named, coloured pointers of the others, drawn over the stage. They move many times a second, so they pass the renderer by.
import type { Participant, ParticipantId, ServerMessage, TabId } from '../../../protocol/room.ts';
import { inkOn } from '../../ui/text.ts';

type Move = Extract<ServerMessage, { t: 'pointer' }>;
type Place = { readonly x: number; readonly y: number; readonly factor: number };

interface Pointer {
	readonly element: HTMLElement;
	tab: TabId;
	/** In the host's root viewport, CSS pixels of the host. */
	x: number;
	y: number;
	resting: number;
	/** The last places of a laser, on the stage, and when it was there. */
	readonly trail: [x: number, y: number, at: number][];
	readonly line: SVGPolylineElement;
}

/** After this long without a move the name goes and the arrow pales. */
const REST_MS = 4000;
/** How long a laser's tail is, milliseconds. */
const TRAIL_MS = 320;
const NAMESPACE = 'http://www.w3.org/2000/svg';

export class PointerLayer {
	readonly #layer: HTMLElement;
	readonly #placeOf: (tab: TabId) => Place | undefined;
	readonly #pointers = new Map<ParticipantId, Pointer>();
	#view: TabId | undefined;

	/** `placeOf` says where a tab's viewport lies on the stage. */
	constructor(stage: HTMLElement, placeOf: (tab: TabId) => Place | undefined) {
		this.#placeOf = placeOf;
		this.#layer = document.createElement('div');
		this.#layer.className = 'pointers';
		this.#layer.setAttribute('aria-hidden', 'true');
		stage.append(this.#layer);
	}

	move({ tab, from, x, y, laser = false }: Move, who: Participant | undefined): void {
		if (x === undefined || y === undefined || !who) {
			this.#remove(from);
			return;
		}
		const pointer = this.#pointers.get(from) ?? this.#add(from, who);
		Object.assign(pointer, { tab, x, y });
		pointer.element.classList.remove('resting');
		pointer.element.classList.toggle('laser', laser);
		if (laser) pointer.element.dataset.laser = '';
		else delete pointer.element.dataset.laser;
		clearTimeout(pointer.resting);
		pointer.resting = window.setTimeout(() => pointer.element.classList.add('resting'), REST_MS);
		this.#draw(pointer);
		this.#trail(pointer, laser);
	}

	/** Another tab is viewed, or somebody is gone. */
	sync(view: TabId | undefined, participants: readonly Participant[]): void {
		for (const id of [...this.#pointers.keys()]) {
			if (participants.find((participant) => participant.id === id)?.state !== 'here') this.#remove(id);
		}
		if (view === this.#view) return;
		this.#view = view;
		this.place();
	}

	/** The viewed page was placed elsewhere on the stage. */
	place(): void {
		for (const pointer of this.#pointers.values()) this.#draw(pointer);
	}

	#draw({ element, tab, x, y }: Pointer): void {
		const place = tab === this.#view ? this.#placeOf(tab) : undefined;
		element.hidden = !place;
		if (place) element.style.transform = `translate(${place.x + x * place.factor}px, ${place.y + y * place.factor}px)`;
	}

	/** A tail of light behind a laser, as long as it moves. */
	#trail(pointer: Pointer, laser: boolean): void {
		const { trail, line } = pointer;
		const place = laser && pointer.tab === this.#view ? this.#placeOf(pointer.tab) : undefined;
		if (place) trail.push([place.x + pointer.x * place.factor, place.y + pointer.y * place.factor, performance.now()]);
		else trail.length = 0;
		const fade = () => {
			while (trail.length && performance.now() - (trail[0]?.[2] ?? 0) > TRAIL_MS) trail.shift();
			line.setAttribute('points', trail.map(([x, y]) => `${x},${y}`).join(' '));
			if (trail.length) requestAnimationFrame(fade);
		};
		if (trail.length <= 1) fade();
	}

	#add(id: ParticipantId, { name, colour }: Participant): Pointer {
		const element = document.createElement('div');
		element.className = 'pointer';
		element.dataset.tandem = 'pointer';
		element.style.setProperty('--colour', colour);
		element.style.setProperty('--ink', inkOn(colour));
		const dot = document.createElement('i');
		dot.className = 'laser-dot';
		element.append(arrow(), dot, label(name));
		const trail = document.createElementNS(NAMESPACE, 'svg');
		trail.classList.add('laser-trail');
		trail.style.setProperty('--colour', colour);
		const line = document.createElementNS(NAMESPACE, 'polyline');
		trail.append(line);
		this.#layer.append(trail, element);
		const pointer: Pointer = { element, tab: '', x: 0, y: 0, resting: 0, trail: [], line };
		this.#pointers.set(id, pointer);
		return pointer;
	}

	#remove(id: ParticipantId): void {
		const pointer = this.#pointers.get(id);
		clearTimeout(pointer?.resting);
		pointer?.element.remove();
		pointer?.line.parentElement?.remove();
		this.#pointers.delete(id);
	}
}

function label(name: string): HTMLElement {
	const element = document.createElement('span');
	element.textContent = name;
	return element;
}

function arrow(): SVGElement {
	const svg = document.createElementNS(NAMESPACE, 'svg');
	svg.setAttribute('viewBox', '0 0 20 22');
	const path = document.createElementNS(NAMESPACE, 'path');
	path.setAttribute('d', 'M2 1.5 17 12.5l-7 1.2L6.200 20z');
	svg.append(path);
	return svg;
}
