// page (host).
// A guest's spot (node and fraction of its box) to an element and a point of the viewport here.
import type { Refusal, Spot } from '../../../protocol/intent.ts';
import { nodeOf } from '../../mirror/ids.ts';
import { shadowOf } from '../../shadow-roots.ts';
import { dom } from '../dom.ts';
import type { Stage } from '../stage.ts';
import { flatChain } from '../tree.ts';

export interface Place {
	readonly target: Element;
	/** CSS pixels of the viewport. */
	readonly x: number;
	readonly y: number;
}

/** The element of an id: the document's is its root element, a text's its parent. Undefined where it is gone. */
export function elementOf(stage: Stage, id: number): Element | undefined {
	const node = nodeOf(id);
	if (!node) return undefined;
	if (node === stage.doc) return stage.doc.documentElement ?? undefined;
	const el = node.nodeType === 1 ? (node as Element) : node.nodeType === 11 ? (node as ShadowRoot).host : dom.parentElement(node);
	return el?.isConnected ? el : undefined;
}

/** Where `spot` is now. With `reveal`, a point out of sight is scrolled into view first, as a person would have to. */
export function placeOf(stage: Stage, spot: Spot, reveal = false): Place | Refusal {
	if (spot.node === 0) return inViewport(stage, spot);
	const target = elementOf(stage, spot.node);
	if (!target) return 'stale-node';
	const place = onBox(target, spot);
	if (!reveal || isSeen(stage, place)) return place;
	dom.scrollIntoView(target, { block: 'nearest', inline: 'nearest', behavior: 'instant' });
	return onBox(target, spot);
}

/** Where a pointer is that went down at `from` and has come `by` so far since. */
export function placeAfter(
	stage: Stage,
	from: { readonly x: number; readonly y: number },
	by: { readonly x: number; readonly y: number },
): Place {
	return placeAt(stage, tenth(from.x + by.x), tenth(from.y + by.y));
}

function onBox(target: Element, { fx, fy }: Spot): Place {
	const box = dom.rect(target);
	return { target, x: tenth(box.left + fx * box.width), y: tenth(box.top + fy * box.height) };
}

/** Where a whole pixel was meant a fraction of a box comes close to it from either side, and browsers cut off what follows the point. */
function tenth(at: number): number {
	return Math.round(at * 10) / 10;
}

function inViewport(stage: Stage, { fx, fy }: Spot): Place {
	const { win } = stage;
	const x = tenth(fx * win.innerWidth);
	const y = tenth(fy * win.innerHeight);
	return placeAt(stage, x, y);
}

function isSeen({ win }: Stage, { x, y }: Place): boolean {
	return x >= 0 && y >= 0 && x < win.innerWidth && y < win.innerHeight;
}

/** A point of the viewport, and the innermost element there. */
export function placeAt(stage: Stage, x: number, y: number): Place {
	let target = dom.elementAt(stage.doc, x, y);
	for (let inner = target; inner; ) {
		target = inner;
		const root = shadowOf(target);
		inner = root && dom.elementInRootAt(root, x, y);
		if (inner === target) break;
	}
	return { target: target ?? stage.doc.documentElement, x, y };
}

/** What a press at a place meets by now: the element that was meant, unless another has come over it or it takes no pointer any more. */
export function metAt(stage: Stage, { target, x, y }: Place): Element {
	if (!dom.elementAt(stage.doc, x, y)) return target;
	const { target: met } = placeAt(stage, x, y);
	if (flatChain(met).includes(target)) return target;
	// Fonts of another machine may break a line elsewhere: around it is near enough.
	const around = flatChain(target).includes(met);
	return around && dom.style(target).pointerEvents !== 'none' ? target : met;
}
