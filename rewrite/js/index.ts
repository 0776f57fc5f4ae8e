// server and page: no Node, no DOM.
// Scripts: what has to be edited so that `location`, `top`, `eval`, `postMessage` and imports mean what the page believes.
import type { LabelTable, Zone } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { applyEdits, type Edit } from '../edits.ts';
import { mapUrl, type Scheme, unmapUrl, withSlashes } from '../url.ts';
import type { UrlSlot } from './hits.ts';
import { lexHits } from './lexed.ts';
import { treeHits } from './tree.ts';
import { mayHit } from './words.ts';
import { unwrap, wrapEdits } from './wrap.ts';

export interface JsOptions {
	/** Whether the source is a module (`type=module`, a module worker, an imported script). */
	readonly module: boolean;
	/** What import specifiers are relative to, where that is not the URL of the script that compiles the text. */
	readonly base?: string | undefined;
}

/**
 * The edits of a script, which know nothing of a session, so that they can be cached by the source's hash; and its absolute static
 * import specifiers, which each session fills in for itself. A source with a syntax error gets no edits: the browser reports it.
 */
export function jsEdits(source: string, { module, base }: JsOptions): { edits: Edit[]; urls: UrlSlot[] } {
	const hits = mayHit(source, module) ? (lexHits(source, module) ?? treeHits(source, module)) : undefined;
	return hits ? { edits: wrapEdits(source, hits.wraps, base), urls: hits.urls } : { edits: [], urls: [] };
}

export interface Filling {
	readonly scope: Scope;
	/** The real document's, for `//host/` imports. */
	readonly scheme?: Scheme | undefined;
	/** What a blob's URL becomes, where blobs are known. */
	readonly blob?: ((url: string) => string) | undefined;
}

/** Puts a session's URLs into the slots of `jsEdits`; the result is in order and may go to `applyEdits`. */
export function fillUrls(edits: readonly Edit[], urls: readonly UrlSlot[], { scope, scheme = 'https', blob }: Filling): Edit[] {
	const filled = urls.map(({ start, end, url }) => ({
		start,
		end,
		text: blob && isBlob(url) ? blob(url) : specifier(url, scope, scheme),
	}));
	return [...edits, ...filled].sort((a, b) => a.start - b.start);
}

/** A static specifier as it stands between quotes of either kind. */
export function specifier(url: string, scope: Scope, scheme: Scheme): string {
	return mapUrl(withSlashes(url), scope, scheme).replace(/[\\'"\n\r]/g, (c) => `\\x${`0${c.charCodeAt(0).toString(16)}`.slice(-2)}`);
}

/** A script as it runs in a proxied page. */
export function rewriteJs(source: string, o: JsOptions & Filling): string {
	const { edits, urls } = jsEdits(source, o);
	return applyEdits(source, urls.length ? fillUrls(edits, urls, o) : edits);
}

/**
 * The script of a `javascript:` URL, without that scheme, as it runs in a proxied page. It is percent-decoded before it runs (HTML section 7.4.2.3.2); what
 * isn't edited keeps its spelling.
 */
export function rewriteScriptUrl(source: string, o: Filling): string {
	if (!/%[0-7][0-9a-f]/i.test(source)) return rewriteJs(source, { ...o, module: false });
	/** Where each sign of the script is spelled, and where it all ends. */
	const at: number[] = [];
	let script = '';
	for (let i = 0; i < source.length; ) {
		at.push(i);
		const hex = /^%([0-7][0-9a-f])/i.exec(source.slice(i, i + 3))?.[1];
		script += hex === undefined ? source.charAt(i) : String.fromCharCode(Number.parseInt(hex, 16));
		i += hex === undefined ? 1 : 3;
	}
	at.push(source.length);
	const { edits, urls } = jsEdits(script, { module: false });
	const spelled = ({ start, end, text }: Edit): Edit => ({ start: at[start] ?? 0, end: at[end] ?? 0, text: text.replace(/%/g, '%25') });
	return applyEdits(source, (urls.length ? fillUrls(edits, urls, o) : edits).map(spelled));
}

/** The script as its author wrote it. Static imports are only restored where a zone is given; a blob's by `blob`. */
export function unrewriteJs(text: string, zone?: Zone, table?: LabelTable, blob?: (url: string) => string): string {
	const source = unwrap(text);
	if (!zone || !source.includes(zone.domain)) return source;
	const { urls } = jsEdits(source, { module: true });
	return applyEdits(
		source,
		urls.map(({ start, end, url }) => ({ start, end, text: blob && isBlob(url) ? blob(url) : unmapUrl(url, zone, table) })),
	);
}

function isBlob(url: string): boolean {
	return /^blob:/i.test(url);
}
