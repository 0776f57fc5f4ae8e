// mirror document (guest's browser).
// One frame of the host's tab in the guest's document: applies keys and deltas. State beside the tree is in state.ts and glance.ts.
import { type FrameId, type Key, kindOf, type NodeId, type Op } from '../../protocol/mirror.ts';
import type { Scope } from '../../protocol/url.ts';
import { Growth, putText, type Registry, register, setAttribute } from './build.ts';
import { Glance } from './glance.ts';
import { documentIn, holdsDocument, isHolder, showPicture, showUnseen } from './holders.ts';
import { hideCanvas } from './picture.ts';
import { Sheets } from './sheets.ts';
import { clearStandIns, dropStandIn } from './stand-ins.ts';
import { fieldState, setState } from './state.ts';
import { GuestUrls } from './urls.ts';

/** What a frame asks of the player. */
export interface FrameHost {
	readonly scope: Scope;
	/** Which conditions of css-media.ts hold in the host's browser, if that is known. */
	readonly media: ReadonlySet<string> | undefined;
	/** Whether the host's scrolling is shown. */
	readonly follow: { readonly on: boolean };
	blob(frame: FrameId, url: string): string | undefined;
	/** The frame's viewport on the host. */
	size(frame: FrameId, width: number, height: number): void;
	/** The colour scheme that the host's browser prefers: 'dark' or 'light'. */
	scheme(frame: FrameId, scheme: string): void;
	/** `child` now hangs on `holder`; 0: nothing does. */
	attach(child: FrameId, holder: Element, by: FrameView): void;
	/** The frame that was said to hang on an element; 0: none. */
	childOf(holder: Element): FrameId;
	/** Something was applied. */
	changed(): void;
	/** An element that may have held a document is gone. */
	detach(holder: Element): void;
}

export class FrameView implements Registry {
	readonly id: FrameId;
	/** The iframe of the guest's that shows it. */
	readonly holder: Element;
	readonly doc: Document;
	readonly nodes = new Map<NodeId, Node>();
	readonly ids = new WeakMap<Node, NodeId>();
	readonly css = new WeakMap<Node, string>();
	readonly urls: GuestUrls;
	readonly blobs: Registry['blobs'] = [];
	readonly blobTexts = new Set<CharacterData>();
	readonly glance: Glance;
	readonly #sheets: Sheets;
	readonly #host: FrameHost;
	readonly #growth: Growth;
	readonly #ops: readonly Op[];
	seq: number;

