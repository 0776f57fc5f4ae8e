// page (host): every proxied document, before its own scripts.
// A keypad in the page on which a code is entered: ten keys with a digit each, in a document with a secret field. What it shows and where the pointer is
// on it would tell the code, so guests see an empty box there, from the moment the pointer comes to one of its keys.
import { composedParent, data, ELEMENT, firstChild, nextSibling, nodeType, TEXT, targetType } from '../dom.ts';
import { nextNode, TEXTS, walkerOf } from '../walk.ts';
import { maskAt } from './mask.ts';
import { closeOff } from './rules.ts';

const DIGIT = /^\p{Nd}$/u;
const KEYS = 10;
/** Elements between a digit and its keypad, and texts of a keypad: letters under digits, and keys that do something else. */
const DEEP = 8;
const MOST = 48;

let isAsked: () => boolean = () => false;
let onFound: (pad: Element) => void = () => {};

/** `asked`: whether the document has a field that a code may be for. `found` is called with a keypad that is hidden from now on. */
export function watchKeypads(asked: () => boolean, found: (pad: Element) => void): void {
	isAsked = asked;
	onFound = found;
}

/** The host's pointer has come to something: if that is a key of a keypad, guests see none of it. */
export function lookAtKey(node: Node | Window): void {
	if (targetType(node) !== ELEMENT || digitIn(node as Node) === undefined || !isAsked()) return;
	let at = composedParent(node as Node);
	for (let n = 0; at && nodeType(at) === ELEMENT && n < DEEP; n++, at = composedParent(at)) {
		const keys = digitsIn(at);
		if (keys > KEYS) return;
		if (keys < KEYS) continue;
		closeOff(at as Element);
		maskAt(at as Element, 0);
		onFound(at as Element);
		return;
	}
}

/** The digit that a node begins with as a text of its own. */
function digitIn(node: Node): string | undefined {
	const first = firstChild(node);
	const text = first && nodeType(first) === TEXT ? data(first).trim() : '';
	return DIGIT.test(text) && (nextSibling(first as Node) === null || nodeType(nextSibling(first as Node) as Node) === ELEMENT)
		? text
		: undefined;
}

/** How many digits stand in texts of their own in a node; more than any keypad has where one stands there twice, or there is too much else. */
function digitsIn(node: Node): number {
	const seen: string[] = [];
	const walker = walkerOf(node, TEXTS);
	let texts = 0;
	for (let at = nextNode(walker); at; at = nextNode(walker)) {
		const text = data(at).trim();
		if (text === '') continue;
		if (++texts > MOST) return KEYS + 1;
		if (!DIGIT.test(text)) continue;
		if (seen.includes(text)) return KEYS + 1;
		seen.push(text);
	}
	return seen.length;
}
