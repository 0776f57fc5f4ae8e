// server and page: no Node, no DOM.
// The fast way to find what a script needs changed: the lexer's tokens, looked at around each hit. undefined is doubt; the tree decides then.
import { isKeyPrefix } from './braces.ts';
import { type Chain, Chains } from './chain.ts';
import { readCompared, readComputed, readWhole } from './computed.ts';
import { destructured } from './destructure.ts';
import type { JsHits } from './hits.ts';
import { readImport } from './imports.ts';
import { lex } from './lexer.ts';
import { readName } from './name.ts';
import { isForTarget, purposeOf } from './pattern.ts';
import { giveTables } from './tables.ts';
import { B, BEGINS_STATEMENT, CONTINUES, ENDS_OPERAND, KIND, LINE, T, type Tokens } from './token.ts';
import { isWord, type Word } from './words.ts';
import type { Wrap } from './wrap.ts';

/** All hits of a script, or undefined where it takes a parser to tell. */
export function lexHits(text: string, module: boolean): JsHits | undefined {
	const tokens = lex(text, module);
	const hits = tokens && readHits(tokens);
	if (tokens) giveTables(tokens.tables, tokens.count, tokens.brackets);
	return hits;
}

function readHits(tokens: Tokens): JsHits | undefined {
	const hits: JsHits = { wraps: [], urls: [] };
	const chains = new Chains(tokens);
	/** Where initializers begin that are wrapped: a pattern may have several keys of ours. */
	const given = new Set<number>();
	for (let i = 0; i < tokens.hits.length; i += 2) {
		const token = tokens.hits[i] ?? 0;
		const frame = tokens.hits[i + 1] ?? 0;
		const kind = kindAt(tokens, token);
		const found =
			kind === T.IMPORT || kind === T.EXPORT ? readImport(tokens, token, frame, hits) : readHit(tokens, token, frame, kind, chains);
		if (found === 'doubt') return undefined;
		if (found) hits.wraps.push(found);
		for (const source of sources(tokens, token, frame, kind)) {
			if (source === 'doubt') return undefined;
			if (!source || given.has(source.start)) continue;
			given.add(source.start);
			hits.wraps.push(source);
		}
	}
	return hits;
}

type Found = Wrap | 'doubt' | undefined;

/** What a pattern or a spread reads from, if it is for the sake of this hit. */
function sources(tokens: Tokens, token: number, frame: number, kind: number): Found[] {
	if (kind === T.NAME) return [readWhole(tokens, token, frame)];
	if (kind !== T.HIT) return [];
	const parent = isParent(tokens, token);
	const root = parent || tokens.source.startsWith('top', tokens.start[token]);
	return [
		parent ? undefined : destructured(tokens, token, frame),
		root && !tokens.escaped.has(token) ? readWhole(tokens, token, frame) : undefined,
	];
}

function readHit(tokens: Tokens, token: number, frame: number, kind: number, chains: Chains): Found {
	const { source, start } = tokens;
	const from = start[token] ?? 0;
	if (kind === T.NAME) return undefined; // what it is read for, `sources` sees
	if (kind === T.BRACKET_OPEN) return readComputed(tokens, token, frame);
	if (kind === T.STRING) {
		const text = source.slice(from + 1, source.indexOf(source[from] ?? '', from + 1));
		if (!isWord(text) || kindAt(tokens, token + 1) !== T.BRACKET_CLOSE || tokens.encloses[frame] !== B.MEMBER) return undefined;
		const around = tokens.parent[frame] ?? 0;
		if (isComputedKey(tokens, token - 2, around)) return 'doubt';
		return member(tokens, token - 1, token + 1, around, text, chains);
	}
	const end = tokens.escaped.get(token);
	if (end === undefined && isParent(tokens, token)) return grandparent(tokens, token, frame, chains);
	const text = end === undefined ? wordAt(source, from) : readName(source, from).word;
	if (!text) return undefined;
	const before = kindAt(tokens, token - 1);
	if (before === T.DOT || before === T.CHAIN) return member(tokens, token, token, frame, text, chains);
	const meaning = meaningOf(tokens, token, frame);
	if (meaning !== 'reference') return meaning === 'doubt' ? meaning : undefined;
	return free(tokens, token, frame, text, end ?? from + text.length);
}

/** Whether the name before a `[` may itself begin a member, so that what stands in the brackets is a key: `static ['top'] = 1`. */
function isComputedKey(tokens: Tokens, name: number, frame: number): boolean {
	const inside = tokens.encloses[frame];
	if (inside !== B.OBJECT && inside !== B.CLASS && inside !== B.CLASS_VALUE) return false;
	const before = kindAt(tokens, name - 1);
	if (inside !== B.OBJECT && (tokens.kind[name] ?? 0) & LINE) return true;
	return before === T.COMMA || before === T.STAR || before === T.NAME || BEGINS_STATEMENT[before] === 1;
}

