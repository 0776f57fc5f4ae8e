// server and page: no Node, no DOM.
// What a document sees of the jar, and what `document.cookie = text` does to that: told by the page itself for every text of which the server
// would say the same, so that nobody waits for it (docs/decisions/0033).

/** What a document sees of the jar, with what it takes to tell what a write will do to it. */
export interface Cookies {
	/** What `document.cookie` reads, and the jar's version with that. */
	readonly cookie: string;
	readonly version: string;
	/** Where each pair in it is kept: `<domain>|<path>`, without a domain if it is for this host alone. */
	readonly keys: readonly string[];
	/** The names of the site's other cookies, which the document doesn't see. */
	readonly hidden: readonly string[];
	/** Milliseconds until the first of those seen is over; absent: none of them will be. */
	readonly lasts?: number | undefined;
	/** The document's site, the last Domain that it may set; '' where a host has none but itself. */
	readonly site: string;
	/** The writes of this browser that are in it, as the request named them (`markName`). */
	readonly marks: string;
}

/** The document that writes. */
export interface Writer {
	readonly host: string;
	readonly path: string;
	readonly secure: boolean;
	/** Milliseconds since 1970. */
	readonly now: number;
}

/** The native cookie that says which state the jar is in. Both stand on the zone's domain, and no site is ever sent them. */
export function versionName(token: string): string {
	return `tandem-v-${token.slice(0, 6)}`;
}

/** The native cookie that names the writes which may still be on their way, `<document>.<number of its last>-…`: what is asked for after them waits for them. */
export function markName(token: string): string {
	return `tandem-w-${token.slice(0, 6)}`;
}

const KNOWN = new Set(['path', 'domain', 'expires', 'max-age', 'samesite', 'secure']);
const PLAIN = /^[ -~]*$/;
const PAIR_MAX = 4096;
const ATTRIBUTE_MAX = 1024;
/** An expiry nearer than this is left to the server's clock, milliseconds. */
const NEAR = 86_400_000;
/** As browsers write it (RFC 9110 section 5.6.7), on a day that every month has. */
const DATE = /^[A-Z][a-z]{2}, (?:0[1-9]|1\d|2[0-8])[ -][A-Z][a-z]{2}[ -](?:19[7-9]|[2-9]\d\d)\d \d\d:\d\d:\d\d (?:GMT|UTC)$/;
const parseDate = Date.parse;
const SAME_SITE = /^(?:lax|strict)$/i;

interface Write {
	readonly name: string;
	readonly pair: string;
	readonly domain: string;
	readonly path: string;
	/** Milliseconds from now; absent: as long as the session. */
	readonly lasts?: number | undefined;
}

/**
 * What the document sees after `document.cookie = text` (HTML section 3.1.4, RFC 6265bis sections 5.6 to 5.8); undefined where that isn't certain
 * here: then the server has to be asked. `lasts` is that of the cookie written.
 */
export function afterWrite(view: Cookies, text: string, writer: Writer): Cookies | undefined {
	const write = read(text, view.site, writer);
	if (!write || view.hidden.includes(write.name)) return undefined;
	const pairs = view.cookie ? view.cookie.split('; ') : [];
	const keys = [...view.keys];
	const key = `${write.domain}|${write.path}`;
	const at = pairs.findIndex((pair, i) => pair.slice(0, Math.max(pair.indexOf('='), 0)) === write.name && keys[i] === key);
	const over = write.lasts !== undefined && write.lasts <= 0;
	if (at >= 0) {
		pairs.splice(at, 1, ...(over ? [] : [write.pair]));
		if (over) keys.splice(at, 1);
	} else if (!over) {
		// Longer paths come first, and of paths of one length the one that was there earlier.
		let behind = keys.length;
		while (behind > 0 && pathOf(keys[behind - 1] as string).length < write.path.length) behind--;
		pairs.splice(behind, 0, write.pair);
		keys.splice(behind, 0, key);
	}
	return { ...view, cookie: pairs.join('; '), keys, lasts: over ? undefined : write.lasts };
}

const pathOf = (key: string) => key.slice(key.indexOf('|') + 1);

/** A text without anything unusual; undefined for all others. */
function read(text: string, site: string, { host, path: document, secure, now }: Writer): Write | undefined {
	if (!PLAIN.test(text)) return undefined;
	const [pair = '', ...attributes] = text.split(';').map((part) => part.trim());
	const at = pair.indexOf('=');
	const [name, value] = [pair.slice(0, at).trimEnd(), pair.slice(at + 1).trimStart()];
	if (at < 1 || !name || name.startsWith('__') || name.length + value.length > PAIR_MAX) return undefined;
	const said = new Map<string, string>();
	for (const attribute of attributes) {
		if (attribute.length > ATTRIBUTE_MAX) return undefined;
		const end = attribute.indexOf('=');
		const key = (end < 0 ? attribute : attribute.slice(0, end)).trimEnd().toLowerCase();
		if (said.has(key)) return undefined;
		if (attribute) said.set(key, end < 0 ? '' : attribute.slice(end + 1).trimStart());
	}
	for (const key of said.keys()) if (!KNOWN.has(key)) return undefined;
	if (said.has('secure') && !secure) return undefined;
	if (said.has('samesite') && !SAME_SITE.test(said.get('samesite') as string)) return undefined;
	const path = said.get('path') ?? directoryOf(document);
	if (!matches(document, path)) return undefined;
	const domain = domainOf(said.get('domain'), host, site);
	const lasts = lifeOf(said, now);
	if (domain === undefined || lasts === false) return undefined;
	return { name, pair: `${name}=${value}`, domain, path, lasts };
}

/** RFC 6265bis section 5.1.4, "default-path". */
function directoryOf(path: string): string {
	return path.slice(0, path.lastIndexOf('/')) || '/';
}

/** Section 5.1.4, "path-match"; a path that is none matches nothing. */
function matches(document: string, path: string): boolean {
	if (!path.startsWith('/') || !document.startsWith(path)) return false;
	return document.length === path.length || path.endsWith('/') || document[path.length] === '/';
}

function domainOf(said: string | undefined, host: string, site: string): string | undefined {
	if (said === undefined) return '';
	const domain = said.replace(/^\./, '').toLowerCase();
	if (!site || (domain !== site && !domain.endsWith(`.${site}`))) return undefined;
	return host === domain || host.endsWith(`.${domain}`) ? domain : undefined;
}

/** How long a cookie lasts, milliseconds; false: that isn't certain. */
function lifeOf(said: ReadonlyMap<string, string>, now: number): number | undefined | false {
	const age = said.get('max-age');
	const date = said.get('expires');
	if (age !== undefined) return /^-?\d{1,12}$/.test(age) && (date === undefined || DATE.test(date)) && Number(age) * 1000;
	if (date === undefined) return undefined;
	const lasts = DATE.test(date) ? parseDate(date.replace(/-/g, ' ')) - now : Number.NaN;
	return Math.abs(lasts) > NEAR && lasts;
}
