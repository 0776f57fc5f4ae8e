// page (host).
// Pointer capture for a guest's pointer (Pointer Events section 4.1.3). The browser knows of no pressed button, so it would capture
// nothing: while the guest holds one, we keep the element ourselves and aim the events at it.
import { call, hookMethod, type MethodHandler } from '../../hook.ts';
import { realm } from '../../realm.ts';
import type { Stage } from '../stage.ts';
import { firePointer, type PointerState } from './pointer-events.ts';

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
		whileHeld(capture, (held, finger, el) => {
			const at = held.fingers.get(finger);
			if (at) held.fingers.set(finger, { ...at, target: el });
		}),
	);
	hookMethod(
		proto,
		'releasePointerCapture',
		whileHeld(
			(held, el) => {
				if (held.captured === el) capture(held, undefined);
			},
			() => undefined,
		),
	);
	hookMethod(
		proto,
		'hasPointerCapture',
		whileHeld(
			(held, el) => held.captured === el,
			(held, finger, el) => held.fingers.get(finger)?.target === el,
		),
	);
}

/** Gives the guest's pointer to an element, or to none: for a finger, that is what it went down on (Pointer Events section 10.2). */
export function capture(stage: Stage, el: Element | undefined): void {
	stage.captured = el;
}

/** Tells whose the pointer is now, before its next event, or its last (Pointer Events section 4.1.3.2, "process pending pointer capture"). */
export function settleCapture(stage: Stage, at: PointerState): void {
	const told = stage.capturedTold;
	if (told === stage.captured) return;
	stage.capturedTold = stage.captured;
	if (told?.isConnected) firePointer(stage, told, 'lostpointercapture', at);
	if (stage.capturedTold?.isConnected) firePointer(stage, stage.capturedTold, 'gotpointercapture', at);
}

/** `act` for the guest's first pointer, `other` for a finger beside it. */
function whileHeld(
	act: (stage: Stage, el: Element) => unknown,
	other: (stage: Stage, finger: number, el: Element) => unknown,
): MethodHandler {
	return (native, self, args) => {
		if (!current?.held && !current?.fingers.size) return call(native, self, args);
		const finger = Number(args[0]) - 1;
		if (current?.held && finger === 0) return act(current, self as Element);
		if (current?.fingers.has(finger)) return other(current, finger, self as Element);
		return call(native, self, args);
	};
}
