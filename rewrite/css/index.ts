// server and page: no Node, no DOM.
// Style sheets: absolute URLs of `url()`, `src()`, `image-set()` and `@import`, edited in place (CSS Syntax Level 3, CSS Values Level 4), and
// selectors that ask about URLs (selectors.ts).
import type { LabelTable, Zone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { isData, mapData, SHEET } from '../data.ts';
import { applyEdits, type Edit } from '../edits.ts';
import { mapUrl, type Scheme, unmapUrl } from '../url.ts';
import { escapeCss, unescapeCss } from './escape.ts';
import { cssUrls } from './scan.ts';
import { rewriteSheetSelectors, unrewriteSelectors } from './selectors.ts';

/** A style sheet as a proxied page loads it. `scheme` is the sheet's own, for `//host/` URLs. */
export function rewriteCss(source: string, scope: Scope, scheme: Scheme = 'https'): string {
	return rewriteSheetSelectors(rewriteCssUrls(source, scope, scheme), scope, scheme);
}

/** The same without its selectors: for a mirror, which has the page's own URLs beside those it loads (protocol/css-given.ts). */
export function rewriteCssUrls(source: string, scope: Scope, scheme: Scheme = 'https'): string {
	return mapCss(source, (url) => mapUrl(url, scope, scheme));
}

/** The declarations of a style attribute (or one property's value). */
export function rewriteStyle(declarations: string, scope: Scope, scheme: Scheme = 'https'): string {
	return rewriteCss(declarations, scope, scheme);
}

/** A style sheet, or declarations, as their author wrote them. */
export function unrewriteCss(text: string, zone: Zone, table?: LabelTable): string {
	return text.includes(zone.domain) ? unrewriteSelectors(mapCss(text, (url) => unmapUrl(url, zone, table))) : text;
}

/** What a URL without two slashes has that leads elsewhere: a scheme alone (`https:host/x`), tabs between slashes, a style sheet of its own. */
const LEADS = /https?:|\/\t|data:text\/css/i;

/** Edits the URLs of a style sheet by `map`, which answers the same string where nothing is to change. */
export function mapCss(source: string, map: (url: string) => string): string {
	if (!source.includes('//') && !source.includes('\\') && !LEADS.test(source)) return source;
	const edits: Edit[] = [];
	for (const { start, end, quote } of cssUrls(source)) {
		const raw = source.slice(start, end);
		const url = raw.includes('\\') ? unescapeCss(raw) : raw;
		const mapped = isData(url) ? mapData(map(url), SHEET, (text) => mapCss(text, map)) : map(url);
		if (mapped !== url) edits.push({ start, end, text: url === raw ? mapped : escapeCss(mapped, quote) });
	}
	return applyEdits(source, edits);
}
