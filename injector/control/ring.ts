// page (host).
// Whether an element that gets the focus shows its ring (`:focus-visible`). Browsers go by what was used last, a key or a button of the mouse; of
// a guest's they see neither, so the focus is given with the answer (HTML section 6.6.6, `focusVisible`).
import { call, hookMethod, type MethodHandler } from '../hook.ts';
import { bag } from '../late.ts';
import { blur, focus } from '../native-focus.ts';
import { natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { dom, isHtml } from './dom.ts';
import { isText } from './keys/field.ts';
import type { Stage } from './stage.ts';
import { deepActive } from './tree.ts';

/** The stage of the window's present document; the hooks are put in place once a window. */
let current: Stage | undefined;
/** The focus goes and comes back without the page being told. */
let quiet = false;

const HTML = 'http://www.w3.org/1999/xhtml';
const TOLD = ['focus', 'blur', 'focusin', 'focusout'];

/** Lets a script's `focus()` answer for the guest's hand, and keeps from the page what is only drawn anew. */
export function watchRing(stage: Stage): void {
	for (const type of TOLD)
		natives.addEventListener(stage.win, type, (event: Event) => quiet && natives.stopImmediatePropagation(event), true);
	const first = !current;
	current = stage;
	if (!first) return;
	for (const owner of ['HTMLElement', 'SVGElement', 'MathMLElement']) hookMethod(realm.global[owner]?.prototype, 'focus', withRing);
	for (const name of ['show', 'showModal'])
		hookMethod(realm.global.HTMLDialogElement?.prototype, name, (native, self, args) => taking(() => call(native, self, args)));
}

const withRing: MethodHandler = (native, self, args) => {
	const ring = current && ringOf(current, self);
	return taking(() => call(native, self, ring === undefined ? args : [bag(args[0] ?? {}, { focusVisible: (given) => given ?? ring })]));
};

/** Does what may take the focus from a frame: only this document knows of it, none in a frame of another site does. */
function taking<T>(act: () => T): T {
	const before = current && deepActive(current.doc);
	const result = act();
	const child = current && isHtml(before, 'iframe') ? current.ctx.childFrames.get(natives.contentWindow(before) as Window) : undefined;
	if (child !== undefined && deepActive((current as Stage).doc) !== before) current?.ctx.send({ t: 'took', child });
	return result;
}

/** What to say of the ring where `el` gets the focus; undefined: the browser knows by itself. */
export function ringOf({ by }: Stage, el: Element): boolean | undefined {
	return by === undefined || isTyped(el) ? undefined : by === 'keys';
}

/** After a guest's press: where the browser itself has led the focus (a dialog's, a label's) it has drawn a ring as after a script. */
export function settleRing(stage: Stage, before: Element | null): void {
	if (stage.by === 'pointer' && deepActive(stage.doc) !== before) draw(stage, false);
}

/** Before a guest's key: what has the focus from a press shows its ring from now on. */
export function ringByKey(stage: Stage): void {
	stage.by = 'keys';
	draw(stage, true);
}

function draw({ doc }: Stage, ring: boolean): void {
	const el = deepActive(doc);
	if (!el || isHtml(el, 'iframe') || isTyped(el) || !dom.matches(el, ':focus') || dom.matches(el, ':focus-visible') === ring) return;
	quiet = true;
	try {
		blur(el);
		focus(el, { preventScroll: true, focusVisible: ring });
	} finally {
		quiet = false;
	}
}

/** What takes text has a ring however it got the focus. */
function isTyped(el: Element): boolean {
	return isText(el) || (el.namespaceURI === HTML && dom.editable(el as HTMLElement));
}
