// page (host).
// What a browser does as a button of the mouse goes down: the focus moves, the caret is set, text or a drag may begin.
import { dom, isHtml } from '../dom.ts';
import { checkpoint } from '../events.ts';
import { focusNothing, focusTarget, isDisabled, moveFocus } from '../focus.ts';
import type { Held, Stage } from '../stage.ts';
import { flatClosest } from '../tree.ts';
import { grownFrom, pressCaret, takesCaret } from './caret.ts';
import { draggableOf } from './drag.ts';
import { fireMouse, type PointerState } from './pointer-events.ts';
import { selectedTextAt } from './text-drag.ts';

/** mousedown at what is held, and its default actions (UI Events, `mousedown`). */
export async function press(stage: Stage, held: Held, state: PointerState): Promise<void> {
	const { target } = held;
	const disabled = flatClosest(target, isDisabled);
	const left = disabled || fireMouse(stage, target, 'mousedown', state);
	await checkpoint();
	if (!left) return;
	stage.by = 'pointer';
	const focus = focusTarget(target);
	if (focus) moveFocus(stage, focus);
	else focusNothing(stage);
	if (held.button !== 0 || disabled) return;
	held.source = draggableOf(target);
	if (!takesCaret(target)) return;
	const drags = held.source && !insideText(target);
	if (drags && !dom.getSelection(stage.doc)?.isCollapsed) return;
	if (!drags && state.clicks === 1 && !state.keys?.shift && !held.touch) held.text = selectedTextAt(stage, target, held.x, held.y);
	if (held.text) return;
	const selects = pressCaret(stage, target, held.x, held.y, state.clicks ?? 1, !!state.keys?.shift, !drags);
	held.selecting = selects && !drags;
	if (held.selecting && held.clicks > 1) held.from = grownFrom(stage, target);
}

function insideText(el: Element): boolean {
	return isHtml(el, 'input') || isHtml(el, 'textarea');
}
