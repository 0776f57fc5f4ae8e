// server and page: no Node, no DOM.
// srcset and imagesrcset: candidates `url descriptor, …` (HTML section 4.8.4.3.11); lists of URLs parted by spaces (ping), and policies.
import type { LabelTable, Zone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { mapUrl, type Scheme, unmapUrl } from '../url.ts';

/** Spaces and commas, then a URL, then (where no comma ended it) descriptors up to a comma outside parentheses. In text of bytes `\s` is the last one of an `à`, too. */
const CANDIDATE = /([\t\n\f\r ,]*)([^\t\n\f\r ]+)/y;
const DESCRIPTORS = /(?:\([^)]*\)?|[^,(])*,?/y;

/** Edits each URL of a srcset by `map`; everything between keeps its bytes. */
export function mapSrcset(value: string, map: (url: string) => string): string {
	let out = '';
	let at = 0;
	for (;;) {
		CANDIDATE.lastIndex = at;
		const match = CANDIDATE.exec(value);
		if (!match) return out + value.slice(at);
		const [, before = '', run = ''] = match;
		const url = run.replace(/,+$/, '');
		out += before + map(url) + run.slice(url.length);
		at = CANDIDATE.lastIndex;
		if (url.length < run.length) continue; // a comma at the URL's end ends the candidate
		DESCRIPTORS.lastIndex = at;
		DESCRIPTORS.exec(value);
		out += value.slice(at, DESCRIPTORS.lastIndex);
		at = DESCRIPTORS.lastIndex;
	}
}

export function rewriteSrcset(value: string, scope: Scope, scheme: Scheme = 'https'): string {
	return mapSrcset(value, (url) => mapUrl(url, scope, scheme));
}

export function unrewriteSrcset(value: string, zone: Zone, table?: LabelTable): string {
	return mapSrcset(value, (url) => unmapUrl(url, zone, table));
}

/** A list of URLs parted by white space, as in `ping`. */
export function mapUrlList(value: string, map: (url: string) => string): string {
	return value.replace(/[^\t\n\f\r ]+/g, map);
}

/** The serialized policy of an iframe's `allow` (Permissions Policy section 7.4.1): features, and whom each is for, parted by semicolons. */
export function mapAllow(value: string, map: (url: string) => string): string {
	return value.replace(/[^\s;,]+/g, (word) => (word.includes('//') ? map(word) : word));
}
