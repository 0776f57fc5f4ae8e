// page.
// The browser's own querySelectorAll, which elements, documents and fragments have each for themselves.
import { type Any, method, natives } from './natives.ts';

const proto = (name: string): Any => (globalThis as Any)[name]?.prototype;
const inElement = method<NodeListOf<Element>>(proto('Element'), 'querySelectorAll');
const inDocument = method<NodeListOf<Element>>(proto('Document'), 'querySelectorAll');
const inFragment = method<NodeListOf<Element>>(proto('DocumentFragment'), 'querySelectorAll');

/** All that `selector` finds below an element, a document or a fragment (a shadow root is one), whatever a page has made of these methods. */
export function queryAll<E extends Element = Element>(root: Node, selector: string): NodeListOf<E> {
	const type = natives.nodeType(root);
	return (type === 9 ? inDocument : type === 11 ? inFragment : inElement)(root, selector) as NodeListOf<E>;
}
