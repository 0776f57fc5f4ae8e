// server only (Node).
// The rules of RFC 6265bis that tough-cookie leaves out or reads differently from today's browsers, as lists of small tests.
import { getDomain } from 'tldts';
import { Cookie, type CookieJar, defaultPath, domainMatch, pathMatch } from 'tough-cookie';
import { trustworthy } from './site.ts';

/** Where a request comes from, seen from its target (RFC 6265bis section 5.2). */
export type SiteContext = 'same-site' /** a document is asked for by another site */ | 'navigation' | 'cross-site';

export interface CookieRequest {
	/** Real URL; ws and wss count as http and https. */
	readonly url: URL;
	readonly site: SiteContext;
	readonly method: string;
}

/** Octets of name and value together, and of one attribute (section 5.6). */
const PAIR_MAX = 4096;
const ATTRIBUTE_MAX = 1024;
/** Section 5.5: 400 days, in milliseconds. */
const AGE_MAX = 400 * 24 * 3600 * 1000;
/** Section 5.7.2 "Lax-allowing-unsafe": two minutes, in milliseconds. */
const LAX_UNSAFE_AGE = 120_000;
/** What refuses a cookie wherever it stands (section 5.6, step 1); line breaks too. */
const CONTROL = /[^\t -~\x80-\uffff]/;
/** Stands for a character that is none of theirs: a code point that is no character. */
const STAND_IN = '\ufdd0';
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

interface Case {
	readonly cookie: Cookie;
	readonly request: CookieRequest;
	readonly secure: boolean;
	/** Has an own Path attribute. */
	readonly pathGiven: boolean;
	readonly jar: CookieJar;
}

/** Each says why a cookie is not stored; the first that holds ends it. */
const REFUSALS: readonly ((c: Case) => boolean)[] = [
	function tooLarge({ cookie }) {
		return cookie.key.length + cookie.value.length > PAIR_MAX;
	},
	function empty({ cookie }) {
		return cookie.key === '' && cookie.value === '';
	},
	function namelessWithEquals({ cookie }) {
		return cookie.key === '' && cookie.value.includes('=');
	},
	function secureFromInsecure({ cookie, secure }) {
		return cookie.secure && !secure;
	},
	function partitionedWithoutSecure({ cookie }) {
		return !cookie.secure && (cookie.extensions ?? []).some((extension) => /^partitioned[\t ]*(?:=|$)/i.test(extension));
	},
	function sameSiteNoneWithoutSecure({ cookie }) {
		return cookie.sameSite === 'none' && !cookie.secure;
	},
	function sameSiteFromElsewhere({ cookie, request }) {
		return cookie.sameSite !== 'none' && request.site === 'cross-site';
	},
	function securePrefix({ cookie }) {
		return /^__secure-/i.test(cookie.key) && !cookie.secure;
	},
	function hostPrefix({ cookie, pathGiven }) {
		return /^__host-/i.test(cookie.key) && !(cookie.secure && cookie.domain === null && cookie.path === '/' && pathGiven);
	},
	function httpPrefix({ cookie }) {
		return /^__(?:host-)?http-/i.test(cookie.key) && !(cookie.secure && cookie.httpOnly);
	},
	function namelessPrefix({ cookie }) {
		return cookie.key === '' && /^__(?:secure|host|http)-/i.test(cookie.value);
	},
	function wouldShadowSecure({ cookie, request, secure, jar }) {
		if (secure || cookie.secure) return false;
		const host = cookie.domain ?? request.url.hostname;
		return allCookies(jar).some(
			(old) =>
				old.secure &&
				old.key === cookie.key &&
				(domainMatch(old.domain ?? '', host) || domainMatch(host, old.domain ?? '')) &&
				pathMatch(cookie.path ?? defaultPath(request.url.pathname), old.path ?? '/'),
		);
	},
];

