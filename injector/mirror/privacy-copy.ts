// page (host): every proxied document.
// Whether a text that is about to leave by another way than the mirror says something that the mirror hides.
import { Secrets } from '../../protocol/secrets.ts';
import { type Any, getter, method } from '../natives.ts';
import { maskOf, secretField } from './mask.ts';
import { documentMask } from './privacy-rules.ts';
import { clean, saysLive } from './privacy-taint.ts';

const g = globalThis as Any;
const walker = method<TreeWalker>(g.Document?.prototype, 'createTreeWalker');
const next = method<Node | null>(g.TreeWalker?.prototype, 'nextNode');
const queryAll = method<NodeListOf<Element>>(g.Document?.prototype, 'querySelectorAll');
const data = getter<string>(g.CharacterData?.prototype, 'data');
const inputValue = getter<string>(g.HTMLInputElement?.prototype, 'value');
const areaValue = getter<string>(g.HTMLTextAreaElement?.prototype, 'value');
const attributes = method<string[]>(g.Element?.prototype, 'getAttributeNames');
const attribute = method<string | null>(g.Element?.prototype, 'getAttribute');

/** Values looked for at once: `Secrets` keeps no more of them than a tab has. */
const AT_ONCE = 100;

/** Whether `text` holds a secret, or what stands in a part of `doc` that is hidden from any guest. A document hidden as a whole gives nothing. */
export function hidesFromGuests(doc: Document, text: string): boolean {
	if (documentMask() || saysLive(text) || clean(text) !== text) return true;
	const values = new Set<string>();
	const texts = walker(doc, doc, 4);
	for (let node = next(texts); node; node = next(texts)) if (maskOf(node)) values.add(data(node).trim());
	for (const el of queryAll(doc, '*')) {
		const tag = el.localName;
		const field = tag === 'input' || tag === 'textarea';
		const masked = maskOf(el);
		if (field && (masked || secretField(el))) values.add(tag === 'input' ? inputValue(el) : areaValue(el));
		if (masked) for (const name of attributes(el)) values.add(attribute(el, name) ?? '');
	}
	return holdsAny(text, [...values]);
}

function holdsAny(text: string, values: readonly string[]): boolean {
	for (let at = 0; at < values.length; at += AT_ONCE) {
		const some = new Secrets();
		for (const value of values.slice(at, at + AT_ONCE)) some.learn(value);
		if (some.size && some.redact(text) !== text) return true;
	}
	return false;
}
