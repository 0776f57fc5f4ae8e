// page (host): every proxied document, before its own scripts.
// What changed in the tree since the last delta, from the browser's mutation records (DOM section 4.3). Records say only *where*
// something changed; what goes out is the final state there, so changes that cancel out or repeat cost nothing.
import { attrKind } from '../../protocol/mirror-attrs.ts';
import type { MirrorWriter } from '../../protocol/mirror-encode.ts';
import type { Context } from '../context.ts';
import { getter, method } from '../natives.ts';
import { shadowHost } from '../shadow-roots.ts';
import { type Changed, ChangedAttributes } from './changed-attributes.ts';
import * as dom from './dom.ts';
import { idOf } from './ids.ts';
import { writeMoved } from './moved.ts';
import { keepsValue, maskOf } from './privacy/mask.ts';
import { isSecretName, sentBefore } from './privacy/taint.ts';
import type { Serializer } from './serialize.ts';
import { writeText } from './text.ts';

const WATCH: MutationObserverInit = { childList: true, subtree: true, attributes: true, characterData: true, characterDataOldValue: true };
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';
/** Local names of attributes in these two namespaces; of all others nobody has to ask in which they are. */
const PREFIXED = new Set(['href', 'type', 'role', 'arcrole', 'title', 'show', 'actuate', 'lang', 'space', 'base', 'id']);

const { MutationRecord: Record, NodeList: List } = globalThis;
const typeOf = getter<MutationRecordType>(Record?.prototype, 'type');
const targetOf = getter<Node>(Record?.prototype, 'target');
const nameOf = getter<string | null>(Record?.prototype, 'attributeName');
const namespaceOf = getter<string | null>(Record?.prototype, 'attributeNamespace');
const oldValueOf = getter<string | null>(Record?.prototype, 'oldValue');
const addedTo = getter<NodeList>(Record?.prototype, 'addedNodes');
const removedFrom = getter<NodeList>(Record?.prototype, 'removedNodes');
const lengthOf = getter<number>(List?.prototype, 'length');
const itemOf = method<Node>(List?.prototype, 'item');

export class Tree {
	readonly #serializer: Serializer;
	readonly #observer: MutationObserver;
	/** What the browser has told since the last delta. */
	#records: (readonly MutationRecord[])[] = [];
	/** Nodes that came, went or moved. */
	#touched = new Set<Node>();
	readonly #attributes = new ChangedAttributes();
	/** Text nodes with the text they had. */
	#texts = new Map<Node, string>();
	/** Shadow roots that elements of the mirror have got. */
	readonly #attached = new Set<ShadowRoot>();
	/** Nodes to be sent anew though they stayed. */
	readonly #again = new Set<Node>();
	/** Whether an element is hidden from others than before, since these attributes changed: then it is sent anew. */
	changesMask: (el: Element, names: readonly string[]) => boolean = () => false;
	/** Told of each node that comes, before it is sent. */
	onAdded: (node: Node) => void = () => {};
	/** Told of each attribute that changed on an element of the mirror. */
	onAttribute: (el: Element, tag: string, name: string) => void = () => {};

