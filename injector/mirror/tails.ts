// page (host): every proxied document, before its own scripts.
// What of a large tree has not gone out yet: of some nodes the rest of their children. It follows in slices, between which the page runs. A node
// is missing as long as it has no id, so whatever the page does meanwhile, each node goes out once, as it is then.
import type { NodeId } from '../../protocol/mirror.ts';
import type { MirrorWriter } from '../../protocol/mirror-encode.ts';
import * as dom from './dom.ts';
import { idOf } from './ids.ts';

export class Tails {
	/** Nodes of which children are missing, the innermost first, with the first child that is. */
	#open = new Map<Node, Node>();
	/** Those in which children came or moved since: what is missing may stand anywhere in them. */
	readonly #mixed = new Set<Node>();

	/** Whether anything is missing. */
	get left(): boolean {
		return this.#open.size > 0;
	}

	has(parent: Node): boolean {
		return this.#open.has(parent);
	}

	/** From `child` on the children of `parent` are missing. */
	leave(parent: Node, child: Node): void {
		if (!this.#open.has(parent)) this.#open.set(parent, child);
	}

	/** A child of an open node came or moved; it is left to the rest. */
	mix(parent: Node): void {
		this.#mixed.add(parent);
	}

	clear(): void {
		this.#open.clear();
		this.#mixed.clear();
	}

	/** Writes what is missing as inserts, until `full`; `one` writes a child of `parent`, and may leave tails of its own. */
	write(out: MirrorWriter, full: () => boolean, one: (parent: Node) => (child: Node) => void): void {
		const open = this.#open;
		this.#open = new Map();
		for (const [parent, from] of open) {
			const id = idOf(parent);
			// Gone; or it came back as a new node, and went out as one.
			if (id === undefined) this.#mixed.delete(parent);
			else if (full()) this.leave(parent, from);
			else this.#rest(parent, id, from, out, full, one(parent));
		}
	}

	#rest(parent: Node, id: NodeId, from: Node, out: MirrorWriter, full: () => boolean, one: (child: Node) => void): void {
		const mixed = this.#mixed.has(parent);
		let at: Node | null = !mixed && dom.parentNode(from) === parent ? from : dom.firstChild(parent);
		while (at) {
			if (idOf(at) !== undefined) {
				at = dom.nextSibling(at);
				continue;
			}
			if (full()) {
				this.leave(parent, at);
				return;
			}
			const end = mixed ? sentAfter(at) : null;
			out.insert(id, (end && idOf(end)) || 0);
			do {
				one(at);
				at = dom.nextSibling(at);
			} while (at && at !== end && !full());
			out.end();
		}
		this.#mixed.delete(parent);
	}
}

function sentAfter(node: Node): Node | null {
	let at = dom.nextSibling(node);
	while (at && idOf(at) === undefined) at = dom.nextSibling(at);
	return at;
}
