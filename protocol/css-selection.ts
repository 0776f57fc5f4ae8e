// server and page: no Node, no DOM.
// Rules about `::selection` in a guest's sheets. A guest's browser takes a mirrored document for one that isn't in front, and draws what is
// selected in it grey; so the mirror says itself which colours a browser gives it (dashboard/mirror/selected.ts). They come in a pair: where a
// page names one of the two, the other is as if nothing were selected (CSS Pseudo-Elements Level 4 section 3.5, "paired cascade").

/** The layer of the mirror's own colours, below that of what a page leaves out. */
export const SELECTION_LAYER = 'tandem-selection';
/** Names both layers, so that they are in that order. */
const FIRST = `@layer ${SELECTION_LAYER}{}`;
/** Gives what the rule around it leaves out: all it says itself is stronger. */
const PAIR = `@layer ${SELECTION_LAYER}-pair{color:currentcolor;background-color:transparent}`;

const ANY = /::selection(?![\w-])/i;
/** Comments and strings are passed over; then what ends a prelude or a block, and what looks like the pseudo-element. */
const TOKEN = /\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|\\[\s\S]|(::selection(?![\w-]))|[{};]/gi;
/** A declaration of one of the two, and one whose value can be asked about as it stands. */
const COLOUR = /(?<=^|[;{}\s/])(?:color|background(?:-color)?|all)\s*:[^;{}]*/gi;
const PLAIN = /^[\w-]+\s*:(?:[\w\s#%.,+-]|\([\w\s#%.,+-]*\))+$/;

/** A style sheet, or rules of one, whose rules about `::selection` give both colours or none. Mapped once is enough. */
export function mapCssSelection(css: string): string {
	if (!ANY.test(css)) return css;
	let out = '';
	let copied = 0;
	let about = false;
	TOKEN.lastIndex = 0;
	for (let match = TOKEN.exec(css); match; match = TOKEN.exec(css)) {
		const [text, found] = match;
		if (found) about = true;
		else if (text === '{') {
			const at = TOKEN.lastIndex;
			const pair = about && !css.startsWith(FIRST, at) && pairFor(css.slice(at, blockEnd(css, at)));
			if (pair) {
				out += css.slice(copied, at) + pair;
				copied = at;
			}
			about = false;
		} else if (text === '}' || text === ';') about = false;
	}
	return copied ? out + css.slice(copied) : css;
}

/** What goes before these declarations; '' where none is about a colour. One that the browser doesn't understand counts for nothing (CSS Syntax Level 3 section 9). */
function pairFor(declarations: string): string {
	const told = declarations.match(COLOUR)?.map((one) => one.replace(/!\s*important\s*$/i, '').trim());
	if (!told) return '';
	return FIRST + (told.every((one) => PLAIN.test(one)) ? `@supports ${told.map((one) => `(${one})`).join(' or ')}{${PAIR}}` : PAIR);
}

/** Where the declarations of a block end: at its bracket, or at the next rule's. */
function blockEnd(css: string, from: number): number {
	const end = /[{}]/.exec(css.slice(from, from + 4000));
	return end ? from + end.index : Math.min(css.length, from + 4000);
}
