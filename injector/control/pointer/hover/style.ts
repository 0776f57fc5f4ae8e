// page (host).
// What a page shows by `:hover` alone, for a guest's pointer. No script can make an element hovered, so as long as a guest's pointer is over
// one, the rules that would hold are said once more in an adopted style sheet of ours that names the hovered elements by where they stand in
// the tree: nothing in the document changes, and no attribute is needed.
import { ownSheets } from '../../../mirror/own-sheets.ts';
import { type Any, getter, method, natives, setter } from '../../../natives.ts';
import { realm } from '../../../realm.ts';
import { dom } from '../../dom.ts';
import { flatChain } from '../../tree.ts';
import { hoveredCss } from './css.ts';

type Root = Document | ShadowRoot;

const proto = (name: string): Any => realm.global[name]?.prototype;
const Sheet = realm.global.CSSStyleSheet as typeof CSSStyleSheet;
const replaceSync = method<void>(proto('CSSStyleSheet'), 'replaceSync');
const previous = getter<Element | null>(proto('Element'), 'previousElementSibling');
const sheetsOf = {
	list: [getter<StyleSheetList>(proto('Document'), 'styleSheets'), getter<StyleSheetList>(proto('ShadowRoot'), 'styleSheets')],
	adopted: [
		getter<CSSStyleSheet[]>(proto('Document'), 'adoptedStyleSheets'),
		getter<CSSStyleSheet[]>(proto('ShadowRoot'), 'adoptedStyleSheets'),
	],
	adopt: [setter(proto('Document'), 'adoptedStyleSheets'), setter(proto('ShadowRoot'), 'adoptedStyleSheets')],
} as const;

/** The sheets of ours in use, by the root that they are adopted in, with their text. */
const drawn = new Map<Root, { readonly sheet: CSSStyleSheet; text: string }>();

/** For how long the same element is not looked at again, milliseconds, where nothing has changed: a rule may be another meanwhile. */
const FRESH = 250;
/** After a look that took long so many times as long, but no longer than that, also where something has. */
const TIMES = 20;
let over: Element | undefined;
/** When it was looked at last, and from when on it may be again because something has changed. */
let looked = Number.NEGATIVE_INFINITY;
let due = 0;
let waits = false;
let observer: MutationObserver | undefined;

/** Draws everything as if the pointer were over `target`; undefined: over nothing. */
export function drawHover(target: Element | undefined): void {
	if (over !== target || natives.now() - looked >= FRESH) look(target);
}

function look(target: Element | undefined): void {
	over = target;
	looked = natives.now();
	if (!('adoptedStyleSheets' in (proto('Document') ?? {}))) return;
	const byRoot = new Map<Root, Element[]>();
	for (const el of target ? flatChain(target) : []) {
		const root = dom.rootNode(el) as Root;
		// What was taken out stands in none.
		if (root.nodeType === 9 || root.nodeType === 11) byRoot.set(root, [...(byRoot.get(root) ?? []), el]);
	}
	for (const root of [...drawn.keys()]) if (!byRoot.has(root)) draw(root, '');
	for (const [root, chain] of byRoot) draw(root, cssOf(root, chain));
	watch(byRoot.keys());
	const now = natives.now();
	due = now + Math.min((now - looked) * TIMES, FRESH);
}

/** A pointer that rests sends nothing, and what is under it may get another class all the same, most often by the press itself. */
function watch(roots: Iterable<Root>): void {
	observer?.disconnect();
	for (const root of roots) {
		observer ??= new natives.MutationObserver((records) => {
			if (records.some(({ attributeName }) => attributeName !== 'style')) changed();
		});
		observer.observe(root, { subtree: true, childList: true, attributes: true });
	}
}

function changed(): void {
	if (waits || !over) return;
	const again = () => {
		waits = false;
		if (over) look(over);
	};
	const wait = due - natives.now();
	waits = wait > 0;
	if (waits) natives.setTimeout(again, wait);
	else again();
}

function cssOf(root: Root, chain: readonly Element[]): string {
	const kind = root.nodeType === 9 ? 0 : 1;
	const sheets = [...sheetsOf.list[kind](root), ...sheetsOf.adopted[kind](root)].filter(
		(sheet) => !ownSheets.has(sheet) && !sheet.disabled,
	);
	// As specific as a pseudo-class, like `:hover`.
	let path: string | undefined;
	return hoveredCss(root, sheets, chain, () => (path ??= `:where(${chain.map((el) => pathOf(root, el)).join(',')}):nth-child(n)`));
}

/** Where an element stands: from its root down, which child each is. */
function pathOf(root: Root, el: Element): string {
	const parent = el.parentNode;
	if (parent === root) return root.nodeType === 9 ? ':root' : `:host>:nth-child(${placeOf(el)})`;
	return parent?.nodeType === 1 ? `${pathOf(root, parent as Element)}>:nth-child(${placeOf(el)})` : ':not(*)';
}

function placeOf(el: Element): number {
	let at = 1;
	for (let before = previous(el); before; before = previous(before)) at++;
	return at;
}

function draw(root: Root, text: string): void {
	const kind = root.nodeType === 9 ? 0 : 1;
	const now = drawn.get(root);
	if ((now?.text ?? '') === text) return;
	if (!text) {
		drawn.delete(root);
		replaceSync((now as { sheet: CSSStyleSheet }).sheet, '');
		sheetsOf.adopt[kind](
			root,
			[...sheetsOf.adopted[kind](root)].filter((sheet) => sheet !== now?.sheet),
		);
		return;
	}
	const sheet = now?.sheet ?? new Sheet();
	ownSheets.add(sheet);
	replaceSync(sheet, text);
	if (!now) sheetsOf.adopt[kind](root, [...sheetsOf.adopted[kind](root), sheet]);
	drawn.set(root, { sheet, text });
}
