// server only (Node).
// Which client hints a site has asked for (RFC 8942). The browser gives the tab's root all that the shell delegates; a site gets its own choice.
import { CLIENT_HINTS } from '../../protocol/page.ts';
import { makeRoom } from '../make-room.ts';

const HINTS: ReadonlySet<string> = new Set(CLIENT_HINTS.map((name) => name.toLowerCase()));

/** Origins kept; past it the oldest go. */
const KEPT = 5000;

export class ClientHints {
	/** Token and origin → the hints, in lower case. */
	readonly #asked = new Map<string, ReadonlySet<string>>();

	/** Takes note of what the document of a tab's root asks for (section 3.1): its answer, and nobody else's, counts. */
	learn(token: string, origin: string, acceptCh: string): void {
		const key = `${token} ${origin}`;
		this.#asked.delete(key);
		const names = acceptCh.split(',').map((name) => name.trim().toLowerCase());
		makeRoom(this.#asked, KEPT);
		this.#asked.set(key, new Set(names.filter((name) => HINTS.has(name))));
	}

	/** Whether the request header `name`, in lower case, is a hint that this origin hasn't asked for. */
	withholds(token: string, origin: string, name: string): boolean {
		return HINTS.has(name) && !this.#asked.get(`${token} ${origin}`)?.has(name);
	}
}
