// page (host): every proxied document, before its own scripts.
// The workspace's rules in this document: which of them are for its host, and what they say about an element.
import { hostMatches, type Mask, maskFor, NOBODY, OPEN_POLICY, type Policy, tellsApart } from '../../../protocol/privacy.ts';
import { type Any, method } from '../../natives.ts';
import { ourSelector } from '../../sandbox/documents/selectors.ts';

const g = globalThis as Any;
const matches = method<boolean>(g.Element?.prototype, 'matches');

interface Rule {
	readonly selector: string;
	readonly action: 'mask' | 'allow' | 'block';
	readonly mask: Mask;
}

/** What rules change at an element: classes that see nothing from here on, and classes that see again. */
export interface Verdict {
	readonly hide: Mask;
	readonly show: Mask;
	/** Nothing of what is in it is carried at all. */
	readonly block: boolean;
}

/** A bit beside the classes': what is hidden is hidden by the private mode alone, so that its text may keep its width. */
export const SOFT = 1 << 8;

let rules: readonly Rule[] = [];
/** Classes from which the whole document is hidden: by the private mode, by the frame it stands in, or by a rule that can't be read. */
let base: Mask = 0;
let outer: Mask = 0;
let broken: Mask = 0;
let current: Policy = OPEN_POLICY;
let apart = false;
let selectors = '';

/** Takes a policy for a document at `host`. Answers the selectors that this browser can't read; what they would hide is hidden altogether. */
export function setPolicy(policy: Policy, host: string, probe: Element | null): readonly string[] {
	current = policy;
	apart = tellsApart(policy);
	broken = 0;
	base = policy.privateHosts.some((pattern) => hostMatches(pattern, host)) ? NOBODY : 0;
	const bad: string[] = [];
	rules = policy.rules
		.filter((rule) => hostMatches(rule.host, host))
		.map(({ selector, action, classes }) => ({ given: selector, selector: ourSelector(selector), action, mask: maskFor(classes) }))
		.filter(({ given, selector, action, mask }) => {
			try {
				if (probe) matches(probe, selector);
				return true;
			} catch {
				bad.push(given);
				if (action !== 'allow') broken |= mask;
				return false;
			}
		});
	selectors = rules.map(({ selector }) => selector).join(',');
	return bad;
}

/** Says from whom the frame that this document stands in is hidden. False where that was known. */
export function setOuter(mask: Mask): boolean {
	if (outer === mask) return false;
	outer = mask;
	return true;
}

/** Whether classes of guests see different things in this tab. */
export function classesApart(): boolean {
	return apart;
}

export function policy(): Policy {
	return current;
}

/** From whom the document as a whole is hidden, as far as no rule shows a part of it. */
export function documentMask(): Mask {
	const hard = outer | broken;
	return hard || !base ? hard : base | SOFT;
}

/** All selectors of the rules in force, as one; '' for none. */
export function ruleSelectors(): string {
	return selectors;
}

/** Elements that are blocked without a rule, and whether there are any. */
const closed = new WeakSet<Element>();
let anyClosed = false;

/** Hides what is in an element from all guests, as a rule that blocks it would. */
export function closeOff(el: Element): void {
	closed.add(el);
	anyClosed = true;
}

/** What the rules say about an element; undefined: nothing. */
export function verdictOf(el: Element): Verdict | undefined {
	if (rules.length === 0 && !anyClosed) return undefined;
	let hide = 0;
	let show = 0;
	let block = false;
	for (const rule of rules) {
		if (!matches(el, rule.selector)) continue;
		if (rule.action === 'allow') show |= rule.mask;
		else hide |= rule.mask;
		if (rule.action === 'block' && rule.mask === NOBODY) block = true;
	}
	if (anyClosed && closed.has(el) && show !== NOBODY) {
		hide = NOBODY;
		block = true;
	}
	return hide || show ? { hide, show, block } : undefined;
}
