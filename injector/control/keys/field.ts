// page (host).
// Text controls: their value and selection, through the browser's own accessors (frameworks put theirs on the element itself).
import { dom, isHtml } from '../dom.ts';

export type TextField = HTMLInputElement | HTMLTextAreaElement;

const TEXT_TYPES = new Set(['text', 'search', 'url', 'tel', 'password', 'email', 'number']);

/** An input that one types into, or a textarea. */
export function isText(node: Node | null | undefined): node is TextField {
	return isHtml(node, 'textarea') || (isHtml(node, 'input') && TEXT_TYPES.has(dom.inputType(node)));
}

/** Whether typing changes it: neither disabled nor read-only. */
export function isOpen(field: TextField): boolean {
	return dom.matches(field, ':read-write');
}

export function textOf(field: TextField): string {
	return isHtml(field, 'textarea') ? dom.areaValue(field) : dom.inputValue(field);
}

/** The selection in a field, as offsets of its value. Email and number inputs have none to show: then it is the end. */
export function spanOf(field: TextField): { start: number; end: number; anchor: number; head: number } {
	const area = isHtml(field, 'textarea');
	const last = textOf(field).length;
	const start = (area ? dom.areaStart(field) : dom.inputStart(field)) ?? last;
	const end = (area ? dom.areaEnd(field) : dom.inputEnd(field)) ?? last;
	const back = (area ? dom.areaDirection(field) : dom.inputDirection(field)) === 'backward';
	return { start, end, anchor: back ? end : start, head: back ? start : end };
}

/** Whether the browser says what is selected in it; of email and number it does not. */
export function tellsSelection(field: TextField): boolean {
	return isHtml(field, 'textarea') || dom.inputStart(field) !== null;
}

/** Selects from `anchor` to `head`; where the browser refuses (email, number), the selection stays. */
export function selectIn(field: TextField, anchor: number, head: number): void {
	const set = isHtml(field, 'textarea') ? dom.setAreaRange : dom.setInputRange;
	try {
		set(field, Math.min(anchor, head), Math.max(anchor, head), head < anchor ? 'backward' : 'forward');
	} catch {}
}
