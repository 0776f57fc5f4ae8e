// page (host): every proxied document, before its own scripts.
// What was sent and has to be hidden after all: elements that a rule takes in since they changed, texts that turned out to be part of a secret.
import { type Any, getter } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import * as dom from '../dom.ts';
import { idOf } from '../ids.ts';
import type { Stream } from '../stream.ts';
import { BULLETS, lookAgain, secretField } from './mask.ts';
import { ruleSelectors } from './rules.ts';
import { secrets } from './taint.ts';

const g = globalThis as Any;
const outerHTML = getter<string>(g.Element?.prototype, 'outerHTML');
const innerHTML = getter<string>(g.ShadowRoot?.prototype, 'innerHTML');
const text = getter<string | null>(g.Node?.prototype, 'textContent');

/** Fields that were secret when they last changed. */
const secret = new WeakSet<Element>();
/** Attributes by which a field says what it is. */
const NAMING = new Set(['type', 'autocomplete', 'name', 'id', 'aria-label', 'placeholder', 'title', 'inputmode', 'maxlength', 'pattern']);

/** Whether a field became secret, now that these attributes changed. */
export function maskChanges(el: Element, names: readonly string[]): boolean {
	const tag = dom.localName(el);
	if ((tag !== 'input' && tag !== 'textarea') || !names.some((name) => NAMING.has(name))) return false;
	lookAgain(el);
	if (!secretField(el) || secret.has(el)) return false;
	secret.add(el);
	return true;
}

/** Elements that rules speak of, as of the last look. */
let ruled = new Set<Element>();

/** Calls `changed` for each element that rules speak of since, or no longer: whatever changed around it made it so. */
export function lookAtRules(trees: () => readonly (Document | ShadowRoot)[], changed: (el: Element) => void): void {
	const selector = ruleSelectors();
	if (!selector && !ruled.size) return;
	const now = new Set<Element>();
	for (const root of trees()) {
		const found = selector ? queryAll(root, selector) : undefined;
		for (let i = 0; found && i < found.length; i++) now.add(found[i] as Element);
	}
	const before = ruled;
	ruled = now;
	for (const el of now) if (!before.has(el)) changed(el);
	for (const el of before) if (!now.has(el)) changed(el);
}

/** Sends a text anew as bullets. */
export function resendHidden(node: Node, stream: Stream): void {
	const id = idOf(node);
	if (id !== undefined && stream.open) stream.push({ op: 'text', id, text: BULLETS });
}

/** Whether a document shows a secret outside of the field it was entered in. */
export function showsSecret(doc: Document, roots: readonly ShadowRoot[]): boolean {
	if (secrets.size === 0) return false;
	const root = doc.documentElement;
	if (root && (secrets.find(outerHTML(root)) || secrets.find(text(root) ?? ''))) return true;
	for (const shadow of roots) if (secrets.find(innerHTML(shadow)) || secrets.find(text(shadow) ?? '')) return true;
	const fields = queryAll(doc, 'input');
	for (let i = 0; i < fields.length; i++) {
		const field = fields[i] as Element;
		if (!secretField(field) && secrets.find(dom.inputValue(field))) return true;
	}
	return false;
}
