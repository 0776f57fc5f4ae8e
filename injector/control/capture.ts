// page (host).
// Pointer capture for a guest's pointer (Pointer Events section 4.1.3). The browser knows of no pressed button, so it would capture
// nothing: while the guest holds one, we keep the element ourselves and aim the events at it.
import { call, hookMethod, type MethodHandler } from '../hook.ts';
import { realm } from '../realm.ts';
import { firePointer, type PointerState } from './pointer-events.ts';
import type { Stage } from './stage.ts';

/** The stage of the window's present document; the hooks are put in place once a window. */
let current: Stage | undefined;

/** Takes over the three capture methods while the guest holds a button; otherwise they are the browser's own. */
export function watchCapture(stage: Stage): void {
	const first = !current;
	current = stage;
	if (!first) return;
	const proto = realm.global.Element?.prototype;
	hookMethod(
		proto,
		'setPointerCapture',
		whileHeld((held, el) => {
			if (held.captured === el) return;
			lose(held);
			held.captured = el;
			firePointer(held, el, 'gotpointercapture', still(held));
		}),
	);
	hookMethod(
		proto,
		'releasePointerCapture',
		whileHeld((held, el) => {
			if (held.captured === el) lose(held);
		}),
	);
	hookMethod(
		proto,
		'hasPointerCapture',
		whileHeld((held, el) => held.captured === el),
	);
}

/** Ends the capture, if there is one. */
export function lose(stage: Stage): void {
	const el = stage.captured;
	stage.captured = undefined;
	if (el?.isConnected) firePointer(stage, el, 'lostpointercapture', still(stage));
}

function whileHeld(act: (stage: Stage, el: Element) => unknown): MethodHandler {
	return (native, self, args) => {
		if (!current?.held || Number(args[0]) !== 1) return call(native, self, args);
		return act(current, self as Element);
	};
}

function still(stage: Stage): PointerState {
	return { x: stage.x, y: stage.y, button: -1, buttons: stage.held ? 1 : 0, touch: stage.held?.touch ?? false };
}
