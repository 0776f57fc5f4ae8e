// server and page: no Node, no DOM.
// The kinds of tokens, and the tables over them. A token list is a few typed arrays: a bundle has a million tokens.
import type { Tables } from './tables.ts';

/** Kinds of tokens. Words that only look like keywords (a property's name, a key) are NAME. */
export const T = {
	NONE: 0, NAME: 1, HIT: 2, NUMBER: 3, STRING: 4, REGEX: 5, PRIVATE: 6,
	TEMPLATE_OPEN: 7, TEMPLATE_CLOSE: 8,
	PAREN_OPEN: 9, PAREN_CLOSE: 10, CONTROL_CLOSE: 11,
	BRACKET_OPEN: 12, BRACKET_CLOSE: 13,
	BRACE_OPEN: 14, BRACE_CLOSE: 15, VALUE_CLOSE: 16, SLOT_OPEN: 17, SLOT_CLOSE: 18,
	DOT: 19, CHAIN: 20, COMMA: 21, SEMICOLON: 22, COLON: 23, ELSE_COLON: 24, QUESTION: 25,
	ASSIGN: 26, ASSIGN_OP: 27, ARROW: 28, PREFIX: 29, POSTFIX: 30, SPREAD: 31, STAR: 32, OPERATOR: 33, AT: 34,
	OF: 35, IN: 36, NEW: 37, TYPEOF: 38, DELETE: 39, VAR: 40, IMPORT: 41, EXPORT: 42, DEFAULT: 43, RETURN: 44,
	FUNCTION: 45, FUNCTION_DECLARATION: 46, CLASS: 47, CLASS_DECLARATION: 48,
	CONTROL: 49, CATCH: 50, JUMP: 51, BLOCK_WORD: 52, CASE: 53, AWAIT: 54, WORD: 55,
} as const; // biome-ignore format: a table

/** Set beside the kind where a line ends before the token. */
export const LINE = 0x80;
export const KIND = 0x7f;

/** What a bracket encloses. */
export const B = {
	BLOCK: 0,
	OBJECT: 1,
	CLASS: 2,
	CLASS_VALUE: 3,
	FUNCTION_VALUE: 4,
	NAMES: 5,
	PAREN: 6,
	ARRAY: 7,
	MEMBER: 8,
	TEMPLATE: 9,
	SLOT: 10,
} as const;

/** Beside the kind of a word that stands for a window or a document: a computed member of it counts. No token bears it. */
export const ROOT = 0x100;

/** Words that aren't names, or that count, with their kind; CONTROL is followed by a parenthesis that a statement follows. */
const keywords = (): Readonly<Record<string, number>> => ({
	if: T.CONTROL, while: T.CONTROL, for: T.CONTROL, with: T.CONTROL, catch: T.CATCH, switch: T.WORD,
	function: T.FUNCTION, class: T.CLASS, var: T.VAR, let: T.VAR, const: T.VAR, import: T.IMPORT, export: T.EXPORT,
	new: T.NEW, typeof: T.TYPEOF, delete: T.DELETE, void: T.WORD, in: T.IN, instanceof: T.WORD, of: T.OF,
	return: T.RETURN, throw: T.WORD, case: T.CASE, default: T.DEFAULT, do: T.BLOCK_WORD, else: T.BLOCK_WORD, try: T.BLOCK_WORD,
	finally: T.BLOCK_WORD, break: T.JUMP, continue: T.JUMP, debugger: T.JUMP, extends: T.WORD, await: T.AWAIT, yield: T.AWAIT,
	location: T.HIT, top: T.HIT | ROOT, eval: T.HIT, postMessage: T.HIT, parent: T.HIT | ROOT,
	window: T.NAME | ROOT, self: T.NAME | ROOT, globalThis: T.NAME | ROOT, frames: T.NAME | ROOT, document: T.NAME | ROOT,
}); // biome-ignore format: a table

/** Kinds that end an operand: behind them `/` divides, `[` and `(` belong to what is before, `++` is a postfix. */
export const ENDS_OPERAND = new Uint8Array(128);
for (const kind of [
	T.NAME,
	T.HIT,
	T.NUMBER,
	T.STRING,
	T.REGEX,
	T.PRIVATE,
	T.TEMPLATE_CLOSE,
	T.PAREN_CLOSE,
	T.BRACKET_CLOSE,
	T.VALUE_CLOSE,
	T.POSTFIX,
])
	ENDS_OPERAND[kind] = 1;

/** Kinds behind which a statement may begin on the same line (or, for keys of a class, a new member). */
export const BEGINS_STATEMENT = new Uint8Array(128);
for (const kind of [T.NONE, T.SEMICOLON, T.BRACE_OPEN, T.BRACE_CLOSE, T.CONTROL_CLOSE, T.BLOCK_WORD, T.COLON, T.EXPORT, T.DEFAULT, T.JUMP])
	BEGINS_STATEMENT[kind] = 1;

/** Kinds that continue the expression before them: `.`, `?.`, `[`, `(` and a template. */
export const CONTINUES = new Uint8Array(128);
for (const kind of [T.DOT, T.CHAIN, T.BRACKET_OPEN, T.PAREN_OPEN, T.TEMPLATE_OPEN]) CONTINUES[kind] = 1;

/** The tokens of one script. Bracket tokens refer to a bracket, which knows both its ends; bracket 0 is the script itself. */
export interface Tokens extends Tables {
	readonly tables: Tables;
	readonly source: string;
	count: number;
	brackets: number;
	/** Tokens that may need an edit, each followed by the bracket it stands in. */
	readonly hits: number[];
	/** Where hits written with escapes end. */
	readonly escaped: Map<number, number>;
}

const SLOTS = 1024;
/** The multiplier of the hash over a word's characters; chosen so that no two words above share a slot. */
export const HASH = 4;
interface Words {
	/** A word's number by the lowest bits of its hash; 0 for none. */
	readonly slots: Uint8Array;
	readonly words: readonly string[];
	readonly kinds: readonly number[];
}

/** Made at the first script that is looked at: a page may have none for us. */
let table: Words | undefined;

function makeTable(): Words {
	const words: string[] = [''];
	const kinds: number[] = [T.NAME];
	const slots = new Uint8Array(SLOTS);
	for (const [word, kind] of Object.entries(keywords())) {
		let hash = 0;
		for (let i = 0; i < word.length; i++) hash = (Math.imul(hash, HASH) + word.charCodeAt(i)) | 0;
		if (slots[hash & (SLOTS - 1)]) throw new Error(`the word ${word} shares its slot: choose another HASH`);
		slots[hash & (SLOTS - 1)] = words.push(word) - 1;
		kinds.push(kind);
	}
	return { slots, words, kinds };
}

/** The kind of the word `source[start, end)` whose hash is given. */
export function wordKind(source: string, start: number, end: number, hash: number): number {
	table ??= makeTable();
	const slot = table.slots[hash & (SLOTS - 1)] ?? 0;
	if (slot === 0) return T.NAME;
	const word = table.words[slot] ?? '';
	return word.length === end - start && source.startsWith(word, start) ? (table.kinds[slot] ?? T.NAME) : T.NAME;
}
