// page (host).
// Ways through the flat tree (CSS Scoping section 3.1): across shadow roots, closed ones too, and slots.
import { dom } from './dom.ts';

const roots = new WeakMap<Element, ShadowRoot>();

/** Remembers a shadow root by its host; closed ones can be found in no other way. */
export function rememberRoot(root: ShadowRoot): void {
	roots.set(dom.host(root), root);
}

/** The shadow root of an element that was seen by `rememberRoot`, or an open one. */
export function rootOf(el: Element): ShadowRoot | null {
	return roots.get(el) ?? el.shadowRoot ?? null;
}

/** The parent in the flat tree: the slot, the host of a shadow root, or the parent element. */
export function flatParent(el: Element): Element | null {
	const slot = dom.assignedSlot(el);
	if (slot) return slot;
	const parent = el.parentNode;
	if (!parent) return null;
	if (parent.nodeType === 1) return parent as Element;
	return parent.nodeType === 11 && 'host' in parent ? dom.host(parent) : null;
}

/** `el` and its flat ancestors, innermost first. */
export function flatChain(el: Element): Element[] {
	const chain: Element[] = [];
	for (let at: Element | null = el; at; at = flatParent(at)) chain.push(at);
	return chain;
}

/** The nearest flat ancestor (or `el` itself) that `fits`. */
export function flatClosest(el: Element | null, fits: (el: Element) => boolean): Element | null {
	for (let at = el; at; at = flatParent(at)) if (fits(at)) return at;
	return null;
}

/** The nearest element that both are in. */
export function commonAncestor(a: Element, b: Element): Element | null {
	const chain = new Set(flatChain(a));
	return flatClosest(b, (el) => chain.has(el));
}

/** The flat tree's child elements, in order. */
export function flatChildren(el: Element): Element[] {
	const root = rootOf(el);
	if (root) return [...root.children];
	if (el.localName === 'slot') {
		const assigned = dom.assignedElements(el);
		if (assigned.length) return assigned;
	}
	return [...dom.children(el)];
}

/** The element with the focus, inside shadow roots too; the body or null where nothing has it. */
export function deepActive(doc: Document): Element | null {
	let active = dom.docActive(doc);
	while (active) {
		const root = rootOf(active);
		const inner = root && dom.rootActive(root);
		if (!inner) return active;
		active = inner;
	}
	return active;
}
