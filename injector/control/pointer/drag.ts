// page (host).
// HTML drag and drop (HTML section 6.11) by a guest's pointer: the events, in the standard's order, over one DataTransfer.
import type { Keys } from '../../../protocol/intent.ts';
import type { Dragged } from '../../../protocol/page.ts';
import { natives } from '../../natives.ts';
import { dom, isHtml } from '../dom.ts';
import { fire } from '../events.ts';
import type { Stage } from '../stage.ts';
import { flatClosest } from '../tree.ts';
import type { Place } from './place.ts';
import { pointerInit } from './pointer-events.ts';
import { type DraggedText, dropText, isMoved, takesText } from './text-drag.ts';

export interface Drag {
	readonly source: Node | undefined;
	readonly text?: DraggedText;
	data: DataTransfer;
	/** What may be read once it is dropped. */
	opened?: () => DataTransfer;
	/** It is over another document. */
	abroad?: boolean;
	over: Element | undefined;
	/** Where, in the viewport of its document. */
	at?: { readonly x: number; readonly y: number };
	/** The element under the pointer takes the drop. */
	accepted: boolean;
}

/** What a press on `el` may begin to drag. */
export function draggableOf(el: Element): Element | undefined {
	return flatClosest(el, (up) => up.namespaceURI === 'http://www.w3.org/1999/xhtml' && dom.draggable(up)) ?? undefined;
}

/** Fires dragstart at selected text. Undefined: the page does not want it. */
export function startTextDrag(stage: Stage, text: DraggedText, x: number, y: number, keys?: Keys): Drag | undefined {
	const data = emptyTransfer();
	data.setData('text/plain', text.text);
	if (text.html) data.setData('text/html', text.html);
	const drag: Drag = { source: text.source, text, data, over: undefined, accepted: false };
	return tell(stage, text.source, 'dragstart', drag, x, y, keys) ? shut(drag) : undefined;
}

/** Fires dragstart at `source`. Undefined: the page does not want it. */
export function startDrag(stage: Stage, source: Element, x: number, y: number, keys?: Keys): Drag | undefined {
	const data = emptyTransfer();
	const url = isHtml(source, 'a') ? source.href : isHtml(source, 'img') ? source.src : '';
	if (url) for (const type of ['text/uri-list', 'text/plain']) data.setData(type, stage.ctx.toReal(url));
	if (isHtml(source, 'a')) {
		const link = source.cloneNode(true) as HTMLAnchorElement;
		natives.setAttribute(link, 'href', url);
		data.setData('text/html', link.outerHTML);
	}
	const drag: Drag = { source, data, over: undefined, accepted: false };
	if (!tell(stage, source, 'dragstart', drag, x, y, keys)) return undefined;
	// Where the page has said nothing, everything is allowed.
	if (data.effectAllowed === 'uninitialized') data.effectAllowed = 'all';
	return shut(drag);
}

/** Until it is dropped a page sees of what kind the data is, and no more (HTML section 6.11.2, the protected mode). */
export function shut(drag: Drag): Drag {
	const { data } = drag;
	const { types, effectAllowed } = data;
	drag.opened = () => data;
	drag.data = transferOf(
		types.filter((type) => type !== 'Files').map((type) => [type, '']),
		effectAllowed,
	);
	return drag;
}

/** A DataTransfer that holds these texts. */
export function transferOf(texts: Dragged['texts'], allowed: string): DataTransfer {
	const data = emptyTransfer();
	for (const [type, text] of texts) data.setData(type, text);
	data.effectAllowed = allowed as DataTransfer['effectAllowed'];
	return data;
}

/** The pointer is over `target` now. */
export function moveDrag(stage: Stage, drag: Drag, { target, x, y }: Place, keys?: Keys): void {
	tellSource(stage, drag, x, y, keys);
	const to = drag.text ? { over: target, x, y } : inFrames(target, x, y);
	const { over } = to;
	const usual = moves(drag, keys) ? 'move' : usualEffect(drag.data.effectAllowed);
	drag.data.dropEffect = usual;
	if (drag.over !== over) {
		const left = drag.over;
		drag.over = over;
		tell(stage, over, 'dragenter', drag, to.x, to.y, keys, left);
		// It is told where the pointer has come to, as far as that is in its document.
		const from = left?.ownerDocument === over.ownerDocument ? to : (drag.at ?? to);
		if (left?.isConnected) tell(stage, left, 'dragleave', drag, from.x, from.y, keys, over);
	}
	drag.at = to;
	drag.data.dropEffect = usual;
	const left = tell(stage, over, 'dragover', drag, to.x, to.y, keys);
	drag.accepted = left ? !!drag.text && takesText(over) : drag.data.dropEffect !== 'none';
}

/** What is dragged hears of it wherever it is. */
export function tellSource(stage: Stage, drag: Drag, x: number, y: number, keys?: Keys): void {
	if (drag.source?.isConnected) tell(stage, drag.source, 'drag', drag, x, y, keys);
}

