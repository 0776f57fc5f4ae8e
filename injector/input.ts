// page.
// The host's own hand: where their pointer is, and that they touched the page (then a guest's gesture gives way).
import type { Context } from './context.ts';
import { getter, natives } from './natives.ts';
import { realm } from './realm.ts';

const trusted = (event: Event): boolean => event.isTrusted;
const clientX = getter<number>(realm.global.MouseEvent?.prototype, 'clientX');
const clientY = getter<number>(realm.global.MouseEvent?.prototype, 'clientY');

/** Sends pointer moves, at most one an animation frame, and 'touched'. */
export function watchInput(context: Context): void {
	const { win, send } = context;
	let waiting: { x: number; y: number } | undefined;
	const flush = () => {
		if (waiting) send({ t: 'pointer', ...waiting });
		waiting = undefined;
	};
	const onMove = (event: PointerEvent) => {
		if (!trusted(event)) return;
		if (!waiting) natives.requestAnimationFrame(flush);
		waiting = { x: clientX(event), y: clientY(event) };
	};
	const onOut = (event: PointerEvent) => {
		if (trusted(event) && event.relatedTarget === null) send({ t: 'pointer' });
	};
	const onTouch = (event: Event) => {
		if (trusted(event)) send({ t: 'touched' });
	};
	const arm = () => {
		natives.addEventListener(win, 'pointermove', onMove, { capture: true, passive: true });
		natives.addEventListener(win, 'pointerout', onOut, { capture: true, passive: true });
		for (const type of ['pointerdown', 'keydown', 'wheel']) natives.addEventListener(win, type, onTouch, { capture: true, passive: true });
	};
	arm();
	context.onReopen(arm);
}
