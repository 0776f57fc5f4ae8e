// page (host).
// The rules of style sheets that hold while something is hovered, said anew for a browser that is told by a path what that is; and after each of
// them those of the page's rules that come later and may say something else of the same elements, so that the last word is still theirs.
import { mapCssUrls } from '../../../../protocol/css-urls.ts';
import { natives } from '../../../natives.ts';
import { queryAll } from '../../../query.ts';
import { allOf, declarationsOf, propertiesOf, type Rule } from './rules.ts';
import { fits, marksOf, marksOfElement, ofElements, replaced, unhovered, within } from './selectors.ts';

const IMPORTANT = '!important';
/** As many rules that come later follow without being asked whether they hold for any element now; a browser takes long over thousands. */
const MANY = 50;
/** Elements of one rule that are looked at for what else may hold for them. */
const LOOKED_AT = 30;

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
			const plain = ofElements(selector);
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
		if (!now.length || isLayered(rule) || declarationsOf(rule).includes(IMPORTANT)) return [];
		for (const name of propertiesOf(rule)) back.add(name);
		return said(now.map(({ text }) => unhovered(text, '&')));
	};
	const back = new Set<string>();
	const follow = (rule: Rule): readonly string[] => {
		rule.marks ??= rule.selectors.flatMap(({ text }) => marksOf(text));
		if (!rule.marks.some((mark) => marks.has(mark))) return [];
		if (!propertiesOf(rule).some((name) => properties.has(name))) return [];
		const now = (text: string) => [...concerned].some((el) => fits(el, ofElements(text)));
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
		if (isLayered(rule) || !propertiesOf(rule).some((name) => back.has(name)) || declarationsOf(rule).includes(IMPORTANT)) return [];
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
	text = mapCssUrls(declarationsOf(rule), (url) => absolute(url, rule.base)),
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
		for (; at < rules.length && rules[at]?.nested === nested && same(rules[at]?.around, around); at++) inner += rules[at]?.css;
		text += preludes.map((prelude) => `${prelude}{`).join('') + inner + '}'.repeat(preludes.length);
	}
	return text;
}

function same(a: readonly string[] | undefined, b: readonly string[]): boolean {
	return a === b || a?.join() === b.join();
}

function isLayered({ around }: Rule): boolean {
	return around.some((prelude) => prelude.startsWith('@layer'));
}

const absolute = (url: string, base: string | null) =>
	base && natives.URL.canParse(url, base) && !url.startsWith('#') ? new natives.URL(url, base).href : url;
