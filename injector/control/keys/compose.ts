// page (host).
// Text that a guest's input method makes (a phone's keyboard composes every word), told to the page in a browser's order: UI Events section 5.7.3,
// Input Events level 2.
import type { ComposeIntent } from '../../../protocol/intent.ts';
import type { Any } from '../../natives.ts';
import { checkpoint, fire, fireTextInput } from '../events.ts';
import { keyTarget, settleFocus } from '../focus.ts';
import { aimFocus, keepFocus } from '../guest-focus.ts';
import type { Outcome, Stage } from '../stage.ts';
import { put } from './compose-write.ts';
import { begin, type Composed, find, left, mark, moveCaret } from './composed.ts';
import { editKind, endTyping, ranges, selectedText } from './edit.ts';
import { composeContext } from './edit-context.ts';
import { isText } from './field.ts';

export async function compose(stage: Stage, intent: ComposeIntent): Promise<Outcome> {
	const refused = aimFocus(stage, intent.node);
	if (refused) return refused;
	const target = keyTarget(stage);
	const kind = editKind(stage, target);
	if (!kind) return 'not-editable';
	if (intent.begins) endComposing(stage);
	const before = intent.begins ? undefined : stage.composed;
	const stands = !!before?.open && before.target === target && (kind === 'context' || find(stage, before));
	// What a script or the host has ended is there already; only what came after it is still to be written.
	const composed = stands ? before : begin(target, before ? before.gone + before.text : '');
	stage.composed = composed;
	if (kind === 'context') composeContext(composed, intent);
	else await composeText(stage, composed, intent, stands);
	settleFocus(stage);
	keepFocus(stage);
	return undefined;
}

/** What was being composed stays as it is: the guest does something else, the focus goes, or the host acts. */
export function endComposing(stage: Stage): void {
	const { composed } = stage;
	if (!composed?.open) return;
	composed.open = false;
	fire((composed.target as Any).editContext ?? composed.target, 'CompositionEvent', 'compositionend', { data: composed.text });
}

async function composeText(stage: Stage, composed: Composed, intent: ComposeIntent, stands: boolean): Promise<void> {
	const { target } = composed;
	const { caret = intent.text.length, ends } = intent;
	const text = left(composed, intent.text);
	if (!stands && !text) return;
	if (!stands || composed.changed) {
		composed.open = true;
		composed.changed = false;
		fire(target, 'CompositionEvent', 'compositionstart', { data: stands ? '' : selectedText(stage, target) });
		await checkpoint();
		if (!stands) mark(stage, composed);
	}
	await update(stage, composed, text, caret - (intent.text.length - text.length), !!ends);
	if (!ends) return;
	composed.open = false;
	fire(target, 'CompositionEvent', 'compositionend', { data: text });
	endTyping(stage, target);
}

/** The next state of it, the last one included; of these Chromium lets a page prevent only the last, by the old `textInput`. */
async function update(stage: Stage, composed: Composed, text: string, caret: number, ends: boolean): Promise<void> {
	const { target } = composed;
	// As Chromium does before each state.
	moveCaret(stage, composed, [0, composed.length]);
	fire(target, 'CompositionEvent', 'compositionupdate', { data: text });
	await checkpoint();
	const said = { inputType: 'insertCompositionText', data: text, isComposing: true, targetRanges: isText(target) ? [] : ranges(stage) };
	fire(target, 'InputEvent', 'beforeinput', { ...said, cancelable: false });
	await checkpoint();
	const was = composed.text;
	composed.text = text;
	const settle = () => moveCaret(stage, composed, [Math.max(0, Math.min(caret, composed.length))]);
	if (!ends || fireTextInput(target, text) || !text) put(stage, composed, was, ends, settle);
	else settle();
	await checkpoint();
}
