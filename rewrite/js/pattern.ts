// server and page: no Node, no DOM.
// Whether an expression is really a target: of an assignment pattern, or a name that a pattern or parameter list declares.
import { functionWord } from './braces.ts';
import { B, CONTINUES, ENDS_OPERAND, KIND, LINE, T, type Tokens } from './token.ts';

export type Purpose = 'read' | 'write' | 'bind' | 'doubt';

const DEPTH_MAX = 100;
const LIST_MAX = 300;

/** Kinds behind which an element of a list, or a property's value, begins. */
const BEFORE_ELEMENT = new Uint8Array(128);
for (const kind of [T.COMMA, T.BRACE_OPEN, T.BRACKET_OPEN, T.PAREN_OPEN, T.COLON, T.SPREAD]) BEFORE_ELEMENT[kind] = 1;
const AFTER_ELEMENT = new Uint8Array(128);
for (const kind of [T.COMMA, T.VALUE_CLOSE, T.BRACE_CLOSE, T.BRACKET_CLOSE, T.PAREN_CLOSE, T.CONTROL_CLOSE, T.ASSIGN])
	AFTER_ELEMENT[kind] = 1;

/** What the expression from token `first` to token `last` is used for, standing directly in `frame`. */
export function purposeOf(tokens: Tokens, first: number, last: number, frame: number): Purpose {
	let purpose: Purpose = 'read';
	let begin = first;
	let end = last;
	let inside = frame;
	for (let depth = 0; depth < DEPTH_MAX; depth++) {
		const before = kindAt(tokens, begin - 1);
		const after = kindAt(tokens, end + 1);
		const kind = tokens.encloses[inside];
		if (before === T.VAR) return 'bind';
		if (after === T.ASSIGN || isForTarget(tokens, begin, end)) {
			purpose = 'write';
		}
		if (kind === B.BLOCK || kind === B.FUNCTION_VALUE || kind === B.PAREN) {
			if (before === T.COMMA && declares(tokens, begin - 1, inside, after)) {
				const listed = inDeclaration(tokens, begin - 1, inside);
				if (listed !== undefined) return listed ? 'bind' : purpose;
				return 'doubt';
			}
		}
		if (BEFORE_ELEMENT[before] === 0 || AFTER_ELEMENT[after] === 0) return purpose;
		if (kind === B.PAREN) return isParameters(tokens, inside) ? 'bind' : isTargetParen(tokens, inside) ? 'doubt' : purpose;
		if (kind !== B.OBJECT && kind !== B.ARRAY) return purpose;
		begin = tokens.open[inside] ?? 0;
		end = tokens.close[inside] ?? 0;
		inside = tokens.parent[inside] ?? 0;
		const around = tokens.encloses[inside];
		// A computed key of a class: `[location] = 1`.
		if ((around === B.CLASS || around === B.CLASS_VALUE) && kindAt(tokens, begin - 1) !== T.ASSIGN) return purpose;
	}
	return 'doubt';
}

/** `for (x of …)`, `for (x in …)`, without `var`. */
export function isForTarget(tokens: Tokens, begin: number, end: number): boolean {
	const after = kindAt(tokens, end + 1);
	if ((after !== T.OF && after !== T.IN) || kindAt(tokens, begin - 1) !== T.PAREN_OPEN) return false;
	const word = kindAt(tokens, begin - 2);
	return (word === T.CONTROL && isFor(tokens, begin - 2)) || (word === T.AWAIT && kindAt(tokens, begin - 3) === T.CONTROL);
}

function isFor(tokens: Tokens, token: number): boolean {
	return tokens.source.startsWith('for', tokens.start[token]);
}

/** Whether a parenthesis holds parameters: of an arrow function, a function, a method, or a `catch`. */
export function isParameters(tokens: Tokens, paren: number): boolean {
	const opener = tokens.open[paren] ?? 0;
	const after = kindAt(tokens, (tokens.close[paren] ?? 0) + 1);
	if (after === T.ARROW) return true;
	if (after !== T.BRACE_OPEN) return false;
	const body = tokens.encloses[tokens.bracket[(tokens.close[paren] ?? 0) + 1] ?? 0];
	if (body === B.CLASS || body === B.CLASS_VALUE) return false; // class extends f(a) {
	if (functionWord(tokens, opener) !== 0) return true;
	const before = kindAt(tokens, opener - 1);
	if (before === T.CATCH) return true;
	if (before === T.CONTROL || before === T.WORD || before === T.AWAIT) return false;
	const around = tokens.encloses[tokens.parent[paren] ?? 0];
	return around === B.OBJECT || around === B.CLASS || around === B.CLASS_VALUE;
}

