// page (host): every proxied document, before its own scripts.
// The browser's own readers of the DOM, saved before the page can replace them, and before we map URLs in them: what is read here is
// what stands in the document.
import { isOfHtml } from '../../protocol/mirror.ts';
import { type Any, getter, method, natives, softGetter } from '../natives.ts';
import { shadowHost } from '../shadow-roots.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const node = proto('Node');
const element = proto('Element');

export const firstChild = getter<Node | null>(node, 'firstChild');
export const firstElementChild = getter<Element | null>(element, 'firstElementChild');
export const lastChild = getter<Node | null>(node, 'lastChild');
export const nextSibling = getter<Node | null>(node, 'nextSibling');
export const previousSibling = getter<Node | null>(node, 'previousSibling');
export const parentNode = getter<Node | null>(node, 'parentNode');
export const nodeType = getter<number>(node, 'nodeType');
/** Of an event's target, which may be no node. */
export const targetType = softGetter<number>(node, 'nodeType');
export const nodeName = getter<string>(node, 'nodeName');
export const isConnected = getter<boolean>(node, 'isConnected');
export const baseURI = getter<string>(node, 'baseURI');
export const getRootNode = method<Node>(node, 'getRootNode');
export const data = getter<string>(proto('CharacterData'), 'data');
const bareName = getter<string>(element, 'localName');
export const namespaceURI = getter<string | null>(element, 'namespaceURI');
export const attributeNames = method<string[]>(element, 'getAttributeNames');
export const getAttribute = method<string | null>(element, 'getAttribute');
export const hasAttribute = method<boolean>(element, 'hasAttribute');
export const contentWindow = getter<Window | null>(proto('HTMLIFrameElement'), 'contentWindow');
export const frameWindow = getter<Window | null>(proto('HTMLFrameElement'), 'contentWindow');
export const objectWindow = getter<Window | null>(proto('HTMLObjectElement'), 'contentWindow');
export const slotAssignment = getter<string>(proto('ShadowRoot'), 'slotAssignment');
export const piTarget = getter<string>(proto('ProcessingInstruction'), 'target');
export const inputValue = getter<string>(proto('HTMLInputElement'), 'value');
const textContent = getter<string | null>(node, 'textContent');
export const areaValue = getter<string>(proto('HTMLTextAreaElement'), 'value');
export const compatMode = getter<string>(proto('Document'), 'compatMode');
export const doctypeName = getter<string>(proto('DocumentType'), 'name');
export const doctypePublic = getter<string>(proto('DocumentType'), 'publicId');
export const doctypeSystem = getter<string>(proto('DocumentType'), 'systemId');

export const ELEMENT = 1;
export const TEXT = 3;
export const CDATA = 4;
export const PI = 7;
export const DOCTYPE = 10;
export const FRAGMENT = 11;

export const HTML = 'http://www.w3.org/1999/xhtml';

/** The name of an element, by which it is told what it is (protocol/mirror.ts, `kindOf`). */
export function localName(el: Node): string {
	const name = bareName(el);
	return isOfHtml(name) && namespaceURI(el as Element) !== HTML ? `:${name}` : name;
}

/** What stands in an input, a textarea or an editor. */
export function fieldText(el: Element, tag = localName(el)): string {
	if (tag === 'textarea') return areaValue(el);
	return tag === 'input' ? inputValue(el) : (textContent(el) ?? '');
}

const { getComputedStyle } = g;
const propertyOf = method<string>(proto('CSSStyleDeclaration'), 'getPropertyValue');

/** The resolved value of a property of an element (CSSOM section 9). */
export function computed(el: Element, property: string): string {
	return propertyOf(natives.apply(getComputedStyle, g, [el]), property);
}

/** Whether a list of strings has one, whatever the page makes of lists. */
export function holds(list: readonly string[], one: string): boolean {
	for (let i = 0; i < list.length; i++) if (list[i] === one) return true;
	return false;
}

const COMPOSED = { composed: true };

/** Whether a node is a shadow root, also one that another window of the origin made: it alone, of all fragments, leads further up. */
export function isShadow(node: Node): node is ShadowRoot {
	return nodeType(node) === FRAGMENT && getRootNode(node, COMPOSED) !== node;
}

/** The parent, or the host where the node is a shadow root. */
export function composedParent(of: Node): Node | null {
	const parent = parentNode(of);
	if (parent) return parent;
	return isShadow(of) ? shadowHost(of) : null;
}
