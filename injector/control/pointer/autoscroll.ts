// page (host).
// A selection that is drawn past the edge of what scrolls: it scrolls on, and the selection with it, until the pointer comes back or lets go.
import { natives } from '../../natives.ts';
import { dom } from '../dom.ts';
import type { Held, Stage } from '../stage.ts';
import { dragCaret } from './caret.ts';
import { canGo, scrollers } from './scroll.ts';

/** As in Chromium: once a frame, milliseconds, by what the pointer is past the edge and this, CSS pixels. */
const EVERY = 16;
const STEP = 20;

/** Draws the selection to the held pointer's place, and on for as long as that is past an edge. */
export function drawOn(stage: Stage, held: Held): void {
	const { point } = held;
	if (!point || stage.held !== held) return;
	let { x, y } = point;
	for (const el of scrollers(stage, held.target)) {
		const { left, top, right, bottom } = boxOf(stage, el);
		const [dx, dy] = [past(x, left, right), past(y, top, bottom)];
		if ((!dx && !dy) || !canGo(el, dx, dy, stage)) continue;
		dom.scrollBy(el, { left: dx, top: dy, behavior: 'instant' });
		[x, y] = [x - dx, y - dy];
		natives.setTimeout(() => held.point === point && drawOn(stage, held), EVERY);
		break;
	}
	dragCaret(stage, held.target, x, y, held.clicks, held.from);
}

/** How far `at` is outside. */
function past(at: number, from: number, to: number): number {
	return at < from ? at - from - STEP : at < to ? 0 : at - to + STEP;
}

function boxOf({ doc, win }: Stage, el: Element): { left: number; top: number; right: number; bottom: number } {
	return el === dom.scroller(doc) ? { left: 0, top: 0, right: win.innerWidth, bottom: win.innerHeight } : dom.rect(el);
}
