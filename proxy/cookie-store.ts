// server only (Node).
// Where a jar keeps its cookies. A cookie is one by its name, domain, path and by whether it is for its host alone (RFC 6265bis section 5.7,
// step 22): tough-cookie's own store knows nothing of the last, and throws for names such as `test` and `local`, which an intranet may well have.
import { type Cookie, Store } from 'tough-cookie';

type Found = (error: Error | null, cookies: Cookie[]) => void;
type FoundOne = (error: Error | null, cookie: Cookie | undefined) => void;
type Done = (error: Error | null) => void;

export class CookieStore extends Store {
	override readonly synchronous = true;
	/** What the cookie that is set now is; tough-cookie asks whether there is one already without saying it. */
	hostOnly = false;
	/** By domain, then by all that a cookie is one by. */
	readonly #byDomain = new Map<string, Map<string, Cookie>>();

	override findCookie(...[domain, path, key, done]: unknown[]): never {
		const found = this.#byDomain.get(`${domain}`)?.get(identity(this.hostOnly, path, key));
		return (done as FoundOne)(null, found) as never;
	}

	/** All of a host's and its parents'; the jar looks at the rest itself. */
	override findCookies(...args: unknown[]): never {
		const found: Cookie[] = [];
		for (let at = `${args[0] ?? ''}`; at; at = at.includes('.') ? at.slice(at.indexOf('.') + 1) : '')
			found.push(...(this.#byDomain.get(at)?.values() ?? []));
		return (args.at(-1) as Found)(null, found) as never;
	}

	override putCookie(...[given, done]: unknown[]): never {
		const cookie = given as Cookie;
		const domain = `${cookie.domain}`;
		const cookies = this.#byDomain.get(domain) ?? new Map<string, Cookie>();
		this.#byDomain.set(domain, cookies.set(identity(!!cookie.hostOnly, cookie.path, cookie.key), cookie));
		return (done as Done)(null) as never;
	}

	override updateCookie(...[, given, done]: unknown[]): never {
		return this.putCookie(given, done);
	}

	/** Takes away what is over, of the two that may have these three in common. */
	override removeCookie(...[domain, path, key, done]: unknown[]): never {
		const cookies = this.#byDomain.get(`${domain}`);
		for (const hostOnly of [true, false]) {
			const id = identity(hostOnly, path, key);
			if ((cookies?.get(id)?.expiryTime() ?? Infinity) <= Date.now()) cookies?.delete(id);
		}
		if (cookies?.size === 0) this.#byDomain.delete(`${domain}`);
		return (done as Done)(null) as never;
	}

	/** In the order in which they were made. */
	override getAllCookies(...[done]: unknown[]): never {
		const all = [...this.#byDomain.values()].flatMap((cookies) => [...cookies.values()]);
		return (done as Found)(
			null,
			all.sort((a, b) => (a.creationIndex ?? 0) - (b.creationIndex ?? 0)),
		) as never;
	}
}

const identity = (hostOnly: boolean, path: unknown, key: unknown) => `${hostOnly} ${path}\0${key}`;