/** `(x) = 1`, `(x)++`, `[(x)] = y`: parentheses around a target. */
function isTargetParen(tokens: Tokens, paren: number): boolean {
	const close = tokens.close[paren] ?? 0;
	const before = kindAt(tokens, (tokens.open[paren] ?? 0) - 1);
	const after = kindAt(tokens, close + 1);
	if (before === T.PREFIX) return true;
	if (ENDS_OPERAND[before] === 1) return false; // arguments
	return (
		after === T.ASSIGN ||
		after === T.ASSIGN_OP ||
		after === T.POSTFIX ||
		after === T.OF ||
		after === T.IN ||
		(BEFORE_ELEMENT[before] === 1 && AFTER_ELEMENT[after] === 1 && before !== T.PAREN_OPEN)
	);
}

/** Whether what follows a name lets it be the next name of a `var` list. */
function declares(tokens: Tokens, comma: number, frame: number, after: number): boolean {
	if (tokens.encloses[frame] === B.PAREN && kindAt(tokens, (tokens.open[frame] ?? 0) - 1) !== T.CONTROL) return false;
	return comma > 0 && CONTINUES[after] === 0;
}

/** Whether the comma stands in a `var`, `let` or `const` list; undefined where that is too far to see. */
function inDeclaration(tokens: Tokens, comma: number, frame: number): boolean | undefined {
	const stop = tokens.open[frame] ?? 0;
	let at = comma;
	for (let steps = 0; steps < LIST_MAX; steps++) {
		const raw = tokens.kind[at] ?? 0;
		const kind = raw & KIND;
		if (at <= stop || kind === T.SEMICOLON || kind === T.BRACE_CLOSE || kind === T.CONTROL_CLOSE) {
			return kind === T.BRACE_CLOSE ? braceInList(tokens, at) : false;
		}
		if (kind === T.VAR) return true;
		if ((kind === T.IN || kind === T.OF) && tokens.encloses[frame] === B.PAREN) return false; // for (var a in b, c)
		if (kind === T.RETURN || kind === T.JUMP || kind === T.BLOCK_WORD || kind === T.CASE || kind === T.CONTROL || kind === T.COLON)
			return false;
		if (raw & LINE && ENDS_OPERAND[kindAt(tokens, at - 1)] === 1 && beginsOperand(tokens, at)) return false;
		const opens = kind === T.PAREN_CLOSE || kind === T.BRACKET_CLOSE || kind === T.VALUE_CLOSE || kind === T.TEMPLATE_CLOSE;
		if (opens) {
			at = tokens.open[tokens.bracket[at] ?? 0] ?? 0;
			// `var a ⏎ (b)`: the declaration ended with its line, for a declared name takes no arguments
			if ((tokens.kind[at] ?? 0) & LINE && ENDS_OPERAND[kindAt(tokens, at - 1)] === 1) {
				const name = kindAt(tokens, at - 2);
				if (name === T.VAR) return false;
				if (name === T.COMMA) return undefined;
			}
		}
		at--;
	}
	return undefined;
}

/** A `}` that isn't a value's ends a statement, unless it is an arrow function's body. */
function braceInList(tokens: Tokens, close: number): boolean | undefined {
	const opener = tokens.open[tokens.bracket[close] ?? 0] ?? 0;
	return kindAt(tokens, opener - 1) === T.ARROW ? undefined : false;
}

/** Whether a token behind an operand begins something new on its line. */
function beginsOperand(tokens: Tokens, token: number): boolean {
	const kind = kindAt(tokens, token);
	if (kind === T.WORD) return !tokens.source.startsWith('instanceof', tokens.start[token]);
	return (
		kind === T.NAME ||
		kind === T.HIT ||
		kind === T.NUMBER ||
		kind === T.STRING ||
		kind === T.PREFIX ||
		kind >= T.NEW ||
		kind === T.BRACE_OPEN
	);
}

function kindAt(tokens: Tokens, token: number): number {
	return (tokens.kind[token] ?? 0) & KIND;
}
