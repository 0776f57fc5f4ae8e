// server and page: no Node, no DOM.
// `const {location} = window`: a pattern reads the member by itself, so what it reads from is wrapped. Found by the lexer's tokens.
import { B, ENDS_OPERAND, KIND, LINE, T, type Tokens } from './token.ts';
import type { Wrap } from './wrap.ts';

/** Tokens of an initializer that are looked at. */
const LENGTH_MAX = 400;

/** What the pattern that has the key at `token` is given, if there is one beside it. `frame` is the bracket the key stands in. */
export function destructured(tokens: Tokens, token: number, frame: number): Wrap | 'doubt' | undefined {
	if (tokens.encloses[frame] !== B.OBJECT) return undefined;
	const close = tokens.close[frame] ?? 0;
	if (kindAt(tokens, close + 1) !== T.ASSIGN || !isKey(tokens, token)) return undefined;
	const last = lastOf(tokens, close + 2);
	if (last === undefined) return 'doubt';
	if (kindAt(tokens, close + 2) === T.BRACE_OPEN && last === tokens.close[tokens.bracket[close + 2] ?? 0]) return undefined; // `= {}`
	const end = endOf(tokens, last);
	return end === undefined ? 'doubt' : { call: 'd', start: tokens.start[close + 2] ?? 0, end };
}

/** `{top}`, `{top = 1}`, `{top: t}`. */
function isKey(tokens: Tokens, token: number): boolean {
	const before = kindAt(tokens, token - 1);
	const after = kindAt(tokens, token + 1);
	if (before !== T.BRACE_OPEN && before !== T.COMMA) return false;
	return after === T.COLON || after === T.COMMA || after === T.ASSIGN || after === T.VALUE_CLOSE || after === T.BRACE_CLOSE;
}

/** The last token of the assignment expression that begins at `first`; undefined is doubt. */
export function lastOf(tokens: Tokens, first: number): number | undefined {
	let questions = 0;
	let at = first;
	for (let steps = 0; steps < LENGTH_MAX; steps++) {
		const raw = tokens.kind[at] ?? 0;
		const kind = raw & KIND;
		const before = kindAt(tokens, at - 1);
		if (at >= tokens.count || kind === T.COMMA || kind === T.SEMICOLON || isCloser(kind)) return at - 1;
		if (kind === T.ELSE_COLON) {
			if (questions-- === 0) return at - 1;
		} else if (kind === T.COLON) return at - 1;
		if (at > first && raw & LINE && ENDS_OPERAND[before] === 1) {
			if (beginsStatement(kind)) return at - 1;
			if (kind === T.WORD || kind === T.PREFIX || kind === T.AT) return undefined;
		}
		if (DOUBTFUL[kind] === 1 || (before === T.AWAIT && raw & LINE)) return undefined; // a line may end a `yield`
		if (kind === T.QUESTION) questions++;
		at = isOpener(kind) ? (tokens.close[tokens.bracket[at] ?? 0] ?? 0) + 1 : at + 1;
	}
	return undefined;
}

/** Words whose reach isn't followed here: what has a body, and what hardly stands in an initializer. */
const DOUBTFUL = new Uint8Array(128);
for (const kind of [T.ARROW, T.FUNCTION, T.FUNCTION_DECLARATION, T.CLASS, T.CLASS_DECLARATION, T.OF, T.SPREAD, T.AT, T.PREFIX])
	DOUBTFUL[kind] = 1;

/** Kinds that begin a statement where a line ends before them and an operand before that (ECMA-262 section 12.10). */
function beginsStatement(kind: number): boolean {
	if (kind === T.NAME || kind === T.HIT || kind === T.NUMBER || kind === T.STRING || kind === T.BRACE_OPEN) return true;
	return kind >= T.NEW && kind !== T.WORD;
}

function isOpener(kind: number): boolean {
	return kind === T.PAREN_OPEN || kind === T.BRACKET_OPEN || kind === T.BRACE_OPEN || kind === T.TEMPLATE_OPEN;
}

function isCloser(kind: number): boolean {
	return (
		kind === T.PAREN_CLOSE ||
		kind === T.CONTROL_CLOSE ||
		kind === T.BRACKET_CLOSE ||
		kind === T.BRACE_CLOSE ||
		kind === T.VALUE_CLOSE ||
		kind === T.SLOT_CLOSE
	);
}

const NAME = /[\w$]+/y;

/** Where a token ends, for the kinds that usually end an expression; undefined is doubt. */
function endOf(tokens: Tokens, token: number): number | undefined {
	const start = tokens.start[token] ?? 0;
	switch (kindAt(tokens, token)) {
		case T.PAREN_CLOSE:
		case T.BRACKET_CLOSE:
		case T.VALUE_CLOSE:
			return start + 1;
		case T.NAME:
		case T.HIT: {
			NAME.lastIndex = start;
			const end = NAME.test(tokens.source) ? NAME.lastIndex : start;
			const next = tokens.source.charCodeAt(end);
			return end === start || next === 92 || next >= 128 ? undefined : end;
		}
		default:
			return undefined;
	}
}

function kindAt(tokens: Tokens, token: number): number {
	return (tokens.kind[token] ?? 0) & KIND;
}
