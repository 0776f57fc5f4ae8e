// server and page: no Node, no DOM.
// Attribute selectors that ask about URLs, asked of a document whose URLs are ours. What is written in their place begins with the page's own, so that
// it can be given back, also from what a browser makes of it: `:is([\$tandem\$],[href^="https://"],…)`. It has the same specificity.
import { type AttributeSelector, attributeAt, mapSelectorAttributes, mapSheetAttributes } from '../../protocol/css-attributes.ts';
import type { Scope } from '../../protocol/url.ts';
import { htmlRules } from '../html/rules.ts';
import type { Scheme } from '../url.ts';
import { type UrlTest, urlTest } from './url-tests.ts';

/** An attribute that no element has: `$tandem$`, escaped. */
const MARK = '[\\$tandem\\$]';
const WRITTEN = /:is\(\[\\\$tandem\\\$\],\s*/g;
const CLOSING = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'|\\[\s\S]|[()]/g;

/** Attributes that hold URLs, and styles. */
const NAMES: ReadonlySet<string> = new Set(
	Object.values(htmlRules)
		.flatMap((rules) => Object.entries(rules))
		.filter(([name, kind]) => (kind === 'url' || kind === 'urls' || kind === 'srcset') && name !== 'filter')
		.map(([name]) => name)
		.concat('style', 'xlink:href'),
);
/** Most texts have no such selector; one with a comment or an escape in its name may. */
const QUICK = new RegExp(`\\[(?:\\s*(?:[\\w*-]*\\|)?(?:${[...NAMES].join('|')})\\s*[~|^$*]?=|[^\\[\\]="']{0,60}(?:\\\\|/\\*))`, 'i');

/** Whether a text may hold a selector that asks about a URL. */
export function asksForUrls(text: string): boolean {
	return text.includes('[') && QUICK.test(text) && !text.includes(MARK);
}

/** A style sheet, or rules of one, as it asks of our document. */
export function rewriteSheetSelectors(css: string, scope: Scope, scheme: Scheme): string {
	return asksForUrls(css) ? mapSheetAttributes(css, (of) => written(of, testOf(of, scope, scheme))) : css;
}

/** A selector, or a list of them, likewise. `onTest` is told of each that doesn't stay as it is. */
export function rewriteSelector(
	selector: string,
	scope: Scope,
	scheme: Scheme,
	onTest?: (of: AttributeSelector, test: UrlTest, text: string) => void,
): string {
	if (!asksForUrls(selector)) return selector;
	return mapSelectorAttributes(selector, (of) => {
		const test = testOf(of, scope, scheme);
		const text = written(of, test);
		if (test && text !== undefined) onTest?.(of, test, text);
		return text;
	});
}

/** The page's own text of what the above made, also as a browser has serialized it. */
export function unrewriteSelectors(text: string): string {
	if (!text.includes(MARK)) return text;
	let out = '';
	let copied = 0;
	WRITTEN.lastIndex = 0;
	for (let match = WRITTEN.exec(text); match; match = WRITTEN.exec(text)) {
		const given = attributeAt(text, WRITTEN.lastIndex)?.text;
		const end = closing(text, WRITTEN.lastIndex);
		if (given === undefined || end < 0) continue;
		out += text.slice(copied, match.index) + given;
		copied = end;
		WRITTEN.lastIndex = end;
	}
	return out + text.slice(copied);
}

function testOf(of: AttributeSelector, scope: Scope, scheme: Scheme): UrlTest | undefined {
	if (!NAMES.has(of.name)) return undefined;
	// Bytes of a text's own charset can't be told from characters that were written as escapes.
	if (/[^\0-\x7f]/.test(of.value) && of.text.includes('\\')) return undefined;
	return urlTest(of, scope, scheme);
}

function written({ text }: AttributeSelector, test: UrlTest | undefined): string | undefined {
	if (!test) return undefined;
	const own = test.except.length ? `${text}:where(:not(${test.except.join()}))` : text;
	return `:is(${[MARK, own, ...test.others].join()})`;
}

/** Behind the bracket that closes what is open at `from`. */
function closing(text: string, from: number): number {
	let depth = 1;
	CLOSING.lastIndex = from;
	for (let match = CLOSING.exec(text); match; match = CLOSING.exec(text)) {
		if (match[0] === '(') depth++;
		else if (match[0] === ')' && --depth === 0) return CLOSING.lastIndex;
	}
	return -1;
}
