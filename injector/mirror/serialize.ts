// page (host): every proxied document, before its own scripts.
// Nodes of the real document into the mirror's bytes, in pre-order, giving ids on the way.
import type { NodeId } from '../../protocol/mirror.ts';
import type { MirrorWriter } from '../../protocol/mirror-encode.ts';
import { type Mask, NOBODY } from '../../protocol/privacy.ts';
import { realm } from '../realm.ts';
import { shadowOf } from '../shadow-roots.ts';
import * as dom from './dom.ts';
import { give, idOf } from './ids.ts';
import { blocked, keepsValue, maskAt, maskAttribute, maskOf, maskText, secretField } from './privacy/mask.ts';
import { documentMask } from './privacy/rules.ts';
import { cleanAttribute, cleanCss, cleanText, isSecretName, readText } from './privacy/taint.ts';
import { Tails } from './tails.ts';
import type { ElementState } from './tracker.ts';
import type { WireUrls } from './urls.ts';

/**
 * HTML elements carried without what is in them: it runs, is shown only without scripts, is never drawn, or each browser puts it there by itself.
 * A script is drawn like any other element where a style says so: what a page's tools put into one to keep it out of the way is carried, its text isn't.
 */
const EMPTY = new Set(['script', 'noscript', 'template', 'iframe', 'noembed', 'noframes', 'canvas', 'embed', 'selectedcontent']);

/** HTML elements that can have a shadow root, beside custom ones (DOM section 4.9, "attach a shadow root"). */
const HOSTS = new Set('article aside blockquote body div footer h1 h2 h3 h4 h5 h6 header main nav p section span'.split(' '));

/** Elements that go whole or not at all: their state needs what is in them. */
const WHOLE = new Set(['select', 'style', 'textarea']);
/** Nodes between two looks at the clock. */
const STRIDE = 32;

/** What is told of each element on its way. */
export interface Seen {
	element(el: Element, tag: string, id: NodeId, state: ElementState): void;
	shadow(root: ShadowRoot, id: NodeId): void;
}

export class Serializer {
	readonly #urls: WireUrls;
	readonly #seen: Seen;
	/** A key names every node anew; a delta only refers to nodes that have an id. */
	#key = false;
	readonly #now: () => number;
	/** When the present message has to be at its end, and whether that is so. */
	#ends = Number.POSITIVE_INFINITY;
	#full = false;
	#count = 0;
	#whole = 0;
	/** What did not go into the last message. */
	readonly tails = new Tails();

	constructor(urls: WireUrls, seen: Seen, now: () => number) {
		this.#urls = urls;
		this.#seen = seen;
		this.#now = now;
	}

	/** A message begins that may take so many milliseconds; what is left then goes into `tails`. */
	begin(most: number): void {
		this.#ends = this.#now() + most;
		this.#full = false;
		this.#count = 0;
	}

	/** Writes of what is missing as much as fits. */
	rest(out: MirrorWriter): void {
		this.tails.write(
			out,
			() => this.full,
			(parent) => {
				const { tag, masked } = this.inside(parent);
				return (child) => {
					if (carried(child)) this.node(child, tag, masked, out);
				};
			},
		);
	}

	/** The tag that children of a node stand in, and from whom they are hidden. */
	inside(parent: Node): { tag: string; masked: Mask } {
		const tag = dom.nodeType(parent) === dom.ELEMENT ? dom.localName(parent) : '';
		return { tag, masked: tag === 'textarea' && secretField(parent as Element) ? NOBODY : maskOf(parent) };
	}

