// page.
// What a person copies or drags out of a page: the browser writes down the URLs that stand in the document, which mean nothing elsewhere.
import { type Any, getter, method, natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';
import { unmapText, unmapUrl } from '../../urls.ts';
import { htmlSource } from '../documents/html.ts';

const g = realm.global as Any;
const dragged = getter<DataTransfer | null>(g.DragEvent?.prototype, 'dataTransfer');
const copied = getter<DataTransfer | null>(g.ClipboardEvent?.prototype, 'clipboardData');
const getData = method<string>(g.DataTransfer?.prototype, 'getData');
const setData = method<void>(g.DataTransfer?.prototype, 'setData');
const selectionOf = method<Selection | null>(g.Document?.prototype, 'getSelection');
const textOf = method<string>(g.Selection?.prototype, 'toString');
const rangeAt = method<Range>(g.Selection?.prototype, 'getRangeAt');
const rangeCount = getter<number>(g.Selection?.prototype, 'rangeCount');
const contents = method<DocumentFragment>(g.Range?.prototype, 'cloneContents');
const around = getter<Node>(g.Range?.prototype, 'commonAncestorContainer');
const touches = method<boolean>(g.Range?.prototype, 'intersectsNode');
const cloneNode = method<Node>(g.Node?.prototype, 'cloneNode');
const markup = getter<string>(g.Element?.prototype, 'innerHTML');
const attributeNames = method<string[]>(g.Element?.prototype, 'getAttributeNames');
const computed = g.getComputedStyle as (element: Element) => CSSStyleDeclaration;
const look = method<string>(g.CSSStyleDeclaration?.prototype, 'getPropertyValue');
const execCommand = method<boolean>(g.Document?.prototype, 'execCommand');

const FORMS = ['text/uri-list', 'text/plain', 'text/html'];

/** Elements that what is selected inside them means nothing without. */
const AROUND = new natives.Set(
	'a span b strong i em u s code pre h1 h2 h3 h4 h5 h6 blockquote li ul ol td th tr tbody thead tfoot table'.split(' '),
);
/** Of an element elsewhere nothing else counts than this, how it looks, and where it leads. By its data a page knows again what it has copied itself. */
const KEPT = /^(?:alt|title|colspan|rowspan|width|height|start|dir|lang|datetime|data-(?!tandem).*)$/;
const LOOKS = 'color background-color font-family font-size font-style font-weight text-decoration-line text-align white-space'.split(' ');
/** More elements than these are copied without their looks. */
const MOST = 3000;

/** Listeners that come before and after the page's own; to be called again where a document has lost its listeners. */
export function watchCarriedOff(): void {
	for (const type of ['copy', 'cut', 'dragstart']) {
		natives.removeEventListener(g, type, first, true);
		natives.addEventListener(g, type, first, true);
	}
}

function first(event: Event): void {
	if (!event.isTrusted) return;
	if (event.type === 'dragstart') {
		onDrag(event);
		return;
	}
	natives.removeEventListener(g, event.type, last);
	natives.addEventListener(g, event.type, last, { once: true });
}

/** HTML section 6.11.5: a browser has written down what is dragged before it tells the page. */
function onDrag(event: Event): void {
	const data = dragged(event);
	for (const form of data ? FORMS : []) {
		const text = getData(data, form);
		const real = form === 'text/html' ? htmlSource(text) : unmapText(text);
		if (real !== text) setData(data, form, real);
	}
}

/** Clipboard API section 6.1: what the page leaves to the browser, of a selection in which something has a URL. */
function last(event: Event): void {
	const { document } = realm.global;
	const data = copied(event);
	const selection = selectionOf(document);
	if (!event.isTrusted || natives.defaultPrevented(event) || !data || !selection || rangeCount(selection) !== 1) return;
	const range = rangeAt(selection, 0);
	const text = textOf(selection);
	const html = text && htmlOf(range);
	if (!html) return;
	natives.preventDefault(event);
	setData(data, 'text/plain', text);
	setData(data, 'text/html', html);
	if (event.type === 'cut') execCommand(document, 'delete');
}

/** What is in a range, as markup for elsewhere; undefined where the browser's own says the same, unless it is wanted in any case. */
export function htmlOf(range: Range, always = false): string | undefined {
	const common = around(range);
	let up = (natives.nodeType(common) === 1 ? common : natives.parentNode(common)) as Element | null;
	const fragment = contents(range);
	if (!always && !queryAll(fragment, '[href], [src]').length && !natives.closest(up, 'a[href]')) return undefined;
	const copies = queryAll(fragment, '*');
	const originals = up ? [...queryAll(up, '*')].filter((element) => touches(range, element)) : [];
	for (let i = 0; i < copies.length; i++)
		dress(copies[i] as Element, copies.length === originals.length && i < MOST ? originals[i] : undefined);
	let whole: Node = fragment;
	for (; up && AROUND.has(natives.localName(up)); up = natives.parentNode(up) as Element | null) {
		const copy = cloneNode(up, false) as Element;
		dress(copy, up);
		natives.appendChild(copy, whole);
		whole = copy;
	}
	const holder = natives.createElement(realm.global.document, 'div');
	natives.appendChild(holder, whole);
	return unmapText(markup(holder));
}

/** Leaves of an element what it is elsewhere. */
function dress(copy: Element, original: Element | undefined): void {
	const { href, src } = copy as Any;
	for (const name of attributeNames(copy)) if (!KEPT.test(name)) natives.removeAttribute(copy, name);
	const tag = natives.localName(copy);
	if (typeof href === 'string' && href) natives.setAttribute(copy, 'href', unmapUrl(href));
	if (typeof src === 'string' && src) natives.setAttribute(copy, 'src', unmapUrl(src));
	const style = original && computed(original);
	if (tag === 'script' || tag === 'style' || (style && look(style, 'display') === 'none')) {
		natives.removeElement(copy);
		return;
	}
	const above = original && (natives.parentNode(original) as Element | null);
	if (!style || !above || natives.nodeType(above) !== 1) return;
	const from = computed(above);
	const looks = LOOKS.filter((name) => look(style, name) !== look(from, name)).map((name) => `${name}: ${look(style, name)}`);
	if (looks.length) natives.setAttribute(copy, 'style', looks.join('; '));
}
