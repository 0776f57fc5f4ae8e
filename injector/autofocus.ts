// page.
// Elements that take the focus as their page begins (HTML section 6.6.7). A browser lets them only where all documents around are of one origin, and around a
// tab's root is the shell. So it is done here, for documents of the root's own origin: candidates wait in the order in which they came into a document, and
// with the next frame one is focused, if nothing else is.
import type { Context } from './context.ts';
import { call, hookMethod } from './hook.ts';
import { focus as giveFocus } from './native-focus.ts';
import { type Any, getter, natives } from './natives.ts';
import { queryAll } from './query.ts';
import { realm } from './realm.ts';
import { knownRoots } from './shadow-roots.ts';
import { common } from './shared.ts';
import { documentsAbove, type Place } from './windows.ts';

/** Of a tab: the elements that wait, and whether it is over. */
export interface Candidates {
	done: boolean;
	list: Element[];
	/** Has the root look at them with the next frame, which is its own before it is that of the frames in it. */
	soon?: () => void;
}

const g = realm.global as Any;
const SELECTOR = '[autofocus]';
/** Elements that have the attribute at all (HTML section 6.6.7, HTMLOrSVGElement; MathML likewise). */
const NAMESPACE = /^http:\/\/www\.w3\.org\/(?:1999\/xhtml|2000\/svg|1998\/Math\/MathML)$/;

const addedNodes = getter<NodeList>(g.MutationRecord?.prototype, 'addedNodes');
const contentOf = getter<DocumentFragment>(g.HTMLTemplateElement?.prototype, 'content');
const activeElement = getter<Element | null>(g.Document?.prototype, 'activeElement');
const bodyOf = getter<Element | null>(g.Document?.prototype, 'body');
const sheetOf = getter<CSSStyleSheet | null>(g.HTMLLinkElement?.prototype, 'sheet');

let arm = (): void => {};
let over = (): void => {};

/** Something may have got the attribute by a script: from now on what comes into the document is looked at. */
export function expectAutofocus(): void {
	arm();
}

/** The same, where markup speaks of it. */
export function expectIn(text: string): void {
	if (/autofocus/i.test(text)) arm();
}

/** A dialog takes the focus when it is shown, and with it the turn of all candidates (HTML section 4.11.4, "dialog focusing steps"). */
export function installAutofocus(): void {
	for (const name of ['show', 'showModal']) {
		hookMethod(g.HTMLDialogElement?.prototype, name, (native, self, args) => {
			const out = call(native, self, args);
			over();
			return out;
		});
	}
}

export function startAutofocus({ win, doc, boot, onShadowRoot, onShell, send }: Context, place: Place): void {
	let armed = false;
	let due = false;
	/** Who writes in the shell keeps the keyboard: the browser would let us take it. */
	let typing = false;
	onShell((message) => {
		if (message.t === 'typing') typing = message.on;
	});

	const add = (element: Element) => {
		const state = stateOf(win, place);
		if (!state || state.done || !NAMESPACE.test(natives.namespaceURI(element) ?? '')) return;
		state.list = [...without(state.list, element), element];
		(state.soon ?? soon)();
	};
	const soon = () => {
		if (due) return;
		due = true;
		natives.requestAnimationFrame(() => {
			due = false;
			const end = flush(win, place, typing);
			if (end === 'waits') soon();
			else if (end === 'focused') send({ t: 'focused' });
		});
	};
	const observer = new natives.MutationObserver((records) => {
		const seen = new natives.Set<Node>();
		for (let i = 0; i < records.length; i++) {
			const nodes = addedNodes(records[i]);
			for (let j = 0; j < nodes.length; j++) {
				const node = nodes[j] as Any;
				if (natives.nodeType(node) !== 1) continue;
				// what came with an element that is looked at already
				if (seen.has(natives.parentNode(node) as Node)) seen.add(node);
				else {
					seen.add(node);
					if (natives.hasAttribute(node, 'autofocus')) add(node);
					addAll(queryAll(node, SELECTOR));
				}
			}
		}
	});
	const addAll = (found: NodeListOf<Element>) => {
		for (let i = 0; i < found.length; i++) add(found[i] as Element);
	};
	const observe = (root: Document | ShadowRoot) => observer.observe(root, { childList: true, subtree: true });
	const own = place.isTop ? stateOf(win, place) : undefined;
	if (own) own.soon = soon;
	over = () => {
		const state = stateOf(win, place);
		if (state) end(state);
	};
	arm = () => {
		// ahead of what the page asks for with the same frame: browsers do it before
		if (natives.readyState(doc) !== 'loading') soon();
		if (armed) return;
		armed = true;
		observe(doc);
		for (const root of knownRoots()) observe(root);
	};
	onShadowRoot((root) => {
		if (armed) observe(root);
		addAll(queryAll(root, SELECTOR));
	});
	if (boot.autofocus || boot.creator !== undefined) arm();
	addAll(queryAll(doc, SELECTOR));
	/** The text went on past what the server had seen of it. */
	const look = () => {
		if (armed) return;
		const templates = queryAll(doc, 'template');
		for (let i = 0; i < templates.length; i++) if (queryAll(contentOf(templates[i]), SELECTOR).length) arm();
		const found = queryAll(doc, SELECTOR);
		if (found.length) arm();
		addAll(found);
	};
	if (natives.readyState(doc) === 'loading') natives.addEventListener(doc, 'DOMContentLoaded', look, { once: true, capture: true });
}

