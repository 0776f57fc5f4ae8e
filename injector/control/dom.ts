// page (host).
// The browser's own functions that acting in a page needs beside those in natives.ts, saved when the bundle is evaluated.
import { type Any, getter, method, setter } from '../natives.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const element = proto('Element');
const html = proto('HTMLElement');
const doc = proto('Document');
const node = proto('Node');
const range = proto('Range');
const selection = proto('Selection');
const input = proto('HTMLInputElement');
const area = proto('HTMLTextAreaElement');
const select = proto('HTMLSelectElement');

export const dom = {
	rect: method<DOMRect>(element, 'getBoundingClientRect'),
	matches: method<boolean>(element, 'matches'),
	scrollBy: method<void>(element, 'scrollBy'),
	scrollTo: method<void>(element, 'scrollTo'),
	scrollIntoView: method<void>(element, 'scrollIntoView'),
	checkVisibility: method<boolean>(element, 'checkVisibility'),
	assignedSlot: getter<HTMLSlotElement | null>(element, 'assignedSlot'),
	children: getter<HTMLCollection>(element, 'children'),
	assignedElements: method<Element[]>(proto('HTMLSlotElement'), 'assignedElements'),
	rootNode: method<Node>(node, 'getRootNode'),
	contains: method<boolean>(node, 'contains'),
	isEqual: method<boolean>(node, 'isEqualNode'),
	parentElement: getter<Element | null>(node, 'parentElement'),
	firstChild: getter<Node | null>(node, 'firstChild'),
	nextSibling: getter<Node | null>(node, 'nextSibling'),
	compare: method<number>(node, 'compareDocumentPosition'),
	rootActive: getter<Element | null>(proto('ShadowRoot'), 'activeElement'),
	docActive: getter<Element | null>(doc, 'activeElement'),
	hasFocus: method<boolean>(doc, 'hasFocus'),
	body: getter<HTMLElement | null>(doc, 'body'),
	scroller: getter<Element | null>(doc, 'scrollingElement'),
	exec: method<boolean>(doc, 'execCommand'),
	canExec: method<boolean>(doc, 'queryCommandEnabled'),
	createRange: method<Range>(doc, 'createRange'),
	designMode: getter<string>(doc, 'designMode'),
	getSelection: method<Selection | null>(doc, 'getSelection'),
	elementAt: method<Element | null>(doc, 'elementFromPoint'),
	elementInRootAt: method<Element | null>(proto('ShadowRoot'), 'elementFromPoint'),
	caretAt: doc?.caretPositionFromPoint ? method<CaretPosition | null>(doc, 'caretPositionFromPoint') : undefined,
	caretRangeAt: doc?.caretRangeFromPoint ? method<Range | null>(doc, 'caretRangeFromPoint') : undefined,
	windowFocus: method<void>(g, 'focus'),
	click: method<void>(html, 'click'),
	tabIndex: getter<number>(html, 'tabIndex'),
	draggable: getter<boolean>(html, 'draggable'),
	editable: getter<boolean>(html, 'isContentEditable'),
	hidePopover: method<void>(html, 'hidePopover'),
	setBaseAndExtent: method<void>(selection, 'setBaseAndExtent'),
	modify: method<void>(selection, 'modify'),
	rangeAt: method<Range>(selection, 'getRangeAt'),
	ranges: getter<number>(selection, 'rangeCount'),
	selectContents: method<void>(range, 'selectNodeContents'),
	inputValue: getter<string>(input, 'value'),
	setInputValue: setter(input, 'value'),
	inputType: getter<string>(input, 'type'),
	list: getter<Element | null>(input, 'list'),
	setFiles: setter(input, 'files'),
	setInputRange: method<void>(input, 'setSelectionRange'),
	inputStart: getter<number | null>(input, 'selectionStart'),
	inputEnd: getter<number | null>(input, 'selectionEnd'),
	inputDirection: getter<string | null>(input, 'selectionDirection'),
	step: { up: method<void>(input, 'stepUp'), down: method<void>(input, 'stepDown') },
	inputSetRangeText: method<void>(input, 'setRangeText'),
	areaValue: getter<string>(area, 'value'),
	setAreaValue: setter(area, 'value'),
	setAreaRange: method<void>(area, 'setSelectionRange'),
	areaStart: getter<number>(area, 'selectionStart'),
	areaEnd: getter<number>(area, 'selectionEnd'),
	areaDirection: getter<string>(area, 'selectionDirection'),
	options: getter<HTMLOptionsCollection>(select, 'options'),
	multiple: getter<boolean>(select, 'multiple'),
	selectedIndex: getter<number>(select, 'selectedIndex'),
	setSelectedIndex: setter(select, 'selectedIndex'),
	optionSelected: getter<boolean>(proto('HTMLOptionElement'), 'selected'),
	setOptionSelected: setter(proto('HTMLOptionElement'), 'selected'),
	requestSubmit: method<void>(proto('HTMLFormElement'), 'requestSubmit'),
	formElements: getter<HTMLFormControlsCollection>(proto('HTMLFormElement'), 'elements'),
	setPointerCapture: method<void>(element, 'setPointerCapture'),
	composedPath: method<EventTarget[]>(proto('Event'), 'composedPath'),
	isTrusted: (event: Event): boolean => event.isTrusted,
	style: g.getComputedStyle.bind(g) as (el: Element) => CSSStyleDeclaration,
	StaticRange: g.StaticRange as typeof StaticRange,
	DataTransfer: g.DataTransfer as typeof DataTransfer,
	File: g.File as typeof File,
	Blob: g.Blob as typeof Blob,
	Element: g.Element as typeof Element,
};

/** `node` as the element of that name in the HTML namespace, by what the browser says it is (`instanceof` lies across realms). */
export function isHtml<K extends keyof HTMLElementTagNameMap>(node: Node | null | undefined, name: K): node is HTMLElementTagNameMap[K] {
	return (
		!!node &&
		node.nodeType === 1 &&
		(node as Element).namespaceURI === 'http://www.w3.org/1999/xhtml' &&
		(node as Element).localName === name
	);
}
