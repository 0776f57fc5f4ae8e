// server only (Node).
// A frame's tree as the relay keeps it: nodes as the wire has them, changed by the same operations, so that a key can be made at any time
// without asking the host. Nothing here understands HTML.
import type { FrameId, Key, NodeId, Op, WireNode } from '../../protocol/mirror.ts';
import { MirrorWriter } from '../../protocol/mirror-encode.ts';
import { ShadowState } from './shadow-state.ts';

/** A node with its place, as a linked list of children: any insert or removal takes the same time. */
export interface Twig {
	readonly id: NodeId;
	readonly kind: 'document' | 'element' | 'text' | 'doctype' | 'shadow' | 'sheet-pi';
	/** Tag and namespace of an element, the text of a text, name and ids of a doctype, 'manual' of such a shadow root. */
	name: string;
	readonly ns: string;
	readonly attrs: Map<string, string> | undefined;
	parent: Twig | undefined;
	first: Twig | undefined;
	last: Twig | undefined;
	previous: Twig | undefined;
	next: Twig | undefined;
	/** The shadow root of an element. */
	shadow: Twig | undefined;
}

export class Shadow {
	readonly frame: FrameId;
	readonly root: boolean;
	readonly base: string;
	readonly quirks: boolean;
	seq: number;
	readonly state = new ShadowState();
	readonly #nodes = new Map<NodeId, Twig>();
	readonly #document: Twig;

	constructor(key: Key) {
		this.frame = key.frame;
		this.root = key.root;
		this.base = key.base;
		this.quirks = key.quirks;
		this.seq = key.seq;
		this.#document = this.#twig(0, 'document', '', '', undefined);
		for (const node of key.nodes) this.#grow(node, this.#document, undefined);
		for (const op of key.ops) this.#apply(op);
	}

	get size(): number {
		return this.#nodes.size;
	}

	/** Applies a delta's ops. Throws RangeError where one names a node that isn't there; the shadow is of no use then. */
	delta(seq: number, ops: readonly Op[]): void {
		for (const op of ops) this.#apply(op);
		this.seq = seq;
	}

	/** Keeps what droppable ops say, as far as their nodes are there. */
	ephemeral(ops: readonly Op[]): void {
		for (const op of ops) {
			if ('id' in op ? this.#nodes.has(op.id) : op.op === 'select') this.state.take(op);
		}
	}

	/** A key of the present state. */
	key(): Uint8Array {
		const out = new MirrorWriter().key(this);
		for (let twig = this.#document.first; twig; twig = twig.next) write(twig, out);
		out.end();
		for (const op of this.state.ops()) out.op(op);
		return out.finish();
	}

	/** The node of that id. */
	twig(id: NodeId): Twig | undefined {
		return this.#nodes.get(id);
	}

	#apply(op: Op): void {
		switch (op.op) {
			case 'insert': {
				const parent = this.#at(op.parent);
				const before = op.before ? this.#at(op.before) : undefined;
				for (const node of op.nodes) this.#grow(node, parent, before);
				break;
			}
			case 'remove': {
				const twig = this.#nodes.get(op.id);
				if (twig) {
					unlink(twig);
					this.#forget(twig);
				}
				break;
			}
			case 'attr':
				this.#at(op.id).attrs?.set(op.name, op.value);
				break;
			case 'unattr':
				this.#at(op.id).attrs?.delete(op.name);
				break;
			case 'text':
				this.#at(op.id).name = op.text;
				break;
			case 'splice': {
				const twig = this.#at(op.id);
				twig.name = twig.name.slice(0, op.at) + op.text + twig.name.slice(op.at + op.del);
				break;
			}
			default:
				this.state.take(op);
		}
	}

	#at(id: NodeId): Twig {
		const twig = this.#nodes.get(id);
		if (!twig) throw new RangeError(`frame ${this.frame} has no node ${id}`);
		return twig;
	}

	#twig(id: NodeId, kind: Twig['kind'], name: string, ns: string, attrs: Twig['attrs']): Twig {
		const none = undefined;
		const twig = { id, kind, name, ns, attrs, parent: none, first: none, last: none, previous: none, next: none, shadow: none };
		this.#nodes.set(id, twig);
		return twig;
	}

	#grow(node: WireNode, parent: Twig, before: Twig | undefined): void {
		if (node.k === 'ref') {
			const twig = this.#at(node.id);
			if (within(parent, twig)) throw new RangeError('a node can not move into itself');
			unlink(twig);
			link(twig, parent, before);
			return;
		}
		if (node.k === 'shadow') {
			const root = this.#twig(node.id, 'shadow', node.manual ? 'manual' : '', '', undefined);
			root.parent = parent;
			parent.shadow = root;
			for (const inner of node.nodes) this.#grow(inner, root, undefined);
			return;
		}
		if (node.k === 'text' || node.k === 'sheet-pi') link(this.#twig(node.id, node.k, node.text, '', undefined), parent, before);
		else if (node.k === 'doctype') {
			link(this.#twig(node.id, 'doctype', [node.name, node.publicId, node.systemId].join('\n'), '', undefined), parent, before);
		} else {
			const attrs = new Map<string, string>();
			for (let i = 0; i + 1 < node.attrs.length; i += 2) attrs.set(node.attrs[i] as string, node.attrs[i + 1] as string);
			const twig = this.#twig(node.id, 'element', node.tag, node.ns, attrs);
			link(twig, parent, before);
			for (const inner of node.nodes) this.#grow(inner, twig, undefined);
		}
	}

	#forget(twig: Twig): void {
		this.#nodes.delete(twig.id);
		this.state.forget(twig.id);
		if (twig.shadow) this.#forget(twig.shadow);
		for (let inner = twig.first; inner; inner = inner.next) this.#forget(inner);
	}
}

function write(twig: Twig, out: MirrorWriter): void {
	if (twig.kind === 'text') out.text(twig.id, twig.name);
	else if (twig.kind === 'sheet-pi') out.sheetPi(twig.id, twig.name);
	else if (twig.kind === 'doctype') {
		const [name = '', publicId = '', systemId = ''] = twig.name.split('\n');
		out.doctype(twig.id, name, publicId, systemId);
	} else {
		const inside = twig.first !== undefined || twig.shadow !== undefined;
		if (twig.kind === 'shadow') out.shadow(twig.id, twig.name === 'manual');
		else out.element(twig.id, twig.ns, twig.name, [...(twig.attrs ?? [])].flat(), inside);
		if (twig.shadow) write(twig.shadow, out);
		for (let inner = twig.first; inner; inner = inner.next) write(inner, out);
		if (inside || twig.kind === 'shadow') out.end();
	}
}

function link(twig: Twig, parent: Twig, before: Twig | undefined): void {
	if (before && before.parent !== parent) throw new RangeError('the node to come before is elsewhere');
	twig.parent = parent;
	twig.next = before;
	twig.previous = before ? before.previous : parent.last;
	if (twig.previous) twig.previous.next = twig;
	else parent.first = twig;
	if (before) before.previous = twig;
	else parent.last = twig;
}

function unlink(twig: Twig): void {
	const { parent, previous, next } = twig;
	if (!parent) return;
	if (parent.shadow === twig) parent.shadow = undefined;
	else {
		if (previous) previous.next = next;
		else parent.first = next;
		if (next) next.previous = previous;
		else parent.last = previous;
	}
	twig.parent = twig.previous = twig.next = undefined;
}

function within(twig: Twig, outer: Twig): boolean {
	for (let at: Twig | undefined = twig; at; at = at.parent) if (at === outer) return true;
	return false;
}
