// server only (Node).
// One person's cookies for all sites: RFC 6265bis over tough-cookie. Text is kept as the bytes on the wire (one char a byte);
// only `document.cookie` speaks UTF-8 (HTML section 3.1.4: "UTF-8 decode without BOM").
import { getDomain } from 'tldts';
import { Cookie, CookieJar, defaultPath } from 'tough-cookie';
import type { Cookies } from '../protocol/cookies.ts';
import { Keyring } from './auth/keyring.ts';
import { accept, allCookies, type CookieRequest, sendable } from './cookie-rules.ts';
import { CookieStore } from './cookie-store.ts';
import { Hsts } from './hsts.ts';
import { sameSite } from './site.ts';

export type { CookieRequest, SiteContext } from './cookie-rules.ts';

const decoder = new TextDecoder();

export class Jar {
	#jar: CookieJar;
	#changes: number;
	/** Nothing was ever put in: most requests need no look. */
	#bare = true;
	readonly #listeners = new Set<() => void>();
	/** Hosts that are asked over https alone. */
	readonly hsts = new Hsts();
	/** Names and passwords for sites; never written anywhere. */
	readonly keys = new Keyring();

	constructor() {
		this.#jar = emptyJar();
		this.#changes = 0;
	}

	/** Changes with every change that `document.cookie` could show; text of `[0-9a-z]`. */
	get version(): string {
		return this.#changes.toString(36);
	}

	/** Calls `listener` after each change, until the function that comes back is called. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** The Cookie header for a request (RFC 6265bis section 5.8.3), '' where there is none. */
	cookieHeader(request: CookieRequest): string {
		return this.#find(request.url, true)
			.filter((cookie) => sendable(cookie, request))
			.map((cookie) => cookie.cookieString())
			.join('; ');
	}

	/** Applies one Set-Cookie header (section 5.7); what the rules refuse is left out. True: the jar changed. */
	store(setCookie: string, request: CookieRequest): boolean {
		return this.#set(setCookie, request, true);
	}

