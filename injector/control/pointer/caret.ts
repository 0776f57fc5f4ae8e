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

/** What a press on `target` selects; `begins`: a selection may begin there. True: it follows the pointer until it is released. */
export function pressCaret(stage: Stage, target: Element, x: number, y: number, clicks: number, extend: boolean, begins = true): boolean {
	const field = flatClosest(target, isText) as TextField | null;
	if (!field && !isEditable(target) && dom.style(target).userSelect === 'none') return false;
	// It doesn't come out of shadow trees: what begins inside a field nobody is told of.
	if (begins && !field && !fire(target, 'Event', 'selectstart', { composed: false })) return false;
	const point = pointAt(stage, x, y);
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

/** Draws the selection on to the point. */
export function dragCaret(stage: Stage, pressed: Element, x: number, y: number): void {
	const point = pointAt(stage, x, y);
	if (!point) return;
	const field = flatClosest(pressed, isText) as TextField | null;
	if (field) {
		if (point.node !== field) return;
		const { anchor } = spanOf(field);
		selectIn(field, anchor, point.offset);
		return;
	}
	const selection = dom.getSelection(stage.doc);
	if (!selection?.anchorNode || isField(point.node)) return;
	dom.setBaseAndExtent(selection, selection.anchorNode, selection.anchorOffset, point.node, point.offset);
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
