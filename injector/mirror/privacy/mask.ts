// page (host): every proxied document, before its own scripts.
// What never leaves the host's browser, or not to every class of guests. A field that was secret once stays secret, whatever the page makes of it
// afterwards. Masks are bits, one for each class (protocol/privacy.ts): 0 is seen by all, NOBODY by none.
import { hidePersonal, isPersonal, mayBecomeCard } from '../../../protocol/personal.ts';
import { HIDDEN, type Mask, NOBODY, veil } from '../../../protocol/privacy.ts';
import { composedParent, ELEMENT, fieldText, getAttribute, hasAttribute, holds, localName, nodeType } from '../dom.ts';
import { isSecretEditor } from './editors.ts';
import { drawsDots, type FieldKind, fieldKind } from './fields.ts';
import { documentMask, ruleSelectors, SOFT, verdictOf } from './rules.ts';
import { standIn } from './shape.ts';

/** What stands for everything masked: as long for a short secret as for a long one. */
export const BULLETS = HIDDEN;

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
	'viewBox',
	'd',
	'x',
	'y',
	'rel',
	'media',
]);

/** Attributes of a secret field that would show its value. */
const VALUES = new Set(['value', 'data-value', 'aria-valuetext', 'aria-valuenow', 'title', 'pattern', 'list']);
/** Elements of a masked document that say how it looks, not what is in it. */
const LOOKS = new Set(['link', 'style', 'html', 'head', 'meta']);

const READ = new Set(['value', 'title', 'alt', 'placeholder', 'label', 'summary']);

const MASK = 'data-tandem-mask';
/** Fields that are or were secret, by what kind they are; undefined kind: looked at, and none. */
const kinds = new WeakMap<Element, FieldKind | undefined>();
const held = new WeakSet<Element>();
let anyMask = false;

/** Whether an input or textarea holds a secret now, or ever did. */
export function secretField(el: Element): boolean {
	return secretKind(el) !== undefined;
}

/** Whether nothing of a field's value leaves: it holds a secret, or what it stands in is hidden from somebody. `tag`: how it is called in the mirror. */
export function keepsValue(el: Element, tag: string, masked: Mask): boolean {
	return (tag === 'input' || tag === 'textarea' || tag === 'select') && (masked > 0 || secretField(el));
}

/** What kind of secret a field or an editor holds, or ever held. */
export function secretKind(el: Element): FieldKind | undefined {
	const tag = localName(el);
	if (tag !== 'input' && tag !== 'textarea' && tag !== 'select') return isSecretEditor(el) ? 'password' : undefined;
	if (held.has(el)) return 'card';
	const known = kinds.get(el);
	if (known || kinds.has(el)) return known && known !== 'password' && shownByRule(el) ? undefined : known;
	const kind = fieldKind(el);
	kinds.set(el, kind);
	return kind && kind !== 'password' && shownByRule(el) ? undefined : kind;
}

/** Looks again at a field that was none: something about it or its label has changed. */
export function lookAgain(el: Element): void {
	if (kinds.get(el) === undefined) kinds.delete(el);
}

/** Somebody enters a field: it is secret if the page has its text drawn as dots, whatever its type. */
export function lookAtDots(el: Element): void {
	if (kinds.get(el) === undefined && drawsDots(el)) keepSecret(el);
}

/** A field is secret from now on, whatever the page says about it. */
export function keepSecret(el: Element): void {
	kinds.set(el, 'password');
}

/** Looks at what is in a field: a card's number makes it secret for good, one that is being typed as long as it is. True: that has changed. */
export function watchValue(el: Element, typing: boolean): boolean {
	const tag = localName(el);
	if (tag !== 'input' && tag !== 'textarea') return false;
	if (secretKind(el) !== undefined && !held.has(el)) return false;
	const value = fieldText(el, tag);
	if (isPersonal(value) && !shownByRule(el)) {
		kinds.set(el, 'card');
		return !held.delete(el);
	}
	const holds = typing && tag === 'input' && mayBecomeCard(value) && !shownByRule(el);
	if (holds === held.has(el)) return false;
	if (holds) held.add(el);
	else held.delete(el);
	return true;
}

function shownByRule(el: Element): boolean {
	return verdictOf(el)?.show === NOBODY;
}