/** Whether this hit is `parent`, of which only `parent.parent` counts. */
function isParent({ source, start }: Tokens, token: number): boolean {
	const at = start[token] ?? 0;
	return source.charCodeAt(at) === 112 && source.charCodeAt(at + 1) === 97;
}

/** `parent.parent`: across a cross-origin root it is the shell, and no getter of ours stands before it. */
function grandparent(tokens: Tokens, token: number, frame: number, chains: Chains): Found {
	const before = kindAt(tokens, token - 1);
	if ((before !== T.DOT && before !== T.CHAIN) || kindAt(tokens, token - 2) !== T.HIT || !isParent(tokens, token - 2))
		return readCompared(tokens, token);
	return member(tokens, token, token, frame, 'parent', chains);
}

function wordAt(source: string, at: number): Word {
	const code = source.charCodeAt(at);
	return code === 108 ? 'location' : code === 116 ? 'top' : code === 101 ? 'eval' : 'postMessage';
}

/** Whether a free word only names something (a key, a function, a label, an import) or refers to a value. */
function meaningOf(tokens: Tokens, token: number, frame: number): 'name' | 'doubt' | 'reference' {
	const raw = tokens.kind[token] ?? 0;
	const before = kindAt(tokens, token - 1);
	const after = kindAt(tokens, token + 1);
	const inside = tokens.encloses[frame];
	if (inside === B.NAMES || after === T.ARROW) return 'name';
	if (before === T.FUNCTION || before === T.FUNCTION_DECLARATION || before === T.CLASS || before === T.CLASS_DECLARATION) return 'name';
	if (before === T.IMPORT || before === T.VAR) return 'name';
	if (before === T.JUMP && !(raw & LINE)) return 'name';
	if (before === T.STAR) {
		const word = kindAt(tokens, token - 2);
		if (word === T.FUNCTION || word === T.FUNCTION_DECLARATION) return 'name';
	}
	if (inside === B.CLASS || inside === B.CLASS_VALUE) {
		if (ENDS_OPERAND[before] === 1 || before === T.BRACE_OPEN || before === T.BRACE_CLOSE || before === T.SEMICOLON) return 'name';
		if (before === T.STAR) return ENDS_OPERAND[kindAt(tokens, token - 2)] === 1 && !isKeyPrefix(tokens, token - 2) ? 'doubt' : 'name';
	}
	if (inside === B.OBJECT) {
		const starred = before === T.STAR && !operandBefore(tokens, token - 1);
		if (starred || (before === T.NAME && !(raw & LINE) && isKeyPrefix(tokens, token - 1))) return 'name';
		if ((before === T.BRACE_OPEN || before === T.COMMA) && (after === T.COLON || after === T.PAREN_OPEN)) return 'name';
	}
	if (after === T.COLON && inside !== B.OBJECT) {
		if (before === T.CASE) return 'reference';
		if (BEGINS_STATEMENT[before] === 1 || (raw & LINE && (ENDS_OPERAND[before] === 1 || before === T.RETURN))) return 'name';
		return ENDS_OPERAND[before] === 1 ? 'doubt' : 'reference';
	}
	if (before === T.NAME && !(raw & LINE)) return tokens.source.startsWith('as', tokens.start[token - 1]) ? 'name' : 'doubt';
	return 'reference';
}

/** Whether the `*` multiplies: an operand stands before it that isn't `async` at the beginning of a member. */
function operandBefore(tokens: Tokens, star: number): boolean {
	const kind = kindAt(tokens, star - 1);
	if (kind === T.NAME && isKeyPrefix(tokens, star - 1))
		return !(kindAt(tokens, star - 2) === T.COMMA || kindAt(tokens, star - 2) === T.BRACE_OPEN);
	return ENDS_OPERAND[kind] === 1;
}