/** Reads one Set-Cookie text; undefined where the cookie must not be stored. */
export function accept(text: string, request: CookieRequest, http: boolean, jar: CookieJar): Cookie | undefined {
	if (CONTROL.test(text)) return undefined;
	const line = shortAttributes(text);
	const cookie = parse(line);
	if (cookie) nameBeforeEquals(cookie, line);
	if (cookie && lastDomain(text) === '') cookie.domain = null;
	if (!cookie || (!http && cookie.httpOnly) || !settleDomain(cookie, request.url.hostname)) return undefined;
	const pathGiven = typeof cookie.path === 'string';
	const c: Case = { cookie, request, secure: trustworthy(request.url), pathGiven, jar };
	if (REFUSALS.some((refuses) => refuses(c))) return undefined;
	const latest = Date.now() + AGE_MAX;
	if (typeof cookie.maxAge === 'number' && cookie.maxAge * 1000 > AGE_MAX) cookie.maxAge = AGE_MAX / 1000;
	if (cookie.expires instanceof Date && cookie.expires.getTime() > latest) cookie.expires = new Date(latest);
	return cookie;
}

/** Whether a stored cookie that matches by host, path and scheme goes with a request (section 5.8.3, SameSite). */
export function sendable(cookie: Cookie, { site, method }: CookieRequest): boolean {
	if (site === 'same-site' || cookie.sameSite === 'none') return true;
	if (site === 'cross-site' || cookie.sameSite === 'strict') return false;
	if (SAFE.has(method)) return true;
	const age = cookie.creation instanceof Date ? Date.now() - cookie.creation.getTime() : Infinity;
	return cookie.sameSite === undefined && age < LAX_UNSAFE_AGE;
}

export function allCookies(jar: CookieJar): Cookie[] {
	let all: Cookie[] = [];
	jar.store.getAllCookies((_error, cookies) => {
		all = cookies ?? [];
	});
	return all;
}

/** A Domain that is a public suffix counts only as the host itself (section 5.7, step 9). False: refused. */
function settleDomain(cookie: Cookie, host: string): boolean {
	const domain = cookie.domain;
	if (domain === null) return true;
	if (domain === host) {
		if (getDomain(domain, { allowPrivateDomains: true }) === null) cookie.domain = null;
		return true;
	}
	return getDomain(domain, { allowPrivateDomains: true }) !== null;
}

/**
 * Only spaces and tabs are taken off what a cookie is made of (section 5.6). tough-cookie takes off what `trim` does, and so the last byte of an `à`
 * in UTF-8, where a char is a byte.
 */
function parse(line: string): Cookie | undefined {
	const cookie = Cookie.parse(line.replaceAll('\xa0', STAND_IN), { loose: true });
	for (const part of ['key', 'value', 'path'] as const) if (cookie?.[part]) cookie[part] = cookie[part].replaceAll(STAND_IN, '\xa0');
	return cookie;
}

/** What follows a `=` at the very beginning is all value (section 5.6, step 3); tough-cookie looks for a name in it. */
function nameBeforeEquals(cookie: Cookie, text: string): void {
	const [, value] = /^[\t ]*=([^;]*)/.exec(text) ?? [];
	if (value === undefined || cookie.key === '') return;
	cookie.key = '';
	cookie.value = value.replace(/^[\t ]+|[\t ]+$/g, '');
}

/** The last Domain counts, also an empty one (section 5.6.3), over which tough-cookie goes; undefined where there is none. */
function lastDomain(text: string): string | undefined {
	const [, ...attributes] = text.split(';');
	const said = attributes.filter((attribute) => /^[\t ]*domain[\t ]*(?:=|$)/i.test(attribute) && attribute.length <= ATTRIBUTE_MAX).at(-1);
	return said
		?.replace(/^[^=]*=?/, '')
		.trim()
		.replace(/^\./, '');
}

function shortAttributes(text: string): string {
	const [pair = '', ...attributes] = text.split(';');
	return [pair, ...attributes.filter((attribute) => attribute.length <= ATTRIBUTE_MAX)].join(';');
}