	/** Whether the time for the present message is over. */
	get full(): boolean {
		if (this.#whole) return false;
		if (!this.#full && ++this.#count % STRIDE === 0) this.#full = this.#now() > this.#ends;
		return this.#full;
	}

	/** The whole document, closed by `end`. */
	document(doc: Document, out: MirrorWriter): void {
		this.#key = true;
		this.#nodes(doc, dom.firstChild(doc), '', documentMask(), out);
		this.#key = false;
		out.end();
	}

	/** One node with what is in it. `masked`: it stands in masked content. */
	node(node: Node, parentTag: string, masked: Mask, out: MirrorWriter, type = dom.nodeType(node)): void {
		const known = idOf(node);
		if (known !== undefined && !this.#key) {
			out.ref(known);
			return;
		}
		switch (type) {
			case dom.ELEMENT:
				this.#element(node as Element, known ?? give(node), masked, out);
				break;
			case dom.TEXT:
			case dom.CDATA:
				out.text(known ?? give(node), this.text(dom.data(node), parentTag, masked, node));
				break;
			case dom.PI:
				out.sheetPi(known ?? give(node), this.#urls.sheetPi(dom.data(node)));
				break;
			case dom.DOCTYPE:
				out.doctype(known ?? give(node), dom.doctypeName(node), dom.doctypePublic(node), dom.doctypeSystem(node));
				break;
		}
	}

	/** Text as it goes on the wire, by the tag it stands in. `node`: it goes now, or (`read`) it went; without, secrets are not looked for. */
	text(text: string, parentTag: string, masked: Mask, node?: Node, read = false): string {
		if (parentTag === 'script') return '';
		if (parentTag === 'style') {
			const css = this.#urls.css(node ? cleanCss(text) : text);
			if (node) this.#urls.tellBlobs(css);
			return css;
		}
		const left = maskText(text, masked);
		if (!node) return left;
		return read ? readText(node, left) : cleanText(node, left);
	}

	/** An attribute, `raw` in the document, as it goes on the wire; undefined: not at all. */
	attribute(el: Element, tag: string, name: string, raw: string | null, masked: Mask, secret: boolean): string | undefined {
		if (raw === null || isSecretName(name)) return undefined;
		// Mapped first: what stands in a URL of ours is found in the real one.
		const wire = this.#urls.attribute(el, tag, name, raw);
		if (wire === undefined) return undefined;
		const value = maskAttribute(el, tag, name, cleanAttribute(el, tag, name, wire), masked, secret);
		if (value) this.#urls.tellBlobs(value);
		if (value && tag === 'use' && name.endsWith('href')) this.#urls.tellUse(value);
		return value;
	}

	/** The shadow root of an element, with what is in it. `masked`: from whom the element is hidden. */
	shadow(shadow: ShadowRoot, masked: Mask, out: MirrorWriter): void {
		const root = idOf(shadow) ?? give(shadow);
		out.shadow(root, isManual(shadow));
		this.#seen.shadow(shadow, root);
		this.#nodes(shadow, dom.firstChild(shadow), '', masked, out);
		out.end();
	}

	#element(el: Element, id: NodeId, outside: Mask, out: MirrorWriter): void {
		const ns = dom.namespaceURI(el) ?? '';
		const html = ns === dom.HTML;
		const tag = dom.localName(el);
		const names = dom.attributeNames(el);
		const masked = maskAt(el, outside, names);
		const secret = keepsValue(el, tag, masked);
		const attrs: string[] = [];
		for (let i = 0; i < names.length; i++) {
			const name = names[i] as string;
			const value = this.attribute(el, tag, name, dom.getAttribute(el, name), masked, secret);
			if (value !== undefined) attrs.push(name, value);
		}
		const shadow = html && (HOSTS.has(tag) || tag.includes('-')) ? shadowOf(el) : null;
		const first = dom.firstChild(el);
		const inner = first && carriesNodes(el, tag) && !blocked(el) ? first : null;
		out.element(id, ns, wireTag(html ? tag : dom.nodeName(el)), attrs, shadow !== null || inner !== null);
		this.#seen.element(el, tag, id, { names, secret, masked, outside });
		if (shadow) this.shadow(shadow, masked, out);
		const whole = WHOLE.has(tag) ? 1 : 0;
		this.#whole += whole;
		if (inner) this.#nodes(el, inner, tag, secret && tag === 'textarea' ? NOBODY : masked, out);
		this.#whole -= whole;
		if (inner || shadow) out.end();
	}

	/** From `first` on, the children of a node. */
	#nodes(parent: Node, first: Node | null, parentTag: string, masked: Mask, out: MirrorWriter): void {
		for (let node = first; node; node = dom.nextSibling(node)) {
			const type = dom.nodeType(node);
			if (!carried(node, type)) continue;
			if (this.full) {
				this.tails.leave(parent, node);
				return;
			}
			this.node(node, parentTag, masked, out, type);
		}
	}
}

/** Whether a node is in the mirror at all: comments, processing instructions that name no style sheet and our own elements are not. */
export function carried(node: Node, type = dom.nodeType(node)): boolean {
	if (type === dom.ELEMENT) return !ours.has(node);
	return type === dom.TEXT || type === dom.CDATA || type === dom.DOCTYPE || (type === dom.PI && dom.piTarget(node) === 'xml-stylesheet');
}

/** An element's name on the wire. */
export function wireTag(tag: string): string {
	return isSecretName(tag) ? 'x-hidden' : tag;
}

/** Whether slots of a shadow tree show what script gives them. */
export function isManual(root: ShadowRoot): boolean {
	return 'slotAssignment' in root && dom.slotAssignment(root) === 'manual';
}

/** Whether what is inside an element, of this tag, is in the mirror. */
export function carriesNodes(el: Element, tag: string): boolean {
	if (!EMPTY.has(tag)) return true;
	return tag === 'script' ? dom.firstElementChild(el) !== null : tag === 'noscript' && realm.lent !== undefined;
}

const ours = new WeakSet<Node>();

/** Keeps an element that we put into the page out of every mirror. */
export function hide(el: Element): void {
	ours.add(el);
}
