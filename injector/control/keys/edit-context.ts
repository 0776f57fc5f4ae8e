// page (host).
// Text for an EditContext (EditContext API): such an editor draws by itself and only listens for 'textupdate'. Monaco is one.
import type { ComposeIntent } from '../../../protocol/intent.ts';
import type { Any } from '../../natives.ts';
import { fire } from '../events.ts';
import type { Outcome } from '../stage.ts';
import { type Composed, left } from './composed.ts';

/** Replaces the context's selection (or, with `reach`, that many characters beside the caret) by `text` and tells the editor. */
export function updateEditContext(el: Element, text: string, reach = 0): Outcome {
	const context = (el as Any).editContext;
	if (!context) return 'not-editable';
	let start = Math.min(context.selectionStart, context.selectionEnd);
	let end = Math.max(context.selectionStart, context.selectionEnd);
	if (start === end && reach < 0) start = Math.max(0, start + reach);
	if (start === end && reach > 0) end = Math.min(context.text.length, end + reach);
	replace(context, start, end, text, start + text.length);
	return undefined;
}

/** The same of a text that is being composed, told as Chromium does: its beginning with what is made, its format and its end. */
export function composeContext(composed: Composed, { text: all, caret = all.length, ends }: ComposeIntent): void {
	const context = (composed.target as Any).editContext;
	const tell = (kind: 'CompositionEvent' | 'TextFormatUpdateEvent' | 'CharacterBoundsUpdateEvent', type: string, init: object) =>
		fire(context, kind, type, { composed: false, ...init });
	const text = left(composed, all);
	if (!composed.open) {
		if (!text) return;
		composed.open = true;
		tell('CompositionEvent', 'compositionstart', { data: text });
		composed.start = Math.min(context.selectionStart, context.selectionEnd);
		composed.length = Math.max(context.selectionStart, context.selectionEnd) - composed.start;
	}
	const { start, length } = composed;
	replace(context, start, start + length, text, start + Math.max(0, caret - (all.length - text.length)));
	Object.assign(composed, { text, length: text.length, open: !ends });
	tell('TextFormatUpdateEvent', 'textformatupdate', { bubbles: false, cancelable: false });
	const bounds = { rangeStart: start, rangeEnd: start + text.length, bubbles: false, cancelable: false };
	if (ends) tell('CompositionEvent', 'compositionend', { data: text });
	else if (text) tell('CharacterBoundsUpdateEvent', 'characterboundsupdate', bounds);
}

function replace(context: Any, start: number, end: number, text: string, caret: number): void {
	context.updateText(start, end, text);
	context.updateSelection(caret, caret);
	const range = { updateRangeStart: start, updateRangeEnd: end, selectionStart: caret, selectionEnd: caret };
	fire(context, 'TextUpdateEvent', 'textupdate', { text, ...range, bubbles: false, cancelable: false, composed: false });
}
