// mirror document (guest's browser).
// A guest's pointer to a spot: the innermost node that the host has too, and the fraction of its box; and to the root's viewport.
import type { Keys, PointerIntent, Spot } from '../../../protocol/intent.ts';
import type { MirrorView } from '../view.ts';

export interface Aim {
	readonly frame: number;
	readonly at: Spot;
}

/** The innermost element of an event, inside shadow roots too. */
export function innermost(event: Event): Element | undefined {
	const target = event.composedPath()[0] as Node | undefined;
	if (!target || !('nodeType' in target)) return undefined;
	if (target.nodeType === 1) return target as Element;
	return target.nodeType === 9 ? (target as Document).documentElement : (target.parentElement ?? undefined);
}

/** Where a mouse event is. Undefined: on nothing of the host's. */
export function aim(view: MirrorView, event: MouseEvent): Aim | undefined {
	const el = innermost(event);
	return el && aimAt(view, el, event.clientX, event.clientY);
}

/** The spot of a point (CSS pixels of the element's own frame) on `el`. */
export function aimAt(view: MirrorView, el: Element, x: number, y: number): Aim | undefined {
	const place = view.placeOf(el);
	if (!place) return undefined;
	const node = view.nodeOf(place.frame, place.node);
	const { left, top, width, height } = node?.nodeType === 1 ? (node as Element).getBoundingClientRect() : viewport(el.ownerDocument);
	const at = { node: place.node, fx: part(x - left, width), fy: part(y - top, height) };
	return { frame: place.frame, at };
}

/** Where a pointer went down: a document, and CSS pixels in it. */
export interface Pressed {
	readonly doc: Document;
	readonly x: number;
	readonly y: number;
}

/** How far a pointer has come since, for an intent; nothing where it is in another document. */
export function wayFrom(pressed: Pressed, doc: Document, x: number, y: number): Pick<PointerIntent, 'by'> {
	return doc === pressed.doc ? { by: { x: x - pressed.x, y: y - pressed.y } } : {};
}

/** What a pointer does over another document, for the one that it went down in and which may have captured it; undefined where it is over that. */
export function beyond(
	view: MirrorView,
	pressed: Pressed,
	doc: Document,
	x: number,
	y: number,
): (Aim & Pick<PointerIntent, 'by' | 'beyond'>) | undefined {
	if (doc === pressed.doc || !pressed.doc.defaultView) return undefined;
	const [at, from] = [inRoot(view, doc, x, y), inRoot(view, pressed.doc, 0, 0)];
	const point = { x: at.x - from.x, y: at.y - from.y };
	const el = pressed.doc.elementFromPoint(point.x, point.y) ?? pressed.doc.documentElement;
	const there = aimAt(view, el, point.x, point.y);
	return there && { ...there, beyond: true, ...wayFrom(pressed, pressed.doc, point.x, point.y) };
}

/**
 * What lies under a pointer that went down in a frame and is outside of it by now: a browser tells that of the frame alone. Undefined where it is
 * still inside.
 */
export function outside(view: MirrorView, doc: Document, x: number, y: number): Aim | undefined {
	const { width, height } = viewport(doc);
	const root = view.root === undefined ? undefined : view.documentOf(view.root);
	if (!root || doc === root || (x >= 0 && y >= 0 && x < width && y < height)) return undefined;
	const point = inRoot(view, doc, x, y);
	let el = root.elementFromPoint(point.x, point.y);
	let inner = (el as HTMLIFrameElement | null)?.contentDocument;
	let at = point;
	while (el && inner) {
		const from = inRoot(view, inner, 0, 0);
		at = { x: point.x - from.x, y: point.y - from.y };
		el = inner.elementFromPoint(at.x, at.y) ?? inner.documentElement;
		inner = (el as HTMLIFrameElement).contentDocument;
	}
	return el && el.ownerDocument !== doc ? aimAt(view, el, at.x, at.y) : undefined;
}

/** To a hundredth of a pixel: the host rounds to tenths (injector/control/pointer/place.ts), and is then where the guest was. */
function part(offset: number, size: number): number {
	const unit = 10 ** Math.max(5, Math.ceil(Math.log10(size)) + 2);
	return size > 0 ? Math.round((offset / size) * unit) / unit : 0;
}

function viewport(doc: Document): { left: number; top: number; width: number; height: number } {
	return { left: 0, top: 0, width: doc.defaultView?.innerWidth ?? 0, height: doc.defaultView?.innerHeight ?? 0 };
}

/** The point in the viewport of the root frame: past each iframe's place, border and padding. */
export function inRoot(view: MirrorView, doc: Document, x: number, y: number): { x: number; y: number } {
	const root = view.root === undefined ? undefined : view.documentOf(view.root);
	let at: Document = doc;
	let [left, top] = [x, y];
	while (at !== root) {
		const holder = at.defaultView?.frameElement;
		if (!holder) break;
		const box = holder.getBoundingClientRect();
		const style = getComputedStyle(holder);
		left += box.left + holder.clientLeft + Number.parseFloat(style.paddingLeft);
		top += box.top + holder.clientTop + Number.parseFloat(style.paddingTop);
		at = holder.ownerDocument;
	}
	return { x: left, y: top };
}

export const MAC = /^(Mac|iPhone|iPad)/.test(globalThis.navigator?.platform ?? '');

/** The modifiers of an event, with the platform's shortcut key as `accel`; undefined for none. */
export function keysOf(event: MouseEvent | KeyboardEvent): Keys | undefined {
	const keys = {
		...(event.shiftKey && { shift: true }),
		...(event.altKey && { alt: true }),
		...((MAC ? event.metaKey : event.ctrlKey) && { accel: true }),
		...(MAC && event.ctrlKey && { ctrl: true }),
		...(!MAC && event.metaKey && { meta: true }),
	};
	return Object.keys(keys).length ? keys : undefined;
}
