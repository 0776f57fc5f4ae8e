// page (host): every proxied document, before its own scripts.
// A value spelled out by a page: a sign or two in an attribute, or in a field, of each of several elements in a row. (Texts: taint.ts.)
import { squeeze } from '../../../protocol/secrets.ts';
import { getRootNode } from '../dom.ts';
import { ELEMENTS, nextNode, previousNode, walkerOf } from '../walk.ts';

/** Attributes in which a page may show a sign, also by `attr()` in a style sheet; in others numbers stand that it is laid out by. */
const SHOWN = /^(?:title|alt|value|label|placeholder|aria-label|aria-valuetext|data-.*)$/;
/** Signs that are but a part of a value; elements without any between two that have some; and elements looked at to each side. */
const SHORT = 3;
const GAP = 12;
const MOST = 160;
const ROW = 24;

export function isPart(text: string): boolean {
	return text.length <= 2 * SHORT && text !== '' && squeeze(text).length <= SHORT;
}

/** Whether an attribute may hold a part of a value. */
export function mayspell(name: string, value: string): boolean {
	return value.length <= 2 * SHORT && SHOWN.test(name) && isPart(value);
}

/**
 * What stands in a row of elements around `el`, and where in it what stands at `el` begins. `read`: what stands at an element; null, or more than a
 * part of a value, is none of the row.
 */
export function rowAround(el: Element, own: string, read: (el: Element) => string | null): { text: string; at: number } {
	const side = (step: typeof nextNode, take: (text: string) => void) => {
		const walker = walkerOf(getRootNode(el), ELEMENTS, el);
		let row = 0;
		for (let n = 0, gap = 0; n < MOST && gap < GAP && row < ROW; n++, gap++) {
			const other = step(walker);
			if (!other) return;
			const text = read(other as Element);
			if (text === null || text === '') continue;
			if (!isPart(text)) return;
			take(text);
			row++;
			gap = 0;
		}
	};
	let before = '';
	let after = '';
	side(previousNode, (text) => {
		before = text + before;
	});
	side(nextNode, (text) => {
		after += text;
	});
	return { text: before + own + after, at: before.length };
}
