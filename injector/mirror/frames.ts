// page (host): every proxied document, before its own scripts.
// Which document hangs on which iframe: a child greets from its window, and the element with that window is announced.
import type { Context } from '../context.ts';
import { type Any, method } from '../natives.ts';
import { contentWindow, frameWindow, objectWindow } from './dom.ts';
import { idOf } from './ids.ts';
import { maskOf } from './mask.ts';
import { documentMask } from './privacy-rules.ts';
import type { Stream } from './stream.ts';
import type { Tracker } from './tracker.ts';

const queryAll = method<NodeListOf<Element>>((globalThis as Any).Document?.prototype, 'querySelectorAll');

const WINDOW_OF: Readonly<Record<string, (el: Element) => Window | null>> = {
	iframe: contentWindow,
	frame: frameWindow,
	object: objectWindow,
};

export function startFrames(ctx: Context, stream: Stream): Tracker {
	/** Says from whom the document in a frame is hidden by where the frame stands. */
	const hide = (el: Element, child: number) => ctx.send({ t: 'outer', child, mask: maskOf(el) });
	/** Elements in the mirror that can hold a document, with the child last announced. */
	const holders = new Map<Element, number>();

	const announce = (el: Element, child: number) => {
		const id = idOf(el);
		if (id === undefined) holders.delete(el);
		else if (holders.get(el) !== child) {
			holders.set(el, child);
			stream.push({ op: 'frame', id, child });
		}
	};
	const frameOf = (child: Window) => {
		const all = queryAll(ctx.doc, 'iframe,frame,object');
		for (let i = 0; i < all.length; i++) if (windowOf(all[i] as Element) === child) return all[i] as Element;
		return undefined;
	};
	const windowOf = (el: Element) => WINDOW_OF[el.localName]?.(el) ?? null;

	ctx.onChild((child, frame) => {
		const holder = frameOf(child) ?? [...holders.keys()].find((el) => windowOf(el) === child);
		if (holder) hide(holder, frame);
		else ctx.send({ t: 'outer', child: frame, mask: documentMask() });
		for (const el of [...holders.keys()]) if (windowOf(el) === child) announce(el, frame);
	});
	return {
		state: (node, tag) => (WINDOW_OF[tag] ? [`frame ${holders.get(node as Element) ?? 0}`] : undefined),
		element(el, tag) {
			if (!WINDOW_OF[tag]) return;
			holders.set(el, 0);
			const child = windowOf(el);
			const frame = child ? ctx.childFrames.get(child) : undefined;
			if (frame) {
				hide(el, frame);
				announce(el, frame);
			}
		},
	};
}
