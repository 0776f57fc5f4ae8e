// mirror document (guest's browser).
// State that stands in no attribute: one function for each kind.
import { CSS_STATES, stateAttribute } from '../../protocol/css-states.ts';
import type { NodeId, StateName } from '../../protocol/mirror.ts';
import { animate, phase } from './animations.ts';
import { showHighlights } from './highlights.ts';
import { isOwn, saidOf } from './own-edits.ts';
import { begin, setClock } from './smil.ts';
import type { GuestUrls } from './urls.ts';

type Nodes = ReadonlyMap<NodeId, Node>;
type Setter = (node: Node, value: string, urls: GuestUrls, nodes: Nodes) => void;

/** What 'looks' speaks of; hover and focus have ops of their own. */
const POINTED = ['hover', 'active', 'focus', 'focus-visible', 'focus-within'];
const LOOKS = [...new Set(Object.values(CSS_STATES))].filter((name) => !POINTED.includes(name));

/** Dialogs and popovers that are open on the host, by document, with their places in the top layer. */
const opened = new WeakMap<Document, Map<HTMLElement, number>>();

function openIn(doc: Document): Map<HTMLElement, number> {
	const known = opened.get(doc) ?? new Map<HTMLElement, number>();
	opened.set(doc, known);
	return known;
}

/** Opens one, or brings it to its place: those that stand nearer to the eye are put into the top layer after it. */
function openAt(el: HTMLElement, place: number): void {
	const open = openIn(el.ownerDocument);
	for (const [other] of open) if (!other.isConnected) open.delete(other);
	open.set(el, place);
	const later = [...open].filter(([, at]) => at > place);
	for (const [each] of [[el] as const, ...later.sort(([, one], [, two]) => one - two)]) show(each);
}

function show(el: HTMLElement): void {
	if (isPopover(el)) {
		if (el.matches(':popover-open')) el.hidePopover();
		unfocused(el, () => el.showPopover());
	} else {
		const dialog = el as HTMLDialogElement;
		if (dialog.matches(':modal')) dialog.close();
		dialog.removeAttribute('open');
		unfocused(dialog, () => dialog.showModal());
	}
}

function isPopover(el: HTMLElement): boolean {
	return el.localName !== 'dialog' || el.hasAttribute('popover');
}

/** A guest's press beside a popover, or Esc, closes it in their browser alone: it is opened again. */
export function keepOpen(doc: Document): void {
	const again = ({ target }: Event) => {
		const el = target as HTMLDialogElement;
		const place = openIn(doc).get(el);
		if (place === undefined || !el.isConnected || el.matches(isPopover(el) ? ':popover-open' : ':modal')) return;
		try {
			openAt(el, place);
		} catch {
			// It is a popover no more.
		}
	};
	for (const type of ['toggle', 'close']) doc.addEventListener(type, again, true);
	doc.addEventListener('cancel', (event) => event.preventDefault(), true);
}

/**
 * Opens a dialog or a popover without the focus that browsers give to something in it (HTML section 6.6.4, "dialog focusing steps"): a guest may be
 * writing elsewhere, and where the host's focus is shows by itself.
 */
function unfocused(el: HTMLElement, show: () => void): void {
	const { inert } = el;
	el.inert = true;
	show();
	el.inert = inert;
}

/** What the attributes of a custom element's own states begin with. */
const OWN = stateAttribute('state-');

