// page (host).
// Light dismissal: a press and release beside a popover (HTML section 6.12.5) or a dialog with closedby=any (section 4.11.4) closes it. The
// browser does so for a person's own pointer alone.
import { getter, natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';
import { dom, isHtml } from '../dom.ts';
import { closeDialog, isElement, newestModal, openNow } from '../opened.ts';
import type { Stage } from '../stage.ts';
import { flatChain, flatClosest, flatParent } from '../tree.ts';

/** What a press was in. */
export interface Pressed {
	readonly popover: Element | null;
	readonly dialog: Element | null;
}

const ofButton = getter<Element | null>(realm.global.HTMLButtonElement?.prototype, 'popoverTargetElement');
const ofInput = getter<Element | null>(realm.global.HTMLInputElement?.prototype, 'popoverTargetElement');

/** The open popover and the open dialog that a point on `target` (CSS pixels of the viewport) belongs to. */
export function pressedIn(target: Element, x: number, y: number): Pressed {
	return { popover: popoverOf(target), dialog: onBackdrop(target, x, y) ? null : flatClosest(target, isOpenDialog) };
}

/** Closes what the pointer was pressed (`down`) and released (`up`) beside. */
export function dismiss(stage: Stage, down: Pressed, up: Pressed): void {
	if (down.popover === up.popover) hideBeside(stage, up.popover);
	const dialogs = openNow(stage).filter(isOpenDialog);
	const top = dialogs.findLast((dialog) => dom.matches(dialog, ':modal')) ?? dialogs.at(-1);
	if (!top || down.dialog !== up.dialog || up.dialog === top) return;
	if (natives.getAttribute(top, 'closedby')?.toLowerCase() === 'any') closeDialog(top);
}

/** Whether a modal dialog has come in front of `el` (everything else is inert then, HTML section 6.3.1). */
export function isBehindModal(stage: Stage, el: Element): boolean {
	const modal = newestModal(stage);
	return !!modal && el !== stage.doc.documentElement && !flatChain(el).some((up) => up === modal || isOpenPopover(up));
}

function hideBeside(stage: Stage, clicked: Element | null): void {
	const open = openNow(stage).filter((one): one is HTMLElement => isOpenPopover(one) && (one as HTMLElement).popover !== 'manual');
	if (!open.length) return;
	const buttons = [...queryAll<HTMLElement>(stage.doc, '[popovertarget]')];
	const kept = new Set<Element>();
	for (let at = clicked; at && !kept.has(at); ) {
		kept.add(at);
		const popover = at;
		const around = flatParent(popover);
		at = flatClosest(around, isOpenPopover);
		const button = at ? undefined : buttons.find((el) => targetOf(el) === popover);
		if (button) at = flatClosest(button, isOpenPopover);
	}
	for (const el of open.reverse()) if (!kept.has(el) && isOpenPopover(el)) dom.hidePopover(el);
}

/** The innermost open popover around `target`, or the one that it is the button of. */
function popoverOf(target: Element): Element | null {
	const around = flatClosest(target, isOpenPopover);
	const button = flatClosest(target, (el) => !!targetOf(el));
	const opened = button && targetOf(button);
	if (!opened || !isOpenPopover(opened)) return around;
	return around && flatChain(around).includes(opened) ? around : opened;
}

function targetOf(el: Element): Element | null {
	if (!natives.hasAttribute(el, 'popovertarget')) return null;
	return isHtml(el, 'button') ? ofButton(el) : isHtml(el, 'input') ? ofInput(el) : null;
}

function isOpenPopover(one: EventTarget): one is Element {
	return isElement(one) && natives.hasAttribute(one, 'popover') && dom.matches(one, ':popover-open');
}

function isOpenDialog(one: EventTarget): one is HTMLDialogElement {
	return isElement(one) && isHtml(one, 'dialog') && natives.hasAttribute(one, 'open');
}

/** A modal dialog's backdrop takes its events to the dialog itself. */
function onBackdrop(target: Element, x: number, y: number): boolean {
	if (!isHtml(target, 'dialog') || !dom.matches(target, ':modal')) return false;
	const { left, right, top, bottom } = dom.rect(target);
	return x < left || x > right || y < top || y > bottom;
}
