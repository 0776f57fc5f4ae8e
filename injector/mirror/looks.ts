// page (host): every proxied document, before its own scripts.
// What holds of single elements by what a person did, and has no event or attribute of its own: validity they were shown, autofill, the
// target of the address, fullscreen. Looked at after what can change it.
import { CSS_STATES } from '../../protocol/css-states.ts';
import { type Any, getter, method } from '../natives.ts';
import { localName } from './dom.ts';
import { idOf } from './ids.ts';
import { customStates, hasStates, watchStates } from './states.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const matches = method<boolean>(g.Element?.prototype, 'matches');
const { matchMedia } = globalThis;
const supports = g.CSS?.supports as ((selector: string) => boolean) | undefined;
const isDark = getter<boolean>(g.MediaQueryList?.prototype, 'matches');
const querySelector = method<Element | null>(g.Document?.prototype, 'querySelector');
const validity = (el: Element): ValidityState | undefined => VALIDITY[localName(el)]?.(el);
const VALIDITY: Readonly<Record<string, (el: Element) => ValidityState>> = {
	input: getter(g.HTMLInputElement?.prototype, 'validity'),
	textarea: getter(g.HTMLTextAreaElement?.prototype, 'validity'),
	select: getter(g.HTMLSelectElement?.prototype, 'validity'),
	button: getter(g.HTMLButtonElement?.prototype, 'validity'),
};
/** Of fields. */
const FIELD = ['user-valid', 'user-invalid', 'autofill'];
/** Of any element; there is one of each in a document at most. */
const SINGLE = ['target', 'fullscreen'];
const EVENTS = ['input', 'change', 'focusout', 'invalid', 'submit', 'reset', 'hashchange', 'popstate', 'fullscreenchange'];
/** Milliseconds between two looks at what had no event. */
const REST = 500;

let known: Map<string, string> | undefined;

/** The selector of a state; undefined where this browser knows none. */
function selectorOf(state: string): string | undefined {
	known ??= knownSelectors();
	return known.get(state);
}

function knownSelectors(): Map<string, string> {
	const selectors = new Map<string, string>();
	for (const [selector, name] of Object.entries(CSS_STATES)) {
		if (![...FIELD, ...SINGLE].includes(name) || selectors.has(name)) continue;
		if (supports?.(`selector(:${selector})`)) selectors.set(name, `:${selector}`);
	}
	return selectors;
}

export function trackLooks({ ctx, stream }: Capture): Tracker {
	const { natives, win, doc } = ctx;
	/** What was sent of each element that had something to send, and of fields. */
	const fields = new Map<Element, { looks: string; error: boolean }>();
	const single = new Map<string, Element>();
	let next = 0;
	let asked = false;

	const holds = (el: Element, names: readonly string[]) =>
		names.filter((name) => {
			const selector = selectorOf(name);
			return selector !== undefined && matches(el, selector);
		});
	const tell = (el: Element) => {
		const id = idOf(el);
		if (id === undefined) return;
		const looks = [...holds(el, FIELD), ...[...single].filter(([, at]) => at === el).map(([name]) => name), ...customStates(el)].join(' ');
		const error = validity(el)?.customError ?? false;
		const was = fields.get(el) ?? { looks: '', error: false };
		if (was.looks !== looks) stream.push({ op: 'state', id, name: 'looks', value: looks });
		if (was.error !== error) stream.push({ op: 'state', id, name: 'error', value: error ? '1' : '' });
		fields.set(el, { looks, error });
	};
	const look = () => {
		for (const name of SINGLE) {
			const selector = selectorOf(name);
			const now = selector === undefined ? null : querySelector(doc, selector);
			const was = single.get(name);
			if (now === (was ?? null)) continue;
			if (now) single.set(name, now);
			else single.delete(name);
			if (was) tell(was);
			if (now) tell(now);
		}
		for (const el of [...fields.keys()]) {
			if (idOf(el) === undefined) fields.delete(el);
			else tell(el);
		}
	};
	watchStates((el) => {
		if (idOf(el) !== undefined) tell(el);
	});
	const onEvent = () => {
		if (asked) return;
		asked = true;
		// The state follows the event's own handling.
		natives.setTimeout(() => {
			asked = false;
			look();
		}, 0);
	};
	let dark: MediaQueryList | undefined;
	const scheme = () => {
		if (dark) stream.push({ op: 'state', id: 0, name: 'scheme', value: isDark(dark) ? 'dark' : 'light' });
	};
	return {
		key() {
			if (!ctx.isTop) return;
			dark ??= matchMedia('(prefers-color-scheme: dark)');
			natives.addEventListener(dark, 'change', scheme);
			// A mirror is light until it is told otherwise.
			if (isDark(dark)) scheme();
		},
		arm() {
			for (const name of EVENTS) natives.addEventListener(win, name, onEvent, { capture: true, passive: true });
		},
		element(el, tag) {
			if (!VALIDITY[tag] && !hasStates(el) && !(single.size && [...single.values()].includes(el))) return;
			fields.set(el, { looks: '', error: false });
			tell(el);
		},
		tick() {
			const now = natives.now();
			if (now < next) return;
			look();
			next = now + REST + (natives.now() - now) * 50;
		},
	};
}
