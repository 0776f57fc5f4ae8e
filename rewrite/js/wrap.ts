// server and page: no Node, no DOM.
// What an edited place of a script looks like. The page's runtime implements the functions (contract: injector/), named in `CALLS`.
// Every edit wraps in place: its prefix and suffix carry a mark, so that `unrewriteJs` restores the text without parsing it.
import { RUNTIME_GLOBAL } from '../../protocol/page.ts';
import type { Edit } from '../edits.ts';
import type { Word } from './words.ts';

/** What the functions of the runtime do. */
export const CALLS = {
	v: 'the value, unless it is the real Location, top window, eval or postMessage: then the virtual one',
	w: 'a facade for a Window or Document (location, postMessage, eval); any other value as it is',
	d: 'what a pattern reads `location`, `top` … from: of a Window or Document a view with the virtual ones, any other value as it is',
	a: 'an object whose `v` reads and writes the free `location`',
	e: 'the arguments of a direct eval, the first one rewritten',
	i: 'the specifier of a dynamic import, mapped; resolved against a second argument',
	p: 'the object of a computed member: what `w` or `d` would give where the key asks for it; `q()` is the key then',
	r: 'the promise of a dynamic import, whose refusal names the real URL',
	m: 'import.meta, with its url and resolve made virtual',
} as const;

export type Call = keyof typeof CALLS;

/** One place to edit. `start` and `end` bound what is wrapped. */
export interface Wrap {
	readonly call: Call;
	readonly start: number;
	readonly end: number;
	/** The name, where it stands as a shorthand property: `{location}` becomes `{location: …}`. */
	readonly shorthand?: Word;
	/** In the callee of `new`: `new (v(a.location)).X()`, for `new v(a.location)` would construct `v`. */
	readonly callee?: boolean;
	/** Where the chain goes on behind an optional one: `a?.location.href` becomes `v(a?.location)?.href`, lest `v(undefined)` throws. */
	readonly chain?: number;
	/** Of a computed member: where its `[` is; the `]` is the last character. */
	readonly key?: number;
	/** Where the `?.` before that is; the key may not be evaluated then where there is no object. */
	readonly optional?: number;
	/** A specifier that needs no mapping where the script itself stands: `import('./x.js')`. Only text that is compiled elsewhere wraps it. */
	readonly relative?: true;
}

const MARK = `/*${RUNTIME_GLOBAL}*/`;
const CLOSE = `${MARK})`;
const ASSIGN = `,$v=>location=$v${CLOSE}.v`;

/** What a name may end with. */
const WORD_PART = /[\w$\x80-\uffff]/;

const G = RUNTIME_GLOBAL.replace(/\$/g, '\\$');
const M = `\\/\\*${G}\\*\\/`;
/** Around a string that becomes a document; where no runtime is yet it stays as it is. Without a `?`, which begins a query. */
const MADE = `(typeof ${RUNTIME_GLOBAL}=='object'&&${RUNTIME_GLOBAL}.j||String)(`;
const UNWRAP = new RegExp(
	`\\(typeof ${G}=='object'&&${G}\\.j\\|\\|String\\)\\(|(?:(?:location|top|eval|postMessage):${M}|\\(?${M})?${G}\\.[vwdaeimpr]\\(|,\\$v=>location=\\$v${M}\\)\\.v|${M}(?:,"[^"]*"${M})?\\)|${M}\\?(?:\\.(?=[[(]))?|,\\/\\*${G}(\\?\\.)\\*\\/\\w+!=null&&|,?\\/\\*${G}(\\[)\\*\\/\\(|\\)\\/\\*${G}(\\])\\*\\/\\)(?:\\?\\.)?\\[${G}\\.q\\(\\)\\]`,
	'g',
);

/** Text that goes in at a place, over `skip` characters; what stands at one place is in the order of `rank`. */
interface Point {
	readonly at: number;
	readonly rank: number;
	readonly text: string;
	readonly skip?: number;
}

/**
 * Turns wraps into edits: at one place what ends comes before what begins, inner ends first, outer beginnings first. `base`: the URL that
 * import specifiers are relative to, where the text is not compiled in its own place.
 */
export function wrapEdits(source: string, wraps: readonly Wrap[], base?: string): Edit[] {
	const points: Point[] = [];
	const chains = new Set<number>(); // a member and the facade around it may both ask for the same `?.`
	const origin = base === undefined ? '' : `${MARK},${JSON.stringify(base)}`;
	for (const { call, start, end, shorthand, callee, chain, relative, key, optional } of wraps) {
		if (relative && base === undefined) continue;
		// `return(a).top`: a word must not run on into ours
		const apart = !callee && WORD_PART.test(source[start - 1] ?? '') ? MARK : '';
		const prefix = `${apart}${shorthand ? `${shorthand}:${MARK}` : ''}${callee ? `(${MARK}` : ''}${RUNTIME_GLOBAL}.${call}(`;
		const close = call === 'p' ? '' : CLOSE; // a computed member has its own end
		const suffix = call === 'a' ? ASSIGN : call === 'i' ? origin + CLOSE : callee ? close + CLOSE : close;
		const outer = call === 'v' ? 0 : call === 'p' ? -0.5 : 0.5; // over the same text: the facade of the virtual value, not the value of the facade
		points.push({ at: start, rank: 0x80000000 - end - outer, text: prefix }, { at: end, rank: -0x80000000 - start + outer, text: suffix });
		if (key !== undefined) points.push(...computed(source, start, end, key, optional));
		if (chain === undefined || chains.has(chain)) continue;
		chains.add(chain);
		points.push({ at: chain, rank: -1, text: source[chain] === '.' ? `${MARK}?` : `${MARK}?.` });
	}
	points.sort((a, b) => a.at - b.at || a.rank - b.rank);
	return points.map(({ at, text, skip = 0 }) => ({ start: at, end: at + skip, text }));
}

/** `window[key]` as `p(window,(key))[q()]`, and `window?.[key]` as `p(window,window!=null&&(key))?.[q()]`. */
function computed(source: string, start: number, end: number, key: number, optional: number | undefined): Point[] {
	const mark = (what: string) => `/*${RUNTIME_GLOBAL}${what}*/`;
	const close = { at: end - 1, rank: -1, skip: 1, text: `)${mark(']')})${optional ? '?.' : ''}[${RUNTIME_GLOBAL}.q()]` };
	if (optional === undefined) return [{ at: key, rank: -1, skip: 1, text: `,${mark('[')}(` }, close];
	const name = /^\w+/.exec(source.slice(start, start + 10))?.[0];
	return [
		{ at: optional, rank: -1, skip: 2, text: `,${mark('?.')}${name}!=null&&` },
		{ at: key, rank: -1, skip: 1, text: `${mark('[')}(` },
		close,
	];
}

const LONE_STRING = /^(\s*)("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')(\s*;?\s*)$/;

/** The script of a `javascript:` URL that is nothing but a string with markup in it, which its document is made of; undefined for any other. */
export function wrapMarkup(source: string): string | undefined {
	const [, before, text, after] = LONE_STRING.exec(source) ?? [];
	return text?.includes('<') && !/%(?:22|27|5c)/i.test(text) ? before + MADE + text + CLOSE + after : undefined;
}

/** The source as it was before `wrapEdits`. */
export function unwrap(text: string): string {
	return text.includes(RUNTIME_GLOBAL) ? text.replace(UNWRAP, '$1$2$3') : text;
}