const SETTERS: Readonly<Record<Exclude<StateName, 'scheme' | 'unseen'>, Setter>> = {
	value(node, value) {
		const field = node as HTMLInputElement;
		if (field.type !== 'file' && !isOwn(field, value) && field.value !== value) field.value = value;
	},
	checked(node, value) {
		(node as HTMLInputElement).checked = value === '1';
	},
	indeterminate(node, value) {
		(node as HTMLInputElement).indeterminate = value === '1';
	},
	selected(node, value) {
		const chosen = new Set(value.split(','));
		[...(node as HTMLSelectElement).options].forEach((option, i) => {
			option.selected = chosen.has(String(i));
		});
		if (value === '-') (node as HTMLSelectElement).selectedIndex = -1;
	},
	modal(node, value) {
		const dialog = node as HTMLDialogElement;
		if (value) openAt(dialog, Number(value));
		else openIn(dialog.ownerDocument).delete(dialog);
	},
	popover(node, value) {
		const el = node as HTMLElement;
		if (value) return openAt(el, Number(value));
		openIn(el.ownerDocument).delete(el);
		if (el.matches(':popover-open')) el.hidePopover();
	},
	looks(node, value) {
		const on = new Set(value.split(' '));
		const el = node as Element;
		for (const name of LOOKS) el.toggleAttribute(stateAttribute(name), on.has(name));
		for (const name of el.getAttributeNames()) if (name.startsWith(OWN) && !on.has(name.slice(OWN.length - 6))) el.removeAttribute(name);
		for (const name of on) if (name.startsWith('state-')) el.setAttribute(stateAttribute(name), '');
	},
	error(node, value) {
		(node as HTMLInputElement).setCustomValidity(value === '1' ? 'invalid' : '');
	},
	animations(node, value, urls, nodes) {
		animate(node as Element, value, (text) => urls.css(text), nodes);
	},
	phase(node, value) {
		phase(node as Element, value);
	},
	unsaid(node, value) {
		(node as Element).toggleAttribute(UNSAID, value === '1');
	},
	files(node, value) {
		const names = new DataTransfer();
		// The names alone: what is in the files stays with the host.
		for (const name of value.split('/')) if (name) names.items.add(new File([], name));
		(node as HTMLInputElement).files = names.files;
	},
	slotted(node, value, _urls, nodes) {
		const given = value.split(',').flatMap((id) => (id && nodes.get(Number(id))) || []);
		(node as HTMLSlotElement).assign(...(given as (Element | Text)[]));
	},
	highlights(node, value, _urls, nodes) {
		showHighlights(node as Document, value, nodes);
	},
	clock: (node, value) => setClock(node as SVGSVGElement, value),
	begun: (node, value) => begin(node as SVGAnimationElement, value),
	masked(node, value) {
		(node as Element).toggleAttribute(MASKED, value === '1');
	},
	'sheet-off'(node, value) {
		(node as HTMLStyleElement).disabled = value === '1';
	},
	defined(node, value) {
		const win = (node as Document).defaultView;
		if (!win) return;
		// A class of ours, so that `:defined` holds as on the host; it does nothing, and no script of the page runs.
		for (const name of value.split(' '))
			if (!win.customElements.get(name)) win.customElements.define(name, class extends win.HTMLElement {});
	},
};

/** Puts a node into a state. A browser that lacks the feature leaves it as it is. */
export function setState(node: Node, name: keyof typeof SETTERS, value: string, urls: GuestUrls, nodes: Nodes): void {
	try {
		SETTERS[name](node, value, urls, nodes);
	} catch {
		// A dialog that is not connected, a popover without the attribute, an element of another kind: nothing to show.
	}
}

const UNSAID = 'data-tandem-unsaid';
const CHECKED = new Set(['checkbox', 'radio']);
/** As in injector/mirror/forms.ts. */
const NO_VALUE = new Set(['hidden', 'image', 'submit', 'button', 'reset', 'file', ...CHECKED]);

/** What a field shows, as the host says it of its own. */
export function fieldState(el: Element): string[] {
	const unsaid = el.hasAttribute(UNSAID);
	if (el.localName === 'textarea') return [`value ${(el as HTMLTextAreaElement).value}`];
	if (el.localName === 'select') return unsaid ? [] : [`selected ${chosen(el as HTMLSelectElement)}`];
	const { type, value, checked, indeterminate, files } = el as HTMLInputElement;
	if (unsaid && type !== 'file') return NO_VALUE.has(type) ? [] : [`value ${value}`];
	if (CHECKED.has(type)) return [`checked ${checked ? 1 : 0}`, `indeterminate ${indeterminate ? 1 : 0}`];
	if (type === 'file') return unsaid ? [] : [`files ${[...(files ?? [])].map(({ name }) => name).join('/')}`];
	return NO_VALUE.has(type) ? [] : [`value ${saidOf(el) ?? value}`];
}

function chosen({ multiple, selectedIndex, options }: HTMLSelectElement): string {
	if (!multiple) return selectedIndex < 0 ? '-' : String(selectedIndex);
	return [...options].flatMap((option, i) => (option.selected ? [i] : [])).join(',') || '-';
}

/** The attribute by which masked elements are drawn; the page's own attributes of this name are not carried. */
const MASKED = 'data-tandem-masked';

/** How masked content looks to a guest: a grey box in the place of what it covers. */
export const MASK_CSS = `[${MASKED}]{color:transparent!important;background:#9aa0a6!important;text-shadow:none!important;caret-color:transparent!important}
[${MASKED}] *{visibility:hidden!important}[${MASKED}]::placeholder{color:transparent!important}`;
