// page (host): every proxied document, before its own scripts.
// Where a known secret shows up again: a page copies what was typed into texts, attributes, other fields, style sheets. Whatever leaves is looked
// through for it, also where it is spread over neighbouring texts. What is shorter than four signs is known only while it is being typed.
import { isLoaded } from '../../../protocol/mirror-attrs.ts';
import { SHORTEST } from '../../../protocol/secret-forms.ts';
import { Secrets, squeeze } from '../../../protocol/secrets.ts';
import { natives } from '../../natives.ts';
import * as dom from '../dom.ts';
import { BULLETS } from './mask.ts';
import { eachText, firstText, textsBeside } from './neighbours.ts';
import { isPart, mayspell, rowAround } from './spelled.ts';

/** Signs, and texts, to each side of a text that are looked at for a value spread over several. */
const AROUND = 64;
const NEIGHBOURS = 40;
/** Longest short text that is hidden as a whole for having a value of less than four signs in it. */
const SHORT_TEXT = 12;
/** Longer ones are no field's dots. */
const LONGEST_DOTS = 200;
/** Attributes that name things or say how they look: a secret that is but a word stands there by chance, and taking it out would undo the page's look. */
const NAMES = new Set([
	'class',
	'id',
	'type',
	'for',
	'name',
	'rel',
	'slot',
	'part',
	'is',
	'media',
	'role',
	'autocomplete',
	'width',
	'height',
]);
/** What of a style sheet is shown as text (CSS Content 3, Counter Styles 3, Text 4), and its comments; a string may hold what ends a declaration. */
const SHOWN =
	/(?:\b(?:content|quotes|list-style|list-style-type|text-overflow|text-emphasis|text-emphasis-style|hyphenate-character|(?:additive-)?symbols|prefix|suffix|negative|pad|initial-value)|--[\w-]+)\s*:(?:"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[^;}"'])*|\/\*[\s\S]*?\*\//gi;

export const secrets = new Secrets();
/** What is being typed, as long as it is too short for `secrets`. */
let live = '';
let liveForms: readonly string[] = [];
/** While something is typed, a text with a part of it is hidden as a whole: its next sign may be there already. */
let typing = false;
/** The sign typed last. */
let lastSign = '';
/** Texts hidden as a whole: they hold a part of a value. */
const hidden = new WeakSet<Node>();
/** What was sent for a text, where that is not the text itself. */
const sent = new WeakMap<Node, string>();
/** Set while a whole document goes out, whose texts were all looked through together before. */
let whole = false;
/** Called with texts already sent of which something turned out to be part of a secret. */
let onHide: (node: Node) => void = () => {};

export function whenHidden(tell: (node: Node) => void): void {
	onHide = tell;
}

/** Notes what is being typed in a secret field; undefined: nothing any more. Answers what other frames have to be told, if that changed. */
export function setTyping(value: string | undefined): string | undefined {
	const before = live;
	typing = value !== undefined;
	lastSign = value ? (signsOf(value).at(-1) ?? '') : '';
	const text = squeeze(value ?? '');
	live = text && text.length < SHORTEST ? text : '';
	liveForms = live ? [live, [...live].reverse().join(''), squeeze(base64(text))] : [];
	return live === before ? undefined : live;
}

/** Whether a text says what is being typed. */
export function saysLive(text: string): boolean {
	if (!live) return false;
	const plain = squeeze(text);
	for (const form of liveForms) {
		const at = plain.indexOf(form);
		if (at >= 0 && (plain.length <= SHORT_TEXT || isWord(text, form))) return true;
	}
	// A sign or two of it, each in a text of its own.
	return plain !== '' && plain.length < SHORTEST && live.endsWith(plain);
}

/** Signs that stand for others. */
const FILL = /[\s•●∙·*⬤○◦◯∗＊﹡]/g;

/** Whether a text shows the sign typed last alone, or behind dots as fields of phones do: one after the other they would be all. */
function showsLast(text: string): boolean {
	return lastSign !== '' && text.length < LONGEST_DOTS && text.replace(FILL, '') === lastSign;
}

function signsOf(text: string): string[] {
	return [...text];
}

/** Whether anything secret is known here, or being typed. */
export function knowsAny(): boolean {
	return secrets.size > 0 || live !== '';
}

/** Whether something is being typed that hides what has gone out already, and stays there: who looks through the document finds more hidden than is. */
export function hidesMore(): boolean {
	return live !== '';
}

/** What is being typed, where a text says it; '' where not. */
export function liveIn(text: string): string {
	return saysLive(text) ? live : '';
}

/** Whether a text is a known value and nothing else. */
export function isSecretWhole(text: string): boolean {
	const find = secrets.find(text);
	return find !== undefined && !squeeze(text.slice(0, find.begin)) && !squeeze(text.slice(find.end));
}

/** The known values that stand in a text, in any form. */
export function valuesIn(text: string): string[] {
	const values: string[] = [];
	if (!secrets.find(text)) return values;
	secrets.each((value) => {
		const alone = new Secrets();
		alone.learn(value);
		if (alone.find(text)) values.push(value);
	});
	return values;
}

function base64(text: string): string {
	try {
		return btoa(text);
	} catch {
		return text; // signs outside Latin-1
	}
}

function isWord(text: string, word: string): boolean {
	return text
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.includes(word);
}

/** A text on its way out, `text` being what masks left of the node's data. */
export function cleanText(node: Node, text: string): string {
	if (secrets.size === 0 && !live) return text;
	if (!whole) lookAround(node);
	if (!whole && (saysLive(text) || (typing && (showsLast(text) || secrets.find(text))))) hidden.add(node);
	const out = hidden.has(node) && /\S/.test(text) ? BULLETS : secrets.redact(text);
	if (out !== text) sent.set(node, out);
	else sent.delete(node);
	return out;
}

/** As cleanText, to be compared with what was sent: changes nothing. */
export function readText(node: Node, text: string): string {
	if (secrets.size === 0 && !hidden.has(node)) return text;
	return hidden.has(node) && /\S/.test(text) ? BULLETS : secrets.redact(text);
}

/** What was sent for a text before it changed; undefined where that was the text itself. The change makes it visible again. */
export function sentBefore(node: Node): string | undefined {
	const was = sent.get(node);
	hidden.delete(node);
	return was;
}

/** Any other string on its way out: an attribute, a rule, a field's value. */
export function clean(text: string): string {
	if (live && saysLive(text)) return BULLETS;
	return secrets.redact(text);
}

/** Whether what stands at an element is a part of a value that stands at several in a row. `read`: what stands at an element. */
export function spells(el: Element, own: string, read: (el: Element) => string | null): boolean {
	if ((secrets.size === 0 && !live) || !isPart(own)) return false;
	if (typing && showsLast(own)) return true;
	const { text, at } = rowAround(el, own, read);
	for (let find = secrets.find(text); find; find = find.next) if (find.begin < at + own.length && find.end > at) return true;
	return false;
}

/** An attribute on its way out. In the path of what guests load, so that the page looks right, words are left. */
export function cleanAttribute(el: Element, tag: string, name: string, value: string): string {
	if (secrets.size === 0 && !live) return value;
	if (mayspell(name, value) && spells(el, value, (other) => dom.getAttribute(other, name))) return BULLETS;
	if (name === 'style') return cleanCss(value);
	if (NAMES.has(name)) return secrets.redact(value, true);
	return !live && isLoaded(tag, name) ? secrets.redactUrl(value) : clean(value);
}

/** Names of elements and attributes, by whether a secret stands in them. */
const named = new natives.Map<string, boolean>();
let namedAt = -1;

/** Whether a secret stands in the name of an element or attribute: that doesn't leave either. */
export function isSecretName(name: string): boolean {
	if (secrets.size === 0) return false;
	if (namedAt !== secrets.version) named.clear();
	namedAt = secrets.version;
	let known = named.get(name);
	if (known === undefined) {
		known = secrets.find(name, true) !== undefined;
		named.set(name, known);
	}
	return known;
}

/** A style sheet's text: what is being typed may stand there as a string. */
export function cleanCss(css: string): string {
	if (secrets.size === 0 && !live) return css;
	const words = secrets.redact(css, true).replace(SHOWN, (shown) => secrets.redact(shown));
	if (!live) return words;
	return words.replace(/"([^"\\]*)"|'([^'\\]*)'/g, (all, double, single) => (saysLive(double ?? single ?? '') ? '""' : all));
}

