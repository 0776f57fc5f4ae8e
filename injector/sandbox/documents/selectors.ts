// page.
// querySelector, matches, closest and their kin: a selector that asks about a URL is asked of URLs of ours, and where a label and a path could be
// taken for one another, what the browser finds is put right by what the page would read; so it is where it asks about code of ours. Other
// selectors are only looked at for a bracket.
import { type AttributeSelector, mapSelectorAttributes } from '../../../protocol/css-attributes.ts';
import { asksForUrls, rewriteSelector } from '../../../rewrite/css/selectors.ts';
import { schemeOf } from '../../../rewrite/url.ts';
import { replaceMethod } from '../../hook.ts';
import { late } from '../../late.ts';
import { type Any, getter, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isOurs } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { attributeFrom, kindOf } from './attributes.ts';

const proto = (name: string): Any => realm.global[name]?.prototype;
const rootNode = method<Node>(proto('Node'), 'getRootNode');
const matches = method<boolean>(proto('Element'), 'matches');
const previous = getter<Element | null>(proto('Element'), 'previousElementSibling');
const parentElement = getter<Element | null>(proto('Node'), 'parentElement');
/** By the type of the node. */
const all: Readonly<Record<number, (root: Node, selector: string) => NodeListOf<Element>>> = {
	1: method(proto('Element'), 'querySelectorAll'),
	9: method(proto('Document'), 'querySelectorAll'),
	11: method(proto('DocumentFragment'), 'querySelectorAll'),
};

/** A test that isn't exact, and what is asked in its place. */
interface Doubt {
	readonly of: AttributeSelector;
	readonly text: string;
	/** What the test says, by what stands in the document. */
	readonly known: Map<string, boolean>;
}

interface Plan {
	readonly text: string;
	readonly doubts: readonly Doubt[];
	/** Whether nothing but an element and those it stands in decide. */
	readonly upward: boolean;
}