/** What lies at a point of `target`, also inside of frames, as far as their documents can be reached; with the point in that viewport. */
function inFrames(target: Element, x: number, y: number): { over: Element; x: number; y: number } {
	const doc = isHtml(target, 'iframe') && natives.contentDocument(target);
	if (!doc) return { over: target, x, y };
	const { left, top } = dom.rect(target);
	const { paddingLeft, paddingTop } = dom.style(target);
	const [inX, inY] = [
		x - left - target.clientLeft - Number.parseFloat(paddingLeft),
		y - top - target.clientTop - Number.parseFloat(paddingTop),
	];
	const over = dom.elementAt(doc, inX, inY);
	return over ? inFrames(over, inX, inY) : { over: target, x, y };
}

/** The pointer leaves the document. */
export function leaveDrag(stage: Stage, drag: Drag, x: number, y: number, keys?: Keys): void {
	const at = drag.at ?? { x, y };
	if (drag.over?.isConnected) tell(stage, drag.over, 'dragleave', drag, at.x, at.y, keys);
	drag.over = undefined;
	drag.accepted = false;
}

/**
 * Drops, gives up, or ends with the effect that another document has had of it; dragend follows in any case. True: the page took it.
 */
export function endDrag(
	stage: Stage,
	drag: Drag,
	x: number,
	y: number,
	how: 'drop' | 'cancel' | DataTransfer['dropEffect'],
	keys?: Keys,
): boolean {
	const taken = how === 'drop' && drag.accepted && !!drag.over?.isConnected;
	const at = drag.at ?? { x, y };
	const closed = drag.data;
	if (taken && drag.opened) {
		drag.data = drag.opened();
		drag.data.dropEffect = closed.dropEffect;
	}
	const left = !!drag.over?.isConnected && tell(stage, drag.over, taken ? 'drop' : 'dragleave', drag, at.x, at.y, keys);
	if (taken && left && drag.over && drag.text && takesText(drag.over))
		dropText(stage, drag.text, drag.data, drag.over, x, y, moves(drag, keys));
	closed.dropEffect = drag.data.dropEffect;
	drag.data = closed;
	if (!taken) drag.data.dropEffect = how === 'drop' || how === 'cancel' ? 'none' : how;
	if (drag.source?.isConnected) tell(stage, drag.source, 'dragend', drag, x, y, keys);
	return taken;
}

/** Text that can be edited where it stands is moved, unless a key says that it is copied. */
function moves({ text, data }: Drag, keys: Keys | undefined): boolean {
	return !!text && isMoved(text) && !keys?.accel && /^uninitialized$|move|^all$/i.test(data.effectAllowed);
}

const DROPS = ['none', 'copy', 'link', 'move'] as const;
const ALLOWS = [...DROPS, 'copyLink', 'copyMove', 'linkMove', 'all', 'uninitialized'] as const;

/** A DataTransfer for a drag. On one that a script makes the browser ignores both effects, so they are kept on the object itself. */
export function emptyTransfer(): DataTransfer {
	const data = new dom.DataTransfer();
	keepOneOf(data, 'dropEffect', DROPS, 'none');
	keepOneOf(data, 'effectAllowed', ALLOWS, 'uninitialized');
	return data;
}

function keepOneOf(data: DataTransfer, name: string, words: readonly string[], value: string): void {
	let kept = value;
	natives.defineProperty(data, name, {
		get: () => kept,
		set: (next: unknown) => {
			if (words.includes(String(next))) kept = String(next);
		},
		configurable: true,
		enumerable: true,
	});
}

/** The default of `dropEffect` by what the source allows, as Chromium has it: all of it is copied, otherwise it is rather moved. */
function usualEffect(allowed: DataTransfer['effectAllowed']): DataTransfer['dropEffect'] {
	if (allowed === 'none') return 'none';
	if (/^all$|^uninitialized$/.test(allowed)) return 'copy';
	return /move$/i.test(allowed) ? 'move' : allowed.startsWith('copy') ? 'copy' : 'link';
}

function tell(
	stage: Stage,
	target: Node,
	type: string,
	drag: Drag,
	x: number,
	y: number,
	keys: Keys | undefined,
	relatedTarget?: Node,
): boolean {
	const { pointerId, pointerType, isPrimary, pressure, width, height, ...mouse } = pointerInit(stage, {
		x,
		y,
		button: 0,
		buttons: type === 'dragend' ? 0 : 1,
		keys,
	});
	if (type === 'dragleave') drag.data.dropEffect = 'none';
	const cancelable = type !== 'dragleave' && type !== 'dragend';
	return fire(target, 'DragEvent', type, { ...mouse, dataTransfer: drag.data, relatedTarget: relatedTarget ?? null, cancelable });
}