/** Looks through all texts of some trees together; their own serializing needs no looking around then. */
export function inWhole(roots: readonly Node[], write: () => void): void {
	if (secrets.size) {
		for (const root of roots) lookThrough(root);
		// A sign or two in each of several shadow trees.
		for (const root of roots) {
			const first = dom.nodeType(root) === dom.FRAGMENT ? firstText(root) : null;
			if (first && isPart(dom.data(first).trim())) lookAround(first);
		}
	}
	whole = true;
	try {
		write();
	} finally {
		whole = false;
	}
}

function lookThrough(root: Node): void {
	const nodes: Node[] = [];
	let text = '';
	eachText(root, (node) => {
		if (!isRead(node)) return;
		nodes.push(node);
		text += dom.data(node);
	});
	hideParts(nodes, text);
}

function lookAround(node: Node): void {
	if (!isRead(node)) return;
	const nodes: Node[] = [node];
	let text = dom.data(node);
	for (const forward of [false, true]) {
		let signs = 0;
		textsBeside(node, forward, NEIGHBOURS, (at) => {
			if (!isRead(at)) return true;
			const data = dom.data(at);
			const near = forward ? data.slice(0, AROUND) : data.slice(-AROUND);
			signs += squeeze(near).length;
			// A long neighbour counts with its near end alone.
			if (forward) {
				nodes.push(at);
				text += near;
			} else {
				nodes.unshift(at);
				text = near + text;
			}
			lengths.set(at, near.length);
			return signs < AROUND;
		});
	}
	hideParts(nodes, text);
}

/** How much of a text was looked at, where that is not all of it. */
const lengths = new WeakMap<Node, number>();

function hideParts(nodes: readonly Node[], text: string): void {
	for (let find = secrets.find(text); find; find = find.next) {
		let at = 0;
		const touched: Node[] = [];
		for (const node of nodes) {
			const length = lengths.get(node) ?? dom.data(node).length;
			if (at < find.end && at + length > find.begin) touched.push(node);
			at += length;
		}
		// In one text alone it is found again by itself.
		if (touched.length < 2) continue;
		for (const node of touched) {
			if (hidden.has(node)) continue;
			hidden.add(node);
			onHide(node);
		}
	}
	for (const node of nodes) lengths.delete(node);
}

function isRead(node: Node): boolean {
	const parent = dom.parentNode(node);
	if (!parent || dom.nodeType(parent) !== dom.ELEMENT) return true;
	const tag = dom.localName(parent);
	return tag !== 'script' && tag !== 'style' && tag !== 'noscript' && tag !== 'template';
}
