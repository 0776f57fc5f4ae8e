// page (host).
// A guest's second finger and more: pointer and touch events, never a mouse's and never a click (Pointer Events section 11, "compatibility
// mouse events": for the primary pointer alone).
import type { PointerIntent } from '../../../protocol/intent.ts';
import type { Outcome, Stage } from '../stage.ts';
import { placeAfter, placeOf } from './place.ts';
import { firePointer, type PointerState } from './pointer-events.ts';
import { fireTouch } from './touch.ts';

const TOUCH = { down: 'touchstart', move: 'touchmove', up: 'touchend' } as const;

/** One step of a finger that is not the first. A touch pointer is captured by what it went down on (Pointer Events section 10.2). */
export function otherFinger(stage: Stage, intent: PointerIntent, finger: number): Outcome {
	if (stage.broken) return 'host-acted';
	const began = stage.fingers.get(finger)?.began;
	const place = began && intent.by ? placeAfter(stage, began, intent.by) : placeOf(stage, intent.at);
	if (typeof place === 'string') return place;
	const { x, y } = place;
	if (intent.k === 'down') stage.fingers.set(finger, { target: place.target, x, y, began: { x, y } });
	// Two fingers are no tap.
	if (stage.held) stage.held.moved = true;
	const held = stage.fingers.get(finger);
	if (!held) return undefined;
	const ends = intent.k === 'up';
	const target = held.target.isConnected ? held.target : place.target;
	stage.fingers.set(finger, { ...held, target, x, y });
	firePointer(stage, target, `pointer${intent.k}`, stateOf(x, y, finger, intent.k === 'move' ? -1 : 0, ends ? 0 : 1, intent));
	fireTouch(stage, target, TOUCH[intent.k], x, y, finger);
	if (ends) stage.fingers.delete(finger);
	return undefined;
}

/** Takes all of them off the page without their end. */
export function cancelFingers(stage: Stage): void {
	for (const [finger, { target, x, y }] of [...stage.fingers]) {
		stage.fingers.delete(finger);
		if (!target.isConnected) continue;
		firePointer(stage, target, 'pointercancel', stateOf(x, y, finger, -1, 0));
		fireTouch(stage, target, 'touchcancel', x, y, finger);
	}
}

function stateOf(
	x: number,
	y: number,
	finger: number,
	button: number,
	buttons: number,
	{ keys }: Partial<PointerIntent> = {},
): PointerState {
	return { x, y, button, buttons, touch: true, finger, keys };
}
