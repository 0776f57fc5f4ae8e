// server and page: no Node, no DOM.
// `import(…)`, `import.meta`, and static imports and re-exports, as the lexer sees them.
import { isMappable, isRelative, type JsHits } from './hits.ts';
import { B, KIND, T, type Tokens } from './token.ts';
import type { Wrap } from './wrap.ts';

/** Tokens between `import` and its specifier are few; names in braces count as one. */
const CLAUSE_MAX = 16;

/** What the `import` or `export` at `token` needs; a static specifier goes into `hits.urls`. */
export function readImport(tokens: Tokens, token: number, frame: number, hits: JsHits): Wrap | 'doubt' | undefined {
	const { start } = tokens;
	const isExport = kindAt(tokens, token) === T.EXPORT;
	let next = token + 1;
	if (!isExport && kindAt(tokens, next) === T.DOT) {
		const name = textAt(tokens, next + 1);
		if (name.startsWith('meta')) return { call: 'm', start: start[token] ?? 0, end: (start[next + 1] ?? 0) + 4 };
		next += 2; // import.source(…), import.defer(…)
	}
	if (!isExport && kindAt(tokens, next) === T.PAREN_OPEN) {
		const inside = tokens.encloses[frame];
		return inside === B.CLASS || inside === B.CLASS_VALUE ? 'doubt' : dynamicImport(tokens, token, next, hits);
	}
	const first = kindAt(tokens, next);
	if (isExport && first !== T.STAR && first !== T.BRACE_OPEN) return undefined;
	for (let steps = 0; steps < CLAUSE_MAX && next < tokens.count; steps++) {
		const kind = kindAt(tokens, next);
		if (kind === T.STRING) {
			const at = start[next] ?? 0;
			const quote = tokens.source[at] ?? '';
			const close = tokens.source.indexOf(quote, at + 1);
			const url = tokens.source.slice(at + 1, close);
			if (url.includes('\\')) return 'doubt';
			const alias = kindAt(tokens, next - 1) === T.NAME && textAt(tokens, next - 1).startsWith('as');
			if (!alias) {
				if (isMappable(url)) hits.urls.push({ start: at + 1, end: close, url });
				return undefined;
			}
		} else if (kind === T.SEMICOLON || (isExport && steps > 0 && kind !== T.NAME && kind !== T.HIT)) return undefined;
		next = kind === T.BRACE_OPEN ? (tokens.close[tokens.bracket[next] ?? 0] ?? 0) + 1 : next + 1;
		if (isExport && kind === T.BRACE_OPEN && !textAt(tokens, next).startsWith('from')) return undefined;
	}
	return undefined;
}

/** The first argument alone: `import(spec, {with: …})`; and the whole, for its promise. */
function dynamicImport(tokens: Tokens, token: number, paren: number, hits: JsHits): Wrap | undefined {
	const close = tokens.close[tokens.bracket[paren] ?? 0] ?? 0;
	const { source, start } = tokens;
	let comma = paren + 1;
	while (comma < close && kindAt(tokens, comma) !== T.COMMA) comma = past(tokens, comma);
	if (comma === paren + 1) return undefined;
	hits.wraps.push({ call: 'r', start: start[token] ?? 0, end: (start[close] ?? 0) + 1 });
	if (comma === paren + 2 && kindAt(tokens, paren + 1) === T.STRING) {
		const at = start[paren + 1] ?? 0;
		if (isRelative(source.slice(at + 1, at + 5)))
			return { call: 'i', start: (start[paren] ?? 0) + 1, end: start[comma] ?? 0, relative: true };
	}
	return { call: 'i', start: (start[paren] ?? 0) + 1, end: start[comma] ?? 0 };
}

/** The token behind one, or behind the bracket that opens there. */
function past(tokens: Tokens, token: number): number {
	const kind = kindAt(tokens, token);
	const opens =
		kind === T.PAREN_OPEN || kind === T.BRACKET_OPEN || kind === T.BRACE_OPEN || kind === T.TEMPLATE_OPEN || kind === T.SLOT_OPEN;
	return (opens ? (tokens.close[tokens.bracket[token] ?? 0] ?? 0) : token) + 1;
}

function textAt(tokens: Tokens, token: number): string {
	return tokens.source.slice(tokens.start[token], (tokens.start[token] ?? 0) + 8);
}

function kindAt(tokens: Tokens, token: number): number {
	return (tokens.kind[token] ?? 0) & KIND;
}
