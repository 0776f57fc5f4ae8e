// page (host).
// Touch events (Touch Events level 2) of a guest's fingers.
import type { Any } from '../../natives.ts';
import { fire } from '../events.ts';
import type { Stage } from '../stage.ts';

const Touch = (globalThis as Any).Touch;

/** True: not prevented, so mouse events may follow. A browser without touch events tells nothing. */
export function fireTouch(
	stage: Stage,
	target: Element,
	type: 'touchstart' | 'touchmove' | 'touchend' | 'touchcancel',
	x: number,
	y: number,
	finger = 0,
): boolean {
	if (!Touch) return true;
	const page = { pageX: x + stage.win.scrollX, pageY: y + stage.win.scrollY };
	const screen = { screenX: x + stage.win.screenX, screenY: y + stage.win.screenY };
	const touch = new Touch({ identifier: finger, target, clientX: x, clientY: y, ...page, ...screen, radiusX: 1, radiusY: 1, force: 1 });
	if (type === 'touchstart' || type === 'touchmove') stage.touches.set(finger, { target, touch });
	else stage.touches.delete(finger);
	const now = [...stage.touches.values()];
	return fire(target, 'TouchEvent', type, {
		touches: now.map((each) => each.touch),
		targetTouches: now.filter((each) => each.target === target).map((each) => each.touch),
		changedTouches: [touch],
		cancelable: type !== 'touchcancel',
	});
}
