// page (host).
// What is open and may be closed, in the order in which it was opened: popovers, dialogs, and a page's own close watchers (HTML section 6.9). No browser
// lists them.
import { call, hookConstructor, hookMethod } from '../hook.ts';
import { type Any, getter, natives } from '../natives.ts';
import { queryAll } from '../query.ts';
import { realm } from '../realm.ts';
import { dom, isHtml } from './dom.ts';
import { fire } from './events.ts';
import type { Stage } from './stage.ts';

const newState = getter<string>((globalThis as Any).ToggleEvent?.prototype, 'newState');
/** Of all documents that this runtime is for. */
let opened: EventTarget[] = [];

/** Begins to remember what opens. */
export function watchOpened({ win, ctx }: Stage): void {
	const onToggle = (event: Event) => {
		const [target] = dom.composedPath(event);
		if (target && newState(event) === 'open') add(target);
	};
	const listen = (target: EventTarget) => natives.addEventListener(target, 'beforetoggle', onToggle, { capture: true, passive: true });
	listen(win);
	ctx.onShadowRoot(listen);
	ctx.onReopen(() => listen(win));
	hookConstructor(realm.global, 'CloseWatcher', (native, args, newTarget) => {
		const watcher = natives.construct(native, args, newTarget) as EventTarget;
		const over = () => remove(watcher);
		add(watcher);
		natives.addEventListener(watcher, 'close', over);
		const signal = (args[0] as { signal?: AbortSignal } | undefined)?.signal;
		if (signal) natives.addEventListener(signal, 'abort', over);
		return watcher;
	});
	hookMethod(realm.global.CloseWatcher?.prototype, 'destroy', (native, self, args) => {
		remove(self);
		return call(native, self, args);
	});
}

/** The newest last. What is in shadow trees is known by its opening alone. */
export function openNow({ doc }: Stage): EventTarget[] {
	const here = opened.filter((one) => !isElement(one) || (isOpen(one) && one.ownerDocument === doc));
	const others = [...queryAll<HTMLElement>(doc, '[popover]:popover-open,dialog[open]')].filter((el) => !here.includes(el));
	return [...others, ...here];
}

/** The modal dialog in front of all others. */
export function newestModal(stage: Stage): Element | undefined {
	return openNow(stage).findLast((one): one is Element => isElement(one) && isHtml(one, 'dialog') && dom.matches(one, ':modal'));
}

/** Asks the newest to close, unless it takes no close requests: then nothing behind it is asked ("process close watchers"). */
export function closeNewest(stage: Stage): void {
	const newest = openNow(stage).findLast((one) => !isElement(one) || isHtml(one, 'dialog') || (one as HTMLElement).popover !== 'manual');
	if (!newest) return;
	if (!isElement(newest)) (newest as Any).requestClose();
	else if (!isHtml(newest, 'dialog')) dom.hidePopover(newest);
	else if (takesRequest(newest)) closeDialog(newest);
}

/** A close request, as by Escape: the page may prevent it. */
export function closeDialog(dialog: HTMLDialogElement): void {
	const request = (dialog as Any).requestClose;
	if (typeof request === 'function') natives.apply(request, dialog, []);
	else if (fire(dialog, 'Event', 'cancel', { bubbles: false, composed: false })) dialog.close();
}

/** HTML section 4.11.4, the computed closed-by state. */
function takesRequest(dialog: HTMLDialogElement): boolean {
	const by = natives.getAttribute(dialog, 'closedby')?.toLowerCase() ?? '';
	return by === 'any' || by === 'closerequest' || (by !== 'none' && dom.matches(dialog, ':modal'));
}

function isOpen(el: Element): boolean {
	return (
		el.isConnected &&
		(isHtml(el, 'dialog') ? natives.hasAttribute(el, 'open') : natives.hasAttribute(el, 'popover') && dom.matches(el, ':popover-open'))
	);
}

export function isElement(one: EventTarget): one is Element {
	return (one as Node).nodeType === 1;
}

function add(one: EventTarget): void {
	remove(one);
	opened.push(one);
}

/** Takes out `gone`, and with it all that has closed since. */
function remove(gone: EventTarget): void {
	opened = opened.filter((one) => one !== gone && (!isElement(one) || isOpen(one)));
}
