// page (host): every proxied document, before its own scripts.
// What changed in the tree since the last delta, from the browser's mutation records (DOM section 4.3). Records say only *where*
// something changed; what goes out is the final state there, so changes that cancel out or repeat cost nothing.
import type { NodeId } from '../../protocol/mirror.ts';
import type { MirrorWriter } from '../../protocol/mirror-encode.ts';
import type { Context } from '../context.ts';
import * as dom from './dom.ts';
import { idOf, take } from './ids.ts';
import { blocked, maskOf, secretField } from './mask.ts';
import { sentBefore } from './privacy-taint.ts';
import { carried, carriesNodes, type Serializer } from './serialize.ts';
import { writeText } from './text.ts';

const WATCH: MutationObserverInit = { childList: true, subtree: true, attributes: true, characterData: true, characterDataOldValue: true };
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';

export class Tree {
	readonly #serializer: Serializer;
	readonly #observer: MutationObserver;
	/** Nodes that came, went or moved. */
	#touched = new Set<Node>();
	#attributes = new Map<Element, Set<string>>();
	/** Text nodes with the text they had. */
	#texts = new Map<Node, string>();
	/** Nodes to be sent anew though they stayed. */
	readonly #again = new Set<Node>();
	/** Whether an element is hidden from others than before, since these attributes changed: then it is sent anew. */
	changesMask: (el: Element, names: ReadonlySet<string>) => boolean = () => false;
	/** Told of each node that comes, before it is sent. */
	onAdded: (node: Node) => void = () => {};
	/** Told of each attribute that changed on an element of the mirror. */
	onAttribute: (el: Element, tag: string, name: string) => void = () => {};

