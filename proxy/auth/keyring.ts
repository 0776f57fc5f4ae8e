// server only (Node).
// Names and passwords that a person gave to sites, by protection space (RFC 9110 section 11.5): an origin and a realm. They live with the
// jar, in memory alone: like a browser's they end with the session.
import { authorization, type Login } from './answer.ts';
import type { Challenge } from './challenge.ts';

interface Entry {
	readonly origin: string;
	readonly realm: string;
	readonly login: Login;
	challenge: Challenge;
	/** Directories known to be in the space. */
	readonly paths: Set<string>;
	/** How often the nonce was used. */
	count: number;
}

const KEPT = 200;

export class Keyring {
	#entries: Entry[] = [];
	/** Given before anybody asked: `https://user:password@host/`. By origin. */
	readonly #given = new Map<string, Login>();

	/** A login for whatever `origin` asks for next. */
	give(origin: string, login: Login): void {
		this.#entries = this.#entries.filter((entry) => entry.origin !== origin);
		if (this.#given.size < KEPT) this.#given.set(origin, login);
	}

	/** The header for a request, sent before it is asked for where the path is known to need it (RFC 7617 section 2.2). */
	header(url: URL, method: string): string | undefined {
		const dir = directory(url.pathname);
		const found = this.#entries.find(
			({ origin, paths, challenge }) =>
				origin === url.origin && (challenge.scheme === 'digest' || [...paths].some((p) => dir.startsWith(p))),
		);
		return found && write(found, url, method);
	}

	/** The header that answers a challenge; `sent` is the one that was refused. Undefined: a person has to be asked. */
	answer(url: URL, method: string, challenge: Challenge, sent: string | undefined): string | undefined {
		const realm = challenge.params.realm ?? '';
		const known = this.#entries.find((entry) => entry.origin === url.origin && entry.realm === realm);
		const stale = challenge.params.stale?.toLowerCase() === 'true';
		if (known && sent !== undefined && !stale && known.paths.has(directory(url.pathname))) {
			this.#entries = this.#entries.filter((entry) => entry !== known); // wrong, or no longer right
			return undefined;
		}
		const login = known?.login ?? this.#given.get(url.origin);
		if (!login) return undefined;
		this.#given.delete(url.origin);
		const entry = known ?? { origin: url.origin, realm, login, challenge, paths: new Set<string>(), count: 0 };
		if (entry.challenge.params.nonce !== challenge.params.nonce) entry.count = 0;
		entry.challenge = challenge;
		entry.paths.add(directory(url.pathname));
		if (!known) this.#entries = [...this.#entries.slice(-KEPT), entry];
		return write(entry, url, method);
	}
}

function write(entry: Entry, url: URL, method: string): string {
	return authorization(entry.challenge, entry.login, { method, uri: url.pathname + url.search }, ++entry.count);
}

function directory(path: string): string {
	return path.slice(0, path.lastIndexOf('/') + 1);
}
