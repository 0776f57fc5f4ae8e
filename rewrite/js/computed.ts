// server and page: no Node, no DOM.
// What reaches the real objects by a name that isn't written: `window[name]`, `{[name]: x} = window`, `{...window}`. And a variable whose parent
// is compared with itself, which only walks up windows do. Found by the lexer's tokens; undefined where there is nothing to do.
import { lastOf } from './destructure.ts';
import { purposeOf } from './pattern.ts';
import { B, CONTINUES, KIND, LINE, T, type Tokens } from './token.ts';
import type { Wrap } from './wrap.ts';

type Found = Wrap | 'doubt' | undefined;

/** `window[key]` or `window?.[key]` with a key that is no string and no number; `open` is the bracket's token, which stands in `frame`. */
export function readComputed(tokens: Tokens, open: number, frame: number): Found {
	const { start } = tokens;
	const optional = kindAt(tokens, open - 1) === T.CHAIN;
	const name = open - (optional ? 2 : 1);
	const before = kindAt(tokens, name - 1);
	if (before === T.DOT || before === T.CHAIN) return undefined;
	const close = tokens.close[tokens.bracket[open] ?? 0] ?? 0;
	const only = close === open + 2 ? kindAt(tokens, open + 1) : T.NONE;
	if (only === T.STRING || only === T.NUMBER) return undefined;
	const inside = tokens.encloses[frame];
	// a declaration, or a field of a class, may end with its line
	const mayEnd = before === T.VAR || before === T.COMMA || before === T.JUMP || inside === B.CLASS || inside === B.CLASS_VALUE;
	if (mayEnd && !optional && (tokens.kind[open] ?? 0) & LINE) return 'doubt';
	return {
		call: 'p',
		start: start[name] ?? 0,
		end: (start[close] ?? 0) + 1,
		key: start[open] ?? 0,
		...(optional ? { optional: start[open - 1] ?? 0 } : {}),
		...(before === T.NEW ? { callee: true } : {}),
	};
}

/** `{[key]: a} = window`, `{a, ...rest} = window`, and the object `{...window}`: members that nobody names are read from the window at `token`. */
export function readWhole(tokens: Tokens, token: number, frame: number): Found {
	const before = kindAt(tokens, token - 1);
	if (before === T.SPREAD ? tokens.encloses[frame] !== B.OBJECT : before !== T.ASSIGN || !hasUnnamed(tokens, token - 2)) return undefined;
	const last = lastOf(tokens, token);
	if (last === undefined) return 'doubt';
	if (last !== token) return undefined;
	if (before === T.SPREAD) {
		const use = purposeOf(tokens, token, token, frame);
		if (use !== 'read') return use === 'doubt' ? use : undefined;
	}
	const start = tokens.start[token] ?? 0;
	return { call: 'd', start, end: start + rootAt(tokens.source, start).length };
}

/** Whether the bracket that closes at `close` is an object pattern with a computed key or a rest. */
function hasUnnamed(tokens: Tokens, close: number): boolean {
	const kind = kindAt(tokens, close);
	if (kind !== T.BRACE_CLOSE && kind !== T.VALUE_CLOSE) return false;
	const frame = tokens.bracket[close] ?? 0;
	for (let at = (tokens.open[frame] ?? 0) + 1; at < close; at++) {
		const inner = kindAt(tokens, at);
		const before = kindAt(tokens, at - 1);
		if ((before === T.BRACE_OPEN || before === T.COMMA) && (inner === T.BRACKET_OPEN || inner === T.SPREAD)) return true;
		const bracket = tokens.bracket[at] ?? 0;
		if (bracket !== 0 && tokens.open[bracket] === at) at = tokens.close[bracket] ?? at;
	}
	return false;
}

/** `w.parent !== w`, `w === w.parent`: `token` is that `parent`. */
export function readCompared(tokens: Tokens, token: number): Found {
	const { start } = tokens;
	const name = token - 2;
	if (kindAt(tokens, token - 1) !== T.DOT || isMember(tokens, name)) return undefined;
	const found: Wrap = { call: 'v', start: start[name] ?? 0, end: (start[token] ?? 0) + 'parent'.length };
	if (isEquality(tokens, token + 1) && isSame(tokens, name, token + 2) && CONTINUES[kindAt(tokens, token + 3)] === 0)
		return isWholeOperand(tokens, name - 1, token + 3) ? found : 'doubt';
	if (
		isEquality(tokens, name - 1) &&
		isSame(tokens, name, name - 2) &&
		!isMember(tokens, name - 2) &&
		CONTINUES[kindAt(tokens, token + 1)] === 0
	)
		return isWholeOperand(tokens, name - 3, token + 1) ? found : 'doubt';
	return undefined;
}

function isMember(tokens: Tokens, token: number): boolean {
	const before = kindAt(tokens, token - 1);
	return before === T.DOT || before === T.CHAIN;
}

function isEquality({ source, start, kind }: Tokens, token: number): boolean {
	const at = start[token] ?? 0;
	return ((kind[token] ?? 0) & KIND) === T.OPERATOR && /^[=!]==?/.test(source.slice(at, at + 3));
}

const NAME = /[\w$]+/y;

/** Whether two tokens are one plain name. */
function isSame(tokens: Tokens, name: number, other: number): boolean {
	const text = nameAt(tokens, name);
	return text !== undefined && text === nameAt(tokens, other);
}

/** Words that the lexer takes for names. */
const VALUES = new Set(['this', 'super', 'null', 'true', 'false']);

function nameAt(tokens: Tokens, token: number): string | undefined {
	const kind = kindAt(tokens, token);
	if (kind !== T.NAME && kind !== T.HIT) return undefined;
	const text = rootAt(tokens.source, tokens.start[token] ?? 0);
	const next = tokens.source.charCodeAt((tokens.start[token] ?? 0) + text.length);
	return text === '' || VALUES.has(text) || next === 92 || next >= 128 ? undefined : text;
}

/** Whether what stands around a comparison binds less than it does. */
function isWholeOperand(tokens: Tokens, before: number, after: number): boolean {
	return LOOSE_BEFORE[kindAt(tokens, before)] === 1 || isLogical(tokens, before)
		? LOOSE_AFTER[kindAt(tokens, after)] === 1 || isLogical(tokens, after)
		: false;
}

const LOOSE_BEFORE = new Uint8Array(128);
for (const kind of [T.NONE, T.PAREN_OPEN, T.BRACE_OPEN, T.BRACE_CLOSE, T.SEMICOLON, T.COMMA, T.RETURN, T.QUESTION, T.ASSIGN, T.ARROW])
	LOOSE_BEFORE[kind] = 1;
const LOOSE_AFTER = new Uint8Array(128);
for (const kind of [T.PAREN_CLOSE, T.CONTROL_CLOSE, T.BRACE_CLOSE, T.VALUE_CLOSE, T.SEMICOLON, T.COMMA, T.QUESTION, T.ELSE_COLON])
	LOOSE_AFTER[kind] = 1;

function isLogical({ source, start, kind }: Tokens, token: number): boolean {
	const at = start[token] ?? 0;
	return ((kind[token] ?? 0) & KIND) === T.OPERATOR && (source.startsWith('&&', at) || source.startsWith('||', at));
}

/** The word at a place of the source, in ASCII. */
export function rootAt(source: string, at: number): string {
	NAME.lastIndex = at;
	return NAME.exec(source)?.[0] ?? '';
}

function kindAt(tokens: Tokens, token: number): number {
	return (tokens.kind[token] ?? 0) & KIND;
}
