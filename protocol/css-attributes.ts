// server and page: no Node, no DOM.
// Finds attribute selectors (Selectors Level 4 section 6) in style sheets and in selectors by themselves, and lets a function replace them.
// CSS Syntax Level 3 sections 4.3 (tokens) and 5 (what is a prelude).

export type Operator = '=' | '~=' | '|=' | '^=' | '$=' | '*=';

export interface AttributeSelector {
	/** As it stands in the text; closed, where the text ends in it. */
	readonly text: string;
	/** Of what stands in the text. */
	readonly length: number;
	/** Name and namespace prefix as they stand in the text. */
	readonly source: string;
	/** The local name, without escapes, in lower case. */
	readonly name: string;
	/** undefined: `[name]`. */
	readonly operator: Operator | undefined;
	/** Without quotes and escapes. */
	readonly value: string;
	readonly flag: '' | 'i' | 's';
}

/** What to write in a selector's place; undefined: it stays. */
export type SelectorMap = (selector: AttributeSelector) => string | undefined;

const GAP = '(?:\\s|/\\*[\\s\\S]*?\\*/)*';
const NAME = '(?:[\\w-]|[^\\0-\\x7f]|\\\\(?:[0-9a-f]{6}|[0-9a-f]{1,5}(?![0-9a-f]))(?:\\r\\n|\\s)?|\\\\[^\\n\\r\\f0-9a-f])+';
const STRING = `"(?:[^"\\\\\\n]|\\\\[\\s\\S])*(?:"|$)|'(?:[^'\\\\\\n]|\\\\[\\s\\S])*(?:'|$)`;
/** The end of a text closes all that is open (CSS Syntax Level 3 section 5.4.8). */
const ATTRIBUTE = new RegExp(
	`\\[${GAP}((?:(?:${NAME}|\\*)?\\|(?!=))?(${NAME}))${GAP}(?:([~|^$*]?=)${GAP}(${STRING}|${NAME})${GAP}(?:([is])${GAP})?)?(?:\\]|$)`,
	'iy',
);
/** Comments, strings, unquoted URLs and escapes are passed over; brackets and ends of items count. */
const TOKEN =
	/\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|(?<![\w-])url\(\s*[^"'\s)][^)]*\)?|\\[\s\S]|[{};()[\]]/gi;
/** Items whose prelude holds no selectors. `@scope` holds some. */
const NO_SELECTOR = /^(?:\s|\/\*[\s\S]*?\*\/)*(?:@(?!scope(?![\w-]))|--)/i;

/** The attribute selector that begins at a `[`; undefined where it is none. */
export function attributeAt(text: string, at: number): AttributeSelector | undefined {
	ATTRIBUTE.lastIndex = at;
	const match = ATTRIBUTE.exec(text);
	if (!match) return undefined;
	const [whole, source = '', name = '', operator, value = '', flag = ''] = match;
	// An identifier can't begin with a digit, and a flag has to stand apart from one.
	if (/^-?\d/.test(value)) return undefined;
	const quote = /^["']/.exec(value)?.[0] ?? '';
	const open = quote && (value.length === 1 || !value.endsWith(quote)) ? quote : '';
	return {
		text: open || !whole.endsWith(']') ? `${whole}${open}]` : whole,
		length: whole.length,
		source,
		name: unescapeName(name).toLowerCase(),
		operator: operator as Operator | undefined,
		value: unescapeName(quote ? value.slice(1, open ? undefined : -1) : value),
		flag: flag.toLowerCase() as AttributeSelector['flag'],
	};
}

/** A style sheet, or rules of one: the selectors of its preludes. What it doesn't understand stays as it is. */
export function mapSheetAttributes(css: string, map: SelectorMap): string {
	return walk(css, map, true);
}

/** A selector, or a list of them. */
export function mapSelectorAttributes(selector: string, map: SelectorMap): string {
	return walk(selector, map, false);
}

function walk(css: string, map: SelectorMap, sheet: boolean): string {
	let out = '';
	let copied = 0;
	/** Where the item began: a prelude, or a declaration. Only what follows says which. */
	let item = 0;
	let inside = 0;
	let found: { readonly at: number; readonly of: AttributeSelector }[] = [];
	const commit = (end: number) => {
		if (!found.length || NO_SELECTOR.test(css.slice(item, end))) return;
		for (const { at, of } of found) {
			const text = map(of);
			if (text === undefined) continue;
			out += css.slice(copied, at) + text;
			copied = at + of.length;
		}
	};
	TOKEN.lastIndex = 0;
	for (let match = TOKEN.exec(css); match; match = TOKEN.exec(css)) {
		const sign = match[0];
		if (sign === '[') {
			const of = attributeAt(css, match.index);
			if (of) {
				found.push({ at: match.index, of });
				TOKEN.lastIndex = match.index + of.length;
			} else inside++;
		} else if (sign === '(') inside++;
		else if (sign === ')' || sign === ']') inside = Math.max(0, inside - 1);
		else if (sheet && (sign === '{' || sign === '}' || (sign === ';' && !inside))) {
			if (sign === '{') commit(match.index);
			found = [];
			item = TOKEN.lastIndex;
			inside = 0;
		}
	}
	if (!sheet) commit(css.length);
	return copied ? out + css.slice(copied) : css;
}

function unescapeName(raw: string): string {
	if (!raw.includes('\\')) return raw;
	return raw.replace(
		/\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\r\n\f])|([\s\S]))/gi,
		(_, hex?: string, newline?: string, char?: string) => {
			if (!hex) return newline ? '' : (char ?? '');
			const code = Number.parseInt(hex, 16);
			return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
		},
	);
}
