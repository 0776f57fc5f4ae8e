// mirror document (guest's browser).
// Nodes of the wire into nodes of the guest's document. Nothing that comes over the wire can become script here: the document is
// sandboxed without scripts under a policy without inline scripts, and what could run, load or submit is left out besides.
import { givenAttribute } from '../../protocol/css-given.ts';
import { ownLayerFirst } from '../../protocol/css-layers.ts';
import { kindOf, NAMESPACES, type NodeId, type WireNode } from '../../protocol/mirror.ts';
import { attrKind } from '../../protocol/mirror-attrs.ts';
import { showBlank } from './picture.ts';
import { showStandIn } from './stand-ins.ts';
import type { GuestUrls } from './urls.ts';

const HTML = NAMESPACES[0];
const PREFIXED: Readonly<Record<string, string>> = {
	xlink: 'http://www.w3.org/1999/xlink',
	xml: 'http://www.w3.org/XML/1998/namespace',
	xmlns: 'http://www.w3.org/2000/xmlns/',
};
/** What a frame may do: be read by our script. No scripts, forms, popups, navigation of others. */
const SANDBOX = 'allow-same-origin';

export interface Registry {
	readonly doc: Document;
	readonly urls: GuestUrls;
	readonly nodes: Map<NodeId, Node>;
	readonly ids: WeakMap<Node, NodeId>;
	/** CSS as it came, of text nodes in style elements. */
	readonly css: WeakMap<Node, string>;
	/** Attributes that name a blob: URL, to be set again when what it stands for has come. */
	readonly blobs: { readonly el: Element; readonly name: string; readonly value: string }[];
	/** Texts of style elements that name one. */
	readonly blobTexts: Set<CharacterData>;
	/** A new shadow root: it gets the sheets every tree of the mirror has. */
	shadowMade(id: NodeId): void;
}

export function register(node: Node, id: NodeId, into: Registry): void {
	into.nodes.set(id, node);
	into.ids.set(node, id);
}

/** Sets or takes away an attribute, as the guest may have it. */
export function setAttribute(el: Element, name: string, value: string | undefined, { urls, blobs }: Registry): void {
	const asks = value?.includes('blob:') || (el.localName === 'use' && name.endsWith('href'));
	if (value && asks && !blobs.some((known) => known.el === el && known.value === value)) blobs.push({ el, name, value });
	const mapped = value === undefined ? undefined : urls.attribute(kindOf(el), name, value);
	const colon = name.indexOf(':');
	const ns = colon > 0 ? PREFIXED[name.slice(0, colon)] : name === 'xmlns' ? PREFIXED.xmlns : undefined;
	const given = givenAttribute(name);
	try {
		if (given && (mapped !== value || el.hasAttribute(given))) {
			if (value !== undefined && mapped !== value && (mapped !== undefined || attrKind(kindOf(el), name) === 'said'))
				el.setAttribute(given, value);
			else el.removeAttribute(given);
		}
		// Such an element may have one of ours, by which it holds a document.
		if (given && attrKind(kindOf(el), name) === 'said') return;
		if (mapped === undefined) {
			if (ns && colon > 0) el.removeAttributeNS(ns, name.slice(colon + 1));
			else el.removeAttribute(name);
		} else if (ns) el.setAttributeNS(ns, name, mapped);
		else el.setAttribute(name, mapped);
		// a label lets anybody read, and browsers compare only what they may read
		if (name === 'integrity') el.toggleAttribute('crossorigin', mapped !== undefined);
		if ((name === 'width' || name === 'height') && isCanvas(el)) showBlank(el);
	} catch {
		// A parser accepts names that setAttribute refuses, such as `"` (HTML section 13.2.5.33); they select nothing.
	}
}

/** Text as it stands in the mirror, by the tag it is in; CSS is kept as it came too, for later splices. */
export function putText(node: CharacterData, text: string, parentTag: string, { urls, css, blobTexts }: Registry): void {
	if (parentTag !== 'style') {
		node.data = text;
		showStandIn(node, text);
		return;
	}
	css.set(node, text);
	if (text.includes('blob:')) blobTexts.add(node);
	node.data = ownLayerFirst(urls.sheet(text));
}

