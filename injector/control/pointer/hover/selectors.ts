// page (host).
// What a selector says of hovering: the compounds that `:hover` stands in, what it reads with something else in its place, and by what an element
// for which it may hold is known.
import { getter } from '../../../natives.ts';
import { realm } from '../../../realm.ts';
import { dom } from '../../dom.ts';

const classes = getter<DOMTokenList>(realm.global.Element?.prototype, 'classList');

const HOVER = /:hover(?![\w-])/g;
const NOT_HOVER = /:not\(\s*:hover\s*\)/g;
const PSEUDO_ELEMENT = /::[\w-]+(?:\([^()]*\))?|:(?:before|after|first-line|first-letter)\b/g;
const NAME = /[#.](?:[\w-]|[^\0-\x7f]|\\[^\n])+/g;

export interface Selector {
	readonly text: string;
	/** Compounds that an element has to match for its being hovered to matter here. */
	readonly compounds: readonly string[];
	/** Those that must not be hovered. */
	readonly against: readonly string[];
}

/** A selector as it stands in a rule, looked through. */
export function selectorOf(text: string): Selector {
	return { text, compounds: compoundsOf(text), against: againstOf(text) };
}

/** The selector for elements as such, whichever of their pseudo-elements it means. */
export function ofElements(selector: string): string {
	return selector.replace(PSEUDO_ELEMENT, '');
}

/** The selector with what names the hovered elements in the place of each `:hover` that is not negated. */
export function replaced(selector: string, hovered: string): string {
	return selector.replace(HOVER, (all, at: number) => {
		const before = selector.slice(0, at);
		if (isNegated(before)) return all;
		// The host of this shadow tree is hovered whenever something in it is.
		return /:host(?:-context)?\([^()]*$/.test(before) ? ':nth-child(n)' : hovered;
	});
}

/** The selector for what would match if `hovered` were not hovered. */
export function unhovered(selector: string, hovered: string): string {
	return selector.replace(NOT_HOVER, hovered);
}

/** The selector, of no more weight, for elements only that `only` names too. */
export function within(selector: string, only: string): string {
	if (selector.includes(':host')) return selector;
	const edge = leftEdge(selector, selector.length);
	const end = selector.slice(edge).search(PSEUDO_ELEMENT);
	return end < 0 ? selector + only : `${selector.slice(0, edge + end) || '*'}${only}${selector.slice(edge + end)}`;
}

/** A tag, names of classes and an id, or `*`: one of which an element has for which the selector holds. */
export function marksOf(selector: string): readonly string[] {
	const last = selector.slice(leftEdge(selector, selector.length));
	if (/\\[\da-f]/i.test(last)) return ['*'];
	const names = (last.match(NAME) ?? []).map((name) => name.replace(/\\(.)/g, '$1'));
	return names.length ? names : [/^[a-z][\w-]*/i.exec(last)?.[0].toLowerCase() ?? '*'];
}

/** All that an element is known by. */
export function marksOfElement(el: Element): string[] {
	return [el.localName.toLowerCase(), `#${el.id}`, ...[...classes(el)].map((name) => `.${name}`)];
}

/** A selector with those of the rule that it is nested in. */
export function nested(selector: string, parent: string): string {
	if (!parent) return selector;
	return selector.includes('&') ? selector.replaceAll('&', parent) : `${parent} ${selector}`;
}

/** The compounds around each `:hover` of a selector that may be replaced, without it and without pseudo-elements. */
function compoundsOf(selector: string): string[] {
	if (!selector.includes(':hover')) return [];
	return [...selector.matchAll(HOVER)].flatMap(({ index }) => {
		const left = selector.slice(0, index);
		if (isNegated(left)) return [];
		const [from, to] = [leftEdge(selector, index), rightEdge(selector, index + 6)];
		const own = selector.slice(from, index);
		if (own.includes('::')) return [];
		if (/:host(?:-context)?\($/.test(left.slice(0, from))) return ['*'];
		const rest = `${own}${selector.slice(index + 6, to)}`.replace(HOVER, '').replace(PSEUDO_ELEMENT, '');
		return [rest || '*'];
	});
}

/** The compounds around each `:not(:hover)` of a selector, without it and without pseudo-elements. */
function againstOf(selector: string): string[] {
	return [...selector.matchAll(NOT_HOVER)].flatMap(({ 0: all, index }) => {
		const own = selector.slice(leftEdge(selector, index), index);
		const rest = selector.slice(index + all.length, rightEdge(selector, index + all.length));
		return own.includes('::') ? [] : [`${own}${rest}`.replace(NOT_HOVER, '').replace(PSEUDO_ELEMENT, '') || '*'];
	});
}

function isNegated(before: string): boolean {
	return /:not\([^()]*$/.test(before);
}

/** The selectors of a list. */
export function split(list: string): string[] {
	if (!list.includes(',')) return [list];
	const parts: string[] = [];
	let from = 0;
	for (let at = rightEdge(list, 0); at < list.length; at = rightEdge(list, at + 1)) {
		if (list[at] !== ',') continue;
		parts.push(list.slice(from, at));
		from = at + 1;
	}
	return [...parts, list.slice(from)].map((part) => part.trim());
}

function leftEdge(text: string, from: number): number {
	let depth = 0;
	for (let at = from; at > 0; at--) {
		const sign = text[at - 1] as string;
		if (sign === ')' || sign === ']') depth++;
		else if (sign === '(' || sign === '[') {
			if (depth-- === 0) return at;
		} else if (!depth && ' >+~,'.includes(sign)) return at;
	}
	return 0;
}

function rightEdge(text: string, from: number): number {
	let depth = 0;
	for (let at = from; at < text.length; at++) {
		const sign = text[at] as string;
		if (sign === '(' || sign === '[') depth++;
		else if (sign === ')' || sign === ']') {
			if (depth-- === 0) return at;
		} else if (!depth && ' >+~,'.includes(sign)) return at;
	}
	return text.length;
}

/** Whether an element matches; true where the browser doesn't know the selector. */
export function fits(el: Element, compound: string): boolean {
	try {
		return dom.matches(el, compound);
	} catch {
		return true;
	}
}
