// page (host).
// Selected text that a guest drags (HTML section 6.11.5, "a selection"): over other things as any drag, and into what can be edited by the
// browser's own editor, as its default action would.
import { hidesFromGuests } from '../../mirror/privacy/copy.ts';
import { dom } from '../dom.ts';
import { focusTarget, moveFocus } from '../focus.ts';
import { erase, insertText } from '../keys/edit.ts';
import { isOpen, isText, selectIn, spanOf, type TextField, textOf } from '../keys/field.ts';
import type { Stage } from '../stage.ts';
import { flatClosest } from '../tree.ts';
import { isWithin, pointAt } from './caret.ts';

export interface DraggedText {
	/** What dragstart is told to: the text pressed on, or the field. */
	readonly source: Node;
	readonly text: string;
	readonly html: string;
	/** Where it stands; it is taken away there where it can be edited. */
	readonly range: Range | undefined;
	readonly field: TextField | undefined;
}

/** The selected text at a point, which a press there may begin to drag. What guests may not see isn't theirs to carry elsewhere. */
export function selectedTextAt(stage: Stage, target: Element, x: number, y: number): DraggedText | undefined {
	const point = pointAt(stage, x, y);
	const field = flatClosest(target, isText) as TextField | null;
	const found = field ? inField(field, point?.node === field ? point.offset : -1) : inPage(stage, point?.node, x, y);
	return found && !hidesFromGuests(stage.doc, `${found.text}\n${found.html}`) ? found : undefined;
}

function inField(field: TextField, offset: number): DraggedText | undefined {
	const { start, end } = spanOf(field);
	if (start === end || offset < start || offset > end || (field as HTMLInputElement).type === 'password') return undefined;
	return { source: field, text: textOf(field).slice(start, end), html: '', range: undefined, field };
}

function inPage(stage: Stage, node: Node | undefined, x: number, y: number): DraggedText | undefined {
	const selection = dom.getSelection(stage.doc);
	if (!node || !selection || selection.isCollapsed || !dom.ranges(selection)) return undefined;
	const range = dom.rangeAt(selection, 0).cloneRange();
	const text = selection.toString();
	if (!text || !isWithin(range, x, y)) return undefined;
	const holder = stage.doc.createElement('div');
	holder.append(range.cloneContents());
	// As the page would read it, with its own URLs.
	return { source: node, text, html: holder.innerHTML, range, field: undefined };
}

/** Whether what is under the pointer takes text. */
export function takesText(target: Element): boolean {
	const field = flatClosest(target, isText) as TextField | null;
	return field ? isOpen(field) : isEditable(target);
}

/** Text is dragged out of where it stands, unless it can't be edited there. */
export function isMoved({ field, range }: DraggedText): boolean {
	const at = range?.commonAncestorContainer;
	const el = at && (at.nodeType === 1 ? (at as Element) : at.parentElement);
	return field ? isOpen(field) : !!el && isEditable(el);
}

/** The default action of a drop: the text goes there, and (`move`) away from where it was. */
export function dropText(
	stage: Stage,
	dragged: DraggedText,
	data: DataTransfer,
	target: Element,
	x: number,
	y: number,
	move: boolean,
): void {
	const point = pointAt(stage, x, y);
	const field = flatClosest(target, isText) as TextField | null;
	if (!point || (field && point.node !== field)) return;
	let offset = point.offset;
	const place = stage.doc.createRange();
	if (!field) place.setStart(point.node, point.offset);
	if (move && dragged.field) {
		const { start, end } = spanOf(dragged.field);
		if (field === dragged.field && offset >= start && offset <= end) return;
		moveFocus(stage, dragged.field);
		erase(stage, true, 'character', 'deleteByDrag');
		if (field === dragged.field && offset > end) offset -= end - start;
	} else if (move && dragged.range) {
		if (!field && dragged.range.isPointInRange(point.node, point.offset)) return;
		const { startContainer, startOffset, endContainer, endOffset } = dragged.range;
		const selection = dom.getSelection(stage.doc);
		if (selection) dom.setBaseAndExtent(selection, startContainer, startOffset, endContainer, endOffset);
		moveFocus(stage, focusTarget(startContainer.parentElement ?? target));
		erase(stage, true, 'character', 'deleteByDrag');
	}
	moveFocus(stage, focusTarget(field ?? target));
	if (field) selectIn(field, offset, offset);
	else if (place.startContainer.isConnected) {
		const selection = dom.getSelection(stage.doc);
		if (selection) dom.setBaseAndExtent(selection, place.startContainer, place.startOffset, place.startContainer, place.startOffset);
	}
	insertText(stage, dragged.text, 'insertFromDrop', field ? undefined : data);
	if (field) selectIn(field, offset, offset + dragged.text.length);
}

function isEditable(el: Element): boolean {
	return el.namespaceURI === 'http://www.w3.org/1999/xhtml' && dom.editable(el);
}