	/** What `document.cookie` reads in a document of this URL; `embedded`: that stands in a page of another site. */
	documentCookie(url: string | URL, embedded = false): string {
		return shown(this.#seen(new URL(url), embedded));
	}

	/** The same, with what a page has to know to tell by itself what its next write will do. `marks`: the writes that have come. */
	documentCookies(url: URL, embedded: boolean, marks: string): Cookies {
		const site = getDomain(url.hostname, { allowPrivateDomains: true }) ?? '';
		const view = { cookie: '', version: this.version, keys: [], hidden: [], site, marks };
		if (this.#bare) return view;
		const seen = this.#seen(url, embedded);
		const top = site || url.hostname;
		const others = allCookies(this.#jar).filter((one) => !seen.includes(one) && (one.domain === top || one.domain?.endsWith(`.${top}`)));
		const end = Math.min(...seen.map((cookie) => cookie.expiryTime() ?? Infinity));
		return {
			...view,
			cookie: shown(seen),
			keys: seen.map(({ hostOnly, domain, path }) => `${hostOnly ? '' : domain}|${path}`),
			hidden: [...new Set(others.map(({ key }) => key))],
			lasts: end < Infinity ? end - Date.now() : undefined,
		};
	}

	/** `document.cookie = text` in a document of this URL: never HttpOnly. */
	setDocumentCookie(url: string | URL, text: string, embedded = false): boolean {
		const bytes = Buffer.from(text, 'utf8').toString('latin1');
		return this.#set(bytes, { url: new URL(url), site: embedded ? 'cross-site' : 'same-site', method: 'GET' }, false);
	}

	/** Clear-Site-Data: "cookies": all cookies of the site, by registrable domain. */
	clear(domain: string): void {
		const kept = allCookies(this.#jar).filter((cookie) => cookie.domain !== domain && !cookie.domain?.endsWith(`.${domain}`));
		this.#jar = emptyJar();
		this.#bare = kept.length === 0;
		for (const cookie of kept) this.#jar.store.putCookie(cookie, () => {});
		this.#changed();
	}

	/** Takes over what `other` has for the site of `url` (its registrable domain), in the place of what is here. */
	adopt(other: Jar, url: string): void {
		for (const cookie of allCookies(other.#jar)) {
			const host = `https://${cookie.domain}`;
			const copy = sameSite(host, `https://${new URL(url).hostname}`) ? cookie.clone() : undefined;
			if (!copy) continue;
			this.#jar.store.putCookie(copy, () => {});
			this.#bare = false;
		}
		this.#changed();
	}

	/** Takes note of a Strict-Transport-Security header, which came over https. */
	learnHsts(host: string, header: string): void {
		if (this.hsts.learn(host, header)) this.#changed(false);
	}

	/** The whole jar as text, session cookies included: it is what makes a hand-over or a restart possible. */
	serialize(): string {
		return JSON.stringify({ changes: this.#changes, cookies: allCookies(this.#jar), hsts: this.hsts });
	}

	/** Replaces the content by what `serialize` gave. Throws SyntaxError or TypeError on other text, and is then unchanged. */
	deserialize(text: string): void {
		const { changes, cookies, hsts } = JSON.parse(text) as { changes: number; cookies: unknown[]; hsts?: unknown };
		if (!Number.isSafeInteger(changes) || !Array.isArray(cookies)) throw new TypeError('not a serialized jar');
		const jar = emptyJar();
		for (const cookie of cookies) {
			const read = Cookie.fromJSON(cookie as object);
			if (!read) throw new TypeError('not a serialized cookie');
			jar.store.putCookie(read, () => {});
		}
		this.#jar = jar;
		this.#bare = cookies.length === 0;
		this.#changes = changes;
		this.hsts.restore(hsts);
	}

	#seen(url: URL, embedded: boolean): Cookie[] {
		return this.#find(url, false).filter((cookie) => !embedded || cookie.sameSite === 'none');
	}

	#find(url: URL, http: boolean): Cookie[] {
		if (this.#bare) return [];
		return this.#jar.getCookiesSync(cookieUrl(url), { http, sort: true });
	}

	#set(text: string, request: CookieRequest, http: boolean): boolean {
		const cookie = accept(text, request, http, this.#jar);
		if (!cookie) return false;
		const before = this.#visibleTwin(cookie, request.url);
		this.#bare = false;
		(this.#jar.store as CookieStore).hostOnly = cookie.domain === null;
		const stored = this.#jar.setCookieSync(cookie, cookieUrl(request.url), { http, ignoreError: true });
		if (stored) this.#changed(visible(stored) !== before);
		// or the next of that name would have its age
		if (stored && isOver(stored)) this.#jar.store.removeCookie(stored.domain, stored.path, stored.key, () => {});
		return stored !== undefined;
	}

	/** What pages see of the cookie that `cookie` will replace. */
	#visibleTwin(cookie: Cookie, url: URL): string {
		const all = this.#jar.getCookiesSync(cookieUrl(url), { allPaths: true, expire: false });
		const [host, hostOnly] = [url.hostname.replace(/^\[|\]$/g, ''), cookie.domain === null];
		const twins = all.filter((one) => one.key === cookie.key && one.domain === (cookie.domain ?? host) && one.hostOnly === hostOnly);
		const path = cookie.path?.startsWith('/') ? cookie.path : defaultPath(url.pathname);
		return twins
			.filter((old) => old.path === path)
			.map(visible)
			.join();
	}

	/** `shows`: `document.cookie` may read otherwise now. */
	#changed(shows = true): void {
		if (shows) this.#changes++;
		for (const listener of this.#listeners) listener();
	}
}

/** Cookies as `document.cookie` reads them. */
function shown(cookies: readonly Cookie[]): string {
	return decoder.decode(Buffer.from(cookies.map((cookie) => cookie.cookieString()).join('; '), 'latin1'));
}

/** Cookies don't tell ws from http (RFC 6265bis section 5.8.3 speaks of secure or not). */
function cookieUrl(url: URL): string {
	return `${url.protocol.replace('ws', 'http')}//${url.host}${url.pathname}`;
}

/** What pages see of a cookie; '' where it is HttpOnly or over. */
function visible(cookie: Cookie): string {
	if (cookie.httpOnly || isOver(cookie)) return '';
	return `${cookie.cookieString()};${cookie.secure};${cookie.hostOnly}`;
}

function isOver(cookie: Cookie): boolean {
	const expiry = cookie.expiryTime();
	return expiry !== undefined && expiry <= Date.now();
}

function emptyJar(): CookieJar {
	return new CookieJar(new CookieStore(), {
		looseMode: true,
		prefixSecurity: 'unsafe-disabled',
		allowSpecialUseDomain: true,
		rejectPublicSuffixes: false,
	});
}
