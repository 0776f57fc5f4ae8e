// mirror document (guest's browser).
// Nodes of the wire into nodes of the guest's document. Nothing that comes over the wire can become script here: the document is
// sandboxed without scripts under a policy without inline scripts, and what could run, load or submit is left out besides.
import { NAMESPACES, type NodeId, type WireNode } from '../../protocol/mirror.ts';
import { showBlank } from './picture.ts';
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

/** Builds a node and registers it; for 'ref' the node that is there already, undefined where there is none. */
export function build(wire: WireNode, into: Registry, parentTag = ''): Node | undefined {
	if (wire.k === 'ref') return into.nodes.get(wire.id);
	if (wire.k === 'shadow') return undefined;
	const node = make(wire, into, parentTag);
	register(node, wire.id, into);
	return node;
}

export function register(node: Node, id: NodeId, into: Registry): void {
	into.nodes.set(id, node);
	into.ids.set(node, id);
}

/** Sets or takes away an attribute, as the guest may have it. */
export function setAttribute(el: Element, name: string, value: string | undefined, { urls, blobs }: Registry): void {
	const asks = value?.includes('blob:') || (el.localName === 'use' && name.endsWith('href'));
	if (value && asks && !blobs.some((known) => known.el === el && known.value === value)) blobs.push({ el, name, value });
	const mapped = value === undefined ? undefined : urls.attribute(el.localName, name, value);
	const colon = name.indexOf(':');
	const ns = colon > 0 ? PREFIXED[name.slice(0, colon)] : name === 'xmlns' ? PREFIXED.xmlns : undefined;
	try {
		if (mapped === undefined) {
			if (ns && colon > 0) el.removeAttributeNS(ns, name.slice(colon + 1));
			else el.removeAttribute(name);
		} else if (ns) el.setAttributeNS(ns, name, mapped);
		else el.setAttribute(name, mapped);
		if ((name === 'width' || name === 'height') && isCanvas(el)) showBlank(el);
	} catch {
		// A parser accepts names that setAttribute refuses, such as `"` (HTML section 13.2.5.33); they select nothing.
	}
}

/** Text as it stands in the mirror, by the tag it is in; CSS is kept as it came too, for later splices. */
export function putText(node: CharacterData, text: string, parentTag: string, { urls, css, blobTexts }: Registry): void {
	if (parentTag !== 'style') {
		node.data = text;
		return;
	}
	css.set(node, text);
	if (text.includes('blob:')) blobTexts.add(node);
	node.data = urls.sheet(text);
}

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
	for (const inner of wire.nodes) {
		if (inner.k === 'shadow') shadow(el, inner, into);
		else {
			const node = build(inner, into, wire.tag);
			if (node) el.appendChild(node);
		}
	}
	return el;
}

function isCanvas(el: Element): el is HTMLCanvasElement {
	return el.localName === 'canvas' && el.namespaceURI === HTML;
}

function shadow(host: Element, { id, manual, nodes }: Extract<WireNode, { k: 'shadow' }>, into: Registry): void {
	let root: ShadowRoot;
	try {
		root = host.attachShadow({ mode: 'open', ...(manual && { slotAssignment: 'manual' }) });
	} catch {
		return;
	}
	register(root, id, into);
	into.shadowMade(id);
	for (const wire of nodes) {
		const node = build(wire, into);
		if (node) root.appendChild(node);
	}
}

function element(doc: Document, ns: string, tag: string): Element {
	try {
		return doc.createElementNS(ns || null, tag);
	} catch {
		// A name that only a parser makes, such as `a"b`.
		return doc.createElementNS(HTML, 'tandem-odd');
	}
}
