// page (host): every proxied document.
// Whether a text that is about to leave by another way than the mirror says something that the mirror hides.
import { Secrets } from '../../../protocol/secrets.ts';
import { type Any, getter, method } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { shadowOf } from '../../shadow-roots.ts';
import { fieldText, localName } from '../dom.ts';
import { maskOf, secretField } from './mask.ts';
import { eachText } from './neighbours.ts';
import { documentMask } from './rules.ts';
import { clean, saysLive } from './taint.ts';

const g = globalThis as Any;
const data = getter<string>(g.CharacterData?.prototype, 'data');
const attributes = method<string[]>(g.Element?.prototype, 'getAttributeNames');
const attribute = method<string | null>(g.Element?.prototype, 'getAttribute');

/** Attributes that say something; shorter ones of them (`true`, `button`) are no secret. */
const WORDS = /^(?:value|title|alt|placeholder|href|src|content|aria-.*|data-.*)$/;
const SHORTEST_WORDS = 7;
/** Signs of a long text that are looked for as one. */
const PIECE = 400;
/** Values looked for at once: `Secrets` keeps no more of them than a tab has. */
const AT_ONCE = 100;

/** Whether `text` holds a secret, or what stands in a part of `doc` that is hidden from any guest. A document hidden as a whole gives nothing. */
export function hidesFromGuests(doc: Document, text: string): boolean {
	if (documentMask() || saysLive(text) || clean(text) !== text) return true;
	const values = new Set<string>();
	gather(doc, values);
	return holdsAny(text, [...values].flatMap(pieces));
}

/** What is hidden in a tree, shadow trees in it included. */
function gather(root: Document | ShadowRoot, values: Set<string>): void {
	eachText(root, (node) => {
		if (maskOf(node)) values.add(data(node).trim());
	});
	for (const el of queryAll(root, '*')) {
		const tag = localName(el);
		const field = tag === 'input' || tag === 'textarea';
		const masked = maskOf(el);
		if (field && (masked || secretField(el))) values.add(fieldText(el, tag));
		if (masked) for (const name of attributes(el)) if (WORDS.test(name)) addWords(values, attribute(el, name) ?? '');
		const shadow = shadowOf(el);
		if (shadow) gather(shadow, values);
	}
}

function addWords(values: Set<string>, value: string): void {
	if (value.length >= SHORTEST_WORDS) values.add(value);
}

/** A long text is looked for by its parts: it may be copied in part, and `Secrets` knows none so long. */
function pieces(value: string): string[] {
	const parts: string[] = [];
	for (let at = 0; at < value.length; at += PIECE) parts.push(value.slice(at, at + PIECE));
	return parts;
}

function holdsAny(text: string, values: readonly string[]): boolean {
	for (let at = 0; at < values.length; at += AT_ONCE) {
		const some = new Secrets();
		for (const value of values.slice(at, at + AT_ONCE)) some.learn(value);
		if (some.size && some.redact(text) !== text) return true;
	}
	return false;
}
