// page (host): every proxied document.
// A document that comes from another host is brought to the state it had there: form values, then scroll positions. Elements may come late
// (a page that draws itself by script), so each gets several tries, until somebody touches the page.
import type { FieldState, ScrollState, Way } from '../../protocol/carry.ts';
import type { Context } from '../context.ts';
import { inMasked, secretField } from '../mirror/privacy/mask.ts';
import { type Any, getter, method, natives, setter } from '../natives.ts';
import { queryAll } from '../query.ts';
import { realm } from '../realm.ts';
import { shadowOf } from '../shadow-roots.ts';

/** Milliseconds from one try to the next, and to the last. */
const AGAIN = 100;
const LAST = 10_000;

const g = realm.global;
const setInput = setter(g.HTMLInputElement?.prototype, 'value');
const getInput = getter<string>(g.HTMLInputElement?.prototype, 'value');
const inputType = getter<string>(g.HTMLInputElement?.prototype, 'type');
const setArea = setter(g.HTMLTextAreaElement?.prototype, 'value');
const getArea = getter<string>(g.HTMLTextAreaElement?.prototype, 'value');
const checked = getter<boolean>(g.HTMLInputElement?.prototype, 'checked');
const click = method<void>(g.HTMLElement?.prototype, 'click');
const options = getter<HTMLOptionsCollection>(g.HTMLSelectElement?.prototype, 'options');
const isChosen = getter<boolean>(g.HTMLOptionElement?.prototype, 'selected');
const setChosen = setter(g.HTMLOptionElement?.prototype, 'selected');
const scrollTo = method<void>(g.Element?.prototype, 'scrollTo');
const left = getter<number>(g.Element?.prototype, 'scrollLeft');
const top = getter<number>(g.Element?.prototype, 'scrollTop');
const scroller = getter<Element | null>(g.Document?.prototype, 'scrollingElement');
/** Types whose value a script may not set, or that nobody types. */
const NOT_SET = new Set(['file', 'hidden', 'password', 'submit', 'button', 'reset', 'image']);

export function startRestore({ win, doc, onShell }: Context): void {
	onShell((message) => {
		if (message.t !== 'restore') return;
		let fields = message.state.fields;
		let scrolls = message.state.scrolls;
		const end = natives.now() + LAST;
		let touched = false;
		const stop = (event: Event) => {
			if (event.isTrusted) touched = true;
		};
		const types = ['pointerdown', 'keydown', 'wheel'];
		for (const type of types) natives.addEventListener(win, type, stop, { capture: true, passive: true });
		const go = () => {
			if (touched || natives.now() > end) fields = scrolls = [];
			if (natives.readyState(doc) !== 'loading') {
				fields = fields.filter((field) => !fill(doc, field));
				scrolls = scrolls.filter((at) => !scroll(doc, at));
			}
			if (fields.length + scrolls.length) natives.setTimeout(go, AGAIN);
			else for (const type of types) natives.removeEventListener(win, type, stop, { capture: true });
		};
		go();
	});
}

/** The element a way leads to: by the first of its selectors that names exactly one, by the last in any case. */
function find(doc: Document, way: Way): Element | undefined {
	for (let i = 0; i < way.length; i++) {
		const found = matches(doc, (way[i] as string).split(' >>> '));
		if (found.length === 1 || (found.length && i === way.length - 1)) return found[0];
	}
	return undefined;
}

function matches(doc: Document, steps: readonly string[]): ArrayLike<Element> {
	let root: Document | ShadowRoot = doc;
	let found: ArrayLike<Element> = [];
	for (let i = 0; i < steps.length; i++) {
		found = queryAll(root, steps[i] as string);
		if (i === steps.length - 1) break;
		const shadow = found[0] && shadowOf(found[0]);
		if (!shadow) return [];
		root = shadow;
	}
	return found;
}

/** True: the field is as it was, or never will be. */
function fill(doc: Document, { at, value, checked: on, selected }: FieldState): boolean {
	const el = find(doc, at);
	if (!el) return false;
	if (secretField(el) || inMasked(el)) return true;
	const tag = natives.localName(el);
	if (tag === 'input' && on !== undefined) {
		// By a click, as a person would: its page hears of it, and so does whatever hangs on it.
		if (checked(el) !== on) click(el);
	} else if (tag === 'input' && value !== undefined) {
		if (NOT_SET.has(inputType(el)) || getInput(el) === value) return true;
		setInput(el, value);
		tell(el);
	} else if (tag === 'textarea' && value !== undefined) {
		if (getArea(el) === value) return true;
		setArea(el, value);
		tell(el);
	} else if (tag === 'select' && selected) choose(el, selected);
	return true;
}

function choose(el: Element, selected: readonly number[]): void {
	const list = options(el);
	let changed = false;
	for (let i = 0; i < list.length; i++) {
		const option = list[i];
		const wanted = selected.includes(i);
		if (!option || isChosen(option) === wanted) continue;
		changed = true;
		setChosen(option, wanted);
	}
	if (changed) tell(el);
}

/** As after typing: frameworks hear of values by these events alone. */
function tell(el: Element): void {
	for (const type of ['input', 'change']) natives.dispatchEvent(el, new natives.Event(type, { bubbles: true }));
}

/** True: it stands there. A page that is still too short is tried again. */
function scroll(doc: Document, { at, x, y }: ScrollState): boolean {
	const el = at.length ? find(doc, at) : scroller(doc);
	if (!el) return false;
	scrollTo(el, { left: x, top: y, behavior: 'instant' } as Any);
	return Math.abs(left(el) - x) < 2 && Math.abs(top(el) - y) < 2;
}
