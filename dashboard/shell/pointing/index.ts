// page: no Node.
// Pointing on this screen: the tool in hand, the sheet that takes its strokes, and the layer that shows everybody's.
import type { Mark } from '../../../protocol/mark.ts';
import type { ClientMessage, ServerMessage, TabId } from '../../../protocol/room.ts';
import { type Live, me, person } from '../store.ts';
import { type Anchor, keyOf, type Seen, type Sight, type Spot } from './anchors.ts';
import { InkLayer } from './ink.ts';
import { Pad, type Tool } from './pad.ts';

type Place = { readonly x: number; readonly y: number; readonly factor: number };

export interface PointingNeeds {
	live(): Live | undefined;
	/** Where a tab's viewport lies on the stage. */
	placeOf(tab: TabId): Place | undefined;
	locate(tab: TabId, x: number, y: number): Promise<Spot | undefined>;
	watch(tab: TabId, anchors: readonly Anchor[]): void;
	/** How far what the host sees of a tab is shifted here. */
	drift(tab: TabId): { readonly x: number; readonly y: number };
	wheel(tab: TabId, x: number, y: number, dx: number, dy: number): void;
	send(message: ClientMessage): void;
	sendDroppable(message: ClientMessage): void;
	/** Shows the own laser on this screen too. */
	showPointer(message: Extract<ServerMessage, { t: 'pointer' }>): void;
	changed(): void;
}

export class Pointing {
	tool: Tool | undefined;
	/** What is drawn stays until it is wiped away. */
	keep = false;
	/** The tools are open, where there is no room to have them open always. */
	open = false;
	/** Something is drawn on the viewed page. */
	drawn = false;
	readonly #needs: PointingNeeds;
	readonly #ink: InkLayer;
	readonly #pad: Pad;
	readonly #sights = new Map<TabId, Sight>();

	constructor(stage: HTMLElement, needs: PointingNeeds) {
		this.#needs = needs;
		this.#ink = new InkLayer(stage, {
			placeOf: (tab) => needs.placeOf(tab),
			person: (id) => {
				const live = needs.live();
				return live && person(live, id);
			},
			watch: (tab, anchors) => needs.watch(tab, anchors),
			changed: () => this.#lookAtDrawn(),
		});
		this.#pad = new Pad(stage, {
			view: () => {
				const tab = needs.live()?.view;
				const place = tab === undefined ? undefined : needs.placeOf(tab);
				return tab === undefined || !place ? undefined : { tab, ...place };
			},
			locate: (...at) => needs.locate(...at),
			now: (tab, spot) => (this.#sights.get(tab)?.get(keyOf(spot)) as Seen | undefined)?.box ?? spot.box,
			mark: (tab, mark) => this.#mark(tab, mark),
			highlighted: (tab, anchor) => this.#ink.find(tab, needs.live()?.you ?? '', anchor),
			send: (message) => needs.send(message),
			laser: (tab, at) => this.#laser(tab, at),
			wheel: (...turn) => needs.wheel(...turn),
			stays: () => this.keep,
		});
		window.addEventListener('keydown', this.#onKey);
	}

	use(tool: Tool | undefined): void {
		this.tool = tool;
		this.#pad.use(tool);
		this.#needs.changed();
	}

	setKeep(keep: boolean): void {
		this.keep = keep;
		this.#needs.changed();
	}

	setOpen(open: boolean): void {
		this.open = open;
		if (!open) this.use(undefined);
		this.#needs.changed();
	}

	take(message: Extract<ServerMessage, { t: 'mark' | 'marks' | 'mark-clear' }>): void {
		this.#ink.take(message);
	}

	see(tab: TabId, sight: Sight): void {
		this.#sights.set(tab, sight);
		this.#ink.see(tab, sight);
	}

	/** A tab hosted here shows another page: what was drawn on the one before is over. */
	newPage(tab: TabId): void {
		if (this.#ink.has(tab)) this.#needs.send({ t: 'mark-clear', tab, what: 'all' });
	}

	sync({ view, session }: Live): void {
		const tabs = session.tabs.map(({ id }) => id);
		for (const tab of [...this.#sights.keys()]) if (!tabs.includes(tab)) this.#sights.delete(tab);
		this.#ink.sync(view, tabs);
		this.#lookAtDrawn();
	}

	place(): void {
		this.#ink.place();
	}

	dispose(): void {
		window.removeEventListener('keydown', this.#onKey);
		this.#pad.use(undefined);
	}

	#mark(tab: TabId, mark: Mark): void {
		const live = this.#needs.live();
		if (!live) return;
		this.#ink.take({ t: 'mark', tab, from: live.you, mark });
		this.#needs.send({ t: 'mark', tab, mark });
	}

	#laser(tab: TabId, at: { readonly x: number; readonly y: number } | undefined): void {
		const live = this.#needs.live();
		if (!live || !me(live)) return;
		const { x, y } = this.#needs.drift(tab);
		const message = { t: 'pointer', tab, ...(at && { x: at.x - x, y: at.y - y, laser: true }) } as const;
		this.#needs.sendDroppable(message);
		this.#needs.showPointer({ ...message, from: live.you });
	}

	#lookAtDrawn(): void {
		const drawn = this.#ink.has(this.#needs.live()?.view);
		if (drawn === this.drawn) return;
		this.drawn = drawn;
		this.#needs.changed();
	}

	readonly #onKey = (event: KeyboardEvent): void => {
		if (event.key === 'Escape' && this.tool) this.use(undefined);
	};
}
