// server and page: no Node, no DOM.
// Finds the URLs of a style sheet in one pass over its characters: only `/`, quotes, `\`, `@`, parentheses and `}` can matter.
import { unescapeCss } from './escape.ts';

/** A URL's place, without its quotes; `quote` is '' for an unquoted `url(…)`. */
export interface CssUrl {
	readonly start: number;
	readonly end: number;
	readonly quote: '"' | "'" | '';
}

const SLASH = 47;
const DOUBLE = 34;
const SINGLE = 39;
const BACKSLASH = 92;
const AT = 64;
const OPEN = 40;
const CLOSE = 41;
const BRACE = 125;

/** What may hold a URL in a string. `image-set("a.png" 1x)` takes plain strings as URLs. */
const FUNCTION = /(?:^|[^\w\\\x80-\uffff-])((?:-webkit-)?image-set|url|src)$/i;
/** `-webkit-image-set` and the character before it. */
const LONGEST = 18;
/** The same where every letter is written as an escape (section 4.3.7): `u\72l(` is `url(`. */
const LONGEST_ESCAPED = 8 * LONGEST;
const ESCAPED_NAME = /(?:[\w-]|[^\0-\x7f]|\\(?:[0-9a-f]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\n\r\f0-9a-f]))+$/i;
const AT_NAME = /@((?:[\w-]|\\(?:[0-9a-f]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\n\r\f0-9a-f]))+)/iy;
const QUOTE = /(?:\s|\/\*.*?\*\/)*(["'])/sy;
const ESCAPE = /[0-9a-f]{1,6}(?:\r\n|[ \t\r\n\f])?/iy;
/** What `@namespace` says: its URL may hold what would end a rule. */
const NAMESPACE = /(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|[^;{}"'])*/sy;

/** All URLs of a style sheet, in order. Comments, other strings and `@namespace` (whose URL is only a name) are passed over. */
export function cssUrls(source: string): CssUrl[] {
	const found: CssUrl[] = [];
	/** For each open parenthesis, whether strings in it are URLs. */
	let parens: boolean[] = [];
	const end = source.length;
	/** Where the last escape ended. */
	let escaped = -1;
	for (let at = 0; at < end; at++) {
		const code = source.charCodeAt(at);
		if (
			code > BACKSLASH
				? code !== BRACE
				: code !== SLASH && code !== DOUBLE && code !== SINGLE && code !== BACKSLASH && code !== AT && code !== OPEN && code !== CLOSE
		)
			continue;
		if (code === BACKSLASH) {
			const behind = escapeEnd(source, at);
			if (/[^\n\r\f]/.test(source[at + 1] ?? '\n')) escaped = behind; // a backslash before a newline is no escape (section 4.3.8)
			at = behind - 1;
		} else if (code === SLASH) {
			if (source.charCodeAt(at + 1) === 42) at = orEnd(source.indexOf('*/', at + 2), end) + 1;
		} else if (code === DOUBLE || code === SINGLE) {
			const close = stringEnd(source, at);
			if (parens[parens.length - 1]) found.push({ start: at + 1, end: close, quote: code === DOUBLE ? '"' : "'" });
			at = close;
		} else if (code === OPEN) {
			const name = functionName(source, at, escaped > at - LONGEST_ESCAPED);
			const unquoted = name === 'url' ? unquotedUrl(source, at + 1) : undefined;
			if (unquoted) {
				if (!unquoted.bad) found.push({ start: unquoted.start, end: unquoted.end, quote: '' });
				at = unquoted.close;
			} else parens.push(name !== undefined || parens[parens.length - 1] === true);
		} else if (code === CLOSE) parens.pop();
		else if (code === BRACE) parens = [];
		else {
			AT_NAME.lastIndex = at;
			const name = unescapeCss(AT_NAME.exec(source)?.[1] ?? '').toLowerCase();
			QUOTE.lastIndex = NAMESPACE.lastIndex = AT_NAME.lastIndex;
			const quote = name === 'import' ? QUOTE.exec(source)?.[1] : undefined;
			if (quote) {
				const start = QUOTE.lastIndex;
				const close = stringEnd(source, start - 1);
				found.push({ start, end: close, quote: quote === '"' ? '"' : "'" });
				at = close;
			} else if (name === 'namespace' && NAMESPACE.test(source)) at = NAMESPACE.lastIndex - 1;
			else if (name) at = AT_NAME.lastIndex - 1;
		}
	}
	return found;
}

/** The function whose parenthesis opens at `at`, in lower case, where its strings may be URLs. `\\;url(` is another one, called `;url`. */
function functionName(source: string, at: number, escapes: boolean): string | undefined {
	if (!escapes) return FUNCTION.exec(source.slice(Math.max(0, at - LONGEST), at))?.[1]?.toLowerCase();
	const name = unescapeCss(ESCAPED_NAME.exec(source.slice(Math.max(0, at - LONGEST_ESCAPED), at))?.[0] ?? '').toLowerCase();
	return FUNCTION.exec(name)?.[1] === name ? name : undefined;
}

/** Where the string that opens at `open` closes: its quote, or an unescaped newline (a bad string), or the end. */
function stringEnd(source: string, open: number): number {
	const quote = source.charCodeAt(open);
	for (let at = open + 1; at < source.length; at++) {
		const code = source.charCodeAt(at);
		if (code === quote || code === 10 || code === 13 || code === 12) return at;
		if (code === BACKSLASH) at++;
	}
	return source.length;
}

/** The unquoted URL behind `url(`; undefined where a quote follows. Sections 4.3.6 and 4.3.14. */
function unquotedUrl(source: string, open: number): { start: number; end: number; close: number; bad: boolean } | undefined {
	let start = open;
	while (isSpace(source.charCodeAt(start))) start++;
	const first = source.charCodeAt(start);
	if (first === DOUBLE || first === SINGLE) return undefined;
	let bad = false;
	let end = start;
	let at = start;
	for (; at < source.length; at++) {
		const code = source.charCodeAt(at);
		if (code === CLOSE) break;
		if (code === BACKSLASH) {
			bad ||= /[\n\r\f]/.test(source[at + 1] ?? '');
			at = escapeEnd(source, at) - 1;
		} else if (code === DOUBLE || code === SINGLE || code === OPEN) bad = true;
		else if (isSpace(code)) continue;
		else if (end !== at && end !== start && isSpace(source.charCodeAt(at - 1))) bad = true;
		end = at + 1;
	}
	return { start, end: Math.min(end, source.length), close: at, bad };
}

/** Behind an escape: up to six hexadecimal digits and one white space, or one character (section 4.3.7). */
function escapeEnd(source: string, at: number): number {
	ESCAPE.lastIndex = at + 1;
	return ESCAPE.test(source) ? ESCAPE.lastIndex : at + 2;
}

function isSpace(code: number): boolean {
	return code === 32 || code === 9 || code === 10 || code === 12 || code === 13;
}

function orEnd(found: number, end: number): number {
	return found < 0 ? end : found;
}
