// page (host): every proxied document, before its own scripts.
// Which fields hold a secret, by what the page says about them: type, autocomplete, name, label, what stands before it, shape.
import { type Any, getter, method, softGetter } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { computed, ELEMENT, getAttribute, getRootNode, localName, nodeType, parentNode, previousSibling, TEXT } from '../dom.ts';
import { kindByWords } from './words.ts';

export type FieldKind = 'password' | 'code' | 'card' | 'identity' | 'expiry';

const g = globalThis as Any;
const inputLabels = getter<NodeListOf<HTMLLabelElement> | null>(g.HTMLInputElement?.prototype, 'labels');
const areaLabels = getter<NodeListOf<HTMLLabelElement> | null>(g.HTMLTextAreaElement?.prototype, 'labels');
const byId = method<Element | null>(g.Document?.prototype, 'getElementById');
const inputForm = softGetter<Element | null>(g.HTMLInputElement?.prototype, 'form');
const childElementCount = getter<number>(g.Element?.prototype, 'childElementCount');
const textContent = getter<string | null>(g.Node?.prototype, 'textContent');

/** Input types that nobody types a secret into. */
const NO_TEXT = new Set([
	'checkbox',
	'radio',
	'submit',
	'button',
	'reset',
	'image',
	'file',
	'range',
	'color',
	'hidden',
	'search',
	'email',
	'url',
]);

/** Fields of one sign that are a code: so many of them, two codes at most. */
const FEW = [4, 12] as const;

/** Tokens of `autocomplete` (HTML section 4.10.18.7.1). */
const AUTOCOMPLETE: readonly (readonly [RegExp, FieldKind])[] = [
	[/(?:^|\s)(?:current-password|new-password)(?:\s|$)/i, 'password'],
	[/(?:^|\s)one-time-code(?:\s|$)/i, 'code'],
	[/(?:^|\s)cc-(?:exp|exp-month|exp-year|type|name|given-name|additional-name|family-name)(?:\s|$)/i, 'expiry'],
	[/(?:^|\s)cc-[a-z-]+(?:\s|$)/i, 'card'],
	[/(?:^|\s)bday(?:-day|-month|-year)?(?:\s|$)/i, 'expiry'],
];
/** Values of `autocomplete` that say what a field is, and that it is none of the above. */
const HARMLESS =
	/(?:^|\s)(?:username|email|name|given-name|family-name|organization|street-address|address-[a-z0-9-]+|postal-code|country|country-name|tel|url|language)(?:\s|$)/i;

/** Elements that hold a value themselves, and those that no caption outside of them is about a field in. */
const FIELDS = new Set(['input', 'textarea', 'select', 'button']);
const BOUNDS = new Set(['form', 'fieldset', 'section', 'table', 'tbody', 'ul', 'ol', 'body']);

/** Attributes that name a field, or say what goes into it. */
const NAMES = ['name', 'id', 'formcontrolname', 'aria-label', 'placeholder', 'title', 'aria-placeholder', 'data-placeholder'];
const DOTS = '-webkit-text-security';

/** Kinds that a list to pick from can be: a day of birth, a card's last month. */
const PICKED: readonly (FieldKind | undefined)[] = ['expiry', 'identity'];

/** What stands beside a field and names it is shorter than so many signs, and made of a few elements; how far up it is looked for. */
const CAPTION = { signs: 40, elements: 3, up: 3 } as const;

/** Whether a field is one that somebody may type a secret into. */
export function takesText(el: Element): boolean {
	return localName(el) !== 'input' || !NO_TEXT.has((getAttribute(el, 'type') ?? '').trim().toLowerCase());
}

