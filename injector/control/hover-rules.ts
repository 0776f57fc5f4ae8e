// page (host).
// The rules of a style sheet that hold while something is hovered, and what they say once the browser is told by a path what that is.
import { mapCssUrls } from '../../protocol/css-urls.ts';
import { type Any, getter, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { dom } from './dom.ts';

const proto = (name: string): Any => realm.global[name]?.prototype;
const cssRules = getter<CSSRuleList>(proto('CSSStyleSheet'), 'cssRules');
const href = getter<string | null>(proto('StyleSheet'), 'href');
const selectorOf = getter<string>(proto('CSSStyleRule'), 'selectorText');
const ruleText = getter<string>(proto('CSSRule'), 'cssText');
const styleOf = getter<CSSStyleDeclaration>(proto('CSSStyleRule'), 'style');
const textOf = getter<string>(proto('CSSStyleDeclaration'), 'cssText');

const HOVER = /:hover(?![\w-])/g;
const PSEUDO_ELEMENT = /::[\w-]+(?:\([^()]*\))?|:(?:before|after|first-line|first-letter)\b/g;

/** A rule with `:hover` in it, or around it. */
interface HoverRule {
	/** Preludes from the outside in: at-rules as they are, selectors with `:hover`. */
	readonly preludes: readonly string[];
	readonly body: string;
	/** Compounds that an element has to match for the rule to say anything about its being hovered. */
	readonly compounds: readonly string[];
}

/** By sheet, as long as it has as many rules. A rule that is edited in place is seen with the next change of that number. */
const known = new WeakMap<CSSStyleSheet, { readonly count: number; readonly rules: readonly HoverRule[] }>();

/** The rules of `sheet` that may matter while the elements of `chain` are hovered; none where the sheet can't be read. */
export function hoverRules(sheet: CSSStyleSheet, chain: readonly Element[]): HoverRule[] {
	return allOf(sheet).filter(({ compounds }) => compounds.some((compound) => chain.some((el) => fits(el, compound))));
}

/** The rule's text with `hovered` (a selector of the specificity of a pseudo-class) in the place of `:hover`. */
export function hoveredText({ preludes, body }: HoverRule, hovered: string): string {
	return `${preludes.map((prelude) => `${replaced(prelude, hovered)}{`).join('')}${body}${'}'.repeat(preludes.length)}`;
}

function replaced(prelude: string, hovered: string): string {
	if (prelude.startsWith('@')) return prelude;
	return prelude.replace(HOVER, (all, at: number) => {
		const before = prelude.slice(0, at);
		if (isNegated(before)) return all;
		// The host of this shadow tree is hovered whenever something in it is.
		return /:host(?:-context)?\([^()]*$/.test(before) ? ':nth-child(n)' : hovered;
	});
}

function allOf(sheet: CSSStyleSheet): readonly HoverRule[] {
	let list: CSSRuleList;
	try {
		list = cssRules(sheet);
	} catch {
		return []; // of another origin
	}
	const before = known.get(sheet);
	if (before?.count === list.length) return before.rules;
	const rules: HoverRule[] = [];
	const base = href(sheet);
	collect(
		list,
		[],
		[],
		(url) => (base && natives.URL.canParse(url, base) && !url.startsWith('#') ? new natives.URL(url, base).href : url),
		rules,
	);
	known.set(sheet, { count: list.length, rules });
	return rules;
}

function collect(
	list: CSSRuleList,
	around: readonly string[],
	hovers: readonly string[],
	map: (url: string) => string,
	out: HoverRule[],
): void {
	for (const rule of list as unknown as Iterable<Any>) {
		// As it stands here: a page is shown its own text.
		const selector = rule.type === 1 ? selectorOf(rule) : undefined;
		const inner = rule.cssRules as CSSRuleList | undefined;
		if (selector !== undefined) {
			const compounds = [...hovers, ...compoundsOf(selector)];
			const preludes = [...around, selector];
			const body = textOf(styleOf(rule));
			if (compounds.length && body) out.push({ preludes, body: mapCssUrls(body, map), compounds });
			if (inner?.length) collect(inner, preludes, compounds, map, out);
		} else if (rule.type === 3) collectImport(rule, around, out);
		else if (inner && rule.type !== 7) {
			const prelude = preludeOf(rule);
			// What stands in a layer without a name can't be added to.
			if (prelude !== '@layer') collect(inner, [...around, prelude], hovers, map, out);
		}
	}
}

/** What stands before the block of an at-rule. A rule's whole text is asked for only where nothing shorter says it. */
function preludeOf(rule: Any): string {
	if (rule.type === 4) return `@media ${rule.conditionText}`;
	if (rule.type === 12) return `@supports ${rule.conditionText}`;
	if (natives.objectToString(rule) === '[object CSSLayerBlockRule]') return `@layer ${rule.name}`.trim();
	return ruleText(rule).split('{', 1)[0]?.trim() ?? '';
}

function collectImport(rule: CSSImportRule, around: readonly string[], out: HoverRule[]): void {
	const layer = (rule as Any).layerName as string | null;
	if (!rule.styleSheet || layer === '') return;
	const media = rule.media.mediaText;
	const preludes = [...around, ...(media ? [`@media ${media}`] : []), ...(layer ? [`@layer ${layer}`] : [])];
	for (const each of allOf(rule.styleSheet)) out.push({ ...each, preludes: [...preludes, ...each.preludes] });
}

/** The compounds around each `:hover` of a selector that may be replaced, without it and without pseudo-elements. */
function compoundsOf(selector: string): string[] {
	return [...selector.matchAll(HOVER)].flatMap(({ index }) => {
		const left = selector.slice(0, index);
		if (isNegated(left)) return [];
		const [from, to] = [leftEdge(selector, index), rightEdge(selector, index + 6)];
		const own = selector.slice(from, index);
		if (own.includes('::')) return [];
		if (/:host(?:-context)?\($/.test(left.slice(0, from))) return ['*'];
		const rest = `${own}${selector.slice(index + 6, to)}`.replace(HOVER, '').replace(PSEUDO_ELEMENT, '').replaceAll('&', ':is(*)');
		return [rest || '*'];
	});
}

function isNegated(before: string): boolean {
	return /:not\([^()]*$/.test(before);
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
