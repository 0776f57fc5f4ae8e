// page (host): every proxied document, before its own scripts.
// The texts of a tree in order, and those beside a text as a person reads on: out of a shadow tree, and into the next ones.
import { shadowHost, shadowOf } from '../../shadow-roots.ts';
import { data, ELEMENT, firstChild, getRootNode, isShadow, nextSibling, nodeType, TEXT } from '../dom.ts';
import { ELEMENTS, nextNode, previousNode, TEXTS, walkerOf } from '../walk.ts';

/** Nodes looked at outside of a shadow tree. */
const OUTSIDE = 120;

type Take = (text: Node) => boolean;

export function eachText(root: Node, take: (text: Node) => void): void {
	const walker = walkerOf(root, TEXTS);
	for (let node = nextNode(walker); node; node = nextNode(walker)) take(node);
}

/** The first text of a tree that is not blank. */
export function firstText(root: Node): Node | null {
	const walker = walkerOf(root, TEXTS);
	for (let node = nextNode(walker); node; node = nextNode(walker)) if (/\S/.test(data(node))) return node;
	return null;
}

/** Calls `take` with the texts before or after one, nearest first, until it says no more or there were `most`. */
export function textsBeside(node: Node, forward: boolean, most: number, take: Take): void {
	const root = getRootNode(node);
	let left = most;
	const walker = walkerOf(root, TEXTS, node);
	const step = forward ? nextNode : previousNode;
	while (left > 0) {
		const at = step(walker);
		if (!at) break;
		left--;
		if (!take(at)) return;
	}
	if (left > 0 && isShadow(root)) outside(shadowHost(root), forward, left, take);
}

/** The same from an element on: its neighbours' shadow trees count as what is in them. */
function outside(host: Element, forward: boolean, most: number, take: Take): void {
	let left = most;
	const walker = walkerOf(getRootNode(host), TEXTS | ELEMENTS, host);
	for (let n = 0; n < OUTSIDE && left > 0; n++) {
		const at = (forward ? nextNode : previousNode)(walker);
		if (!at) return;
		const shadow = nodeType(at) === ELEMENT ? shadowOf(at as Element) : null;
		const texts = nodeType(at) === TEXT ? [at] : shadow ? textsIn(shadow) : [];
		for (const text of forward ? texts : texts.reverse()) if (left-- <= 0 || !take(text)) return;
	}
}

function textsIn(root: Node): Node[] {
	const texts: Node[] = [];
	const look = (node: Node | null): void => {
		for (let at = node; at && texts.length < OUTSIDE; at = nextSibling(at)) {
			if (nodeType(at) === TEXT) texts.push(at);
			else look(firstChild(at));
		}
	};
	look(firstChild(root));
	return texts;
}
