// page (host): every proxied document, before its own scripts.
// Reading style sheets by the browser's own functions (CSSOM section 6).
import { type Any, getter } from '../natives.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const parentSheet = getter<CSSStyleSheet | null>(proto('StyleSheet'), 'parentStyleSheet');
const mediaOf = getter<MediaList>(proto('StyleSheet'), 'media');
const listText = getter<string>(proto('MediaList'), 'mediaText');

export const adopted = getter<CSSStyleSheet[]>(proto('Document'), 'adoptedStyleSheets');
export const adoptedIn = getter<CSSStyleSheet[]>(proto('ShadowRoot'), 'adoptedStyleSheets');
export const cssRules = getter<CSSRuleList>(proto('CSSStyleSheet'), 'cssRules');
export const ownerNode = getter<Node | null>(proto('StyleSheet'), 'ownerNode');
export const href = getter<string | null>(proto('StyleSheet'), 'href');
export const disabled = getter<boolean>(proto('StyleSheet'), 'disabled');
export const ruleSheet = getter<CSSStyleSheet | null>(proto('CSSRule'), 'parentStyleSheet');
export const ruleText = getter<string>(proto('CSSRule'), 'cssText');

export const mediaText = (sheet: CSSStyleSheet): string => listText(mediaOf(sheet));

/** For which media a sheet is, and whether it is in force. */
export function termsOf(sheet: CSSStyleSheet): string {
	return `${disabled(sheet)} ${mediaText(sheet)}`;
}

/** The element that a sheet stands in, by way of those that import it. */
export function ownerOf(sheet: CSSStyleSheet | null): Node | null {
	let at = sheet;
	for (let up = at && parentSheet(at); up; up = parentSheet(up)) at = up;
	return at && ownerNode(at);
}
