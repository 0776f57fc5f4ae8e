// mirror document (guest's browser).
// The guest's mouse (or a tap, which browsers turn into one) over the mirrored documents.
import type { PointerIntent } from '../../../protocol/intent.ts';
import type { Desk } from './desk.ts';
import { isLocal } from './local.ts';
import { timeOf } from './pane.ts';
import { type Aim, aim, beyond, innermost, inRoot, keysOf, outside, type Pressed, wayFrom } from './spot.ts';

/** How long after a press on a player's controls its events are the guest's, milliseconds. */
const MEDIA_FOR = 1500;
/** What one types into. */
export const TYPED =
	'input:not([type=button],[type=submit],[type=checkbox],[type=radio],[type=image],[type=reset]),textarea,[contenteditable],[role=textbox]';

export function onPointerDown(desk: Desk, event: PointerEvent): void {
	desk.pointer = event.pointerType;
	if (isDisabled(event)) onMouseDown(desk, event);
}

export function onPointerUp(desk: Desk, event: PointerEvent): void {
	if (isDisabled(event)) onMouseUp(desk, event);
}

/** Browsers tell no press of a mouse there; the page is told by pointer events. */
function isDisabled(event: PointerEvent): boolean {
	return event.pointerType === 'mouse' && !!innermost(event)?.closest(':disabled:not(fieldset)');
}

export function onMouseDown(desk: Desk, event: MouseEvent): void {
	const found = desk.allowed ? aim(desk.view, event) : undefined;
	if (found && isLocal(event)) {
		desk.mediaUntil = performance.now() + MEDIA_FOR;
		return;
	}
	if ((found || !desk.allowed) && onScrollbar(event)) {
		if (desk.allowed) desk.scrollsUntil = Number.POSITIVE_INFINITY;
		else desk.look.turns('bar');
		return;
	}
	event.preventDefault();
	if (!found) return;
	desk.frame = found.frame;
	const { document: doc } = event.view as Window;
	desk.held = { button: event.button, clicks: event.detail || 1, doc, x: event.clientX, y: event.clientY, since: timeOf(event) };
	const touch = desk.pointer === 'touch';
	const seen = { x: event.clientX, y: event.clientY };
	desk.push({ ...found, k: 'down', button: event.button, clicks: desk.held.clicks, keys: keysOf(event), seen, ...(touch && { touch }) });
	const typing = !!innermost(event)?.closest(TYPED);
	const { x, y } = inRoot(desk.view, doc, event.clientX, event.clientY);
	if (!touch || typing) desk.takeKeys(typing, x, y);
}

export function onMouseMove(desk: Desk, event: MouseEvent): void {
	const found = aim(desk.view, event);
	if (!found) return;
	const { document: doc } = event.view as Window;
	desk.point(inRoot(desk.view, doc, event.clientX, event.clientY));
	desk.moved = event.timeStamp;
	if (!desk.allowed || desk.pointer === 'touch') return;
	const keys = keysOf(event);
	const { held } = desk;
	if (!held) {
		desk.push({ ...found, k: 'hover', keys });
		return;
	}
	pushHeld(desk, held, event, found, { k: 'move', button: held.button, clicks: 1, keys });
}

/** Something else came under the pointer. Where that rests, no move follows to say so. */
export function onMouseOver(desk: Desk, event: MouseEvent): void {
	const found = desk.allowed && !desk.held && desk.pointer !== 'touch' ? aim(desk.view, event) : undefined;
	if (!found) return;
	setTimeout(() => {
		if (desk.allowed && !desk.held && desk.moved < event.timeStamp) desk.push({ ...found, k: 'hover', rests: true });
	});
}