/** Attributes whose values no selector can map. */
const CODE = /^(?:on[a-z]+|srcdoc|integrity)$/;
const ASKS_FOR_CODE = /\[\s*(?:on[a-z]+|srcdoc|integrity)\s*[~|^$*]?=/i;

const plans = new natives.Map<string, Plan>();

/** A selector of the page's as our document is asked. */
export function ourSelector(selector: string): string {
	return asksForUrls(selector) ? planOf(selector).text : selector;
}

function planOf(selector: string): Plan {
	let plan = plans.get(selector);
	if (!plan) {
		const doubts: Doubt[] = [];
		const text = rewriteSelector(selector, realm.scope, schemeOf(realm.boot.origin), (of, test, to) => {
			if (!test.exact) doubts.push({ of, text: to, known: new natives.Map() });
		});
		if (ASKS_FOR_CODE.test(selector))
			mapSelectorAttributes(selector, (of) => {
				if (of.operator && CODE.test(of.name)) doubts.push({ of, text: of.text, known: new natives.Map() });
				return undefined;
			});
		plan = { text, doubts, upward: !/\+|~(?!=)|:has\(|:nth-/i.test(selector) };
		if (plans.size > 500) plans.clear();
		plans.set(selector, plan);
	}
	return plan;
}

export function installSelectors(): void {
	const { Document, DocumentFragment, Element } = realm.global;
	for (const owner of [Document, DocumentFragment, Element])
		for (const name of ['querySelector', 'querySelectorAll']) hook(owner.prototype, name, false);
	for (const name of ['matches', 'closest', 'webkitMatchesSelector']) hook(Element.prototype, name, true);
}

/** `own`: it is asked about the element itself. */
function hook(owner: Any, name: string, own: boolean): void {
	replaceMethod(
		owner,
		name,
		(native) =>
			({
				method(this: Any, ...args: unknown[]) {
					const [given] = args;
					if (typeof given === 'string' ? !given.includes('[') : typeof given !== 'object' || !given)
						return natives.apply(native, this, args);
					let selector: string | undefined;
					const ours = (text: string): string => {
						const plan = asksForUrls(text) || ASKS_FOR_CODE.test(text) ? planOf(text) : undefined;
						selector = text;
						return plan?.doubts.length ? certain(this, plan, own) : (plan?.text ?? text);
					};
					try {
						return natives.apply(native, this, [late(given, ours)]);
					} catch (error) {
						if (selector === undefined) throw error;
						// The browser's own words about the page's own text.
						return natives.apply(native, this, [selector]);
					}
				},
			}).method,
	);
}

/** The selector with the elements for which it wouldn't hold true, by where they stand. */
function certain(self: Node, { text, doubts, upward }: Plan, own: boolean): string {
	let out = text;
	for (const doubt of doubts) {
		const [wrong, missing] = own && upward ? mistakes(above(self as Element), doubt) : everywhere(rootNode(self), doubt);
		if (!wrong.length && !missing.length) continue;
		const held = wrong.length ? `${doubt.text}:not(${wrong.join()})` : doubt.text;
		out = out.replaceAll(doubt.text, () => (missing.length ? `:is(${held},${missing.join()})` : held));
	}
	return out;
}

/** The paths of the elements that a test's stand-in says something else of than the test, by what it says. */
function mistakes(elements: readonly Element[], doubt: Doubt, found = (el: Element) => matches(el, doubt.text)): [string[], string[]] {
	const wrong: string[] = [];
	const missing: string[] = [];
	for (const el of elements) {
		const holds = truth(el, doubt);
		if (holds !== undefined && holds !== found(el)) (holds ? missing : wrong).push(pathOf(el));
	}
	return [wrong, missing];
}

function everywhere(root: Node, doubt: Doubt): [string[], string[]] {
	const found = new natives.Set(select(root, doubt.text));
	const { source } = doubt.of;
	return mistakes(select(root, `[${source}*="${realm.mark}"],[${source}*="$tandem$"]`), doubt, (el) => found.has(el));
}

/** What the test says of an element; undefined where its attribute holds nothing of ours. */
function truth(el: Element, { of, known }: Doubt): boolean | undefined {
	const raw = natives.getAttribute(el, of.name);
	if (raw === null) return undefined;
	let holds = common.shared.odd.any ? undefined : known.get(raw);
	if (holds === undefined) {
		const kind = isOurs(raw) ? kindOf(el, of.name) : undefined;
		if (!kind) return undefined;
		holds = says(of, attributeFrom(el, of.name, kind, raw) ?? '');
		if (known.size > 2000) known.clear();
		known.set(raw, holds);
	}
	return holds;
}

function above(self: Element): Element[] {
	const chain: Element[] = [];
	for (let el: Element | null = self; el; el = parentElement(el)) chain.push(el);
	return chain;
}

function select(root: Node, selector: string): Element[] {
	const type = natives.nodeType(root);
	const inside = all[type]?.(root, selector) ?? [];
	return type === 1 && matches(root, selector) ? [root as Element, ...inside] : [...inside];
}

/** What a test says of a value (Selectors Level 4 section 6). */
function says({ operator, value, flag }: AttributeSelector, of: string): boolean {
	const [asked, text] = flag === 'i' ? [value.toLowerCase(), of.toLowerCase()] : [value, of];
	if (operator === '=') return text === asked;
	if (operator === '|=') return text === asked || text.startsWith(`${asked}-`);
	if (!asked) return false;
	if (operator === '^=') return text.startsWith(asked);
	if (operator === '$=') return text.endsWith(asked);
	return operator === '*=' ? text.includes(asked) : text.split(/[ \t\n\f\r]+/).includes(asked);
}

/** Where an element stands, from the top of its tree down. */
function pathOf(el: Element): string {
	const parent = parentElement(el);
	if (parent) return `${pathOf(parent)}>:nth-child(${placeOf(el)})`;
	return natives.parentNode(el) ? `:not(*>*):nth-child(${placeOf(el)})` : ':not(*>*)';
}

function placeOf(el: Element): number {
	let at = 1;
	for (let before = previous(el); before; before = previous(before)) at++;
	return at;
}
