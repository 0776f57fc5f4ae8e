// page (host).
// Text for an EditContext (EditContext API): such an editor draws by itself and only listens for 'textupdate'. Monaco is one.
import type { Any } from '../../natives.ts';
import { fire } from '../events.ts';
import type { Outcome } from '../stage.ts';

/** Replaces the context's selection (or, with `reach`, that many characters beside the caret) by `text` and tells the editor. */
export function updateEditContext(el: Element, text: string, reach = 0): Outcome {
	const context = (el as Any).editContext;
	if (!context) return 'not-editable';
	let start = Math.min(context.selectionStart, context.selectionEnd);
	let end = Math.max(context.selectionStart, context.selectionEnd);
	if (start === end && reach < 0) start = Math.max(0, start + reach);
	if (start === end && reach > 0) end = Math.min(context.text.length, end + reach);
	const caret = start + text.length;
	context.updateText(start, end, text);
	context.updateSelection(caret, caret);
	const range = { updateRangeStart: start, updateRangeEnd: end, selectionStart: caret, selectionEnd: caret };
	fire(context, 'TextUpdateEvent', 'textupdate', { text, ...range, bubbles: false, cancelable: false, composed: false });
	return undefined;
}