/** Whether this element itself asks for its content to be masked. A masked field is a secret field from then on. `names`: of its attributes. */
export function masksContent(el: Element, names?: readonly string[]): boolean {
	if (names ? !holds(names, MASK) : !hasAttribute(el, MASK)) return false;
	anyMask = true;
	return true;
}

/** From whom an element and what is in it is hidden, where `outside` are those from whom what is around it is. `names`: of its attributes. */
export function maskAt(el: Element, outside: Mask, names?: readonly string[]): Mask {
	const inside = masksContent(el, names) ? NOBODY : outside;
	const verdict = verdictOf(el);
	if (!verdict) return inside;
	anyMask = true;
	if (verdict.hide) return ((inside & ~verdict.show) | verdict.hide) & NOBODY;
	const left = inside & ~verdict.show;
	return left & NOBODY ? left : 0;
}

/** Whether nothing of what is in an element is carried. */
export function blocked(el: Element): boolean {
	return verdictOf(el)?.block ?? false;
}

/** From whom a node is hidden by where it stands, through shadow roots. */
export function maskOf(node: Node | null): Mask {
	if (!anyMask && !ruleSelectors()) return documentMask();
	const at = node && nodeType(node) === ELEMENT ? node : node && composedParent(node);
	if (!at) return documentMask();
	const outside = maskOf(composedParent(at));
	return nodeType(at) === ELEMENT ? maskAt(at as Element, outside) : outside;
}

/** Whether a node stands in content that is hidden from somebody. */
export function inMasked(node: Node | null): boolean {
	return maskOf(node) !== 0;
}

/**
 * Where something that somebody does at a node may be said to be: there, or at what stands around it, where a rule or a mark hides it: which of the
 * keys of a hidden keypad the pointer is over is what was to be hidden. (In the private mode the page keeps its shape, and the pointer its place in it.)
 */
export function placeShown(node: Node | null): Node | null {
	let at = node;
	while (at && isHard(maskOf(at))) at = composedParent(at);
	return at;
}

function isHard(mask: Mask): boolean {
	return mask !== 0 && !(mask & SOFT);
}

/** Whether what is entered here is a secret because the page or a rule says so (and not the private mode alone). */
export function isMarked(el: Element): boolean {
	return maskOf(el) === NOBODY;
}

/** The value of a field as it may leave. */
export function fieldValue(el: Element, value: string): string {
	if (secretField(el)) return maskValue(value);
	return veil(value, maskValue(value), maskOf(el) & NOBODY) ?? '';
}

/** Text as it may leave: blank text as it is, so that the layout keeps its shape, everything else as bullets. */
export function maskText(text: string, mask: Mask = NOBODY): string {
	const seen = hidePersonal(text, BULLETS);
	if (mask === 0 || !/\S/.test(text)) return seen;
	return veil(seen, mask & SOFT ? standIn(text) : BULLETS, mask & NOBODY) ?? BULLETS;
}

/** The value of a field as it may leave: empty or bullets. */
export function maskValue(value: string): string {
	return value === '' ? '' : BULLETS;
}

/**
 * What of an attribute may leave: its value, another one, or undefined for nothing. `masked`: from whom the element is hidden;
 * `secret`: it is a secret field.
 */
export function maskAttribute(el: Element, tag: string, name: string, value: string, masked: Mask, secret: boolean): string | undefined {
	// Never shown, and often a token.
	if (name === 'value' && tag === 'input' && (getAttribute(el, 'type') ?? '').toLowerCase() === 'hidden') return undefined;
	const open =
		secret && VALUES.has(name) ? (name === 'value' ? maskValue(value) : undefined) : isRead(name) ? hidePersonal(value, BULLETS) : value;
	const mask = masked & NOBODY;
	if (mask === 0 || open === undefined || LOOKS.has(tag)) return open;
	if (name === 'value') return veil(open, maskValue(value), mask);
	if (!KEPT.has(name)) return veil(open, undefined, mask);
	return name === 'style' ? veil(open, withoutText(value), mask) : open;
}

/** Attributes that a person reads, so that a card's number is looked for there. */
function isRead(name: string): boolean {
	return name.startsWith('aria-') || READ.has(name);
}

/** Declarations without the strings and pictures in them. */
function withoutText(css: string): string {
	return css.replace(/url\((?:"[^"]*"|'[^']*'|[^)]*)\)/gi, 'none').replace(/"[^"]*"|'[^']*'/g, '""');
}
