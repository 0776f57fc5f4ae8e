// page (host): every proxied document, before its own scripts.
// Node to mirror id and back. The id sits on the node in a private field, which no script of the page can see, list or copy.
import type { NodeId } from '../../protocol/mirror.ts';
import { lose } from './lost.ts';

/** A constructor whose `this` is the node handed in, so that the class can give it a private field. */
// biome-ignore lint/complexity/useArrowFunction: an arrow function can't be extended
const Given = function (node: object): object {
	return node;
} as unknown as new (
	node: object,
) => object;

class Stamp extends Given {
	#id: NodeId;
	constructor(node: object, id: NodeId) {
		super(node);
		this.#id = id;
	}
	static read(node: object): NodeId | undefined {
		return #id in node ? node.#id || undefined : undefined;
	}
	static write(node: object, id: NodeId): void {
		if (#id in node) node.#id = id;
		else new Stamp(node, id);
	}
}

let root: Node = globalThis.document;
const nodes = new Map<NodeId, Node>();
/** Ids of what is no node. */
const things = new Set<NodeId>();
let last = 0;

/** A window may have another document than it began with. */
export function setRoot(doc: Document): void {
	root = doc;
}

/** The node's id in this document's mirror: 0 for the document itself, undefined for a node that is not in the mirror. */
export function idOf(node: Node): NodeId | undefined {
	return node === root ? 0 : Stamp.read(node);
}

/** The node of an id; undefined where it is gone. 0 is the document. */
export function nodeOf(id: NodeId): Node | undefined {
	return id === 0 ? root : nodes.get(id);
}

/** Gives a node the next id. */
export function give(node: Node): NodeId {
	last++;
	Stamp.write(node, last);
	nodes.set(last, node);
	return last;
}

/** Takes a node's id away: it is no longer in the mirror. */
export function take(node: Node): void {
	const id = Stamp.read(node);
	if (!id) return;
	nodes.delete(id);
	lose(id, node);
	Stamp.write(node, 0);
}

/** How many nodes have an id. */
export function idCount(): number {
	return nodes.size;
}

/** Takes all ids away: a key names every node anew. */
export function takeAll(): void {
	for (const node of nodes.values()) Stamp.write(node, 0);
	nodes.clear();
}

/** The next id for a thing that is no node (a constructed style sheet). */
export function nextId(): NodeId {
	things.add(++last);
	return last;
}

/** Whether what had this id is no longer in the mirror. */
export function isGone(id: NodeId): boolean {
	return id !== 0 && !nodes.has(id) && !things.has(id);
}