	constructor(ctx: Context, serializer: Serializer, flush: () => void) {
		this.#serializer = serializer;
		this.#observer = new ctx.natives.MutationObserver((records) => {
			this.#note(records);
			flush();
		});
	}

	/** Watches a document or shadow root. */
	watch(root: Node): void {
		this.#observer.observe(root, WATCH);
	}

	/** Forgets what was noted: a key follows. */
	reset(): void {
		this.#observer.takeRecords();
		this.#touched.clear();
		this.#attributes.clear();
		this.#texts.clear();
		this.#again.clear();
		this.#serializer.tails.clear();
	}

	/** Sends a node anew, with all that is in it: something about it changed that has no record of its own. */
	resend(node: Node): void {
		if (idOf(node) === undefined) return;
		this.#again.add(node);
		this.#touched.add(node);
	}

	/** Writes the ops that bring the mirror to the document's present state. */
	write(out: MirrorWriter): void {
		this.#note(this.#observer.takeRecords());
		// Nodes that came have no id yet, so what changed on them is left to their insert.
		if (this.#attributes.size) this.#changedAttributes(out);
		if (this.#texts.size) this.#changedTexts(out);
		if (this.#touched.size) this.#children(out);
	}

	#note(records: readonly MutationRecord[]): void {
		for (const record of records) {
			const target = record.target;
			if (record.type === 'childList') {
				record.removedNodes.forEach((node) => {
					this.#touched.add(node);
				});
				record.addedNodes.forEach((node) => {
					this.onAdded(node);
					this.#touched.add(node);
				});
			} else if (record.type === 'characterData') {
				if (!this.#texts.has(target)) this.#texts.set(target, record.oldValue ?? '');
			} else {
				const names = this.#attributes.get(target as Element) ?? new Set();
				names.add(qualified(record.attributeName ?? '', record.attributeNamespace));
				this.#attributes.set(target as Element, names);
			}
		}
	}

	/** Nodes that went lose their ids first; then parents from the root downwards get what came, so that a move never makes a circle. */
	#children(out: MirrorWriter): void {
		const touched = this.#touched;
		const { tails } = this.#serializer;
		this.#touched = new Set();
		const had: [Node, NodeId][] = [];
		for (const node of touched) {
			const id = idOf(node);
			if (id !== undefined) had.push([node, id]);
		}
		for (const el of this.#again) forget(el);
		this.#again.clear();
		const parents = new Map<Node, number>();
		for (const node of touched) {
			if (!carried(node)) continue;
			const parent = dom.parentNode(node);
			const depth = parent && dom.isConnected(node) && inMirror(parent) ? depthOf(parent) : undefined;
			if (parent && depth !== undefined && !tails.has(parent)) parents.set(parent, depth);
			else forget(node);
			// It goes out with the rest of its parent's children.
			if (parent && tails.has(parent)) tails.mix(parent);
		}
		// Also what had moved into something that went before it was taken out of its old place in the mirror.
		const removed = had.filter(([node]) => idOf(node) === undefined);
		const order = [...parents].sort((a, b) => a[1] - b[1]);
		const byParent = new Map<Node, Node[]>();
		for (const node of touched) {
			const parent = dom.parentNode(node);
			if (!parent || !parents.has(parent) || !carried(node)) continue;
			const list = byParent.get(parent);
			if (list) list.push(node);
			else byParent.set(parent, [node]);
		}
		for (const [parent] of order) this.#runs(parent, byParent.get(parent) ?? [], touched, out);
		for (const [, id] of removed) out.op({ op: 'remove', id });
	}

	/** Neighbours that came go out as one insert, before the next node that stayed. */
	#runs(parent: Node, nodes: readonly Node[], touched: ReadonlySet<Node>, out: MirrorWriter): void {
		const parentId = idOf(parent);
		if (parentId === undefined) return;
		const { tag, masked } = this.#serializer.inside(parent);
		for (const head of nodes) {
			const before = neighbour(head, dom.previousSibling);
			if (before && touched.has(before)) continue;
			let end: Node | null = head;
			while (end && touched.has(end)) end = neighbour(end, dom.nextSibling);
			out.insert(parentId, (end && idOf(end)) || 0);
			for (let node: Node | null = head; node && node !== end; node = neighbour(node, dom.nextSibling)) {
				if (idOf(node) === undefined && this.#serializer.full) {
					this.#serializer.tails.leave(parent, node);
					this.#serializer.tails.mix(parent);
				} else this.#serializer.node(node, tag, masked, out);
			}
			out.end();
		}
	}

	#changedAttributes(out: MirrorWriter): void {
		const changed = this.#attributes;
		this.#attributes = new Map();
		for (const [el, names] of changed) {
			const id = idOf(el);
			if (!id || !dom.isConnected(el)) continue;
			const html = dom.namespaceURI(el) === 'http://www.w3.org/1999/xhtml';
			const tag = html ? dom.localName(el) : dom.nodeName(el);
			if (names.has('data-tandem-mask') || (names.has('rel') && tag === 'link') || this.changesMask(el, names)) {
				this.resend(el);
				continue;
			}
			const known = secretField(el);
			const masked = maskOf(el);
			for (const name of names) {
				const value = this.#serializer.attribute(el, tag, name, masked, known);
				if (value === undefined) out.op({ op: 'unattr', id, name });
				else out.op({ op: 'attr', id, name, value });
				this.onAttribute(el, tag, name);
			}
		}
	}

	#changedTexts(out: MirrorWriter): void {
		const changed = this.#texts;
		this.#texts = new Map();
		for (const [node, was] of changed) {
			const id = idOf(node);
			const parent = dom.parentNode(node);
			if (!id || !parent || !dom.isConnected(node)) continue;
			if (dom.nodeType(node) === dom.PI) {
				this.resend(node);
				continue;
			}
			const { tag, masked } = this.#serializer.inside(parent);
			const before = sentBefore(node) ?? this.#serializer.text(was, tag, masked);
			writeText(out, id, before, this.#serializer.text(dom.data(node), tag, masked, node));
		}
	}
}

/** Takes the ids of a node and all that is in it, shadow roots included. */
export function forget(node: Node): void {
	take(node);
	if (dom.nodeType(node) === dom.ELEMENT) {
		const shadow = dom.shadowOf(node as Element);
		if (shadow) forget(shadow);
	}
	for (let inner = dom.firstChild(node); inner; inner = dom.nextSibling(inner)) forget(inner);
}

function inMirror(parent: Node): boolean {
	if (idOf(parent) === undefined) return false;
	return dom.nodeType(parent) !== dom.ELEMENT || (carriesNodes(dom.localName(parent)) && !blocked(parent as Element));
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

function qualified(name: string, namespace: string | null): string {
	if (namespace === XLINK) return `xlink:${name}`;
	return namespace === XML ? `xml:${name}` : name;
}
