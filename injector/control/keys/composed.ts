// page (host).
// Where a text stands that is being composed, and what the page holds around it.
import { dom } from '../dom.ts';
import type { Stage } from '../stage.ts';
import { endTyping } from './edit.ts';
import { isText, selectIn, spanOf, textOf } from './field.ts';

export interface Composed {
	readonly target: Element;
	/** What it is now, without what is `gone`. */
	text: string;
	/** What was made of it before, and is the page's own by now. */
	readonly gone: string;
	/** The page was told that it began, and not yet that it ended. */
	open: boolean;
	/** A script has changed the field: as in Chromium, that ends a composition, and the next one begins. */
	changed: boolean;
	/** In an editor, the text node that it stands in. */
	node: Text | undefined;
	start: number;
	/** How much of it stands there: a field may not take all. */
	length: number;
	/** What the field or the node held when it was looked at last. */
	held: string;
	/** What it held before the first edit and after each; undefined: they can't be undone together. */
	steps: string[] | undefined;
	/** It began with something selected, which it replaced. */
	replaces: boolean;
}

export function begin(target: Element, gone: string): Composed {
	const nowhere = { node: undefined, start: 0, length: 0, held: '', steps: undefined, replaces: false };
	return { target, text: '', gone, open: false, changed: false, ...nowhere };
}

/** What is still being made of a text, as the guest's input method has it: without what is the page's own by now. */
export function left({ gone }: Composed, text: string): string {
	return text.startsWith(gone) ? text.slice(gone.length) : text;
}

/** It will stand where the selection is now. */
export function mark(stage: Stage, composed: Composed): void {
	const { target } = composed;
	endTyping(stage, target);
	const { anchorNode: node, anchorOffset = 0, focusNode, focusOffset = 0, isCollapsed = true } = dom.getSelection(stage.doc) ?? {};
	if (isText(target)) {
		const { start, end } = spanOf(target);
		hold(composed, undefined, start, end - start);
	} else if (isTextNode(node) && node === focusNode) {
		hold(composed, node, Math.min(anchorOffset, focusOffset), Math.abs(anchorOffset - focusOffset));
	}
	composed.replaces = composed.length > 0 || (!isText(target) && !isCollapsed);
	if (isText(target) || composed.node || isCollapsed) composed.steps = [composed.held];
}

/** Whether it still stands where it was left, or before the caret. */
export function find(stage: Stage, composed: Composed): boolean {
	const { target, node, start, length, held } = composed;
	if ((isText(target) || node?.isConnected) && read(composed) === held) return true;
	composed.steps = undefined;
	const between = middle(composed);
	if (!between) return !isText(target) && locate(stage, composed, held.slice(start, start + length));
	composed.changed = isText(target);
	hold(composed, node, start, between.length);
	return true;
}

/** Puts the caret into it, or selects a part of it; not in a field, which would tell of that by `select`. */
export function moveCaret(stage: Stage, { target, node, start }: Composed, [at, until = at]: readonly [number, number?]): void {
	const [from, to] = [start + at, start + until];
	if (isText(target)) {
		if (from === to && spanOf(target).head !== to) selectIn(target, from, to);
		return;
	}
	const selection = dom.getSelection(stage.doc);
	if (!selection || !node?.isConnected) return;
	if (from !== to || !selection.isCollapsed || selection.focusNode !== node || selection.focusOffset !== to)
		dom.setBaseAndExtent(selection, node, from, node, to);
}

/** In an editor it stands before the caret. */
export function locate(stage: Stage, composed: Composed, text: string): boolean {
	const { focusNode, focusOffset = 0 } = dom.getSelection(stage.doc) ?? {};
	const start = focusOffset - text.length;
	const found = isTextNode(focusNode) && start >= 0 && plain(focusNode.data.slice(start, focusOffset)) === plain(text);
	if (found) hold(composed, focusNode, start, text.length);
	else Object.assign(composed, { node: undefined, start: 0, length: 0 });
	return found;
}

/** What the field or node holds between what stood before and after it; undefined where that has changed. */
export function middle(composed: Composed): string | undefined {
	const { start, length, held } = composed;
	const now = read(composed);
	const size = now.length - (held.length - length);
	return size >= 0 && now.startsWith(held.slice(0, start)) && now.endsWith(held.slice(start + length))
		? now.slice(start, start + size)
		: undefined;
}

export function hold(composed: Composed, node: Text | undefined, start: number, length: number): void {
	Object.assign(composed, { node, start, length });
	composed.held = read(composed);
}

export function read({ target, node }: Composed): string {
	return isText(target) ? textOf(target) : node?.isConnected ? node.data : '';
}

function isTextNode(node: Node | null | undefined): node is Text {
	return node?.nodeType === 3;
}

/** A blank at a line's end doesn't break. */
function plain(text: string): string {
	return text.replaceAll('\u00a0', ' ');
}