export function onMouseUp(desk: Desk, event: MouseEvent): void {
	desk.look.lets();
	if (desk.scrollsUntil === Number.POSITIVE_INFINITY) desk.scrollsUntil = performance.now() + 100;
	const { held } = desk;
	if (!held) return;
	event.preventDefault();
	desk.held = undefined;
	if (!desk.allowed) return;
	const found = aim(desk.view, event);
	if (!found) {
		if (desk.frame !== undefined) desk.push({ frame: desk.frame, k: 'cancel' });
		return;
	}
	const touch = desk.pointer === 'touch';
	// Of one over another document the browser counts none.
	const clicks = event.detail || held.clicks;
	const lasted = Math.max(0, timeOf(event) - held.since);
	pushHeld(desk, held, event, found, { k: 'up', button: held.button, clicks, keys: keysOf(event), lasted, ...(touch && { touch }) });
}

/** What is done with a button held: where it is, and, over another document, also for the one in which the button went down. */
function pushHeld(
	desk: Desk,
	held: Pressed,
	{ view, clientX, clientY }: MouseEvent,
	found: Aim,
	act: Omit<PointerIntent, keyof Aim>,
): void {
	const { document: doc } = view as Window;
	const there = beyond(desk.view, held, doc, clientX, clientY);
	if (there) desk.push({ ...act, ...there });
	desk.push({ ...act, ...found, ...wayFrom(held, doc, clientX, clientY) });
	const over = doc === held.doc && desk.pointer === 'mouse' ? outside(desk.view, doc, clientX, clientY) : undefined;
	if (over) desk.push({ ...act, ...over, drags: true });
}

/** A long press by touch; a mouse's second button has been told by its down and up. */
export function onContextMenu(desk: Desk, event: MouseEvent): void {
	event.preventDefault();
	const found = desk.allowed && desk.pointer === 'touch' ? aim(desk.view, event) : undefined;
	if (!found) return;
	const press = { ...found, button: 2, clicks: 1, touch: true };
	desk.push({ ...press, k: 'down' });
	desk.push({ ...press, k: 'up' });
}

/** The pointer left a document for good (not for another one inside the mirror). */
export function onMouseOut(desk: Desk, event: MouseEvent): void {
	if (event.relatedTarget) return;
	desk.point(undefined);
	const found = desk.allowed && desk.held === undefined ? aim(desk.view, event) : undefined;
	if (found) desk.push({ frame: found.frame, k: 'cancel' });
}

function onScrollbar(event: MouseEvent): boolean {
	const el = innermost(event);
	if (!el || event.button !== 0) return false;
	// An inline box (a link, most often) has no scroll bar: its client size is 0 while Firefox gives it a scroll size.
	if (el.clientWidth === 0 && el.clientHeight === 0) return false;
	const root = el === el.ownerDocument.documentElement;
	const box = root ? { left: 0, top: 0 } : el.getBoundingClientRect();
	const x = event.clientX - box.left - (root ? 0 : el.clientLeft);
	const y = event.clientY - box.top - (root ? 0 : el.clientTop);
	const over = el.scrollHeight > el.clientHeight || el.scrollWidth > el.clientWidth;
	const edge = root ? 0 : Number.parseFloat(getComputedStyle(el).borderRightWidth) || 0;
	return (
		over && ((x >= el.clientWidth && x < el.clientWidth + 24 - edge && barWidth(el, root)) || (y >= el.clientHeight && barHeight(el, root)))
	);
}

function barWidth(el: Element, root: boolean): boolean {
	return root
		? (el.ownerDocument.defaultView?.innerWidth ?? 0) > el.clientWidth
		: hasBar(el, (el as HTMLElement).offsetWidth - el.clientWidth, 'X');
}

function barHeight(el: Element, root: boolean): boolean {
	return root
		? (el.ownerDocument.defaultView?.innerHeight ?? 0) > el.clientHeight
		: hasBar(el, (el as HTMLElement).offsetHeight - el.clientHeight, 'Y');
}

function hasBar(el: Element, difference: number, way: 'X' | 'Y'): boolean {
	const style = getComputedStyle(el);
	const borders = way === 'X' ? [style.borderLeftWidth, style.borderRightWidth] : [style.borderTopWidth, style.borderBottomWidth];
	return difference - borders.reduce((sum, width) => sum + (Number.parseFloat(width) || 0), 0) > 4;
}
