// page (host).
// The guest's own selection (handles on a phone, a selection made by keyboard in the mirror), by node and offset.
import type { Caret, Intent } from '../../protocol/intent.ts';
import { nodeOf } from '../mirror/ids.ts';
import { dom } from './dom.ts';
import { focusTarget, moveFocus } from './focus.ts';
import { keepFocus } from './guest-focus.ts';
import { isText, selectIn } from './keys/field.ts';
import { elementOf } from './pointer/place.ts';
import type { Outcome, Stage } from './stage.ts';

/** Selects from anchor to head; in a text control by offsets of its value. */
export function select(stage: Stage, { anchor, head }: Extract<Intent, { k: 'select' }>): Outcome {
	const from = nodeOf(anchor.node);
	const to = nodeOf(head.node);
	if (!from?.isConnected || !to?.isConnected) return 'stale-node';
	const holder = elementOf(stage, head.node);
	if (isText(from) || (holder as HTMLElement | undefined)?.isContentEditable) {
		const focus = holder ? focusTarget(holder) : null;
		if (focus) moveFocus(stage, focus);
		keepFocus(stage);
	}
	if (isText(from)) {
		if (from !== to) return 'bad-value';
		selectIn(from, anchor.offset, head.offset);
		return undefined;
	}
	const selection = dom.getSelection(stage.doc);
	if (selection) dom.setBaseAndExtent(selection, from, within(from, anchor), to, within(to, head));
	return undefined;
}

/** A text may have become shorter since. */
function within(node: Node, { offset }: Caret): number {
	const most = node.nodeType === 3 ? (node.nodeValue ?? '').length : node.childNodes.length;
	return Math.max(0, Math.min(most, offset));
}
