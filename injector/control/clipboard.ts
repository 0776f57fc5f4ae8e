// page (host).
// Paste with the guest's data; copy and cut as events of the page, whose data goes to the guest. The host's own clipboard is never read or written.
// What a page puts on a clipboard for itself alone (a piece of its own model, under a type of its own) doesn't reach the guest's: it is kept here, and comes
// back where they paste what they have copied.
import type { PasteIntent } from '../../protocol/intent.ts';
import { copySelection, keptFor } from './copied.ts';
import { dom } from './dom.ts';
import { fire } from './events.ts';
import { keyTarget, settleFocus } from './focus.ts';
import { aimFocus, keepFocus } from './guest-focus.ts';
import { clipboardTarget, editKind, insertText } from './keys/edit.ts';
import { pressTo } from './keys/key.ts';
import type { Outcome, Stage } from './stage.ts';

/** The key, if it was one, then `paste` with a DataTransfer; if the page leaves it, the text (or the HTML, in a rich editor) is inserted. */
export async function paste(stage: Stage, { node, text, html, press }: PasteIntent): Promise<Outcome> {
	const refused = aimFocus(stage, node);
	if (refused) return refused;
	const act = () => pasteText(stage, text, html);
	const outcome = press ? await pressTo(stage, press, act) : act();
	settleFocus(stage);
	keepFocus(stage);
	return outcome;
}

function pasteText(stage: Stage, text: string, html: string | undefined): Outcome {
	const data = new dom.DataTransfer();
	for (const [type, content] of keptFor(text) ?? [['text/plain', text], ...(html ? [['text/html', html]] : [])])
		data.setData(type as string, content as string);
	const left = fire(clipboardTarget(stage, keyTarget(stage)), 'ClipboardEvent', 'paste', { clipboardData: data });
	return left && editKind(stage) ? insertText(stage, data.getData('text/plain'), 'insertFromPaste', data) : undefined;
}

/** `copy` or `cut`; cutting deletes the selection. What the page leaves to the browser the guest has copied from their mirror already. */
export function copyOut(stage: Stage, cut: boolean): Outcome {
	copySelection(stage, cut, stage.copied);
	return undefined;
}
