// page (host).
// A page opens the picker of a file input as a guest acts: a button that clicks a hidden input, a label, `showPicker()`. The picker is then the guest's:
// no window opens on the host's screen, and what the guest picks comes as if it had been picked there.
import { call, hookMethod } from '../hook.ts';
import { isPrivateField } from '../mirror/privacy/focus.ts';
import { type Any, getter, method, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { dom, isHtml } from './dom.ts';
import { isDisabled } from './focus.ts';
import { isGuests, type Stage } from './stage.ts';
import { flatClosest } from './tree.ts';

const g = realm.global as Any;
const path = method<EventTarget[]>(g.Event?.prototype, 'composedPath');
const prevented = getter<boolean>(g.Event?.prototype, 'defaultPrevented');
const prevent = method<void>(g.Event?.prototype, 'preventDefault');
const isMultiple = getter<boolean>(g.HTMLInputElement?.prototype, 'multiple');
/** Inputs that a guest may still pick for. */
const MOST = 8;
/** Signs of `accept`. */
const ACCEPT = 1000;

let current: Stage | undefined;
let count = 0;

/** Takes over, while a guest acts, what opens a picker of files. The hooks are put in place once a window. */
export function watchPicks(stage: Stage): void {
	const first = !current;
	current = stage;
	natives.addEventListener(stage.win, 'click', (event: Event) => onClick(path(event)[0] as Element), { capture: true, passive: true });
	if (!first) return;
	hookMethod(g.HTMLElement?.prototype, 'click', (native, self, args) => {
		// In the document the click is seen on its way; an input that is in none has only this.
		if (current && isPicker(self) && !natives.isConnected(self)) onClick(self);
		return call(native, self, args);
	});
	hookMethod(g.HTMLInputElement?.prototype, 'showPicker', (native, self, args) => {
		if (!current || !isPicker(self) || !isGuests(current)) return call(native, self, args);
		offer(current, self);
	});
}

/** A click is on its way to an element: of an input for files the guest gets the picker, unless a listener there prevents it. */
function onClick(el: Element): void {
	const stage = current;
	if (!stage || !isPicker(el) || !isGuests(stage)) return;
	const here = (event: Event) => {
		if (prevented(event)) return;
		prevent(event);
		offer(stage, el);
	};
	natives.addEventListener(el, 'click', here, { once: true });
}

function offer(stage: Stage, el: Element): void {
	if (isDisabled(el) || flatClosest(el, isPrivateField)) return;
	const pick = ++count;
	stage.picks.set(pick, el);
	for (const old of stage.picks.keys()) if (old <= pick - MOST) stage.picks.delete(old);
	const accept = (natives.getAttribute(el, 'accept') ?? '').slice(0, ACCEPT);
	stage.ctx.send({ t: 'choose', pick, accept, multiple: isMultiple(el), folder: natives.hasAttribute(el, 'webkitdirectory') });
}

function isPicker(el: unknown): el is Element {
	return el instanceof g.HTMLInputElement && isHtml(el as Element, 'input') && dom.inputType(el as Element) === 'file';
}
