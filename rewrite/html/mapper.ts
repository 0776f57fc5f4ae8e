// server and page: no Node, no DOM.
// The two directions of HTML rewriting: what becomes of a URL, a style, a script. The rewriter itself doesn't know which one it does.
import type { LabelTable, Zone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { rewriteCss, unrewriteCss } from '../css/index.ts';
import { givenPolicy, mapCsp } from '../headers/csp.ts';
import { maskIntegrity, unmaskIntegrity } from '../integrity.ts';
import { rewriteJs, rewriteScriptUrl, unrewriteJs } from '../js/index.ts';
import { mapUrl, schemeOf, unmapUrl } from '../url.ts';
import { rewriteImportMap, rewriteSpeculationRules, unrewriteJson } from './json.ts';

/** Each function answers the same string where nothing is to change. */
export interface HtmlMapper {
	url(url: string): string;
	css(source: string): string;
	js(source: string, module: boolean): string;
	/** What stands behind `javascript:`. */
	scriptUrl(source: string): string;
	importMap(text: string): string;
	speculationRules(text: string): string;
	csp(content: string): string;
	integrity(value: string): string;
	/** Whether this is the way back to the author's markup. */
	readonly back: boolean;
}

/** From the author's markup to the proxied one. */
export function forward(scope: Scope, documentUrl: string, nonce: string | undefined): HtmlMapper {
	const scheme = schemeOf(documentUrl);
	return {
		url: (url) => mapUrl(url, scope, scheme),
		css: (source) => rewriteCss(source, scope, scheme),
		js: (source, module) => rewriteJs(source, { module, scope, scheme }),
		scriptUrl: (source) => rewriteScriptUrl(source, { scope, scheme }),
		importMap: (text) => rewriteImportMap(text, scope, scheme),
		speculationRules: (text) => rewriteSpeculationRules(text, scope, scheme),
		csp: (content) => mapCsp(content, { scope, nonce, documentUrl }),
		integrity: maskIntegrity,
		back: false,
	};
}

/** From proxied markup back to the author's. */
export function backward(zone: Zone, table?: LabelTable): HtmlMapper {
	return {
		url: (url) => unmapUrl(url, zone, table),
		css: (source) => unrewriteCss(source, zone, table),
		js: (source) => unrewriteJs(source, zone, table),
		scriptUrl: (source) => unrewriteJs(source, zone, table),
		importMap: (text) => unrewriteJson(text, zone, table),
		speculationRules: (text) => unrewriteJson(text, zone, table),
		csp: (content) => content.split(',').map(givenPolicy).join(','),
		integrity: unmaskIntegrity,
		back: true,
	};
}
