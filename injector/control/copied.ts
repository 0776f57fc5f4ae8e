// page (host).
// What the page copies while a guest acts goes to that guest's clipboard: by script (Clipboard API, `execCommand('copy')`) or out of a `copy`
// event. The host's own clipboard is not touched. Nothing that is hidden from guests goes this way.
import { clipName } from '../../protocol/intent.ts';
import { call, hookMethod } from '../hook.ts';
import { hidesFromGuests } from '../mirror/privacy/copy.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { htmlOf } from '../sandbox/scripts/carried-off.ts';
import { dom } from './dom.ts';
import { fire } from './events.ts';
import { keyTarget } from './focus.ts';
import { clipboardTarget, erase, selectedText } from './keys/edit.ts';
import { isText } from './keys/field.ts';
import { isGuests, type Stage } from './stage.ts';

/** Longer texts are not carried. */
const MOST = 1024 * 1024;

/** What was copied last for a guest, by type, and the names of the texts under which their clipboard may have it. */
interface Kept {
	readonly names: readonly number[];
	readonly types: readonly (readonly [type: string, content: string])[];
}

let kept: Kept | undefined;

/** The stage of the window's present document; the hooks are put in place once a window. */
let current: Stage | undefined;

/** Takes over the ways by which a script copies, while a guest acts; otherwise they are the browser's own. */
export function watchCopies(stage: Stage): void {
	const first = !current;
	current = stage;
	if (!first) return;
	const { Clipboard, Document } = realm.global as Any;
	hookMethod(Clipboard?.prototype, 'writeText', (native, self, args) => {
		if (!current || !isGuests(current)) return call(native, self, args);
		give(current, { text: String(args[0]) });
		return natives.Promise.resolve();
	});
	hookMethod(Clipboard?.prototype, 'write', (native, self, args) => {
		if (!current || !isGuests(current)) return call(native, self, args);
		return giveItems(current, args[0] as Any);
	});
	hookMethod(Document?.prototype, 'execCommand', (native, self, args) => {
		if (!current || self !== current.doc || !isGuests(current)) return call(native, self, args);
		const name = String(args[0]).toLowerCase();
		if (name !== 'copy' && name !== 'cut') return call(native, self, args);
		copySelection(current, name === 'cut');
		return true;
	});
}

/**
 * `copy` or `cut` at what has the focus; `cut` deletes what the page leaves to the browser. It goes to the guest, unless their clipboard has it already:
 * `had` is the name of what they copied from their mirror, which may not have shown yet what is selected now.
 */
export function copySelection(stage: Stage, cut: boolean, had?: number): void {
	const data = new dom.DataTransfer();
	const target = keyTarget(stage);
	const left = fire(clipboardTarget(stage, target), 'ClipboardEvent', cut ? 'cut' : 'copy', { clipboardData: data });
	if (left) {
		const selection = !isText(target) && dom.getSelection(stage.doc);
		const html = selection && dom.ranges(selection) === 1 && htmlOf(dom.rangeAt(selection, 0), true);
		data.setData('text/plain', selectedText(stage, target));
		if (html) data.setData('text/html', html);
	}
	const text = data.getData('text/plain');
	const html = data.getData('text/html');
	const name = clipName(text);
	const types = data.types.map((type) => [type, data.getData(type)] as const);
	const seen = types.some(([, content]) => content) && !hidesFromGuests(stage.doc, types.join('\n'));
	kept = seen ? { names: [name, had ?? name], types } : undefined;
	if (!left || name !== had) give(stage, { text, ...(html && { html }) });
	if (left && cut && text) erase(stage, true, 'character', 'deleteByCut');
}

/** What was copied here last, by type, if it is that which a guest now pastes as `text`. */
export function keptFor(text: string): Kept['types'] | undefined {
	return kept?.names.includes(clipName(text)) ? kept.types : undefined;
}

function give(stage: Stage, { text, html }: { text: string; html?: string }): void {
	if ((!text && !html) || text.length > MOST || hidesFromGuests(stage.doc, `${text}\n${html ?? ''}`)) return;
	stage.ctx.send({ t: 'copied', text, ...(html && html.length <= MOST && { html }) });
}

async function giveItems(stage: Stage, items: Iterable<ClipboardItem>): Promise<void> {
	for (const item of items) {
		const read = async (type: string) => (item.types.includes(type) ? await (await item.getType(type)).text() : '');
		const html = await read('text/html');
		give(stage, { text: await read('text/plain'), ...(html && { html }) });
	}
}
