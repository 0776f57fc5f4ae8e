// page (host).
// Files a guest hands over, part by part: into a file input, or dropped on any other element.
import type { FilePartIntent, FilesIntent } from '../../protocol/intent.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { dom, isHtml } from './dom.ts';
import { fireChosen } from './events.ts';
import { isDisabled } from './focus.ts';
import { type Drag, emptyTransfer, endDrag, moveDrag } from './pointer/drag.ts';
import { elementOf } from './pointer/place.ts';
import type { Outcome, Stage } from './stage.ts';

/** What has come of one upload: of each file its parts so far (as blobs, which a browser may keep on disk), and the bytes of all together. */
export interface Upload {
	readonly parts: Blob[][];
	bytes: number;
}

/** Keeps a part. 'bad-value': more than may be handed over at once. */
export function filePart(stage: Stage, { upload, file, bytes }: FilePartIntent): Outcome {
	const kept = stage.uploads.get(upload) ?? { parts: [], bytes: 0 };
	stage.uploads.set(upload, kept);
	kept.bytes += bytes.byteLength;
	if (kept.bytes > LIMITS.fileBytes) {
		stage.uploads.delete(upload);
		return 'bad-value';
	}
	kept.parts[file] ??= [];
	kept.parts[file].push(new dom.Blob([bytes as Uint8Array<ArrayBuffer>]));
	return undefined;
}

/** Sets `input.files` and fires input and change, or plays the drop. 'failed': the page took no drop here. */
export function files(stage: Stage, { node, pick, upload, files }: FilesIntent): Outcome {
	const parts = stage.uploads.get(upload)?.parts ?? [];
	stage.uploads.delete(upload);
	const el = pick === undefined ? elementOf(stage, node) : stage.picks.get(pick);
	if (pick !== undefined) stage.picks.delete(pick);
	if (!el) return 'stale-node';
	if (isDisabled(el)) return 'disabled';
	const data = emptyTransfer();
	const input = isHtml(el, 'input') && dom.inputType(el) === 'file' ? el : undefined;
	(input && !input.multiple ? files.slice(0, 1) : files).forEach(({ name, type }, index) => {
		data.items.add(new dom.File(parts[index] ?? [], name, { type }));
	});
	if (input) {
		dom.setFiles(input, data.files);
		fireChosen(input);
		return undefined;
	}
	const box = dom.rect(el);
	const drag: Drag = { source: undefined, data, over: undefined, accepted: false };
	const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
	moveDrag(stage, drag, { target: el, x, y });
	return endDrag(stage, drag, x, y, 'drop') ? undefined : 'failed';
}
