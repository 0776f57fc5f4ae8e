// mirror document (guest's browser).
// What holds of elements on the host and can't be made to hold here: hover, focus and the like, as attributes that the guest's sheets were
// mapped to (protocol/css-states.ts).
import { OWN_LAYER } from '../../protocol/css-layers.ts';
import { stateAttribute } from '../../protocol/css-states.ts';
import type { FocusLook } from '../../protocol/mirror.ts';

const HTML = 'http://www.w3.org/1999/xhtml';

/** Marks elements with one state; what had it before and is not among the next loses it. */
class Marks {
	readonly #name: string;
	#on: readonly Element[] = [];

	constructor(name: string) {
		this.#name = stateAttribute(name);
	}

	set(next: readonly Element[]): void {
		for (const el of this.#on) if (!next.includes(el)) el.removeAttribute(this.#name);
		for (const el of next) if (!el.hasAttribute(this.#name)) el.setAttribute(this.#name, '');
		this.#on = next;
	}
}

export class Looks {
	readonly #hover = new Marks('hover');
	readonly #active = new Marks('active');
	readonly #focus = new Marks('focus');
	readonly #visible = new Marks('focus-visible');
	/** What the browser itself draws the ring around: not the hosts of shadow roots that it is in. */
	readonly #ring = new Marks('ring');
	readonly #within = new Marks('focus-within');

	hover(node: Node | undefined): void {
		this.#hover.set(designated(node));
	}

	active(node: Node | undefined): void {
		this.#active.set(designated(node));
	}

	/** Focus on a shadow root's inside makes its hosts match `:focus` too (Selectors Level 4 section 9.3, HTML section 6.6.3). */
	focus(node: Node | undefined, look: FocusLook): void {
		const chain = look ? ancestors(node) : [];
		const hosts: Element[] = [];
		for (let at: Node | undefined = chain[0]; at; ) {
			const root = at.getRootNode();
			at = 'host' in root ? (root as ShadowRoot).host : undefined;
			if (at) hosts.push(at as Element);
		}
		const focused = [...chain.slice(0, 1), ...hosts];
		this.#focus.set(focused);
		this.#visible.set(look === 2 ? focused : []);
		this.#ring.set(look === 2 ? chain.slice(0, 1) : []);
		this.#within.set(chain);
	}
}

/** Ancestors in the flat tree, the element first. */
function ancestors(node: Node | undefined): Element[] {
	const chain: Element[] = [];
	for (let at: Node | null = node ?? null; at; at = above(at)) if (at.nodeType === Node.ELEMENT_NODE) chain.push(at as Element);
	return chain;
}

function above(node: Node): Node | null {
	const slot = 'assignedSlot' in node ? (node as Element).assignedSlot : null;
	return slot ?? node.parentNode ?? ('host' in node ? (node as ShadowRoot).host : null);
}

/** What a pointer on `node` designates: its ancestors, and the fields of labels among them (HTML section 4.16.3). */
function designated(node: Node | undefined): Element[] {
	const chain = ancestors(node);
	for (const el of [...chain]) {
		const field = el.localName === 'label' && el.namespaceURI === HTML ? (el as HTMLLabelElement).control : null;
		if (field && !chain.includes(field)) chain.push(field);
	}
	return chain;
}

/**
 * The browser's own ring, beneath everything the page says: in a layer, and of no specificity. Chromium draws one around SVG and MathML however they
 * got the focus.
 */
export const FOCUS_CSS = `@namespace svg url(http://www.w3.org/2000/svg);@namespace math url(http://www.w3.org/1998/Math/MathML);@layer ${OWN_LAYER}{:where([${stateAttribute('ring')}]:not(html,body,iframe,embed,object)){outline:auto 1px -webkit-focus-ring-color}
:where(input,textarea,select,button)[${stateAttribute('ring')}]{outline-offset:0}:where(a[href][${stateAttribute('ring')}]){outline-offset:1px}
:where(svg|*[${stateAttribute('focus')}]){outline:auto 5px -webkit-focus-ring-color}:where(math|*[${stateAttribute('focus')}]){outline:auto 1px -webkit-focus-ring-color}
:where([${stateAttribute('fullscreen')}]){object-fit:contain}}
[${stateAttribute('fullscreen')}]:not(html){position:fixed!important;inset:0!important;margin:0!important;box-sizing:border-box!important;width:100%!important;height:100%!important;min-width:0!important;max-width:none!important;min-height:0!important;max-height:none!important;transform:none!important;z-index:2147483647!important}`;

/** Where no scripts run browsers show the controls of every player (HTML section 4.8.11.13): here only those that are shown on the host. */
export const PLAYER_CSS = ':is(audio,video):not([controls])::-webkit-media-controls{display:none!important}';
