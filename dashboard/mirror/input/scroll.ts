// mirror document (guest's browser).
// A guest's wheel and the scrolling of their finger or of a scrollbar.
import type { Desk } from './desk.ts';
import { aimAt, innermost, keysOf } from './spot.ts';

/** Pixels of a line and parts of a page, for WheelEvent.deltaMode 1 and 2. */
const LINE = 40;
/** For how long Ctrl and the wheel are the guest's own zoom, milliseconds after the last turn, once the page has made nothing of one. */
const OWN_ZOOM = 4000;
/** How long a finger's scrolling runs on, milliseconds. */
const MOMENTUM = 1200;

export function onWheel(desk: Desk, event: WheelEvent): void {
	// Ctrl and the wheel (two fingers on a touchpad are told as such): maps and editors zoom by it; elsewhere it is the guest's own zoom.
	if (event.ctrlKey && (!desk.allowed || performance.now() < desk.zoomsUntil)) {
		if (desk.allowed) ownZoom(desk);
		return;
	}
	if (!desk.allowed) {
		desk.look.turns('wheel');
		return;
	}
	event.preventDefault();
	const el = innermost(event);
	if (!el) return;
	const unit = event.deltaMode === 1 ? LINE : event.deltaMode === 2 ? el.ownerDocument.documentElement.clientHeight : 1;
	const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
	const { target, x, y } = chained(el, event.clientX, event.clientY, dx, dy);
	const found = aimAt(desk.view, target, x, y);
	if (!found) return;
	// It is Ctrl on every platform, whatever the key for shortcuts is.
	const keys = keysOf(event);
	const { accel, ...others } = keys ?? {};
	desk.push({ ...found, k: 'wheel', dx, dy, keys: event.ctrlKey ? { ...others, ctrl: true } : keys });
}

/** The page makes nothing of it. */
export function ownZoom(desk: Desk): void {
	desk.zoomsUntil = performance.now() + OWN_ZOOM;
}

/** Out of a frame that can go no further that way to the frame around it, as the browser chains scrolling. */
function chained(el: Element, x: number, y: number, dx: number, dy: number): { target: Element; x: number; y: number } {
	let at = { target: el, x, y };
	while (!canScroll(at.target, dx, dy)) {
		const holder = at.target.ownerDocument.defaultView?.frameElement;
		const around = holder?.ownerDocument;
		if (!holder || !around || around === document) return { target: el, x, y };
		const box = holder.getBoundingClientRect();
		at = { target: holder, x: at.x + box.left, y: at.y + box.top };
	}
	return at;
}

function canScroll(el: Element, dx: number, dy: number): boolean {
	const root = el.ownerDocument.scrollingElement;
	for (let at: Element | null = el; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
		const style = getComputedStyle(at);
		const scrolls = (overflow: string) => (at === root ? overflow !== 'hidden' : overflow === 'auto' || overflow === 'scroll');
		const down = dy < 0 ? at.scrollTop > 0 : at.scrollTop + at.clientHeight < at.scrollHeight - 1;
		const right = dx < 0 ? at.scrollLeft > 0 : at.scrollLeft + at.clientWidth < at.scrollWidth - 1;
		if ((dy && down && scrolls(style.overflowY)) || (dx && right && scrolls(style.overflowX))) return true;
	}
	return false;
}

/** A finger on the mirror: in control it scrolls for the host, else for this guest alone. */
export function onTouchMove(desk: Desk): void {
	if (desk.allowed) desk.scrollsUntil = performance.now() + MOMENTUM;
	else desk.look.turns('finger');
}

/** Something scrolled: if it was the guest, the host follows. */
export function onScroll(desk: Desk, event: Event): void {
	if (!desk.allowed) desk.look.scrolled();
	if (!desk.allowed || performance.now() > desk.scrollsUntil) return;
	const target = event.target as Node;
	const doc = target.nodeType === 9 ? (target as Document) : undefined;
	const el = doc ? doc.scrollingElement : (target as Element);
	const place = desk.view.placeOf(target);
	if (el && place) desk.push({ frame: place.frame, node: doc ? 0 : place.node, k: 'scroll', x: el.scrollLeft, y: el.scrollTop });
}
