// page (host).
// The rules of style sheets that hold while something is hovered, said anew for a browser that is told by a path what that is; and after each of
// them those of the page's rules that come later and may say something else of the same elements, so that the last word is still theirs.
import { mapCssUrls } from '../../../protocol/css-urls.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';
import { dom } from '../dom.ts';

const proto = (name: string): Any => realm.global[name]?.prototype;
const cssRules = getter<CSSRuleList>(proto('CSSStyleSheet'), 'cssRules');
const href = getter<string | null>(proto('StyleSheet'), 'href');
const selectorOf = getter<string>(proto('CSSStyleRule'), 'selectorText');
const ruleText = getter<string>(proto('CSSRule'), 'cssText');
const styleOf = getter<CSSStyleDeclaration>(proto('CSSStyleRule'), 'style');
const textOf = getter<string>(proto('CSSStyleDeclaration'), 'cssText');
const classes = getter<DOMTokenList>(proto('Element'), 'classList');

const HOVER = /:hover(?![\w-])/g;
const NOT_HOVER = /:not\(\s*:hover\s*\)/g;
const IMPORTANT = '!important';
const PSEUDO_ELEMENT = /::[\w-]+(?:\([^()]*\))?|:(?:before|after|first-line|first-letter)\b/g;
const NAME = /[#.](?:[\w-]|[^\0-\x7f]|\\[^\n])+/g;
/** As many rules that come later follow without being asked whether they hold for any element now; a browser takes long over thousands. */
const MANY = 50;
/** Elements of one rule that are looked at for what else may hold for them. */
const LOOKED_AT = 30;

interface Selector {
	readonly text: string;
	/** Compounds that an element has to match for its being hovered to matter here. */
	readonly compounds: readonly string[];
	/** Those that must not be hovered. */
	readonly against: readonly string[];
}

interface Rule {
	/** At-rules from the outside in. */
	readonly around: readonly string[];
	readonly selectors: readonly Selector[];
	readonly rule: CSSStyleRule;
	readonly base: string | null;
	/** By what an element is known that the rule may hold for (`marksOf`), and which properties it sets; once they are asked for. */
	marks?: readonly string[];
	properties?: readonly string[];
}

/** By sheet, as long as it has as many rules. A rule that is edited in place is seen with the next change of that number. */
const known = new WeakMap<CSSStyleSheet, { readonly count: number; readonly rules: readonly Rule[] }>();

/** What holds in `root` by these sheets (those that can be read) while the elements of `chain` are hovered. `path` (a selector of the specificity of a pseudo-class) names those. */
export function hoveredCss(
	root: Document | ShadowRoot,
	sheets: readonly CSSStyleSheet[],
	chain: readonly Element[],
	path: () => string,
): string {
	// Said of `&`: what is hovered is named once around many of them (CSS Nesting section 3), and not in each.
	const elements = new Set<string>();
	const concerned = new Set<Element>();
	let followed = 0;
	const marks = new Set(['*']);
	const properties = new Set<string>();
	const hovers = (compounds: readonly string[]) => compounds.some((compound) => chain.some((el) => fits(el, compound)));
	const said = (selectors: readonly string[]): readonly string[] =>
		selectors.map((selector) => {
			const plain = selector.replace(PSEUDO_ELEMENT, '');
			if (elements.has(plain)) return selector;
			elements.add(plain);
			const found = queryAll(root, plain.replaceAll('&', path()));
			for (let i = 0; i < Math.min(found.length, LOOKED_AT); i++) {
				const el = found[i] as Element;
				concerned.add(el);
				for (const mark of marksOfElement(el)) marks.add(mark);
			}
			return selector;
		});
	const holding = (rule: Rule) => rule.selectors.filter(({ compounds }) => hovers(compounds)).map(({ text }) => replaced(text, '&'));
	/** What holds no more: what the rule says of these is taken back to the layer below, in which all else that is said of them is said again. */
	const given = (rule: Rule): readonly string[] => {
		const now = rule.selectors.filter(({ against }) => hovers(against));
		if (!now.length || isLayered(rule) || textOf(styleOf(rule.rule)).includes(IMPORTANT)) return [];
		for (const name of propertiesOf(rule)) back.add(name);
		return said(now.map(({ text }) => text.replace(NOT_HOVER, '&')));
	};
	const back = new Set<string>();
	const follow = (rule: Rule): readonly string[] => {
		rule.marks ??= rule.selectors.flatMap(({ text }) => marksOf(text));
		if (!rule.marks.some((mark) => marks.has(mark))) return [];
		if (!propertiesOf(rule).some((name) => properties.has(name))) return [];
		const now = (text: string) => [...concerned].some((el) => fits(el, text.replace(PSEUDO_ELEMENT, '')));
		if (++followed > MANY && !rule.selectors.some(({ text }) => now(text))) return [];
		const only = `:where(${[...elements].join()})`;
		return rule.selectors.flatMap(({ text, compounds, against }) => (compounds.length || hovers(against) ? [] : [within(text, only)]));
	};
	const say = (rule: Rule): readonly Said[] => {
		const taken = given(rule);
		const selectors = [...said(holding(rule)), ...(elements.size ? follow(rule) : [])];
		if ((!selectors.length && !taken.length) || !propertiesOf(rule).length) return [];
		for (const name of propertiesOf(rule)) properties.add(name);
		const back = propertiesOf(rule).map((name) => `${name}:revert-layer`);
		return [...written(rule, selectors), ...written(rule, taken, back.join(';'))];
	};
	const below = (rule: Rule): readonly Said[] => {
		if (isLayered(rule) || !propertiesOf(rule).some((name) => back.has(name)) || textOf(styleOf(rule.rule)).includes(IMPORTANT)) return [];
		return written(rule, [...holding(rule), ...follow(rule)]);
	};
	const all = (write: (rule: Rule) => readonly Said[]) =>
		sheets
			.map((sheet) => {
				const text = joined(allOf(sheet).flatMap(write), path);
				return text && sheet.media.mediaText ? `@media ${sheet.media.mediaText}{${text}}\n` : text;
			})
			.join('');
	const text = all(say);
	return back.size ? `@layer{${all(below)}}\n${text}` : text;
}

interface Said {
	readonly around: readonly string[];
	readonly css: string;
	/** It speaks of `&`. */
	readonly nested: boolean;
}

/** A rule for other selectors. */
function written(
	rule: Rule,
	selectors: readonly string[],
	text = mapCssUrls(textOf(styleOf(rule.rule)), (url) => absolute(url, rule.base)),
): Said[] {
	const { around } = rule;
	const [nested, plain] = [selectors.filter((one) => one.includes('&')), selectors.filter((one) => !one.includes('&'))];
	return [nested, plain].flatMap((of) => (of.length ? [{ around, css: `${of.join()}{${text}}\n`, nested: of === nested }] : []));
}

/** Rules in their order, those next to each other that stand in the same in one. */
function joined(rules: readonly Said[], path: () => string): string {
	let text = '';
	for (let at = 0; at < rules.length; ) {
		const { around, nested } = rules[at] as Said;
		const preludes = nested ? [...around, path()] : around;
		let inner = '';
		for (; at < rules.length && rules[at]?.nested === nested && rules[at]?.around.join() === around.join(); at++) inner += rules[at]?.css;
		text += preludes.map((prelude) => `${prelude}{`).join('') + inner + '}'.repeat(preludes.length);
	}
	return text;
}

function isLayered({ around }: Rule): boolean {
	return around.some((prelude) => prelude.startsWith('@layer'));
}

const propertiesOf = (of: Rule) => (of.properties ??= [...(styleOf(of.rule) as unknown as Iterable<string>)]);
const absolute = (url: string, base: string | null) =>
	base && natives.URL.canParse(url, base) && !url.startsWith('#') ? new natives.URL(url, base).href : url;

function replaced(selector: string, hovered: string): string {
	return selector.replace(HOVER, (all, at: number) => {
		const before = selector.slice(0, at);
		if (isNegated(before)) return all;
		// The host of this shadow tree is hovered whenever something in it is.
		return /:host(?:-context)?\([^()]*$/.test(before) ? ':nth-child(n)' : hovered;
	});
}

/** The selector, of no more weight, for elements only that `only` names too. */
function within(selector: string, only: string): string {
	if (selector.includes(':host')) return selector;
	const edge = leftEdge(selector, selector.length);
	const end = selector.slice(edge).search(PSEUDO_ELEMENT);
	return end < 0 ? selector + only : `${selector.slice(0, edge + end) || '*'}${only}${selector.slice(edge + end)}`;
}

/** A tag, names of classes and an id, or `*`: one of which an element has for which the selector holds. */
function marksOf(selector: string): readonly string[] {
	const last = selector.slice(leftEdge(selector, selector.length));
	if (/\\[\da-f]/i.test(last)) return ['*'];
	const names = (last.match(NAME) ?? []).map((name) => name.replace(/\\(.)/g, '$1'));
	return names.length ? names : [/^[a-z][\w-]*/i.exec(last)?.[0].toLowerCase() ?? '*'];
}

function marksOfElement(el: Element): string[] {
	return [el.localName.toLowerCase(), `#${el.id}`, ...[...classes(el)].map((name) => `.${name}`)];
}

function allOf(sheet: CSSStyleSheet): readonly Rule[] {
	let list: CSSRuleList;
	try {
		list = cssRules(sheet);
	} catch {
		return []; // of another origin
	}
	const before = known.get(sheet);
	if (before?.count === list.length) return before.rules;
	const rules: Rule[] = [];
	collect(list, [], '', href(sheet), rules);
	known.set(sheet, { count: list.length, rules });
	return rules;
}

/** `parent`: the selectors that nested rules stand in. */
function collect(list: CSSRuleList, around: readonly string[], parent: string, base: string | null, out: Rule[]): void {
	for (const rule of list as unknown as Iterable<Any>) {
		const inner = rule.cssRules as CSSRuleList | undefined;
		if (rule.type === 1) {
			// As it stands here: a page is shown its own text.
			const selectors = split(selectorOf(rule)).map((text) => nested(text, parent));
			out.push({
				around,
				selectors: selectors.map((text) => ({ text, compounds: compoundsOf(text), against: againstOf(text) })),
				rule,
				base,
			});
			if (inner?.length) collect(inner, around, `:is(${selectors.join()})`, base, out);
		} else if (rule.type === 3) collectImport(rule, around, out);
		else if (inner && rule.type !== 7) {
			const prelude = preludeOf(rule);
			// What stands in a layer without a name can't be added to.
			if (prelude !== '@layer') collect(inner, [...around, prelude], parent, base, out);
		}
	}
}

function nested(selector: string, parent: string): string {
	if (!parent) return selector;
	return selector.includes('&') ? selector.replaceAll('&', parent) : `${parent} ${selector}`;
}

/** What stands before the block of an at-rule. A rule's whole text is asked for only where nothing shorter says it. */
function preludeOf(rule: Any): string {
	if (rule.type === 4) return `@media ${rule.conditionText}`;
	if (rule.type === 12) return `@supports ${rule.conditionText}`;
	if (natives.objectToString(rule) === '[object CSSLayerBlockRule]') return `@layer ${rule.name}`.trim();
	return ruleText(rule).split('{', 1)[0]?.trim() ?? '';
}

function collectImport(rule: CSSImportRule, around: readonly string[], out: Rule[]): void {
	const layer = (rule as Any).layerName as string | null;
	if (!rule.styleSheet || layer === '') return;
	const media = rule.media.mediaText;
	const preludes = [...around, ...(media ? [`@media ${media}`] : []), ...(layer ? [`@layer ${layer}`] : [])];
	for (const each of allOf(rule.styleSheet)) out.push({ ...each, around: [...preludes, ...each.around] });
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
function split(list: string): string[] {
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

function fits(el: Element, compound: string): boolean {
	try {
		return dom.matches(el, compound);
	} catch {
		return true;
	}
}
