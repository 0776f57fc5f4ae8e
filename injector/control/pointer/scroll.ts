// page (host).
// Scrolling: the page's wheel listeners first, then the nearest scroller that can still go that way (CSS Overflow, scroll chaining).
import type { Intent } from '../../../protocol/intent.ts';
import { dom } from '../dom.ts';
import { fire, noButton } from '../events.ts';
import { keyTarget } from '../focus.ts';
import type { Outcome, Stage } from '../stage.ts';
import { flatChain } from '../tree.ts';
import { elementOf, placeAt, placeOf } from './place.ts';
import { pointerInit } from './pointer-events.ts';

/** A turn of the wheel, CSS pixels. 'scroll-edge': nothing here can go further that way; the frame around may. With Ctrl it never scrolls. */
export function wheel(stage: Stage, { at, dx, dy, keys }: Extract<Intent, { k: 'wheel' }>): Outcome {
	const meant = placeOf(stage, at);
	// What was there has been taken away or built anew since: as of a mouse, what is there now is scrolled.
	const place = meant === 'stale-node' && stage.over ? placeAt(stage, stage.x, stage.y) : meant;
	if (typeof place === 'string') return place;
	const { pointerId, pointerType, isPrimary, pressure, width, height, ...mouse } = pointerInit(stage, {
		...place,
		button: noButton(),
		buttons: 0,
		keys,
	});
	if (!fire(place.target, 'WheelEvent', 'wheel', { ...mouse, deltaX: dx, deltaY: dy, deltaMode: 0 })) return undefined;
	return !keys?.ctrl && scrollFrom(stage, place.target, dx, dy) ? undefined : 'scroll-edge';
}

/** Sets a scroller's position, CSS pixels. */
export function scroll(stage: Stage, { node, x, y }: Extract<Intent, { k: 'scroll' }>): Outcome {
	const el = node === 0 ? dom.scroller(stage.doc) : elementOf(stage, node);
	if (!el) return 'stale-node';
	dom.scrollTo(el, { left: x, top: y, behavior: 'instant' });
	return undefined;
}

/** A key that scrolls; `pages`: the numbers are parts of the scroller's height. */
export function scrollByKey(stage: Stage, dx: number, dy: number, pages = false): undefined {
	const from = keyTarget(stage);
	const scroller = scrollers(stage, from).find((el) => canGo(el, dx, dy, stage)) ?? dom.scroller(stage.doc);
	if (!scroller) return undefined;
	const far = (n: number, size: number) => (Number.isFinite(n) ? n * (pages ? size : 1) : Math.sign(n) * 1e9);
	dom.scrollBy(scroller, { left: far(dx, scroller.clientWidth), top: far(dy, scroller.clientHeight), behavior: 'instant' });
	return undefined;
}

function scrollFrom(stage: Stage, el: Element, dx: number, dy: number): boolean {
	for (const scroller of scrollers(stage, el)) {
		if (canGo(scroller, dx, dy, stage)) {
			dom.scrollBy(scroller, { left: dx, top: dy, behavior: 'instant' });
			return true;
		}
		const style = dom.style(scroller);
		if (contains(style.overscrollBehaviorY) && Math.abs(dy) >= Math.abs(dx) && scrollable(style.overflowY)) return true;
	}
	return false;
}

/** `el` and what is around it, as far as it scrolls; the document's scroller last. */
export function scrollers(stage: Stage, el: Element): Element[] {
	const root = dom.scroller(stage.doc);
	const own = flatChain(el).filter((up) => up !== root && up !== dom.body(stage.doc) && up !== stage.doc.documentElement);
	return root ? [...own, root] : own;
}

export function canGo(el: Element, dx: number, dy: number, stage: Stage): boolean {
	const isRoot = el === dom.scroller(stage.doc);
	const style = dom.style(el);
	const open = (overflow: string) => (isRoot ? overflow !== 'hidden' && overflow !== 'clip' : scrollable(overflow));
	const roomY = dy < 0 ? el.scrollTop > 0 : el.scrollTop + el.clientHeight < el.scrollHeight - 1;
	const roomX = dx < 0 ? el.scrollLeft > 0 : el.scrollLeft + el.clientWidth < el.scrollWidth - 1;
	return (dy !== 0 && roomY && open(style.overflowY)) || (dx !== 0 && roomX && open(style.overflowX));
}

function scrollable(overflow: string): boolean {
	return overflow === 'auto' || overflow === 'scroll';
}

function contains(behaviour: string): boolean {
	return behaviour === 'contain' || behaviour === 'none';
}
