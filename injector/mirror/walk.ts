// page (host): every proxied document, before its own scripts.
// The browser's own TreeWalker (DOM section 6.2), whatever a page has made of it.
import { type Any, method, setter } from '../natives.ts';
import { nodeType } from './dom.ts';

const proto = (name: string): Any => (globalThis as Any)[name]?.prototype;
const create = method<TreeWalker>(proto('Document'), 'createTreeWalker');
const setCurrent = setter(proto('TreeWalker'), 'currentNode');

/** What a walker stops at (NodeFilter.SHOW_ELEMENT, SHOW_TEXT); may be added. */
export const ELEMENTS = 1;
export const TEXTS = 4;

export const nextNode = method<Node | null>(proto('TreeWalker'), 'nextNode');
export const previousNode = method<Node | null>(proto('TreeWalker'), 'previousNode');

/** A walker over what is in `root`, which stands at its beginning, or at `from`. */
export function walkerOf(root: Node, what: number, from?: Node): TreeWalker {
	const walker = create(nodeType(root) === 9 ? (root as Document) : (root.ownerDocument as Document), root, what);
	if (from) setCurrent(walker, from);
	return walker;
}
