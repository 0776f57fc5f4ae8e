// page.
// Nodes put into the tree: text on its way into a script or style element, and frames, whose windows are ours before anybody uses them
// (an about:blank one fires `load` at once, see children.ts; one with a `src`, `javascript:` too, doesn't).
import { reach, windowOf } from '../../children.ts';
import { call, hookMethod } from '../../hook.ts';
import { type Any, getter, natives, setter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { codeElement, textIn, textOut } from '../scripts/script-text.ts';

const data = getter<string>(realm.global.CharacterData?.prototype, 'data');
const firstChild = getter<Any>(realm.global.Node?.prototype, 'firstChild');
const setData = setter(realm.global.CharacterData?.prototype, 'data');

export function installInsertion(): void {
	const { Node, Element, DocumentFragment, Document } = realm.global;
	const insert = (native: (...args: Any[]) => Any, self: Any, args: Any[]) => {
		for (const child of args) if (typeof child === 'object' && child !== null) settle(child);
		if (codeElement(self)) for (let i = 0; i < args.length; i++) args[i] = adopted(self, args[i]);
		const out = call(native, self, args);
		for (const child of args) if (typeof child === 'object' && child !== null) reach(windowOf(child));
		return out;
	};
	for (const name of ['appendChild', 'insertBefore', 'replaceChild']) hookMethod(Node.prototype, name, insert);
	for (const owner of [Element, DocumentFragment, Document]) {
		for (const name of ['append', 'prepend', 'replaceChildren']) hookMethod(owner.prototype, name, insert);
	}
	for (const name of ['before', 'after', 'replaceWith', 'insertAdjacentElement']) hookMethod(Element.prototype, name, insert);
}

const NAMES = /^\s*(?:importmap|speculationrules)\s*$/i;

/** A script that names URLs in JSON: what it is may have been said after its text. */
function settle(child: Any): void {
	try {
		if (codeElement(child) !== 'script' || !NAMES.test(natives.getAttribute(child, 'type') ?? '')) return;
		const text = firstChild(child);
		setData(text, textIn(child, textOut(child, data(text))));
	} catch {
		// no node, or one without a text
	}
}

/** A string or text node on its way into a script or style element. */
function adopted(element: Element, child: unknown): unknown {
	if (typeof child === 'string') return textIn(element, child);
	try {
		if (natives.nodeType(child) !== 3 || natives.parentNode(child) === element) return child;
		const text = data(child);
		const mapped = textIn(element, text);
		if (mapped !== text) setData(child, mapped);
	} catch {
		// no node: the native says so
	}
	return child;
}