/** What kind of secret a field holds by what the page says about it; undefined: none. */
export function fieldKind(el: Element): FieldKind | undefined {
	const tag = localName(el);
	if (tag !== 'input' && tag !== 'textarea' && tag !== 'select') return undefined;
	const type = (getAttribute(el, 'type') ?? '').trim().toLowerCase();
	if (tag === 'input' && type === 'password') return 'password';
	const complete = getAttribute(el, 'autocomplete') ?? '';
	for (const [token, kind] of AUTOCOMPLETE) if (token.test(complete) && !(kind === 'password' && picksFromList(el))) return kind;
	if ((tag === 'input' && NO_TEXT.has(type)) || HARMLESS.test(complete)) return undefined;
	if (tag !== 'select') return byShape(el) ?? namedKind(el);
	const kind = namedKind(el);
	return PICKED.includes(kind) ? kind : undefined;
}

/** Whether a field is where one picks from a list: `new-password` is how such fields keep a browser from filling them in (Ant Design's Select). */
function picksFromList(el: Element): boolean {
	const role = getAttribute(el, 'role');
	return role === 'combobox' || role === 'searchbox' || getAttribute(el, 'aria-haspopup') === 'listbox';
}

/** One field for each digit of a code, a code of fixed length, a card's number by the room there is for it. */
function byShape(el: Element): FieldKind | undefined {
	const most = Number(getAttribute(el, 'maxlength') ?? 0);
	const pattern = getAttribute(el, 'pattern') ?? '';
	const digits = getAttribute(el, 'inputmode') === 'numeric' || /\\d|\[0-9\]/.test(pattern);
	if (!digits) return most === 1 && isOneOfFew(el) ? 'code' : undefined;
	if (most === 1 || /^(?:\\d|\[0-9\])\{[468]\}$/.test(pattern)) return 'code';
	return most === 16 || most === 19 || most === 23 ? 'card' : undefined;
}

/** Whether a field of one sign has a few of its kind beside it, as those of a code do; those of a crossword are many. */
function isOneOfFew(el: Element): boolean {
	const { length } = queryAll(inputForm(el) ?? getRootNode(el), 'input[maxlength="1"]');
	return length >= FEW[0] && length <= FEW[1];
}

/** Whether a style sheet has what is in an element drawn as dots. */
export function drawsDots(el: Element): boolean {
	return !/^(?:none)?$/.test(computed(el, DOTS));
}

/** What kind of secret the words that name an element speak of. `caption`: what stands before it may name it. */
export function namedKind(el: Element, caption = true): FieldKind | undefined {
	const labels = labelsOf(el);
	const names = NAMES.map((name) => getAttribute(el, name) ?? '');
	return kindByWords([...names, labels || !caption || getAttribute(el, 'aria-label') ? labels : captionOf(el)].join(' | '));
}

/** The short text that stands before a field that has no label, as in a table's cell before its own; empty where there is none or another field comes first. */
function captionOf(el: Element): string {
	let at: Node = el;
	for (let up = 0; up <= CAPTION.up; up++) {
		for (let before = previousSibling(at); before; before = previousSibling(before)) {
			const type = nodeType(before);
			if (type !== TEXT && type !== ELEMENT) continue;
			if (type === ELEMENT && !mayBeCaption(before as Element)) return '';
			const text = (textContent(before) ?? '').trim();
			if (text) return text.length < CAPTION.signs ? text : '';
		}
		const parent = parentNode(at);
		if (!parent || nodeType(parent) !== ELEMENT || BOUNDS.has(localName(parent as Element))) return '';
		at = parent;
	}
	return '';
}

function mayBeCaption(el: Element): boolean {
	return !FIELDS.has(localName(el)) && childElementCount(el) <= CAPTION.elements && queryAll(el, 'input, textarea, select').length === 0;
}

function labelsOf(el: Element): string {
	let said = '';
	try {
		const tag = localName(el);
		const labels = tag === 'textarea' ? areaLabels(el) : tag === 'input' ? inputLabels(el) : null;
		for (let i = 0; labels && i < labels.length && i < 4; i++) said += ` ${textContent(labels[i])?.slice(0, 200)}`;
		for (const id of (getAttribute(el, 'aria-labelledby') ?? '').split(/\s+/).slice(0, 4)) {
			const label = id && byId(el.ownerDocument, id);
			if (label) said += ` ${textContent(label)?.slice(0, 200)}`;
		}
	} catch {
		// A document of another kind: names say enough.
	}
	return said;
}
