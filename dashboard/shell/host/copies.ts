// page: no Node. What a host's page copies, and a picker of files that it opens, just after a guest's gesture is that guest's, and nobody else's.
import type { Choice, Copied } from '../../../protocol/intent.ts';
import type { ParticipantId, TabId } from '../../../protocol/room.ts';
import type { Connection } from '../connection.ts';

/** How long after a guest's gesture what the page copies is theirs, milliseconds. */
const COPIES_FOR = 10_000;

export class HostCopies {
	readonly #connection: Connection;
	/** Which guest acted last in each tab, and when. */
	readonly #acted = new Map<TabId, { readonly by: ParticipantId; readonly at: number }>();

	constructor(connection: Connection) {
		this.#connection = connection;
	}

	/** A guest's gesture is about to be carried out. */
	acts(tab: TabId, by: ParticipantId): void {
		this.#acted.set(tab, { by, at: performance.now() });
	}

	/** To the guest who just acted, and to nobody after that. */
	copied(tab: TabId, { text, html }: Copied): void {
		const acted = this.#acted.get(tab);
		if (!acted || performance.now() - acted.at > COPIES_FOR) return;
		this.#connection.send({ t: 'copied', tab, to: acted.by, text, ...(html === undefined ? {} : { html }) });
	}

	/** The picker of files that the page opens is theirs too. */
	choose(tab: TabId, frame: number, { pick, accept, multiple, folder }: Choice): void {
		const acted = this.#acted.get(tab);
		if (!acted || performance.now() - acted.at > COPIES_FOR) return;
		this.#connection.send({ t: 'choose', tab, to: acted.by, frame, pick, accept, multiple, folder });
	}

	forget(tab: TabId): void {
		this.#acted.delete(tab);
	}
}