/** A reference to a free name. */
function free(tokens: Tokens, token: number, frame: number, word: Word, end: number): Found {
	const start = tokens.start[token] ?? 0;
	const before = kindAt(tokens, token - 1);
	const after = kindAt(tokens, token + 1);
	const value: Wrap = { call: 'v', start, end };
	if (before === T.NEW && after === T.TEMPLATE_OPEN) return 'doubt';
	// `var a, top ⏎ (b)`: the declaration may end with its line.
	if (before === T.COMMA && CONTINUES[after] === 1 && after !== T.DOT && (tokens.kind[token + 1] ?? 0) & LINE) return 'doubt';
	if (before === T.NEW) return { ...value, callee: true };
	if (after === T.PAREN_OPEN || after === T.TEMPLATE_OPEN) {
		if (word === 'location' || word === 'top') return undefined;
		return word === 'eval' && after === T.PAREN_OPEN ? directEval(tokens, token + 1) : value;
	}
	if (after === T.CHAIN && kindAt(tokens, token + 2) === T.PAREN_OPEN && (word === 'location' || word === 'top')) return undefined;
	const unary = before === T.TYPEOF || before === T.DELETE;
	if (unary && CONTINUES[after] === 0 && after !== T.POSTFIX) return undefined;
	const use = purposeOf(tokens, token, token, frame);
	if (use === 'doubt') return 'doubt';
	if (use === 'bind') return undefined;
	const inObject = tokens.encloses[frame] === B.OBJECT && (before === T.COMMA || before === T.BRACE_OPEN);
	const shorthand = inObject && CONTINUES[after] === 0 ? { shorthand: word } : {};
	if (use === 'write' || isWritten(tokens, token, token)) return word === 'location' ? { call: 'a', start, end, ...shorthand } : undefined;
	return { ...value, ...shorthand };
}

function directEval(tokens: Tokens, paren: number): Found {
	const close = tokens.close[tokens.bracket[paren] ?? 0] ?? 0;
	return close > paren + 1 ? { call: 'e', start: (tokens.start[paren] ?? 0) + 1, end: tokens.start[close] ?? 0 } : undefined;
}

/** `a.b.location` or `a.b['location']`; `property` is the token behind the dot, or the `[`; `last` the name, or the `]`. */
function member(tokens: Tokens, property: number, last: number, frame: number, word: Word | 'parent', chains: Chains): Found {
	const { source, start } = tokens;
	const chain = chains.of(property);
	if (!chain) return 'doubt';
	const after = kindAt(tokens, last + 1);
	const from = start[chain.start] ?? 0;
	const end = last === property ? (tokens.escaped.get(property) ?? (start[property] ?? 0) + word.length) : (start[last] ?? 0) + 1;
	const ownChain = kindAt(tokens, property - 1) === T.CHAIN;
	const optional = chain.optional || ownChain;
	const next = optional && (after === T.DOT || after === T.BRACKET_OPEN) ? { chain: start[last + 1] ?? 0 } : {};
	if (chain.callee && after === T.TEMPLATE_OPEN) return 'doubt';
	if (chain.callee) return { call: 'v', start: from, end, callee: true, ...next };
	if (after === T.TEMPLATE_OPEN) return undefined;
	const called = after === T.PAREN_OPEN || (after === T.CHAIN && kindAt(tokens, last + 2) === T.PAREN_OPEN);
	const dot = start[last !== property && !ownChain ? property : property - 1] ?? 0;
	const facade: Wrap = { call: 'w', start: from, end: dot, ...(!ownChain && chain.optional ? { chain: dot } : {}) };
	const onSuper = dotsFromSuper(source, tokens, chain, property);
	if (called) return (word !== 'postMessage' && word !== 'eval') || onSuper ? undefined : facade;
	if (kindAt(tokens, chain.start - 1) === T.DELETE && CONTINUES[after] === 0 && after !== T.POSTFIX) return undefined;
	const use = isWritten(tokens, chain.start, last) ? 'write' : purposeOf(tokens, chain.start, last, frame);
	if (use === 'doubt') return 'doubt';
	if (use === 'bind') return undefined;
	if (use === 'write') return word === 'location' && !onSuper ? facade : undefined;
	return { call: 'v', start: from, end, ...next };
}

/** `super.x`: there is no value `super` that could be wrapped. */
function dotsFromSuper(source: string, tokens: Tokens, chain: Chain, property: number): boolean {
	const direct = chain.start === property - 2 || chain.start === property - 1;
	return direct && /^super\b/.test(source.slice(tokens.start[chain.start], (tokens.start[chain.start] ?? 0) + 6));
}

/** `x = …`, `x += …`, `x++`, `++x`, `for (x of …)`. */
function isWritten(tokens: Tokens, first: number, last: number): boolean {
	const after = kindAt(tokens, last + 1);
	if (after === T.ASSIGN || after === T.ASSIGN_OP || after === T.POSTFIX) return true;
	return (kindAt(tokens, first - 1) === T.PREFIX && CONTINUES[after] === 0) || isForTarget(tokens, first, last);
}

function kindAt(tokens: Tokens, token: number): number {
	return (tokens.kind[token] ?? 0) & KIND;
}
