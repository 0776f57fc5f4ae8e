// server and page: no Node, no DOM.
// Data blocks that name URLs: import maps (HTML section 8.1.5.3) and speculation rules. Text that is no JSON comes back as it is.
import type { LabelTable, Zone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { mapUrl, type Scheme, unmapUrl } from '../url.ts';

/** Edits every string of a JSON text, keys too, by `map`. Both formats hold URLs, or words that `map` leaves alone. */
export function mapJsonUrls(text: string, map: (url: string) => string): string {
	if (!text.includes('//') && !text.includes('\\')) return text;
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

/** An import map: specifiers, addresses, scopes and integrity keys. The hashes of edited modules no longer fit, so integrity goes. */
export function rewriteImportMap(text: string, scope: Scope, scheme: Scheme = 'https'): string {
	const mapped = mapJsonUrls(text, (url) => mapUrl(url, scope, scheme));
	if (!mapped.includes('integrity')) return mapped;
	try {
		const { integrity: _, ...rest } = JSON.parse(mapped) as Record<string, unknown>;
		return JSON.stringify(rest).replace(/</g, '\\u003c');
	} catch {
		return mapped;
	}
}

export function rewriteSpeculationRules(text: string, scope: Scope, scheme: Scheme = 'https'): string {
	return mapJsonUrls(text, (url) => mapUrl(url, scope, scheme));
}

/** The text of either as its author wrote it (an import map's integrity does not come back). */
export function unrewriteJson(text: string, zone: Zone, table?: LabelTable): string {
	return text.includes(zone.domain) ? mapJsonUrls(text, (url) => unmapUrl(url, zone, table)) : text;
}

export { unrewriteJson as unrewriteImportMap, unrewriteJson as unrewriteSpeculationRules };
