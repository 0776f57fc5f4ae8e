// server and page: no Node, no DOM.
// Data blocks that name URLs: import maps (HTML section 8.1.5.3) and speculation rules. Text that is no JSON comes back as it is.
import type { LabelTable, Zone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { maskIntegrity, unmaskIntegrity } from '../integrity.ts';
import { mapUrl, type Scheme, unmapUrl, withSlashes } from '../url.ts';

/** A string with a hash or a key in it. */
const HASHES = /"((?:(?:[^"\\]|\\.)*\s)?(?:sha-?(?:256|384|512)|ed25519)-(?:[^"\\]|\\.)*)"/g;

/** What a text has that holds a URL which is relative to nothing: slashes or, in a module specifier, a scheme without them (`https:host/x`). */
const ABSOLUTE = /\/\/|\\|(?:https?|wss?):/i;

/** Edits every string of a JSON text, keys too, by `map`. Both formats hold URLs, or words that `map` leaves alone. */
export function mapJsonUrls(text: string, map: (url: string) => string): string {
	if (!ABSOLUTE.test(text)) return text;
	try {
		JSON.parse(text);
	} catch {
		return text;
	}
	return text.replace(/"(?:[^"\\]|\\.)*"/g, (literal) => {
		const url = JSON.parse(literal) as string;
		const mapped = map(url);
		return mapped === url ? literal : JSON.stringify(mapped).replace(/</g, '\\u003c');
	});
}

/** An import map: specifiers, addresses, scopes and integrity keys; the hashes of edited modules no longer fit. */
export function rewriteImportMap(text: string, scope: Scope, scheme: Scheme = 'https'): string {
	return mapImportMap(text, (url) => mapUrl(withSlashes(url), scope, scheme));
}

export function mapImportMap(text: string, map: (url: string) => string): string {
	const mapped = mapJsonUrls(text, map);
	return mapped.includes('integrity')
		? mapped.replace(HASHES, (literal, text: string) => `"${maskIntegrity(text, plain(literal))}"`)
		: mapped;
}

function plain(literal: string): string {
	try {
		return JSON.parse(literal);
	} catch {
		return '';
	}
}

export function rewriteSpeculationRules(text: string, scope: Scope, scheme: Scheme = 'https'): string {
	return mapJsonUrls(text, (url) => mapUrl(url, scope, scheme));
}

/** The text of either as its author wrote it. */
export function unrewriteJson(text: string, zone: Zone, table?: LabelTable): string {
	const plain = unmaskIntegrity(text);
	return plain.includes(zone.domain) ? mapJsonUrls(plain, (url) => unmapUrl(url, zone, table)) : plain;
}

export { unrewriteJson as unrewriteImportMap, unrewriteJson as unrewriteSpeculationRules };
