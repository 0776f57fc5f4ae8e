// page (host): every proxied document, before its own scripts.
// Private entry: tells the shell when a secret field of this document has the focus, and when none has any more.
import type { Context } from '../../context.ts';
import { type Any, getter } from '../../natives.ts';
import { shadowOf } from '../../shadow-roots.ts';
import { ELEMENT, localName, nodeType } from '../dom.ts';
import { idOf } from '../ids.ts';
import { isMarked, secretField } from './mask.ts';

const g = globalThis as Any;
const activeElement = getter<Element | null>(g.Document?.prototype, 'activeElement');
const activeInShadow = getter<Element | null>(g.ShadowRoot?.prototype, 'activeElement');

/** Answers what watches a shadow tree, too: of a focus that moves inside it nothing is told outside (DOM section 2.9, step 5.9). */
export function watchPrivateEntry(ctx: Context): (root: Node) => void {
	const { natives, doc, win } = ctx;
	let told = 0;
	let asked = false;
	const look = () => {
		asked = false;
		let el = activeElement(doc);
		for (let shadow = el && shadowOf(el); shadow && activeInShadow(shadow); shadow = el && shadowOf(el)) el = activeInShadow(shadow);
		const node = (el && isPrivateField(el) && idOf(el)) || 0;
		if (node === told) return;
		told = node;
		ctx.send({ t: 'private', node });
	};
	const later = () => {
		if (asked) return;
		asked = true;
		// A focus that is taken back at once is none.
		natives.setTimeout(look);
	};
	const watch = (at: EventTarget) => {
		for (const type of ['focusin', 'focusout']) natives.addEventListener(at, type, later, { capture: true, passive: true });
	};
	const arm = () => watch(win);
	arm();
	ctx.onReopen(arm);
	ctx.onShell((message) => {
		if (message.t === 'ready' || message.t === 'key') later();
	});
	return watch;
}

/** Whether only the host may enter something here: a secret field, or one that the page or a rule marks. */
export function isPrivateField(el: Element): boolean {
	return nodeType(el) === ELEMENT && (secretField(el) || (/^(?:input|textarea|select)$/.test(localName(el)) && isMarked(el)));
}
