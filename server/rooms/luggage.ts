// server only (Node).
// What storage of the hosts' pages is kept here for a next host: in memory alone, only of tabs whose jar is shared (or whose host said
// yes), and only so much.
import type { Kept } from '../../protocol/carry.ts';
import type { TabId } from '../../protocol/room.ts';

/** Characters kept of one tab; the origins heard of longest ago go first. */
const TAB_MAX = 4 * 1024 * 1024;

export class Luggage {
	readonly #sessions = new Map<string, Map<TabId, Map<string, Kept>>>();

	/** Keeps what one origin holds, in the place of what was known of it. */
	put(session: string, tab: TabId, kept: Kept): void {
		const tabs = this.#sessions.get(session) ?? new Map<TabId, Map<string, Kept>>();
		this.#sessions.set(session, tabs);
		const places = tabs.get(tab) ?? new Map<string, Kept>();
		tabs.set(tab, places);
		places.delete(kept.place);
		places.set(kept.place, kept);
		let size = [...places.values()].reduce((sum, each) => sum + sizeOf(each), 0);
		for (const [place, each] of places) {
			if (size <= TAB_MAX) break;
			places.delete(place);
			size -= sizeOf(each);
		}
	}

	of(session: string, tab: TabId): Kept[] {
		return [...(this.#sessions.get(session)?.get(tab)?.values() ?? [])];
	}

	forget(session: string, tab: TabId): void {
		this.#sessions.get(session)?.delete(tab);
	}

	forgetSession(session: string): void {
		this.#sessions.delete(session);
	}
}

function sizeOf({ local, session }: Kept): number {
	return [local, session].flatMap((each) => Object.entries(each)).reduce((sum, [key, value]) => sum + key.length + value.length, 0);
}