	/** Empties an iframe for what a key says. */
	constructor(holder: Element, key: Key, host: FrameHost) {
		this.id = key.frame;
		this.holder = holder;
		this.seq = key.seq;
		this.#host = host;
		this.urls = new GuestUrls(host.scope, key.base, (url) => host.blob(key.frame, url), host.media);
		this.doc = blank(holder, key);
		this.nodes.set(0, this.doc);
		this.ids.set(this.doc, 0);
		this.glance = new Glance(this, () => host.follow.on);
		this.#sheets = new Sheets(this);
		for (const wire of key.nodes) if (wire.k === 'doctype' && this.doc.doctype) register(this.doc.doctype, wire.id, this);
		this.#ops = key.ops;
		this.#growth = new Growth(
			key.nodes.filter(({ k }) => k !== 'doctype'),
			this,
		);
	}

	/** Builds what the key says until `full`, out of sight; shows it as soon as it is whole, and says so. */
	draw(full?: () => boolean): boolean {
		if (!this.#growth.grow(full)) return false;
		for (const node of this.#growth.roots) this.doc.appendChild(node);
		this.apply(this.#ops);
		return true;
	}

	/** Applies ops in order. Throws where one names a node that isn't there: the mirror has lost track. */
	apply(ops: readonly Op[]): void {
		for (const op of ops) this.#one(op);
		if (this.glance.unsettled) this.glance.settle();
		this.#host.changed();
	}

	/** A blob: URL has come: attributes that named it are set again. */
	refresh(url: string): void {
		for (const { el, name, value } of this.blobs) if (value.includes(url) || el.localName === 'use') setAttribute(el, name, value, this);
		for (const text of this.blobTexts) if (text.isConnected) putText(text, this.css.get(text) ?? '', 'style', this);
		this.#sheets.refresh(url);
	}

	shadowMade(id: NodeId): void {
		this.#sheets.adopt(id, []);
	}

	/** The tag of the host's element that this one stands for. */
	tagOf(el: Element): string {
		return this.#sheets.standsFor(el) ? 'link' : kindOf(el);
	}

	/** What is told beside the tree of an element, the document or a shadow root (protocol/digest.ts). */
	stateOf(node: Node): string[] {
		if (node === this.doc) return [...this.#sheets.said(node), ...this.glance.scrolled()];
		const tag = node.nodeType === Node.ELEMENT_NODE ? this.tagOf(node as Element) : '';
		if (tag === '' || tag === 'style' || tag === 'link') return this.#sheets.said(node);
		if (tag === 'iframe' || tag === 'frame' || tag === 'object') return [`frame ${this.#host.childOf(node as Element)}`];
		return fieldState(node as Element);
	}

	#one(op: Op): void {
		switch (op.op) {
			case 'insert': {
				const parent = this.#node(op.parent);
				const before = op.before ? this.#node(op.before) : null;
				const tag = parent instanceof Object && 'localName' in parent ? (parent as Element).localName : '';
				for (const wire of op.nodes) {
					const growth = new Growth([wire], this, tag, wire.k === 'shadow' ? parent : undefined);
					growth.grow();
					for (const node of growth.roots) place(parent, node, before);
				}
				break;
			}
			case 'remove': {
				const node = this.nodes.get(op.id);
				if (!node) break;
				node.parentNode?.removeChild(node);
				this.#forget(node);
				break;
			}
			case 'attr':
				setAttribute(this.#node(op.id) as Element, op.name, op.value, this);
				break;
			case 'unattr':
				setAttribute(this.#node(op.id) as Element, op.name, undefined, this);
				break;
			case 'text':
			case 'splice': {
				const node = this.#node(op.id) as CharacterData;
				const tag = node.parentElement?.localName ?? '';
				const was = this.css.get(node) ?? node.data;
				const text = op.op === 'text' ? op.text : was.slice(0, op.at) + op.text + was.slice(op.at + op.del);
				putText(node, text, tag, this);
				break;
			}
			case 'frame':
				this.#host.attach(op.child, this.#node(op.id) as Element, this);
				break;
			case 'state':
				if (op.name === 'scheme') this.#host.scheme(this.id, op.value);
				else if (op.name === 'unseen') this.#unseen(this.#node(op.id) as Element, op.value);
				else setState(this.#node(op.id), op.name, op.value, this.urls, this.nodes);
				break;
			case 'sheet':
				this.#sheets.set(op.id, op.media, op.disabled, op.rules);
				break;
			case 'rules':
				this.#sheets.splice(op.id, op.at, op.del, op.rules);
				break;
			case 'adopt':
				this.#sheets.adopt(op.id, op.sheets);
				break;
			case 'size':
				this.#host.size(this.id, op.width, op.height);
				break;
			default:
				this.glance.apply(op);
		}
	}

	#unseen(el: Element, value: string): void {
		const [, width, height, url] = /^(\d+) (\d+) (.+)$/s.exec(value) ?? [];
		if (el.localName === 'canvas') hideCanvas(el as HTMLCanvasElement, value === '1');
		else if (this.#host.childOf(el)) return;
		else if (url) showPicture(el, this.urls.url(url), Number(width), Number(height));
		else showUnseen(el, value === '1');
	}

	#node(id: NodeId): Node {
		const node = this.nodes.get(id);
		if (!node) throw new RangeError(`frame ${this.id} has no node ${id}`);
		return node;
	}

	#forget(node: Node): void {
		const id = this.ids.get(node);
		if (id !== undefined) this.nodes.delete(id);
		dropStandIn(node);
		if (node.nodeType === Node.ELEMENT_NODE) {
			const el = node as Element;
			if (isHolder(el)) this.#host.detach(el);
			if (el.shadowRoot) this.#forget(el.shadowRoot);
		}
		for (let inner = node.firstChild; inner; inner = inner.nextSibling) this.#forget(inner);
	}
}

/**
 * Puts a node in its place. What moves is taken out and put in anew, as nearly all pages do, with what that ends (animations, scroll); where documents
 * stand in it, which the mirror would have to draw again, it keeps its state if the browser can. Not always: Chromium at times leaves the old look to
 * what changed its class just before `moveBefore`.
 */
function place(parent: Node, node: Node, before: Node | null): void {
	if (node.isConnected && parent.isConnected && 'moveBefore' in parent && holdsDocument(node)) {
		try {
			(parent as Node & { moveBefore(node: Node, before: Node | null): void }).moveBefore(node, before);
			// Chromium leaves where it was what no slot of its new parent's shadow tree shows.
			if (!('shadowRoot' in parent && parent.shadowRoot) || (node as Element | Text).assignedSlot) return;
		} catch {
			// Between documents, or between a shadow tree and another: an ordinary move.
		}
	}
	parent.insertBefore(node, before);
}

/** Empties an iframe's about:blank and gives it the doctype, and with it the mode, of the host's document. */
function blank(holder: Element, key: Key): Document {
	const doc = documentIn(holder);
	if (!doc) throw new RangeError(`frame ${key.frame} has no place to be drawn`);
	const type = key.nodes.find((node) => node.k === 'doctype');
	doc.open();
	clearStandIns(doc);
	if (type?.k === 'doctype') doc.write(doctype(type.name, type.publicId, type.systemId));
	else if (!key.quirks) doc.write('<!DOCTYPE html>');
	doc.close();
	for (const child of [...doc.childNodes]) if (child.nodeType !== Node.DOCUMENT_TYPE_NODE) child.remove();
	return doc;
}

function doctype(name: string, publicId: string, systemId: string): string {
	const safe = (text: string) => text.replace(/["<>]/g, '');
	if (publicId) return `<!DOCTYPE ${safe(name)} PUBLIC "${safe(publicId)}"${systemId ? ` "${safe(systemId)}"` : ''}>`;
	return systemId ? `<!DOCTYPE ${safe(name)} SYSTEM "${safe(systemId)}">` : `<!DOCTYPE ${safe(name)}>`;
}
