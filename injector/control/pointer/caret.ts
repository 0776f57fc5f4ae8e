// page (host).
// The caret and the selection under the pointer: one click a caret, two a word, three a paragraph, then drawn along.
import { dom, isHtml } from '../dom.ts';
import { fire } from '../events.ts';
import { isText, selectIn, spanOf, type TextField, textOf } from '../keys/field.ts';
import type { Stage } from '../stage.ts';
import { flatClosest } from '../tree.ts';
import { selectParagraph, selectWord, wordAt } from './word.ts';

interface Point {
	readonly node: Node;
	readonly offset: number;
}

/** Pressing most things sets the caret: not lists, buttons and what has no text in it. */
export function takesCaret(target: Element): boolean {
	return !flatClosest(target, (el) => dom.matches(el, 'select,option,button,input,canvas') && !isText(el));
}

/** What a press on `target` selects; `begins`: a selection may begin there. True: it follows the pointer until it is released. */
export function pressCaret(stage: Stage, target: Element, x: number, y: number, clicks: number, extend: boolean, begins = true): boolean {
	const field = flatClosest(target, isText) as TextField | null;
	if (!field && !isEditable(target) && dom.style(target).userSelect === 'none') return false;
	const point = pointAt(stage, x, y);
	// It doesn't come out of shadow trees: what begins inside a field nobody is told of.
	if (begins && !field && !fire(hitText(stage, point?.node, target, x, y), 'Event', 'selectstart', { composed: false })) return false;
	if (!point) return !!field;
	if (field) {
		if (point.node === field) pressField(field, point.offset, clicks, extend);
		return true;
	}
	const selection = dom.getSelection(stage.doc);
	if (!selection) return false;
	const anchor = extend && selection.anchorNode ? { node: selection.anchorNode, offset: selection.anchorOffset } : point;
	dom.setBaseAndExtent(selection, anchor.node, anchor.offset, point.node, point.offset);
	if (clicks === 2) selectWord(selection);
	else if (clicks > 2) selectParagraph(selection);
	return true;
}

/** The text of `target` that a point is on, or else that itself. */
function hitText({ doc }: Stage, node: Node | undefined, target: Element, x: number, y: number): Node {
	if (node?.nodeType !== 3 || dom.parentElement(node) !== target) return target;
	const range = dom.createRange(doc);
	dom.selectContents(range, node);
	return isWithin(range, x, y) ? node : target;
}

export function isWithin(range: Range, x: number, y: number): boolean {
	return [...range.getClientRects()].some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
}

/** What two or three clicks have selected: drawn on, the selection grows by words or paragraphs from there. */
export type Grown = readonly [from: number, to: number] | Range;

export function grownFrom(stage: Stage, pressed: Element): Grown | undefined {
	const field = flatClosest(pressed, isText) as TextField | null;
	if (field) {
		const { start, end } = spanOf(field);
		return [start, end];
	}
	const selection = dom.getSelection(stage.doc);
	return selection && dom.ranges(selection) ? dom.rangeAt(selection, 0).cloneRange() : undefined;
}

/** Draws the selection on to the point. */
export function dragCaret(stage: Stage, pressed: Element, x: number, y: number, clicks: number, from?: Grown): void {
	const point = pointAt(stage, x, y);
	if (!point) return;
	const field = flatClosest(pressed, isText) as TextField | null;
	if (field) {
		if (point.node === field) dragField(field, point.offset, clicks, from as [number, number] | undefined);
		return;
	}
	const selection = dom.getSelection(stage.doc);
	if (!selection?.anchorNode || isField(point.node)) return;
	if (from) grow(selection, from as Range, point, clicks);
	else dom.setBaseAndExtent(selection, selection.anchorNode, selection.anchorOffset, point.node, point.offset);
}

function grow(selection: Selection, from: Range, { node, offset }: Point, clicks: number): void {
	const { startContainer, startOffset, endContainer, endOffset } = from;
	dom.setBaseAndExtent(selection, node, offset, node, offset);
	if (clicks === 2) selectWord(selection);
	else selectParagraph(selection);
	const here = dom.rangeAt(selection, 0);
	const before = here.comparePoint(startContainer, startOffset) > 0;
	const within = here.comparePoint(endContainer, endOffset) > 0;
	if (before) dom.setBaseAndExtent(selection, endContainer, endOffset, here.startContainer, here.startOffset);
	else if (within) dom.setBaseAndExtent(selection, startContainer, startOffset, endContainer, endOffset);
	else dom.setBaseAndExtent(selection, startContainer, startOffset, here.endContainer, here.endOffset);
}

function dragField(field: TextField, offset: number, clicks: number, from: readonly [number, number] | undefined): void {
	const [start, end] = aroundIn(textOf(field), offset, clicks);
	if (!from) selectIn(field, spanOf(field).anchor, offset);
	else if (start < from[0]) selectIn(field, from[1], start);
	else selectIn(field, from[0], Math.max(end, from[1]));
}

/** The DOM position at a point (CSSOM View section 5.1); in a text control the node is the control, the offset one of its value. */
export function pointAt(stage: Stage, x: number, y: number): Point | undefined {
	if (dom.caretAt) {
		const at = dom.caretAt(stage.doc, x, y);
		return at?.offsetNode ? { node: at.offsetNode, offset: at.offset } : undefined;
	}
	const range = dom.caretRangeAt?.(stage.doc, x, y);
	return range ? { node: range.startContainer, offset: range.startOffset } : undefined;
}

function pressField(field: TextField, offset: number, clicks: number, extend: boolean): void {
	const [from, to] = extend ? [spanOf(field).anchor, offset] : aroundIn(textOf(field), offset, clicks);
	selectIn(field, from, to);
}

function aroundIn(value: string, offset: number, clicks: number): [number, number] {
	if (clicks < 2) return [offset, offset];
	if (clicks > 2) return lineAt(value, offset);
	// Behind the text it is its last word.
	const behind = offset > 0 && offset === value.length && !value.endsWith('\n');
	return wordAt(value, behind ? offset - 1 : offset);
}

function lineAt(text: string, offset: number): [number, number] {
	const end = text.indexOf('\n', offset);
	return [text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end + 1];
}

/** Text that can be edited takes a caret whatever `user-select` says. */
function isEditable(el: Element): boolean {
	return el.namespaceURI === 'http://www.w3.org/1999/xhtml' && dom.editable(el);
}

function isField(node: Node): boolean {
	return isHtml(node, 'input') || isHtml(node, 'textarea');
}
