// mirror document (guest's browser).
// A guest's fingers where the page takes them over from the browser by `touch-action`: a map, a drawing, a slider, a carousel. They go to the
// host's page one by one, so that two can pinch. Everywhere else a finger scrolls the mirror, and a tap comes as a mouse's click.
import type { Desk } from './desk.ts';
import { isLocal } from './local.ts';
import { type Aim, aimAt, innermost, type Pressed, wayFrom } from './spot.ts';

/** As far as a browser lets a finger tremble before it is a swipe, CSS pixels. */
const SLOP = 8;

export interface Fingers {
	/** Touch.identifier of each finger that is the page's → its number, from 0, and where it went down. */
	readonly held: Map<number, Pressed & { readonly finger: number }>;
	/** One that is the page's if it goes the way that the browser doesn't pan. */
	maybe: (Pressed & { readonly id: number; readonly aim: Aim; readonly pansX: boolean }) | undefined;
	frame: number | undefined;
}

export function onTouchStart(desk: Desk, event: TouchEvent): void {
	const { fingers } = desk;
	const el = innermost(event);
	fingers.maybe = undefined;
	if (!desk.allowed || !el || isLocal(event)) return;
	const pans = pannedBy(el);
	const touch = event.changedTouches[0] as Touch;
	if (fingers.held.size || (!pans.x && !pans.y)) {
		event.preventDefault();
		for (const each of event.changedTouches) press(desk, each.identifier, aimOf(desk, each), placeOf(each));
	} else if (pans.x !== pans.y && event.touches.length === 1) {
		const aim = aimOf(desk, touch);
		if (aim) fingers.maybe = { id: touch.identifier, ...placeOf(touch), aim, pansX: pans.x };
	}
}

/** True: the fingers are the page's. */
export function onFingersMove(desk: Desk, event: TouchEvent): boolean {
	const { fingers } = desk;
	if (!desk.allowed) return false;
	decide(desk, event);
	if (!fingers.held.size) return false;
	event.preventDefault();
	for (const touch of event.changedTouches) tell(desk, touch, 'move');
	return true;
}

export function onTouchEnd(desk: Desk, event: TouchEvent): void {
	const { fingers } = desk;
	fingers.maybe = undefined;
	if (!fingers.held.size) return;
	if (event.cancelable) event.preventDefault();
	for (const touch of event.changedTouches) {
		if (desk.allowed) tell(desk, touch, 'up');
		fingers.held.delete(touch.identifier);
	}
}

/** The browser took the fingers after all, or lost them. */
export function onTouchCancel(desk: Desk): void {
	const { fingers } = desk;
	fingers.maybe = undefined;
	if (fingers.held.size && desk.allowed && fingers.frame !== undefined) desk.push({ frame: fingers.frame, k: 'cancel' });
	fingers.held.clear();
}

/** The first step tells whose a finger is on what pans one way only. */
function decide(desk: Desk, event: TouchEvent): void {
	const { maybe } = desk.fingers;
	const touch = [...event.changedTouches].find(({ identifier }) => identifier === maybe?.id);
	if (!maybe || !touch) return;
	const [dx, dy] = [Math.abs(touch.clientX - maybe.x), Math.abs(touch.clientY - maybe.y)];
	if (Math.max(dx, dy) < SLOP) return;
	desk.fingers.maybe = undefined;
	if (event.cancelable && dx > dy !== maybe.pansX) press(desk, maybe.id, maybe.aim, maybe);
}

function press(desk: Desk, id: number, aim: Aim | undefined, { doc, x, y }: Pressed): void {
	const { fingers } = desk;
	if (!aim || (fingers.held.size && aim.frame !== fingers.frame)) return;
	let finger = 0;
	while ([...fingers.held.values()].some((other) => other.finger === finger)) finger++;
	fingers.held.set(id, { finger, doc, x, y });
	fingers.frame = aim.frame;
	desk.frame = aim.frame;
	desk.push({ ...aim, k: 'down', button: 0, clicks: 1, touch: true, ...(finger && { finger }) });
}

function tell(desk: Desk, touch: Touch, k: 'move' | 'up'): void {
	const held = desk.fingers.held.get(touch.identifier);
	const aim = held && aimOf(desk, touch);
	if (!aim) return;
	const { doc, x, y } = placeOf(touch);
	desk.push({ ...aim, k, button: 0, clicks: 1, touch: true, ...wayFrom(held, doc, x, y), ...(held.finger && { finger: held.finger }) });
}

function placeOf({ target, clientX, clientY }: Touch): Pressed {
	return { doc: (target as Node).ownerDocument as Document, x: clientX, y: clientY };
}

/** A finger stays with the element that it went down on (Touch Events section 5.1). */
function aimOf(desk: Desk, { target, clientX, clientY }: Touch): Aim | undefined {
	const el = (target as Node).nodeType === 1 ? (target as Element) : (target as Node).parentElement;
	return el ? aimAt(desk.view, el, clientX, clientY) : undefined;
}

/** Which ways the browser pans from here: what the element and all around it up to the next scroller allow (Pointer Events section 10). */
function pannedBy(el: Element): { x: boolean; y: boolean } {
	const pans = { x: true, y: true };
	for (let at: Element | null = el; at; at = at.parentElement ?? (at.getRootNode() as ShadowRoot).host ?? null) {
		const { touchAction, overflowX, overflowY } = getComputedStyle(at);
		if (!/auto|manipulation/.test(touchAction)) {
			pans.x &&= /pan-(x|left|right)/.test(touchAction);
			pans.y &&= /pan-(y|up|down)/.test(touchAction);
		}
		if (/auto|scroll/.test(overflowX + overflowY)) break;
	}
	return pans;
}
