// server and page: no Node, no DOM.
// What a `{` opens, and whether a word is a keyword where it stands. Asked by the lexer, so only the tokens before are known.
import { B, BEGINS_STATEMENT, ENDS_OPERAND, KIND, LINE, T, type Tokens } from './token.ts';

/** Whether the token before the one at `count` lets a statement begin here. */
function atStatement(tokens: Tokens, count: number, frame: number, prev: number, line: number): boolean {
	if (prev === T.COLON) return tokens.encloses[frame] !== B.OBJECT;
	if (prev === T.SEMICOLON) return tokens.encloses[frame] !== B.PAREN; // for (a; {b}.c; )
	if (prev === T.BRACE_OPEN) return tokens.encloses[frame] !== B.OBJECT;
	if (BEGINS_STATEMENT[prev] === 1) return true;
	if (line === 0) return prev === T.NAME && isAsync(tokens, count - 1) && atStatementBefore(tokens, count - 1, frame);
	return ENDS_OPERAND[prev] === 1 || prev === T.RETURN;
}

function atStatementBefore(tokens: Tokens, token: number, frame: number): boolean {
	const raw = tokens.kind[token] ?? 0;
	return atStatement(tokens, -1, frame, (tokens.kind[token - 1] ?? 0) & KIND, raw & LINE);
}

function isAsync(tokens: Tokens, token: number): boolean {
	return token > 0 && tokens.source.startsWith('async', tokens.start[token]);
}

/** Whether a `function` or `class` is a declaration; else it is a value. */
export function isDeclared(tokens: Tokens, count: number, frame: number, prev: number, line: number): boolean {
	return atStatement(tokens, count, frame, prev, line);
}

const KEY_PREFIX = /(?:get|set|static|async|accessor)\b/y;

/** Whether a keyword is only the name of a member: `{default: 1}`, `class { delete() {} }`. */
export function isKey(tokens: Tokens, count: number, frame: number, prev: number, line: number, word: number, end: number): boolean {
	const inside = tokens.encloses[frame];
	if (inside === B.OBJECT || inside === B.NAMES) {
		if (prev === T.COMMA || prev === T.BRACE_OPEN) return true;
		if (prev === T.STAR) return isKeyStart((tokens.kind[count - 2] ?? 0) & KIND);
		return prev === T.NAME && word !== T.IN && word !== T.WORD && line === 0 && isKeyPrefix(tokens, count - 1);
	}
	if (inside === B.CLASS || inside === B.CLASS_VALUE) {
		if (prev === T.BRACE_OPEN || prev === T.SEMICOLON || prev === T.BRACE_CLOSE || prev === T.STAR) return true;
		if (prev === T.NAME && isKeyPrefix(tokens, count - 1)) return true;
		return line !== 0 && ENDS_OPERAND[prev] === 1 && word !== T.IN && word !== T.WORD;
	}
	// `let`, `of` and their like as plain names; `class` and `function` before a colon or the like are keys of what isn't known yet.
	if (word === T.VAR && tokens.source.charCodeAt(end - 1) === 116 && tokens.source.charCodeAt(end - 3) === 108)
		return !/^\s*[\w$[{\\\x80-\uffff]/.test(tokens.source.slice(end, end + 100));
	return false;
}

function isKeyStart(kind: number): boolean {
	return kind === T.COMMA || kind === T.BRACE_OPEN || kind === T.NAME;
}

/** Whether a name is one of the words that may stand before a member's name, and is one itself begun as a member. */
export function isKeyPrefix(tokens: Tokens, token: number): boolean {
	KEY_PREFIX.lastIndex = tokens.start[token] ?? 0;
	return KEY_PREFIX.test(tokens.source);
}

/** What a `{` encloses. `pending`: a `class` waits for its body (1 a declaration, 2 a value). */
export function blockKind(tokens: Tokens, count: number, frame: number, prev: number, line: number, pending: number): number {
	if (prev === T.PAREN_CLOSE || prev === T.CONTROL_CLOSE) {
		const opener = tokens.open[tokens.bracket[count - 1] ?? 0] ?? 0;
		const word = functionWord(tokens, opener);
		if (word === T.FUNCTION) return B.FUNCTION_VALUE;
		if (word === T.FUNCTION_DECLARATION) return B.BLOCK;
		if (pending && prev === T.PAREN_CLOSE) return pending === 1 ? B.CLASS : B.CLASS_VALUE;
		return B.BLOCK;
	}
	if (pending && (ENDS_OPERAND[prev] === 1 || prev === T.CLASS || prev === T.CLASS_DECLARATION))
		return pending === 1 ? B.CLASS : B.CLASS_VALUE;
	if (prev === T.IMPORT || prev === T.EXPORT) return B.NAMES;
	if (prev === T.COMMA && ((tokens.kind[count - 3] ?? 0) & KIND) === T.IMPORT) return B.NAMES;
	if (prev === T.ARROW) return B.BLOCK;
	if (prev === T.DEFAULT || prev === T.JUMP) return prev === T.DEFAULT ? B.OBJECT : B.BLOCK;
	if (prev === T.CATCH || (prev === T.RETURN && line !== 0)) return B.BLOCK;
	if (ENDS_OPERAND[prev] === 1) return B.BLOCK;
	return atStatement(tokens, count, frame, prev, line) ? B.BLOCK : B.OBJECT;
}

/** FUNCTION or FUNCTION_DECLARATION where the parenthesis at `opener` holds a function's parameters, else 0. */
export function functionWord(tokens: Tokens, opener: number): number {
	for (let at = opener - 1; at >= opener - 3 && at > 0; at--) {
		const kind = (tokens.kind[at] ?? 0) & KIND;
		if (kind === T.FUNCTION || kind === T.FUNCTION_DECLARATION) return kind;
		if (kind !== T.STAR && kind !== T.NAME && kind !== T.HIT) return 0;
	}
	return 0;
}

/** The kind of the closing bracket of `frame` whose character is `code`; NONE where it is the wrong one. */
export function closingKind(tokens: Tokens, frame: number, code: number): number {
	const inside = tokens.encloses[frame] ?? 0;
	if (frame === 0) return T.NONE;
	if (code === 93) return inside === B.ARRAY || inside === B.MEMBER ? T.BRACKET_CLOSE : T.NONE;
	if (code === 41) {
		if (inside !== B.PAREN) return T.NONE;
		const opener = tokens.open[frame] ?? 0;
		const before = (tokens.kind[opener - 1] ?? 0) & KIND;
		const control = before === T.CONTROL || (before === T.AWAIT && ((tokens.kind[opener - 2] ?? 0) & KIND) === T.CONTROL);
		return control ? T.CONTROL_CLOSE : T.PAREN_CLOSE;
	}
	if (inside === B.SLOT) return T.SLOT_CLOSE;
	if (inside === B.PAREN || inside === B.ARRAY || inside === B.MEMBER) return T.NONE;
	return inside === B.OBJECT || inside === B.CLASS_VALUE || inside === B.FUNCTION_VALUE ? T.VALUE_CLOSE : T.BRACE_CLOSE;
}
