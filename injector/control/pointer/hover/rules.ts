// page (host).
// The rules of style sheets in their order, with the at-rules that they stand in.
import { type Any, getter, natives } from '../../../natives.ts';
import { realm } from '../../../realm.ts';
import { nested, type Selector, selectorOf, split } from './selectors.ts';

const proto = (name: string): Any => realm.global[name]?.prototype;
const cssRules = getter<CSSRuleList>(proto('CSSStyleSheet'), 'cssRules');
const href = getter<string | null>(proto('StyleSheet'), 'href');
const selectorText = getter<string>(proto('CSSStyleRule'), 'selectorText');
const ruleText = getter<string>(proto('CSSRule'), 'cssText');
const styleOf = getter<CSSStyleDeclaration>(proto('CSSStyleRule'), 'style');
const textOf = getter<string>(proto('CSSStyleDeclaration'), 'cssText');

export interface Rule {
	/** At-rules from the outside in; rules next to each other share the list. */
	readonly around: readonly string[];
	readonly selectors: readonly Selector[];
	readonly rule: CSSStyleRule;
	/** The sheet's address, which URLs in it start from. */
	readonly base: string | null;
	/** By what an element is known that the rule may hold for (`marksOf`), and which properties it sets; once they are asked for. */
	marks?: readonly string[];
	properties?: readonly string[];
}

/** By sheet, as long as it has as many rules. A rule that is edited in place is seen with the next change of that number. */
const known = new WeakMap<CSSStyleSheet, { readonly count: number; readonly rules: readonly Rule[] }>();

/** The names of the properties that a rule sets. */
export const propertiesOf = (of: Rule) => (of.properties ??= [...(styleOf(of.rule) as unknown as Iterable<string>)]);
/** What a rule sets, as text. */
export const declarationsOf = ({ rule }: Rule) => textOf(styleOf(rule));

/** A sheet's rules, those of sheets that it imports among them; none where it can't be read. */
export function allOf(sheet: CSSStyleSheet): readonly Rule[] {
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
			const selectors = split(selectorText(rule)).map((text) => nested(text, parent));
			out.push({
				around,
				selectors: selectors.map(selectorOf),
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
