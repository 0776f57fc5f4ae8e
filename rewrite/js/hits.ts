// server and page: no Node, no DOM.
// What the two ways of reading a script (lexer, tree) both answer.
import type { Wrap } from './wrap.ts';

/** A static import's absolute URL: where it stands, without its quotes. */
export interface UrlSlot {
	readonly start: number;
	readonly end: number;
	readonly url: string;
}

export interface JsHits {
	readonly wraps: Wrap[];
	readonly urls: UrlSlot[];
}

/** Whether a module specifier names an origin: absolute http(s), protocol-relative, or a blob's. */
export function isMappable(specifier: string): boolean {
	return /^(?:(?:https?:)?[/\\]{2}|blob:)/i.test(specifier);
}

/** Whether a specifier is relative to its script's own origin, so that it needs no mapping: `./`, `../`, `/`. */
export function isRelative(specifier: string): boolean {
	return /^(?:\.{1,2})?\/(?!\/)/.test(specifier);
}
