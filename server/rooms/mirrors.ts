// server only (Node).
// The relays of all live tabs: one for each, made when it is first needed and gone with its tab or session.
import type { TabId } from '../../protocol/room.ts';
import { Relay } from './relay.ts';

export class Mirrors {
	readonly #sessions = new Map<string, Map<TabId, Relay>>();

	/** The relay of a tab of a live session. */
	of(session: string, tab: TabId): Relay {
		const relays = this.#sessions.get(session) ?? new Map<TabId, Relay>();
		this.#sessions.set(session, relays);
		const relay = relays.get(tab) ?? new Relay();
		relays.set(tab, relay);
		return relay;
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
		for (const relays of this.#sessions.values()) {
			for (const relay of relays.values()) {
				const kept = relay.stats();
				frames += kept.frames;
				nodes += kept.nodes;
			}
		}
		return { frames, nodes };
	}
}
