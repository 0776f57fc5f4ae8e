// page (host).
// Ways through the flat tree (CSS Scoping section 3.1): across shadow roots, closed ones too, and slots.
import { shadowHost, shadowOf } from '../shadow-roots.ts';
import { dom } from './dom.ts';

/** The parent in the flat tree: the slot, the host of a shadow root, or the parent element. */
export function flatParent(el: Element): Element | null {
	const slot = dom.assignedSlot(el);
	if (slot) return slot;
	const parent = el.parentNode;
	if (!parent) return null;
	if (parent.nodeType === 1) return parent as Element;
	return parent.nodeType === 11 && 'host' in parent ? shadowHost(parent as ShadowRoot) : null;
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
	const root = shadowOf(el);
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
		const root = shadowOf(active);
		const inner = root && dom.rootActive(root);
		if (!inner) return active;
		active = inner;
	}
	return active;
}