/** Gives the focus to the first candidate that can take it ("flush autofocus candidates"). 'waits': for a style sheet. */
function flush(win: Window, place: Place, typing: boolean): 'waits' | 'focused' | undefined {
	const state = stateOf(win, place);
	if (!state || state.done || !state.list.length) return undefined;
	const top = place.root.document;
	if (typing || isBusy(top) || hasTarget(top)) {
		end(state);
		return undefined;
	}
	for (let element = state.list[0]; element; element = state.list[0]) {
		const doc = natives.ownerDocument(element);
		const view = doc && natives.defaultView(doc);
		const stands = view && documentsAbove(view, place);
		if (stands && isBlocked(doc)) return 'waits';
		state.list = without(state.list, element);
		if (!stands || stands.some(hasTarget) || !focus(element, doc)) continue;
		end(state);
		return 'focused';
	}
	return undefined;
}

function end(state: Candidates): void {
	state.done = true;
	state.list = [];
}

/** Of the tab that `win` stands in; undefined where the browser would not let its documents do this, being another site's. */
function stateOf(win: Window, place: Place): Candidates | undefined {
	const documents = documentsAbove(win, place);
	const top = documents?.[documents.length - 1];
	if (!top) return undefined;
	const { autofocus } = common.shared;
	const state = (autofocus.get(top) as Candidates | undefined) ?? { done: false, list: [] };
	autofocus.set(top, state);
	return state;
}

function focus(element: Any, doc: Document): boolean {
	const before = activeElement(doc);
	if (!natives.isConnected(element)) return false;
	giveFocus(element);
	return activeElement(doc) !== before;
}

/** Something in the document has the focus. */
function isBusy(doc: Document): boolean {
	const active = activeElement(doc);
	return active !== null && active !== bodyOf(doc) && active !== natives.documentElement(doc);
}

const hasTarget = (doc: Document): boolean => natives.querySelector(doc, ':target') !== null;

/** A style sheet is on its way (HTML section 4.2.6.5, "script-blocking style sheet set"), as far as anybody can tell. */
function isBlocked(doc: Document): boolean {
	if (natives.readyState(doc) === 'complete') return false;
	const links = queryAll(doc, 'link[rel~="stylesheet" i][href]:not([disabled])');
	for (let i = 0; i < links.length; i++) if (sheetOf(links[i]) === null) return true;
	return false;
}

function without(list: readonly Element[], element: Element): Element[] {
	const left: Element[] = [];
	for (let i = 0; i < list.length; i++) if (list[i] !== element) left[left.length] = list[i] as Element;
	return left;
}
