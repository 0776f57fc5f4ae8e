// server and page: no Node, no DOM.
// Whether a text is a CSS selector (Selectors Level 4, sections 3 and 18), as far as its form tells: names, brackets, strings, combinators. What a
// browser makes of a well-formed one it alone knows, so the host's asks again.

const NAME = /^(?:--|-?(?:[a-z_\u0080-\uffff]|\\[^\n]))(?:[\w-]|[\u0080-\uffff]|\\[^\n])*/i;
const ATTRIBUTE =
	/^\[\s*(?:[\w*-]*\|)?[\w\u0080-\uffff-]+\s*(?:[~|^$*]?=\s*(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[\w\u0080-\uffff-]+)\s*[is]?\s*)?\]/i;
/** Pseudo-classes that take selectors themselves. */
const NESTING = new Set(['is', 'where', 'not', 'has', 'matches', '-webkit-any', 'host', 'host-context', 'slotted']);

/** What is wrong with a selector, and where (counted in signs from 1); undefined: nothing. */
export function selectorProblem(text: string): { readonly at: number; readonly what: 'empty' | 'unexpected' | 'unclosed' } | undefined {
	if (!text.trim()) return { at: 1, what: 'empty' };
	const end = list(text, 0, 0);
	if (end >= 0) return end === text.length ? undefined : { at: end + 1, what: 'unexpected' };
	const at = -end - 1;
	return { at: at + 1, what: at >= text.length ? 'unclosed' : 'unexpected' };
}

/** Reads a list of selectors up to its end or a closing bracket. Answers where it ended, or -1 - the place of what is wrong. */
function list(text: string, from: number, depth: number): number {
	let at = from;
	for (;;) {
		at = complex(text, at, depth);
		if (at < 0 || text[at] !== ',') return at;
		at++;
	}
}

function complex(text: string, from: number, depth: number): number {
	let at = blank(text, from);
	// Inside :has() a selector may begin with a combinator.
	if (depth > 0 && /[>+~]/.test(text[at] ?? '')) at = blank(text, at + 1);
	for (;;) {
		const next = compound(text, at, depth);
		if (next < 0) return next;
		if (next === at) return -1 - at;
		at = blank(text, next);
		const sign = text[at];
		if (sign === undefined || sign === ',' || sign === ')') return at;
		if (/[>+~]/.test(sign)) at = blank(text, at + 1);
		else if (at === next) return -1 - at;
	}
}

function compound(text: string, from: number, depth: number): number {
	let at = from;
	for (;;) {
		const rest = text.slice(at);
		const simple =
			(at === from ? /^(?:[\w-]*\|)?\*|^\|?/.exec(rest)?.[0] || NAME.exec(rest)?.[0] : undefined) ??
			(/^[.#]/.test(rest) ? after(1, NAME.exec(rest.slice(1))?.[0]) : ATTRIBUTE.exec(rest)?.[0]);
		if (simple) {
			at += simple.length;
			continue;
		}
		const pseudo = /^::?/.exec(rest)?.[0];
		if (!pseudo) return at;
		const name = NAME.exec(rest.slice(pseudo.length))?.[0];
		if (!name) return -1 - (at + pseudo.length);
		at += pseudo.length + name.length;
		if (text[at] !== '(') continue;
		const end = NESTING.has(name.toLowerCase()) ? list(text, at + 1, depth + 1) : text.indexOf(')', at);
		if (end < -1) return end;
		if (end < 0 || text[end] !== ')') return -1 - text.length;
		at = end + 1;
	}
}

function after(length: number, name: string | undefined): string | undefined {
	return name === undefined ? undefined : ' '.repeat(length) + name;
}

function blank(text: string, from: number): number {
	let at = from;
	while (/\s/.test(text[at] ?? '')) at++;
	return at;
}
