// server only (Node).
// The relays of all live tabs: one for each, made when it is first needed and gone with its tab or session. Where the workspace's rules show
// classes of guests different things, each class has a relay, and a stream of the host's, of its own.
import { CLASSES, type Mask, NOBODY, type PolicyClass } from '../../protocol/privacy.ts';
import type { TabId } from '../../protocol/room.ts';
import { Relay } from './relay.ts';

/** The relays of one tab: one for all classes, or one each. */
type Relays = readonly Relay[];

/** A relay that a host's bytes are for, with the classes of guests it serves. */
export interface Served {
	readonly relay: Relay;
	readonly mask: Mask;
}

export class Mirrors {
	readonly #sessions = new Map<string, Map<TabId, Relays>>();

	/** The relay of a tab of a live session, for guests of a class. */
	of(session: string, tab: TabId, viewer: PolicyClass = CLASSES[0]): Relay {
		const relays = this.#of(session, tab);
		return relays[relays.length > 1 ? CLASSES.indexOf(viewer) : 0] as Relay;
	}

	/**
	 * The relays that bytes of a tab's host are for. `only`: for these classes alone; undefined: the host tells no classes apart. A host that
	 * begins or ceases to do so starts from nothing: it sends all its documents anew.
	 */
	to(session: string, tab: TabId, only: Mask | undefined): Served[] {
		let relays = this.#of(session, tab);
		if ((only !== undefined) !== relays.length > 1) {
			relays = only === undefined ? [new Relay()] : CLASSES.map(() => new Relay());
			this.#sessions.get(session)?.set(tab, relays);
		}
		if (only === undefined) return [{ relay: relays[0] as Relay, mask: NOBODY }];
		return relays.map((relay, i) => ({ relay, mask: 1 << i })).filter(({ mask }) => mask & only);
	}

	forget(session: string, tab: TabId): void {
		this.#sessions.get(session)?.delete(tab);
	}

	forgetSession(session: string): void {
		this.#sessions.delete(session);
	}

	/** Frames and nodes kept, for the metrics. */
	stats(): { frames: number; nodes: number } {
		let frames = 0;
		let nodes = 0;
		for (const tabs of this.#sessions.values()) {
			for (const relay of [...tabs.values()].flat()) {
				const kept = relay.stats();
				frames += kept.frames;
				nodes += kept.nodes;
			}
		}
		return { frames, nodes };
	}

	#of(session: string, tab: TabId): Relays {
		const tabs = this.#sessions.get(session) ?? new Map<TabId, Relays>();
		this.#sessions.set(session, tabs);
		const relays = tabs.get(tab) ?? [new Relay()];
		tabs.set(tab, relays);
		return relays;
	}
}
