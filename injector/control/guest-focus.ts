// page (host).
// Where a guest's keys go: to the node they name, or with node 0 to where the guest's own gestures (and the page after them) led the focus.
import { natives } from '../natives.ts';
import { focusTarget, keyTarget, moveFocus } from './focus.ts';
import { elementOf } from './pointer/place.ts';
import type { Outcome, Stage } from './stage.ts';
import { deepActive, flatChain } from './tree.ts';

/** By then, milliseconds, the guest has seen in the mirror where the host has put the focus, and means to type there. */
const SEEN_WITHIN = 1000;

/** Brings the focus to where the keys are meant to go. */
export function aimFocus(stage: Stage, node: number): Outcome {
	if (node === 0) {
		const moved = stage.guestFocus !== deepActive(stage.doc) && natives.now() - stage.hostActed < SEEN_WITHIN;
		return moved ? 'focus-moved' : undefined;
	}
	const el = elementOf(stage, node);
	if (!el) return 'stale-node';
	// The focus may already be deeper inside (a shadow root's input, an editor's hidden textarea).
	if (!flatChain(keyTarget(stage)).includes(el)) moveFocus(stage, focusTarget(el));
	keepFocus(stage);
	return undefined;
}

/** Remembers that the focus is where the guest has brought it. */
export function keepFocus(stage: Stage): void {
	stage.guestFocus = deepActive(stage.doc);
}
