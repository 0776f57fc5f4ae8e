// server only (Node).
// Where a document stands, or will: at the root of a tab, or in a page of another site. The browser sees frames of one site only, so a
// root's navigations bear a client hint that the shell delegates to no other frame, and what is known of an origin is remembered.
import type { IncomingMessage } from 'node:http';
import { ROOT_HINT } from '../../protocol/page.ts';
import { makeRoom } from '../make-room.ts';
import { sameSite } from '../site.ts';
import type { Initiator } from './initiator.ts';

/** `undefined`: this browser doesn't tell. */
export type Place = 'root' | 'nested' | undefined;

/** What is known of one token's documents. */
interface Known {
	/** Origins that stood at a tab's root. */
	readonly roots: Set<string>;
	/** Origins that stood in a page of another site. */
	readonly embedded: Set<string>;
}

const KEPT = 5000;
const HINT = ROOT_HINT.header.toLowerCase();

export class Places {
	/** By token, of browsers that tell roots. */
	readonly #known = new Map<string, Known>();

	/** Where the document that `req` asks for will stand. */
	placeOf(req: IncomingMessage, token: string): Place {
		if (req.headers[HINT] === undefined) return this.#known.has(token) ? 'nested' : undefined;
		if (this.#known.has(token)) return 'root';
		makeRoom(this.#known, KEPT);
		this.#known.set(token, { roots: new Set(), embedded: new Set() });
		return 'root';
	}

	/**
	 * Whether what asks, or the document that is asked for, is in a page of another site, so that only SameSite=None cookies go
	 * (RFC 6265bis section 5.2: "site for cookies"). An origin that stands at a root as well gets the benefit of the doubt.
	 */
	isEmbedded(token: string, origin: string, initiator: Initiator, place: Place): boolean {
		const known = this.#known.get(token);
		if (!known || place === 'root') {
			known?.roots.add(origin);
			return false;
		}
		const inside = initiator.kind === 'page' && known.embedded.has(initiator.origin) && !known.roots.has(initiator.origin);
		if (place !== 'nested') return inside;
		const stranger = initiator.kind !== 'person' && !(initiator.kind === 'page' && sameSite(initiator.origin, origin));
		if (inside || stranger) known.embedded.add(origin);
		return inside || stranger;
	}
}
