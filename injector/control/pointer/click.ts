// page (host).
// click, dblclick, auxclick, contextmenu. A dispatched click does what a real one does: links, labels, checkboxes, submit buttons,
// summaries and popover buttons act by the browser's own activation behaviour (DOM section 2.7).
import { checkpoint } from '../events.ts';
import { isDisabled, settleFocus } from '../focus.ts';
import { isMenuLate } from '../keys/keys.ts';
import type { Held, Outcome, Stage } from '../stage.ts';
import { commonAncestor, flatClosest } from '../tree.ts';
import { pressCaret, takesCaret } from './caret.ts';
import { clickLink } from './new-tab.ts';
import { fireMouse, type PointerState } from './pointer-events.ts';
import { selectedTextAt } from './text-drag.ts';

/** What follows a button's release over `target`. */
export async function clickAt(stage: Stage, held: Held, target: Element, state: PointerState): Promise<Outcome> {
	const clicked = held.target.isConnected ? commonAncestor(held.target, target) : null;
	if (!clicked) return undefined;
	if (flatClosest(clicked, isDisabled)) return 'disabled';
	if (held.button === 2 && (held.touch || isMenuLate())) openMenu(stage, clicked, state);
	if (held.button !== 0) clickLink(stage, clicked, 'auxclick', state);
	else {
		clickLink(stage, clicked, 'click', state);
		await checkpoint();
		if (state.clicks === 2) fireMouse(stage, clicked, 'dblclick', state);
	}
	settleFocus(stage);
	return undefined;
}

/** The menu of a place is asked for; the caret goes there, unless what is selected is meant. */
export function openMenu(stage: Stage, target: Element, state: PointerState): void {
	const { x, y } = state;
	if (!state.touch && takesCaret(target) && !selectedTextAt(stage, target, x, y)) pressCaret(stage, target, x, y, 1, false);
	fireMouse(stage, target, 'contextmenu', { ...state, clicks: 0 });
}
