// page (host): every proxied document, before its own scripts.
// Nodes that came, went or moved since the last delta, as ops.
import type { NodeId } from '../../protocol/mirror.ts';
import type { MirrorWriter } from '../../protocol/mirror-encode.ts';
import { shadowOf } from '../shadow-roots.ts';
import * as dom from './dom.ts';
import { idOf, take } from './ids.ts';
import { blocked } from './privacy/mask.ts';
import { carried, carriesNodes, type Serializer } from './serialize.ts';

/**
 * Writes the nodes `touched`; those in `again` are sent anew though they stayed. Nodes that went lose their ids first; then parents from the root
 * downwards get what came, so that a move never makes a circle.
 */
export function writeMoved(touched: ReadonlySet<Node>, again: readonly Node[], serializer: Serializer, out: MirrorWriter): void {
	const { tails } = serializer;
	const had: [Node, NodeId][] = [];
	for (const node of touched) {
		const id = idOf(node);
		if (id !== undefined) had.push([node, id]);
	}
	for (const el of again) forget(el);
	const byParent = new Map<Node, Node[]>();
	for (const node of touched) {
		if (!carried(node)) continue;
		const parent = dom.parentNode(node);
		const children = parent && byParent.get(parent);
		if (children) children.push(node);
		else if (parent && dom.isConnected(node) && inMirror(parent) && !tails.has(parent)) byParent.set(parent, [node]);
		else forget(node);
		// It goes out with the rest of its parent's children.
		if (parent && tails.has(parent)) tails.mix(parent);
	}
	// Also what had moved into something that went before it was taken out of its old place in the mirror.
	const removed = had.filter(([node]) => idOf(node) === undefined);
	for (const [parent, nodes] of byParent.size > 1 ? fromTheRoot(byParent) : byParent) runs(parent, nodes, touched, serializer, out);
	for (const [, id] of removed) out.op({ op: 'remove', id });
}

/** Neighbours that came go out as one insert, before the next node that stayed. */
function runs(parent: Node, nodes: readonly Node[], touched: ReadonlySet<Node>, serializer: Serializer, out: MirrorWriter): void {
	const parentId = idOf(parent);
	if (parentId === undefined) return;
	const { tag, masked } = serializer.inside(parent);
	for (const head of nodes) {
		const before = neighbour(head, dom.previousSibling);
		if (before && touched.has(before)) continue;
		let end: Node | null = head;
		while (end && touched.has(end)) end = neighbour(end, dom.nextSibling);
		out.insert(parentId, (end && idOf(end)) || 0);
		for (let node: Node | null = head; node && node !== end; node = neighbour(node, dom.nextSibling)) {
			if (idOf(node) === undefined && serializer.full) {
				serializer.tails.leave(parent, node);
				serializer.tails.mix(parent);
			} else serializer.node(node, tag, masked, out);
		}
		out.end();
	}
}

/** Takes the ids of a node and all that is in it, shadow roots included. */
function forget(node: Node): void {
	take(node);
	if (dom.nodeType(node) === dom.ELEMENT) {
		const shadow = shadowOf(node as Element);
		if (shadow) forget(shadow);
	}
	for (let inner = dom.firstChild(node); inner; inner = dom.nextSibling(inner)) forget(inner);
}

function inMirror(parent: Node): boolean {
	if (idOf(parent) === undefined) return false;
	return dom.nodeType(parent) !== dom.ELEMENT || (carriesNodes(parent as Element, dom.localName(parent)) && !blocked(parent as Element));
}

/** Those nearer to the root first. */
function fromTheRoot(byParent: ReadonlyMap<Node, Node[]>): (readonly [Node, Node[]])[] {
	const deep = [...byParent].map(([parent, nodes]) => [parent, nodes, depthOf(parent)] as const);
	return deep.sort((a, b) => a[2] - b[2]).map(([parent, nodes]) => [parent, nodes]);
}

function depthOf(node: Node): number {
	let depth = 0;
	for (let at = dom.composedParent(node); at; at = dom.composedParent(at)) depth++;
	return depth;
}

function neighbour(node: Node, step: (node: Node) => Node | null): Node | null {
	let at = step(node);
	while (at && !carried(at)) at = step(at);
	return at;
}
