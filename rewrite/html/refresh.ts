// server and page: no Node, no DOM.
// `<meta http-equiv=refresh>` and the Refresh header: `5; url='https://…'` (HTML section 4.2.5.3, shared declarative refresh steps).
import type { LabelTable, Zone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { mapUrl, type Scheme, unmapUrl } from '../url.ts';

const REFRESH = /^(\s*[\d.]+(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?)(?:(["'])(.*?)(\2.*|$)|(.*))$/is;

/** Edits the URL of a refresh value by `map`; a value that is only a delay comes back as it is. */
export function mapRefreshValue(value: string, map: (url: string) => string): string {
	const match = REFRESH.exec(value);
	if (!match) return value;
	const [, head = '', quote, quoted = '', tail = '', bare = ''] = match;
	return quote ? `${head}${quote}${map(quoted)}${tail}` : `${head}${map(bare)}`;
}

export function rewriteRefresh(value: string, scope: Scope, scheme: Scheme = 'https'): string {
	return mapRefreshValue(value, (url) => mapUrl(url, scope, scheme));
}

export function unrewriteRefresh(value: string, zone: Zone, table?: LabelTable): string {
	return mapRefreshValue(value, (url) => unmapUrl(url, zone, table));
}
