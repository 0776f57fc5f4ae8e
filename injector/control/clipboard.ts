// page (host).
// Paste with the guest's data; copy and cut as events of the page. The host's own clipboard is never read or written.
import type { Intent } from '../../protocol/intent.ts';
import { dom } from './dom.ts';
import { editKind, erase, insertText } from './edit.ts';
import { fire } from './events.ts';
import { isText, spanOf, textOf } from './field.ts';
import { keyTarget, settleFocus } from './focus.ts';
import { aimFocus, keepFocus } from './guest-focus.ts';
import type { Outcome, Stage } from './stage.ts';

/** `paste` with a DataTransfer; if the page leaves it, the text (or the HTML, in a rich editor) is inserted. */
export function paste(stage: Stage, { node, text, html }: Extract<Intent, { k: 'paste' }>): Outcome {
	const refused = aimFocus(stage, node);
	if (refused) return refused;
	const data = new dom.DataTransfer();
	data.setData('text/plain', text);
	if (html) data.setData('text/html', html);
	const left = fire(keyTarget(stage), 'ClipboardEvent', 'paste', { clipboardData: data });
	const outcome = left && editKind(stage) ? insertText(stage, text, 'insertFromPaste', data) : undefined;
	settleFocus(stage);
	keepFocus(stage);
	return outcome;
}

/** `copy` or `cut`; cutting deletes the selection. What was copied is the guest's own business, from their mirror. */
export function copyOut(stage: Stage, cut: boolean): Outcome {
	const data = new dom.DataTransfer();
	const target = keyTarget(stage);
	if (!fire(target, 'ClipboardEvent', cut ? 'cut' : 'copy', { clipboardData: data })) return undefined;
	return cut && selected(stage, target) ? erase(stage, true, 'character', 'deleteByCut') : undefined;
}

function selected(stage: Stage, target: Element): boolean {
	if (!isText(target)) return !(dom.getSelection(stage.doc)?.isCollapsed ?? true);
	const { start, end } = spanOf(target);
	return textOf(target).slice(start, end) !== '';
}