	/** `changed` is called whenever something has, before the page goes on. */
	constructor(ctx: Context, serializer: Serializer, changed: () => void) {
		this.#serializer = serializer;
		this.#observer = new ctx.natives.MutationObserver((records) => {
			this.#records.push(records);
			changed();
		});
	}

	/** Watches a document or shadow root. */
	watch(root: Node): void {
		this.#observer.observe(root, WATCH);
	}

	/** Forgets what was noted: a key follows. */
	reset(): void {
		this.#observer.takeRecords();
		this.#records = [];
		this.#touched.clear();
		this.#attributes.clear();
		this.#texts.clear();
		this.#again.clear();
		this.#attached.clear();
		this.#serializer.tails.clear();
	}

	/** An element has got a shadow root: it stays as it is, and gets that too. */
	attach(root: ShadowRoot): void {
		this.#attached.add(root);
	}

	/** Sends a node anew, with all that is in it: something about it changed that has no record of its own. */
	resend(node: Node): void {
		if (idOf(node) === undefined) return;
		this.#again.add(node);
		this.#touched.add(node);
	}

	/** Writes the ops that bring the mirror to the document's present state. */
	write(out: MirrorWriter): void {
		const told = this.#records;
		if (told.length) this.#records = [];
		for (let i = 0; i < told.length; i++) this.#note(told[i] as MutationRecord[]);
		this.#note(this.#observer.takeRecords());
		// Nodes that came have no id yet, so what changed on them is left to their insert.
		if (this.#attributes.size) this.#attributes.take((el, changed, round) => this.#changedAttributes(el, changed, round, out));
		if (this.#texts.size) this.#changedTexts(out);
		if (this.#touched.size) {
			const touched = this.#touched;
			const again = [...this.#again];
			this.#touched = new Set();
			this.#again.clear();
			writeMoved(touched, again, this.#serializer, out);
		}
		if (this.#attached.size) this.#writeAttached(out);
	}

	#writeAttached(out: MirrorWriter): void {
		for (const root of this.#attached) {
			const host = shadowHost(root);
			const id = idOf(host);
			// sent with its element, or that isn't in the mirror any more
			if (idOf(root) !== undefined || id === undefined || !dom.isConnected(host)) continue;
			out.insert(id, 0);
			this.#serializer.shadow(root, maskOf(host), out);
			out.end();
		}
		this.#attached.clear();
	}

	#note(records: readonly MutationRecord[]): void {
		const attributes = this.#attributes;
		for (let i = 0; i < records.length; i++) {
			const record = records[i] as MutationRecord;
			const name = nameOf(record);
			if (name !== null) {
				attributes.note(targetOf(record) as Element, PREFIXED.has(name) ? qualified(name, namespaceOf(record)) : name);
			} else if (typeOf(record) === 'childList') this.#noteNodes(record);
			else {
				const target = targetOf(record);
				if (!this.#texts.has(target)) this.#texts.set(target, oldValueOf(record) ?? '');
			}
		}
	}

	#noteNodes(record: MutationRecord): void {
		const removed = removedFrom(record);
		for (let i = 0, n = lengthOf(removed); i < n; i++) this.#touched.add(itemOf(removed, i));
		const added = addedTo(record);
		for (let i = 0, n = lengthOf(added); i < n; i++) {
			const node = itemOf(added, i);
			this.onAdded(node);
			this.#touched.add(node);
		}
	}

	#changedAttributes(el: Element, changed: Changed, round: number, out: MirrorWriter): void {
		const id = idOf(el);
		if (!id || !dom.isConnected(el)) return;
		changed.tag ||= dom.localName(el);
		const { tag, names, sent, rounds } = changed;
		if (this.#showsAnew(el, tag, changed, round)) {
			this.resend(el);
			return;
		}
		if (changed.id !== id) sent.fill(undefined);
		changed.id = id;
		const secret = keepsValue(el, tag, 0);
		const masked = maskOf(el);
		for (let i = 0; i < names.length; i++) {
			if (rounds[i] !== round) continue;
			const name = names[i] as string;
			const now = dom.getAttribute(el, name);
			// An address that is set once more is loaded once more.
			if (now !== sent[i] || loads(tag, name)) {
				const value = this.#serializer.attribute(el, tag, name, now, masked, secret);
				if (value !== undefined) out.attr(id, name, value);
				else if (!isSecretName(name)) out.unattr(id, name);
				sent[i] = now;
			}
			this.onAttribute(el, tag, name);
		}
	}

	/** Whether what is told of an element as a whole may be another thing, now that these attributes changed. */
	#showsAnew(el: Element, tag: string, { names, rounds }: Changed, round: number): boolean {
		const field = tag === 'input' || tag === 'textarea';
		if (!field && tag !== 'link' && !names.includes('data-tandem-mask')) return false;
		const changed = names.filter((_, i) => rounds[i] === round);
		return changed.includes('data-tandem-mask') || (tag === 'link' && changed.includes('rel')) || (field && this.changesMask(el, changed));
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

function loads(tag: string, name: string): boolean {
	const kind = attrKind(tag, name);
	return kind === 'url' || kind === 'srcset';
}

function qualified(name: string, namespace: string | null): string {
	if (namespace === XLINK) return `xlink:${name}`;
	return namespace === XML ? `xml:${name}` : name;
}
