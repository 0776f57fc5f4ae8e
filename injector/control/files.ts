// page (host).
// Files a guest hands over: into a file input, or dropped on any other element.
import type { FilesIntent } from '../../protocol/intent.ts';
import { dom, isHtml } from './dom.ts';
import { type Drag, emptyTransfer, endDrag, moveDrag } from './drag.ts';
import { fireChosen } from './events.ts';
import { isDisabled } from './focus.ts';
import { elementOf } from './place.ts';
import type { Outcome, Stage } from './stage.ts';

/** Sets `input.files` and fires input and change, or plays the drop. 'failed': the page took no drop here. */
export function files(stage: Stage, { node, files }: FilesIntent): Outcome {
	const el = elementOf(stage, node);
	if (!el) return 'stale-node';
	if (isDisabled(el)) return 'disabled';
	const data = emptyTransfer();
	const input = isHtml(el, 'input') && dom.inputType(el) === 'file' ? el : undefined;
	for (const { name, type, bytes } of input && !input.multiple ? files.slice(0, 1) : files) {
		data.items.add(new dom.File([bytes as Uint8Array<ArrayBuffer>], name, { type }));
	}
	if (input) {
		dom.setFiles(input, data.files);
		fireChosen(input);
		return undefined;
	}
	const box = dom.rect(el);
	const drag: Drag = { source: undefined, data, over: undefined, accepted: false };
	const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
	moveDrag(stage, drag, el, x, y);
	return endDrag(stage, drag, x, y, true) ? undefined : 'failed';
}
