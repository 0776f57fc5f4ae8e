// server and page: no Node, no DOM.
// The few names that a script's own text must change for; every other browser API is replaced in the page.

/** Names that stand for something a page can't redefine: `location` and `top` are [LegacyUnforgeable], `eval` is also syntax. */
export const WORDS = ['location', 'top', 'eval', 'postMessage'] as const;
export type Word = (typeof WORDS)[number];

export function isWord(name: unknown): name is Word {
	return name === 'location' || name === 'top' || name === 'eval' || name === 'postMessage';
}

/** An escape that could spell an ASCII letter: `l\u006fcation`, `\u{6c}ocation`. */
const LETTER_ESCAPE = /\\u(?:00[4-7]|\{0*[4-7])/;

/** Whether a script could need an edit at all: one of the words, `import` (in a module `export … from` too), or an escaped letter. */
export function mayHit(source: string, module: boolean): boolean {
	for (const word of WORDS) if (hasWord(source, word)) return true;
	if (source.includes('parent.parent') || hasWord(source, 'import')) return true;
	return (module && hasWord(source, 'from')) || (source.includes('\\u') && LETTER_ESCAPE.test(source));
}

function hasWord(source: string, word: string): boolean {
	for (let at = source.indexOf(word); at >= 0; at = source.indexOf(word, at + word.length)) {
		if (!isNameCode(source.charCodeAt(at - 1)) && !isNameCode(source.charCodeAt(at + word.length))) return true;
	}
	return false;
}

/** Letters, digits, `_` and `$`. What is past ASCII may be white space, so it doesn't count (nor does NaN, past the ends). */
function isNameCode(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
}
