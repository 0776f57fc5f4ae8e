// server and page: no Node, no DOM.
// The lexer's tables. A script's take some ten times its own length; to be given that much memory for each, cleared, took half of the whole
// time, so they are kept from one script to the next.

/** What the lexer writes down. All is zero but what it has written. */
export interface Tables {
	/** How many tokens, and how many brackets, there is room for. */
	readonly size: number;
	/** By token: its kind, and LINE. */
	readonly kind: Uint8Array;
	readonly start: Int32Array;
	/** For a bracket token, its bracket. */
	readonly bracket: Int32Array;
	/** By bracket: the opening token, the closing one, the bracket around it, what it encloses. */
	readonly open: Int32Array;
	readonly close: Int32Array;
	readonly parent: Int32Array;
	readonly encloses: Uint8Array;
	/** By bracket: `?` still without their `:`, and `class` still without its body (1 a statement's, 2 a value's, as digits in base 4). */
	readonly ternaries: Int32Array;
	readonly classes: Int32Array;
}

/** Those of the last script, until memory is cleared up: of a page's scripts one follows the other, and a server's quiet hours are long. */
let kept: WeakRef<Tables> | undefined;

/** Tables with room for `size` tokens and as many brackets. They are the caller's until they are given back, or for good. */
export function takeTables(size: number): Tables {
	const known = kept?.deref();
	kept = undefined;
	return known && known.size >= size ? known : makeTables(size);
}

/** Gives tables back of which the first `tokens` and `brackets` were used. */
export function giveTables(tables: Tables, tokens: number, brackets: number): void {
	for (const table of [tables.kind, tables.start, tables.bracket]) table.fill(0, 0, tokens + 1);
	for (const table of [tables.open, tables.close, tables.parent, tables.encloses, tables.ternaries, tables.classes])
		table.fill(0, 0, brackets);
	kept = new WeakRef(tables);
}

function makeTables(size: number): Tables {
	return {
		size,
		kind: new Uint8Array(size),
		start: new Int32Array(size),
		bracket: new Int32Array(size),
		open: new Int32Array(size),
		close: new Int32Array(size),
		parent: new Int32Array(size),
		encloses: new Uint8Array(size),
		ternaries: new Int32Array(size),
		classes: new Int32Array(size),
	};
}
