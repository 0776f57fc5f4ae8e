// page (host).
// Text of a guest's input method (or a phone's keyboard, which composes every word) while it is being composed: what stands on the page follows
// it, by taking back what has changed and writing it anew, as a person would with Backspace. So every editor can follow. The page is told of no
// composition: one that waits for its end would not show it.
import type { ComposeIntent } from '../../../protocol/intent.ts';
import { keyTarget, settleFocus } from '../focus.ts';
import { aimFocus, keepFocus } from '../guest-focus.ts';
import type { Outcome, Stage } from '../stage.ts';
import { erase, insertText } from './edit.ts';
import { isText, textOf } from './field.ts';

/** What stands on the page of a text that is being composed, and where. */
export interface Composed {
	readonly target: Element;
	readonly text: string;
}

export function compose(stage: Stage, { node, text, begins }: ComposeIntent): Outcome {
	const refused = aimFocus(stage, node);
	if (refused) return refused;
	const target = keyTarget(stage);
	const before = !begins && stage.composed?.target === target ? [...stage.composed.text] : [];
	const now = [...text];
	let same = 0;
	while (same < before.length && same < now.length && before[same] === now[same]) same++;
	for (let i = same; i < before.length; i++) erase(stage, true, 'character');
	const rest = now.slice(same).join('');
	const outcome = rest ? insertCounted(stage, target, now.slice(0, same).join(''), rest) : keep(stage, target, now.slice(0, same).join(''));
	settleFocus(stage);
	keepFocus(stage);
	return outcome;
}

/** Inserts, and notes how much of it a field has taken: what a limit of length keeps out must not be taken back later. */
function insertCounted(stage: Stage, target: Element, start: string, rest: string): Outcome {
	const field = isText(target) ? target : undefined;
	const length = field ? textOf(field).length : 0;
	const outcome = insertText(stage, rest);
	const taken = field ? Math.max(0, textOf(field).length - length) : rest.length;
	keep(stage, target, start + rest.slice(0, taken));
	return outcome;
}

function keep(stage: Stage, target: Element, text: string): undefined {
	stage.composed = { target, text };
}
