// server only (Node).
// The lasting marks on each tab's page, for those who come later. The tab's host clears them when its page is another.
import { MARKS, type Mark } from '../../protocol/mark.ts';
import type { ParticipantId, ServerMessage, TabId } from '../../protocol/room.ts';

interface Kept {
	readonly from: ParticipantId;
	readonly mark: Mark;
}

export class Marks {
	readonly #sessions = new Map<string, Map<TabId, Map<string, Kept>>>();

	/** Takes note of what goes out to the participants. */
	heed(session: string, message: ServerMessage): void {
		if (message.t === 'mark' && message.mark.stays) this.#add(session, message.tab, message.from, message.mark);
		else if (message.t === 'mark-clear') this.#clear(session, message);
		else if (message.t === 'tab-gone') this.#sessions.get(session)?.delete(message.id);
	}

	/** A tab's lasting marks, in the order they were drawn. */
	of(session: string, tab: TabId): readonly Kept[] {
		return [...(this.#sessions.get(session)?.get(tab)?.values() ?? [])];
	}

	forgetSession(session: string): void {
		this.#sessions.delete(session);
	}

	#add(session: string, tab: TabId, from: ParticipantId, mark: Mark): void {
		const tabs = this.#sessions.get(session) ?? new Map<TabId, Map<string, Kept>>();
		this.#sessions.set(session, tabs);
		const marks = tabs.get(tab) ?? new Map<string, Kept>();
		tabs.set(tab, marks);
		const key = `${from} ${mark.id}`;
		const before = marks.get(key)?.mark.points ?? [];
		marks.set(key, { from, mark: { ...mark, points: [...before, ...mark.points].slice(0, MARKS.all) } });
		for (const oldest of marks.keys()) {
			if (marks.size <= MARKS.kept) break;
			marks.delete(oldest);
		}
	}

	#clear(session: string, { tab, from, id }: Extract<ServerMessage, { t: 'mark-clear' }>): void {
		const marks = this.#sessions.get(session)?.get(tab);
		for (const [key, kept] of [...(marks ?? [])]) {
			if ((from === undefined || kept.from === from) && (id === undefined || kept.mark.id === id)) marks?.delete(key);
		}
	}
}
