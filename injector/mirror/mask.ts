// page (host): every proxied document, before its own scripts.
// What never leaves the host's browser. A field that was secret once stays secret, whatever the page makes of it afterwards.
import { composedParent, ELEMENT, getAttribute, hasAttribute, localName, nodeType } from './dom.ts';

/** What stands for everything masked: as long for a short secret as for a long one. */
export const BULLETS = '••••••••';

/** Input types that are secret by themselves. */
const SECRET_TYPES = new Set(['password']);

/** Tokens of `autocomplete` (HTML section 4.10.18.7) that name a secret; `cc-` stands for all of the card's. */
const SECRET_AUTOCOMPLETE = /(?:^|\s)(?:current-password|new-password|one-time-code|cc-[a-z-]+)(?:\s|$)/i;

/** Attributes of a masked element or of one inside it that may be carried: shape, not content. All others are left out. */
const KEPT = new Set([
	'class',
	'id',
	'style',
	'type',
	'dir',
	'role',
	'width',
	'height',
	'rows',
	'cols',
	'size',
	'colspan',
	'rowspan',
	'hidden',
	'disabled',
	'data-tandem-mask',
	'slot',
	'part',
]);

/** Attributes of a secret field that would show its value. */
const VALUES = new Set(['value', 'data-value', 'aria-valuetext', 'aria-valuenow', 'title', 'pattern']);

const MASK = 'data-tandem-mask';
const once = new WeakSet<Element>();
let anyMask = false;

/** Whether an input or textarea holds a secret now, or ever did. */
export function secretField(el: Element): boolean {
	if (once.has(el)) return true;
	const tag = localName(el);
	if (tag !== 'input' && tag !== 'textarea' && tag !== 'select') return false;
	const secret =
		(tag === 'input' && SECRET_TYPES.has((getAttribute(el, 'type') ?? '').trim().toLowerCase())) ||
		SECRET_AUTOCOMPLETE.test(getAttribute(el, 'autocomplete') ?? '');
	if (secret) once.add(el);
	return secret;
}

/** Whether this element itself asks for its content to be masked. A masked field is a secret field from then on. */
export function masksContent(el: Element): boolean {
	if (!hasAttribute(el, MASK)) return false;
	anyMask = true;
	return true;
}

/** Whether a node stands in masked content, through shadow roots. */
export function inMasked(node: Node | null): boolean {
	if (!anyMask) return false;
	for (let at = node; at; at = composedParent(at)) {
		if (nodeType(at) === ELEMENT && hasAttribute(at as Element, MASK)) return true;
	}
	return false;
}

/** Text as it may leave: blank text as it is, so that the layout keeps its shape, everything else as bullets. */
export function maskText(text: string): string {
	return /\S/.test(text) ? BULLETS : text;
}

/** The value of a field as it may leave: empty or bullets. */
export function maskValue(value: string): string {
	return value === '' ? '' : BULLETS;
}

/**
 * What of an attribute may leave: its value, another one, or undefined for nothing. `masked`: the element stands in masked content;
 * `secret`: it is a secret field.
 */
export function maskAttribute(name: string, value: string, masked: boolean, secret: boolean): string | undefined {
	if (masked && !KEPT.has(name)) return name === 'value' ? maskValue(value) : undefined;
	if (secret && VALUES.has(name)) return name === 'value' ? maskValue(value) : undefined;
	return value;
}
