// mirror document (guest's browser).
// Where the host's caret stands in a mirrored document, in its viewport: by a range in what is edited in place, by a copy of the text in a field;
// and what is selected in a field, which a browser shows in the one that has the focus alone.
import { fieldRects } from './caret-field.ts';
import type { Writing } from './view.ts';

export interface CaretAt {
	/** What is edited. */
	readonly el: Element;
	readonly color: string;
	/** Absent: something is selected, so a browser shows no caret. */
	readonly caret: DOMRect | undefined;
	readonly composed: readonly DOMRect[];
	/** In a field; elsewhere the browser shows it. */
	readonly selected: readonly DOMRect[];
}

export function caretAt(writing: Writing): CaretAt | undefined {
	const { nodes, glance } = writing;
	const el = nodes.get(glance.focus) as HTMLElement | undefined;
	if (!el?.isConnected) return undefined;
	return 'selectionStart' in el ? inField(el as HTMLInputElement, writing) : inPlace(el, writing);
}

function inField(el: HTMLInputElement, { nodes, glance }: Writing): CaretAt | undefined {
	const span = glance.carets.get(glance.focus);
	if (!span || el.disabled) return undefined;
	const made = glance.composed && nodes.get(glance.composed.id) === el ? glance.composed : undefined;
	const found = el.readOnly && span.start === span.end ? [] : fieldRects(el, span.start, span.end);
	// A line break has no width.
	const [caret, selected] = span.start === span.end ? [found[0], []] : [undefined, found.filter(({ width }) => width > 0)];
	return { el, color: colorOf(el), caret, composed: made ? fieldRects(el, made.start, made.end) : [], selected };
}

function inPlace(el: HTMLElement, { nodes, glance }: Writing): CaretAt | undefined {
	const said = glance.selection;
	const head = said?.anchor ? nodes.get(said.head) : undefined;
	if (!said || !head || !el.isContentEditable || !el.contains(head)) return undefined;
	const collapsed = said.anchor === said.head && said.anchorOffset === said.headOffset;
	const made = glance.composed && nodes.get(glance.composed.id);
	const composed = made && el.contains(made) && glance.composed ? rects(made, glance.composed.start, glance.composed.end) : [];
	const color = colorOf(head.nodeType === Node.ELEMENT_NODE ? (head as Element) : (head.parentElement ?? el));
	return { el, color, caret: collapsed ? boundary(head, said.headOffset) : undefined, composed, selected: [] };
}

/** The browser's own resolved colour: `auto` is the text's. */
function colorOf(el: Element): string {
	return getComputedStyle(el).caretColor;
}

/** The rectangle, without width, of a position in the document. */
function boundary(node: Node, offset: number): DOMRect | undefined {
	const there = rects(node, offset, offset).at(-1);
	if (there) return there;
	if (node.nodeType !== Node.ELEMENT_NODE) return undefined;
	// Beside an element (a line break, a picture), or in one that is empty.
	const [after, before] = [node.childNodes[offset], node.childNodes[offset - 1]];
	const [beside, side] = after instanceof Object && 'getClientRects' in after ? [after, 'left' as const] : [before, 'right' as const];
	const box = beside && 'getClientRects' in beside ? (beside as Element).getClientRects()[0] : undefined;
	if (box) return new DOMRect(box[side], box.top, 0, box.height);
	return inEmpty(node as Element);
}

function inEmpty(el: Element): DOMRect {
	const style = getComputedStyle(el);
	const { left, top } = el.getBoundingClientRect();
	const [x, y, size] = [style.paddingLeft, style.paddingTop, style.fontSize].map(Number.parseFloat) as [number, number, number];
	return new DOMRect(left + el.clientLeft + x, top + el.clientTop + y, 0, Number.parseFloat(style.lineHeight) || size * 1.2);
}

function rects(node: Node, start: number, end: number): DOMRect[] {
	const range = node.ownerDocument?.createRange();
	if (!range) return [];
	try {
		range.setStart(node, start);
		range.setEnd(node, end);
	} catch {
		// The text has changed since; the next position comes with the next change.
		return [];
	}
	return [...range.getClientRects()];
}
