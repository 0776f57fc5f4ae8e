// page (host).
// The next state of a text that is being composed takes the place of the last: in the text node that it is in, which editors hold on to, and as
// one step to undo, as far as no script has changed anything meanwhile.
import { dom } from '../dom.ts';
import type { Stage } from '../stage.ts';
import { type Composed, hold, locate, middle, moveCaret, read } from './composed.ts';
import { exec } from './edit.ts';
import { isText, selectIn, tellsSelection, textOf } from './field.ts';
import { characters } from './keys.ts';
import { hushed, saying } from './said-input.ts';

/** Writes what it is now in the place of what it `was`. `written` is called before any listener hears of it. */
export function put(stage: Stage, composed: Composed, was: string, ends: boolean, written: () => void): void {
	const { target, text } = composed;
	const field = isText(target);
	// Of one that is given up Chromium says in an editor what it was.
	const data = text || (field ? null : was);
	const said = { inputType: 'insertCompositionText', data, dataTransfer: null, isComposing: true };
	const wiped = !text && !composed.replaces;
	const wipe = (undo: () => unknown) => (wiped ? saying(stage, said, undo, written) : hushed(undo));
	const back = (field || ends) && takeBack(stage, composed, wipe);
	if (back && wiped) return;
	const same = field || back ? 0 : shared(was, text);
	if (field && !back) reselect(stage, composed, was);
	const before = { ...composed };
	const met = () => {
		settle(stage, composed, before);
		written();
	};
	if (same) moveCaret(stage, composed, [same, composed.length]);
	if (text.length > same) saying(stage, said, () => exec(stage, target, 'insertText', text.slice(same)), met);
	else if (composed.length) saying(stage, said, () => exec(stage, target, 'delete'), met);
}

/** How much at its beginning needn't be written again: what is written whole takes another text node if there are blanks in it. */
function shared(was: string, text: string): number {
	let same = 0;
	while (same < was.length && was[same] === text[same]) same++;
	if (same === text.length && same === was.length) same--;
	// Not within a pair of surrogates.
	return same > 0 && /[\udc00-\udfff]/.test(text[same] ?? '') ? same - 1 : Math.max(0, same);
}

/** Where it stands once it is written. */
function settle(stage: Stage, composed: Composed, before: Composed): void {
	const { target, text, steps } = composed;
	let known = true;
	if (!isText(target)) {
		const found = locate(stage, composed, text);
		if (steps?.length === 1 && composed.node !== before.node) steps[0] = '';
		known = found && (steps?.length === 1 || composed.node === before.node);
	} else if (tellsSelection(target)) {
		// A limit of length may have kept out some of it.
		const taken = middle(before);
		known = taken !== undefined && text.startsWith(taken);
		hold(composed, undefined, before.start, known ? (taken as string).length : text.length);
	} else {
		const all = textOf(target).length;
		hold(composed, undefined, Math.max(0, all - text.length), Math.min(all, text.length));
	}
	if (known) steps?.push(composed.held);
	else composed.steps = undefined;
}

/** Undoes what was written of it; `last` runs the last of it. False: that can't be, or not all of it. */
function takeBack(stage: Stage, composed: Composed, last: (run: () => unknown) => void): boolean {
	const { steps = [], start, length, held, node } = composed;
	if (steps.length < 2 || read(composed) !== steps.at(-1)) return false;
	const around = held.length - length;
	while (steps.length > 1) {
		const undo = () => dom.exec(stage.doc, 'undo');
		if (steps.length === 2) last(undo);
		else hushed(undo);
		if (read(composed) !== steps.at(-2)) {
			// What was undone was something else.
			hushed(() => dom.exec(stage.doc, 'redo'));
			composed.steps = undefined;
			break;
		}
		steps.pop();
	}
	hold(composed, node, start, Math.max(0, read(composed).length - around));
	return composed.steps !== undefined;
}

/** Selects what stands of it in a field; where nothing can be selected (email, number), what it `was` is deleted before the caret. */
function reselect(stage: Stage, composed: Composed, was: string): void {
	const { target, start, length } = composed;
	if (!isText(target) || !length) return;
	if (tellsSelection(target)) selectIn(target, start, start + length);
	else {
		for (const _ of characters(was)) hushed(() => exec(stage, target, 'delete'));
		hold(composed, undefined, start, 0);
		composed.steps = undefined;
	}
}
