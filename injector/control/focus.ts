// page (host).
// Moving the focus. In a window without the system's focus `focus()` fires nothing, so the events are made here; what the page was told
// is kept in `stage.focused`.
import { byGuest } from '../acts.ts';
import { blur, focus } from '../native-focus.ts';
import { natives } from '../natives.ts';
import { shadowOf } from '../shadow-roots.ts';
import { dom, isHtml } from './dom.ts';
import { fire } from './events.ts';
import { endComposing } from './keys/compose.ts';
import { isText, textOf } from './keys/field.ts';
import { hush } from './keys/said-input.ts';
import { ringOf } from './ring.ts';
import type { Stage } from './stage.ts';
import { deepActive, flatClosest } from './tree.ts';

/** Watches what the browser itself tells the page, so that nothing is told twice. */
export function watchFocus(stage: Stage): void {
	const { win, doc } = stage;
	const real = (event: Event) => dom.isTrusted(event) && event.target !== win && event.target !== doc;
	const on = (type: string, seen: (event: Event) => void) => natives.addEventListener(win, type, seen, true);
	on('focus', (event) => {
		if (real(event)) stage.focused = deepActive(doc);
	});
	on('blur', (event) => {
		if (event.target !== win) endComposing(stage);
		if (real(event)) stage.focused = null;
	});
	on('input', hush);
	on('change', (event) => {
		if (event.target === stage.composed?.target) endComposing(stage);
		if (event.target === stage.dirty) stage.dirty = undefined;
		// The browser knows of the guest's edits, and not that the page has been told.
		const { changed } = stage;
		if (dom.isTrusted(event) && changed && changed.el === event.target && textOf(changed.el) === changed.text)
			natives.stopImmediatePropagation(event);
	});
	on('selectionchange', (event) => {
		if (event.target === doc && byGuest() && !dom.hasFocus(doc)) followSelection(stage);
	});
}

/** A script that selects in editable text brings the focus there; in a window without the system's focus the browser leaves that out. */
function followSelection(stage: Stage): void {
	const at = dom.getSelection(stage.doc)?.anchorNode;
	const within = at?.nodeType === 1 ? (at as Element) : at?.parentElement;
	if (!within || !dom.editable(within as HTMLElement)) return;
	const host = flatClosest(within, (el) => isEditingHost(el) && focusable(el));
	if (!host || host === deepActive(stage.doc)) return;
	moveFocus(stage, host);
	stage.guestFocus = host;
}

/**
 * Gives `el` the focus, or takes it from whatever has it. The page gets the events it would get from a user. The body is the active element
 * also where nothing has the focus: one that can be edited is focused all the same, and with it the frame it is in.
 */
export function moveFocus(stage: Stage, el: Element | null): void {
	const active = deepActive(stage.doc);
	const body = dom.body(stage.doc);
	if (el && (el !== active || el === body)) focus(el, { preventScroll: true, focusVisible: ringOf(stage, el) });
	else if (!el && active && active !== body) blur(active);
	settleAt(stage, deepActive(stage.doc) !== body ? focusNow(stage) : el === body ? el : null);
}

/** A press where nothing can have the focus: what had it loses it, in another document too. */
export function focusNothing(stage: Stage): void {
	moveFocus(stage, null);
	if (!stage.ctx.isTop) dom.windowFocus(stage.win);
}

/** Tells the page about a focus that moved without events; also after the page's own scripts moved it. */
export function settleFocus(stage: Stage): void {
	settleAt(stage, focusNow(stage));
}

function focusNow(stage: Stage): Element | null {
	const active = deepActive(stage.doc);
	if (active === dom.body(stage.doc)) return stage.focused === active ? active : null;
	// A frame whose document has the focus is the active element, but no event says so.
	return isHtml(active, 'iframe') ? null : active;
}

function settleAt(stage: Stage, to: Element | null): void {
	const from = stage.focused?.isConnected ? stage.focused : null;
	stage.focused = to;
	if (from === to) return;
	if (from) {
		tellChange(stage, from);
		tell(from, to, 'blur', 'focusout');
	}
	stage.dirty = undefined;
	if (to) tell(to, from, 'focus', 'focusin');
}

/** What a guest has typed into a field is told by `change`, once. */
export function tellChange(stage: Stage, el: Element): void {
	if (stage.dirty !== el) return;
	stage.dirty = undefined;
	if (isText(el)) stage.changed = { el, text: textOf(el) };
	fire(el, 'Event', 'change', { cancelable: false, composed: false });
}

function tell(target: Element, relatedTarget: Element | null, plain: string, bubbling: string): void {
	fire(target, 'FocusEvent', plain, { relatedTarget, bubbles: false, cancelable: false });
	fire(target, 'FocusEvent', bubbling, { relatedTarget, cancelable: false });
}

/** What a press of the pointer on `el` focuses: the nearest focusable flat ancestor (HTML section 6.6.2), or null. */
export function focusTarget(el: Element): Element | null {
	return flatClosest(el, focusable);
}

const NATIVE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,iframe,audio[controls],video[controls]';

export function focusable(el: Element): boolean {
	if (isDisabled(el)) return false;
	const attr = natives.hasAttribute(el, 'tabindex') || dom.matches(el, NATIVE) || isEditingHost(el) || !!shadowOf(el)?.delegatesFocus;
	return attr && dom.checkVisibility(el, { visibilityProperty: true }) && !flatClosest(el, (up) => natives.hasAttribute(up, 'inert'));
}

/** Whether the browser keeps mouse events from it: a disabled form control, by itself or by its fieldset. */
export function isDisabled(el: Element): boolean {
	return dom.matches(el, ':disabled:not(fieldset)');
}

export function isEditingHost(el: Element): boolean {
	const value = natives.getAttribute(el, 'contenteditable');
	return value !== null && value.toLowerCase() !== 'false' && value.toLowerCase() !== 'inherit';
}

/** The element that keys go to: the focused one, else the body. A frame's element keeps its keys for its own document. */
export function keyTarget(stage: Stage): Element {
	const active = deepActive(stage.doc);
	if (active && !isHtml(active, 'iframe')) return active;
	return dom.body(stage.doc) ?? stage.doc.documentElement;
}
