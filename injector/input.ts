// page.
// The host's own hand: where their pointer is, and that they touched the page (then a guest's gesture gives way).
import { hostActs } from './acts.ts';
import type { Context } from './context.ts';
import { placeShown } from './mirror/privacy/mask.ts';
import { getter, method, natives } from './natives.ts';
import type { Point } from './port.ts';
import { queryAll } from './query.ts';
import { realm } from './realm.ts';

const trusted = (event: Event): boolean => event.isTrusted;
const clientX = getter<number>(realm.global.MouseEvent?.prototype, 'clientX');
const clientY = getter<number>(realm.global.MouseEvent?.prototype, 'clientY');

const path = method<EventTarget[]>(realm.global.Event?.prototype, 'composedPath');
const box = method<DOMRect>(realm.global.Element?.prototype, 'getBoundingClientRect');
const edgeLeft = getter<number>(realm.global.Element?.prototype, 'clientLeft');
const edgeTop = getter<number>(realm.global.Element?.prototype, 'clientTop');

/**
 * Sends pointer moves, at most one an animation frame, and 'touched'. The shell hears of the root's viewport only: a nested
 * document tells its parent, which adds where the frame stands.
 */
export function watchInput(context: Context): void {
	const { win, send } = context;
	let waiting: Point | undefined;
	/** What the pointer is over, in this document. */
	let over: Node | null = null;
	const say = (at: Point | undefined) => (context.isTop ? send({ t: 'pointer', ...at }) : context.sendPoint(at));
	const flush = () => {
		// Over what is hidden nobody sees where it is.
		if (waiting) say(placeShown(over) === over ? waiting : undefined);
		waiting = undefined;
	};
	const moved = (at: Point) => {
		if (!waiting) natives.requestAnimationFrame(flush);
		waiting = at;
	};
	const onMove = (event: PointerEvent) => {
		if (!trusted(event)) return;
		over = path(event)[0] as Node;
		moved({ x: clientX(event), y: clientY(event) });
	};
	const onOut = (event: PointerEvent) => {
		if (trusted(event) && event.relatedTarget === null) say(undefined);
	};
	context.onPoint((child, at) => {
		const origin = at && cornerOf(context.doc, child);
		over = null;
		if (origin) moved({ x: origin.x + at.x, y: origin.y + at.y });
		else if (!at) say(undefined);
	});
	const onTouch = (event: Event) => {
		if (!trusted(event)) return;
		if (event.type !== 'wheel') hostActs();
		send({ t: 'touched' });
	};
	const arm = () => {
		natives.addEventListener(win, 'pointermove', onMove, { capture: true, passive: true });
		natives.addEventListener(win, 'pointerout', onOut, { capture: true, passive: true });
		for (const type of ['pointerdown', 'keydown', 'wheel']) natives.addEventListener(win, type, onTouch, { capture: true, passive: true });
	};
	arm();
	context.onReopen(arm);
}

/** Where a child's viewport begins in this document's, CSS pixels; undefined where its frame stands in a shadow tree. */
function cornerOf(doc: Document, child: Window): Point | undefined {
	for (const frame of queryAll<HTMLElement>(doc, 'iframe')) {
		if (natives.contentWindow(frame) !== child) continue;
		const { left, top } = box(frame);
		return { x: left + edgeLeft(frame), y: top + edgeTop(frame) };
	}
	return undefined;
}
