// page (host).
// Where in this document somebody points, for what the shell draws over it: the element at a point, and where elements are while they move.
// The page gets to know nothing of it.
import type { Context } from './context.ts';
import { idOf, nodeOf } from './mirror/ids.ts';
import { type Any, getter, method, natives } from './natives.ts';
import { queryAll } from './query.ts';
import { realm } from './realm.ts';

const g = realm.global as Any;
const atPoint = method<Element | null>(g.Document?.prototype, 'elementFromPoint');
const boxOf = method<DOMRect>(g.Element?.prototype, 'getBoundingClientRect');
const edgeLeft = getter<number>(g.Element?.prototype, 'clientLeft');
const edgeTop = getter<number>(g.Element?.prototype, 'clientTop');
const innerWide = getter<number>(g.Element?.prototype, 'clientWidth');
const innerHigh = getter<number>(g.Element?.prototype, 'clientHeight');
const scrolledX = getter<number>(g, 'scrollX');
const scrolledY = getter<number>(g, 'scrollY');

/** Frames of one document that are looked at. */
const FRAMES = 60;

type Numbers = readonly number[];

export function startPointing(context: Context): void {
	const { win, doc, childFrames } = context;
	let nodes: Numbers = [];
	let frames = false;
	let running = false;
	let last = '';

	const childOf = (el: Element): number => {
		const child = natives.localName(el) === 'iframe' ? natives.contentWindow(el) : null;
		return (child && childFrames.get(child)) || 0;
	};
	/** A node's box in the viewport: the document's is where its scrolling has led it. */
	const place = (id: number): Numbers | undefined => {
		if (id === 0) return [-scrolledX(win), -scrolledY(win), 0, 0];
		const node = nodeOf(id);
		if (!node || natives.nodeType(node) !== 1 || !natives.isConnected(node)) return undefined;
		const { x, y, width, height } = boxOf(node);
		return [x, y, width, height];
	};
	const look = () => {
		const out: number[] = [];
		for (let i = 0; i < nodes.length; i++) {
			const id = nodes[i] as number;
			const box = place(id);
			if (box) out.push(id, ...box);
		}
		const kids: number[] = [];
		if (frames) {
			const all = queryAll<HTMLElement>(doc, 'iframe');
			for (let i = 0; i < all.length && i < FRAMES; i++) {
				const child = childOf(all[i] as Element);
				if (child) kids.push(child, ...viewport(all[i] as Element));
			}
		}
		const text = natives.stringify([out, kids]);
		if (text !== last) context.send({ t: 'boxes', nodes: out, frames: kids });
		last = text;
	};
	const run = () => {
		running = nodes.length > 0 || frames;
		if (!running) return;
		look();
		natives.requestAnimationFrame(run);
	};
	const locate = (n: number, x: number, y: number) => {
		const el = atPoint(doc, x, y);
		const child = el ? childOf(el) : 0;
		if (el && child) return context.send({ t: 'located', n, node: 0, child, box: viewport(el) });
		let at: Node | null = el;
		// The page as a whole is the document; what isn't in the mirror is part of what is.
		while (at && (isPage(at) || !idOf(at))) at = isPage(at) ? null : natives.parentNode(at);
		const node = (at && idOf(at)) || 0;
		context.send({ t: 'located', n, node, child: 0, box: place(node) ?? [0, 0, 0, 0] });
	};
	context.onShell((message) => {
		if (message.t === 'locate') locate(message.n, message.x, message.y);
		if (message.t !== 'watch') return;
		({ nodes, frames } = message);
		last = '';
		if (!running) run();
	});
}

function isPage(node: Node): boolean {
	return natives.nodeType(node) === 1 && /^(?:html|body)$/.test(natives.localName(node));
}

/** Where a frame's own viewport lies in its parent's. */
function viewport(frame: Element): Numbers {
	const { x, y } = boxOf(frame);
	return [x + edgeLeft(frame), y + edgeTop(frame), innerWide(frame), innerHigh(frame)];
}
