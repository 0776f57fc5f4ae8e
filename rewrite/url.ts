// server and page: no Node, no DOM.
// URLs as they stand in markup, styles and scripts: `toProxied` and `toReal` of the protocol, and beside them protocol-relative ones.
import type { LabelTable, Zone } from '../protocol/label.ts';
import { type Scope, toProxied, toReal, trimUrl } from '../protocol/url.ts';
import { givenData, isData } from './data.ts';

/** The scheme of the document (or style sheet, or script) a URL stands in; it decides what `//host/` means. */
export type Scheme = 'http' | 'https';

const RELATIVE = /^[\0-\x20]*[/\\]{2}/;
/** A scheme that no authority follows (URL standard section 4.4, "special relative or authority state"). */
export const SCHEME_ONLY = /^[\0-\x20]*(https?):(?![\t\n\r]*[\\/][\t\n\r]*[\\/])/i;
/** Line ends and tabs, which are nothing in a URL, among the letters that say where it leads. */
const BROKEN = /^[\0-\x20]*[a-z:/\\]{0,7}[\t\n\r]/i;
const LATIN1 = /[\x80-\xff]/;

/** The scheme of a document's real URL: `http` or, for everything else, `https`. */
export function schemeOf(url: string): Scheme {
	return /^http:/i.test(url) ? 'http' : 'https';
}

/**
 * The proxied form of a URL as an author wrote it: absolute or protocol-relative (`//host/x` stays so: `//label.zone/x`).
 * Anything else (relative, data:, blob:, javascript:) comes back as it is. Only the origin's bytes change.
 */
export function mapUrl(url: string, scope: Scope, scheme: Scheme): string {
	const whole = mended(url);
	if (whole !== url) {
		const mapped = mapUrl(whole, scope, scheme);
		return mapped === whole ? url : mapped;
	}
	if (RELATIVE.test(url)) {
		const absolute = `${scheme}:${trimUrl(url)}`;
		const mapped = toProxied(utf8Host(absolute), scope);
		return mapped.startsWith(`${scope.zone.scheme}://`) && mapped !== utf8Host(absolute) ? mapped.slice(scope.zone.scheme.length + 1) : url;
	}
	const relative = schemeRelative(url, scheme);
	if (relative) return relative; // a scheme alone stays one
	const host = utf8Host(url.replace(SCHEME_ONLY, '$1://'));
	const mapped = toProxied(host, scope);
	return mapped === host ? url : mapped;
}

/** A URL whose beginning line ends or tabs tear apart (`ht⏎tps://…`), without any; all others as they are. */
export function mended(url: string): string {
	return BROKEN.test(url) ? url.replace(/[\t\n\r]+/g, '') : url;
}

/** `http:path` is relative where the document's base has the same scheme: the part that counts, or undefined. */
export function schemeRelative(url: string, scheme: string): string | undefined {
	const match = SCHEME_ONLY.exec(url);
	if (match?.[1]?.toLowerCase() !== scheme) return undefined;
	const rest = url.slice(match[0].length);
	return /^[\0-\x20]*[a-z][a-z\d+.-]*:/i.test(rest) ? `./${rest}` : rest;
}

/** A module specifier that leaves the slashes out (`https:host/x`) is relative to nothing: the URL that it means. Any other comes back as it is. */
export function withSlashes(specifier: string): string {
	return /^(?:http|ws)s?:(?![/\\]{2})/i.test(specifier) && URL.canParse(specifier) ? new URL(specifier).href : specifier;
}

/** The real form of a URL that `mapUrl` made; anything else comes back as it is. */
export function unmapUrl(url: string, zone: Zone, table?: LabelTable): string {
	if (isData(url)) return givenData(url);
	if (!RELATIVE.test(url)) return toReal(url, zone, table);
	const absolute = `${zone.scheme}:${trimUrl(url)}`;
	const real = toReal(absolute, zone, table);
	return real === absolute ? url : real.slice(real.indexOf(':') + 1);
}

/**
 * On the server text is a binary string (one char = one byte), so a host in UTF-8 (`https://bücher.example`) has to be decoded
 * before it can become punycode. Only the authority is decoded; path and query keep their bytes.
 */
function utf8Host(url: string): string {
	if (!LATIN1.test(url)) return url;
	const match = /^([^/\\]*[/\\]{2,})([^/\\?#]*)(.*)$/s.exec(url);
	if (!match || !LATIN1.test(match[2] ?? '')) return url;
	try {
		return match[1] + decodeURIComponent((match[2] ?? '').replace(/[\x80-\xff]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)) + match[3];
	} catch {
		return url; // not UTF-8: a page's own string, or another charset
	}
}
