// server and page: no Node, no DOM.
// Pseudo-classes that hold for the host and not for a guest (`:hover`, `:focus` …), as attributes that the mirror sets. A guest's sheets are
// mapped, never the page's own. Selectors Level 4 sections 9 and 13.4; CSS Syntax Level 3 section 5 (what is a prelude); CSS Nesting.

/** Pseudo-class to the name after `data-tandem-` of the attribute that stands for it. Both have the same specificity. */
export const CSS_STATES = {
	hover: 'hover',
	active: 'active',
	focus: 'focus',
	'focus-visible': 'focus-visible',
	'focus-within': 'focus-within',
	target: 'target',
	'user-valid': 'user-valid',
	'user-invalid': 'user-invalid',
	autofill: 'autofill',
	'-webkit-autofill': 'autofill',
	fullscreen: 'fullscreen',
	'-webkit-full-screen': 'fullscreen',
} as const satisfies Readonly<Record<string, string>>;

/** The attribute of a state. */
export const stateAttribute = (name: string) => `data-tandem-${name}`;

const NAMES = Object.keys(CSS_STATES).join('|');
const ANY = new RegExp(`:(?:(?:${NAMES})(?![\\w-])|state\\()`, 'i');
/** Comments, strings, escapes and unquoted URLs are passed over; brackets and ends of items count; what is left is a state. */
const TOKEN = new RegExp(
	`/\\*[\\s\\S]*?(?:\\*/|$)|"(?:[^"\\\\\\n]|\\\\[\\s\\S])*"?|'(?:[^'\\\\\\n]|\\\\[\\s\\S])*'?|(?<![\\w-])url\\(\\s*[^"'\\s)][^)]*\\)?|\\\\[\\s\\S]|(::?)(?:(${NAMES})(?![\\w(-])|state\\(\\s*([\\w-]+)\\s*\\))|[{};()[\\]]`,
	'gi',
);
/** A pseudo-element in the same compound: attributes may not follow it (Selectors Level 4 section 3.6.3). */
const AFTER_PSEUDO = /::[\w-]+(?:\([^()]*\))?(?::[\w-]+(?:\([^()]*\))?)*$/;
/** Items whose prelude holds no selectors, or nothing to be mapped. `@scope` holds some. */
const NO_SELECTOR = /^(?:\s|\/\*[\s\S]*?\*\/)*(?:@(?!scope(?![\w-]))|--)/i;

/** A style sheet, or rules of one, for a guest. What it doesn't understand stays as it is. */
export function mapCssStates(css: string): string {
	if (!ANY.test(css)) return css;
	let out = '';
	let copied = 0;
	/** Where the item began: a prelude, or a declaration. Only what follows says which. */
	let item = 0;
	let inside = 0;
	let found: { at: number; end: number; name: string }[] = [];
	const commit = (end: number) => {
		if (!found.length || NO_SELECTOR.test(css.slice(item, end))) return;
		for (const { at, end: behind, name } of found) {
			if (AFTER_PSEUDO.test(css.slice(Math.max(item, at - 200), at))) continue;
			out += `${css.slice(copied, at)}[${stateAttribute(name)}]`;
			copied = behind;
		}
	};
	TOKEN.lastIndex = 0;
	for (let match = TOKEN.exec(css); match; match = TOKEN.exec(css)) {
		const [text, colons, state, own] = match;
		// A state that a custom element gave itself; the name of an attribute knows no case.
		if (own) {
			if (colons === ':') found.push({ at: match.index, end: TOKEN.lastIndex, name: `state-${own}` });
		} else if (state) {
			const name = CSS_STATES[state.toLowerCase() as keyof typeof CSS_STATES];
			if (colons === ':') found.push({ at: match.index, end: TOKEN.lastIndex, name });
		} else if (text === '(' || text === '[') inside++;
		else if (text === ')' || text === ']') inside = Math.max(0, inside - 1);
		else if (text === '{' || text === '}' || (text === ';' && !inside)) {
			if (text === '{') commit(match.index);
			found = [];
			item = TOKEN.lastIndex;
			inside = 0;
		}
	}
	return copied ? out + css.slice(copied) : css;
}
