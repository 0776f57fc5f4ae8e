// server and page: no Node, no DOM.
// The few names that a script's own text must change for; every other browser API is replaced in the page.

/** Names that stand for something a page can't redefine: `location` and `top` are [LegacyUnforgeable], `eval` is also syntax. */
export const WORDS = ['location', 'top', 'eval', 'postMessage'] as const;
export type Word = (typeof WORDS)[number];

export function isWord(name: unknown): name is Word {
	return name === 'location' || name === 'top' || name === 'eval' || name === 'postMessage';
}

/** Names that stand for a window or a document, so that a computed member of one may be any of the above. */
const ROOTS = ['window', 'self', 'globalThis', 'frames', 'document', 'top', 'parent'] as const;

export function isRoot(name: unknown): boolean {
	return (ROOTS as readonly unknown[]).includes(name);
}

/** An escape that could spell an ASCII letter: `l\u006fcation`, `\u{6c}ocation`. */
const LETTER_ESCAPE = /\\u(?:00[4-7]|\{0*[4-7])/;

/** Whether a script could need an edit at all: one of the words, `import` (in a module `export … from` too), or an escaped letter. */
export function mayHit(source: string, module: boolean): boolean {
	for (const word of WORDS) if (hasWord(source, word)) return true;
	if (hasWord(source, 'import')) return true;
	for (const root of ROOTS) if (hasWord(source, root, root === 'parent' ? walksUp : reachesFrom)) return true;
	return (module && hasWord(source, 'from')) || (source.includes('\\u') && LETTER_ESCAPE.test(source));
}

function hasWord(source: string, word: string, counts?: (source: string, at: number, end: number) => boolean): boolean {
	for (let at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + word.length)) {
		const end = at + word.length;
		if (!isNameCode(source.charCodeAt(at - 1)) && !isNameCode(source.charCodeAt(end)) && (!counts || counts(source, at, end))) return true;
	}
	return false;
}

/** Whether a `[` or `?.` follows, a spread or an assignment stands before, or a comment on either side. */
function reachesFrom(source: string, at: number, end: number): boolean {
	let next = end;
	while (isBlank(source.charCodeAt(next))) next++;
	const after = source.charCodeAt(next);
	if (after === 91 || after === 47 || (after === 63 && source.charCodeAt(next + 1) === 46)) return true;
	const last = before(source, at);
	const code = source.charCodeAt(last);
	if (code === 61) return /[}/]/.test(source[before(source, last)] ?? '');
	return code === 47 || (code === 46 && source.charCodeAt(last - 1) === 46);
}

/** Beside that, `parent.parent`, and a comparison with what has the `parent`. */
function walksUp(source: string, at: number, end: number): boolean {
	if (reachesFrom(source, at, end) || source.startsWith('parent.parent', at)) return true;
	if (source.charCodeAt(before(source, at)) !== 46) return false;
	let next = end;
	while (isBlank(source.charCodeAt(next))) next++;
	if (source.charCodeAt(next + 1) === 61 && /[=!]/.test(source[next] ?? '')) return true;
	let name = before(source, before(source, at));
	while (isNameCode(source.charCodeAt(name))) name--;
	return /[=/]/.test(source[before(source, name + 1)] ?? '');
}

/** Where what is no white space stands before `at`. */
function before(source: string, at: number): number {
	let last = at - 1;
	while (isBlank(source.charCodeAt(last))) last--;
	return last;
}

/** White space, also what may be some past ASCII. */
function isBlank(code: number): boolean {
	return code <= 32 || code >= 128;
}

/** Letters, digits, `_` and `$`. What is past ASCII may be white space, so it doesn't count (nor does NaN, past the ends). */
function isNameCode(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
}