/** Children that are still to be built. */
interface Branch {
	readonly parent: Node | undefined;
	readonly tag: string;
	readonly wires: readonly WireNode[];
	at: number;
}

/** Builds nodes, with all that is in them, in as many goes as it takes. */
export class Growth {
	/** The nodes, in order; one that is there already ('ref') is itself. */
	readonly roots: Node[] = [];
	readonly #into: Registry;
	readonly #open: Branch[];

	/** `tag`: of the element that the nodes are for. `host`: that element, where they are its shadow root. */
	constructor(wires: readonly WireNode[], into: Registry, tag = '', host?: Node) {
		this.#into = into;
		this.#open = [{ parent: host, tag, wires, at: 0 }];
	}

	/** Goes on until all is there, or `full` says so after a node. True: all is there. */
	grow(full: () => boolean = never): boolean {
		for (let branch = this.#open.at(-1); branch; branch = this.#open.at(-1)) {
			const wire = branch.wires[branch.at++];
			if (wire) this.#one(wire, branch);
			else this.#open.pop();
			if (full()) return this.#open.length === 0;
		}
		return true;
	}

	#one(wire: WireNode, { parent, tag }: Branch): void {
		if (wire.k === 'shadow') {
			const root = parent && shadow(parent as Element, wire, this.#into);
			if (root) this.#inside(root, '', wire.nodes);
			return;
		}
		const node = wire.k === 'ref' ? this.#into.nodes.get(wire.id) : make(wire, this.#into, tag);
		if (!node) return;
		if (wire.k !== 'ref') register(node, wire.id, this.#into);
		if (parent) parent.appendChild(node);
		else this.roots.push(node);
		if (wire.k === 'element') this.#inside(node, wire.tag, wire.nodes);
	}

	#inside(parent: Node, tag: string, wires: readonly WireNode[]): void {
		if (wires.length) this.#open.push({ parent, tag, wires, at: 0 });
	}
}

function never(): boolean {
	return false;
}

/** A node with nothing in it. */
function make(wire: Exclude<WireNode, { k: 'ref' | 'shadow' }>, into: Registry, parentTag: string): Node {
	if (wire.k === 'text') {
		const text = into.doc.createTextNode('');
		putText(text, wire.text, parentTag, into);
		return text;
	}
	if (wire.k === 'sheet-pi')
		return into.doc.createProcessingInstruction('xml-stylesheet', into.urls.sheetPi(wire.text).replaceAll('?>', ''));
	if (wire.k === 'doctype') return into.doc.implementation.createDocumentType(wire.name || 'html', wire.publicId, wire.systemId);
	const el = element(into.doc, wire.ns, wire.tag);
	if (wire.tag === 'iframe' || wire.tag === 'frame') el.setAttribute('sandbox', SANDBOX);
	for (let i = 0; i + 1 < wire.attrs.length; i += 2) setAttribute(el, wire.attrs[i] as string, wire.attrs[i + 1] as string, into);
	if (isCanvas(el)) showBlank(el);
	return el;
}

function isCanvas(el: Element): el is HTMLCanvasElement {
	return el.localName === 'canvas' && el.namespaceURI === HTML;
}

function shadow(host: Element, { id, manual }: Extract<WireNode, { k: 'shadow' }>, into: Registry): ShadowRoot | undefined {
	let root: ShadowRoot;
	try {
		root = host.attachShadow({ mode: 'open', ...(manual && { slotAssignment: 'manual' }) });
	} catch {
		return undefined;
	}
	register(root, id, into);
	into.shadowMade(id);
	return root;
}

function element(doc: Document, ns: string, tag: string): Element {
	try {
		return doc.createElementNS(ns || null, tag);
	} catch {
		// A name that only a parser makes, such as `a"b`.
		return doc.createElementNS(HTML, 'tandem-odd');
	}
}
