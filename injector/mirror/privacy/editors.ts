// page (host): every proxied document, before its own scripts.
// Editors (elements with `contenteditable`) that hold a secret: what names them says so, or a style sheet draws dots in them. Guests see an empty box
// there from the moment somebody enters one.
import { type Any, softGetter } from '../../natives.ts';
import { composedParent, ELEMENT, getAttribute, nodeType } from '../dom.ts';
import { drawsDots, namedKind } from './fields.ts';
import { closeOff } from './rules.ts';

const g = globalThis as Any;
const isEditable = softGetter<boolean>(g.HTMLElement?.prototype, 'isContentEditable');

/** Editors that were entered, by whether they hold a secret. */
const known = new WeakMap<Element, boolean>();

/** The editor that `el` stands in as a whole; undefined: none. */
export function editorOf(el: Element): Element | undefined {
	if (!isEditable(el)) return undefined;
	let at = el;
	for (let up = composedParent(at); up && nodeType(up) === ELEMENT && isEditable(up as Element); up = composedParent(at))
		at = up as Element;
	return at;
}

export function isSecretEditor(el: Element): boolean {
	return known.get(el) === true;
}

/** Somebody enters an editor. True: it turns out to hold a secret. */
export function lookAtEditor(el: Element): boolean {
	if (known.get(el)) return false;
	const line = getAttribute(el, 'aria-multiline') !== 'true';
	const kind = drawsDots(el) ? 'password' : line ? namedKind(el, false) : undefined;
	known.set(el, kind !== undefined && kind !== 'expiry');
	if (!known.get(el)) return false;
	closeOff(el);
	return true;
}
