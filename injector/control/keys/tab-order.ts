// page (host).
// Sequential focus navigation (HTML section 6.6.4): positive tabindexes first, then the order of the flat tree; within a modal dialog only.
import { natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { shadowOf } from '../../shadow-roots.ts';
import { dom, isHtml } from '../dom.ts';
import { focusable, moveFocus, settleFocus } from '../focus.ts';
import { childOf, keepFocus } from '../guest-focus.ts';
import { newestModal } from '../opened.ts';
import type { Stage } from '../stage.ts';
import { deepActive, flatChildren } from '../tree.ts';
import { isText, selectIn, textOf } from './field.ts';

/**
 * Tab, or backwards Shift+Tab: the focus goes on by one stop, into a frame or out of one, and past the last one out of the page, as if to the
 * browser's own buttons; from there it comes back at the other end.
 */
export function moveTab(stage: Stage, back: boolean, from: Element | null = deepActive(stage.doc)): undefined {
	const modal = newestModal(stage);
	const stops = tabStops(modal ?? stage.doc.documentElement);
	const at = following(stage, stops, back, from);
	stage.out = false;
	const next = stops[at];
	if (next) return goTo(stage, next, back);
	return stage.ctx.isTop || modal ? leavePage(stage) : leave(stage, back);
}

/** A guest's Tab comes into this document, or with `from` back to it out of the frame of that document. */
export function enterByTab(stage: Stage, back: boolean, from?: number): undefined {
	if (from === undefined) {
		const stops = tabStops(stage.doc.documentElement);
		const stop = back ? stops.at(-1) : stops[0];
		return stop ? goTo(stage, stop, back) : leave(stage, back);
	}
	const frame = [...queryAll<HTMLElement>(stage.doc, 'iframe')].find((el) => childOf(stage, el) === from);
	return moveTab(stage, back, frame ?? null);
}

function leave(stage: Stage, back: boolean): undefined {
	dropFocus(stage);
	stage.ctx.send({ t: 'tab', back });
	return undefined;
}

function leavePage(stage: Stage): undefined {
	// Nobody takes it, so a frame's element loses it too.
	moveFocus(stage, null);
	keepFocus(stage);
	stage.start = undefined;
	stage.out = true;
	return undefined;
}

/**
 * What has the focus here loses it. Not a frame's element: the document that the focus goes to takes it from the one inside, and a focus that
 * is asked for from two processes, one after the other, ends with either.
 */
function dropFocus(stage: Stage): void {
	if (isHtml(deepActive(stage.doc), 'iframe')) settleFocus(stage);
	else moveFocus(stage, null);
}

function goTo(stage: Stage, next: Element, back: boolean): undefined {
	const child = childOf(stage, next);
	if (child === undefined) moveFocus(stage, next);
	else dropFocus(stage);
	keepFocus(stage);
	if (child !== undefined) stage.ctx.send({ t: 'tab', to: child, back });
	dom.scrollIntoView(next, { block: 'nearest', inline: 'nearest', behavior: 'instant' });
	// Tabbing into a field selects what is in it.
	if (isText(next) && isHtml(next, 'input')) selectIn(next, 0, textOf(next).length);
	return undefined;
}

/** Which stop follows; -1 or past the last where none does. */
function following(stage: Stage, stops: Element[], back: boolean, active: Element | null): number {
	let at = active ? stops.indexOf(active) : -1;
	if (at < 0) {
		const from = active && active !== dom.body(stage.doc) ? active : stage.start?.isConnected ? stage.start : undefined;
		if (from) {
			const after = stops.findIndex((el) => dom.compare(from, el) & 4);
			at = back ? (after < 0 ? stops.length : after) : (after < 0 ? stops.length : after) - 1;
		} else if (back) at = stage.out ? stops.length : 0;
	}
	return at + (back ? -1 : 1);
}

/** The stops under `root`, in order. */
export function tabStops(root: Element): Element[] {
	return stopsOf([root]).filter(isGroupStop);
}

interface Stop {
	readonly stops: readonly Element[];
	readonly index: number;
}

/** Those of a scope (a document's, a shadow root's, a slot's), which goes by its own tabindexes; what is in another stands where that scope's owner does. */
function stopsOf(elements: readonly Element[]): Element[] {
	const found: Stop[] = [];
	for (const el of elements) collect(el, found);
	const early = found.filter(({ index }) => index > 0).sort((a, b) => a.index - b.index);
	return [...early, ...found.filter(({ index }) => index === 0)].flatMap(({ stops }) => stops);
}

function collect(el: Element, found: Stop[]): void {
	if (natives.hasAttribute(el, 'inert')) return;
	const index = Number.parseInt(natives.getAttribute(el, 'tabindex') ?? '0', 10) || 0;
	const root = shadowOf(el);
	// A shadow host that hands the focus on is no stop itself.
	const own = index >= 0 && !root?.delegatesFocus && (focusable(el) || scrollsAlone(el)) ? [el] : [];
	const scope = root || isHtml(el, 'slot');
	if (!scope) {
		if (own.length) found.push({ stops: own, index });
		for (const child of flatChildren(el)) collect(child, found);
	} else if (index >= 0) found.push({ stops: [...own, ...stopsOf(flatChildren(el))], index });
}

/** What scrolls and has no other stop in it is one: its keys scroll it. */
function scrollsAlone(el: Element): boolean {
	const over = el.scrollHeight > el.clientHeight || el.scrollWidth > el.clientWidth;
	if (!over || !el.clientHeight || el === el.ownerDocument.documentElement || el === dom.body(el.ownerDocument)) return false;
	const { overflowX, overflowY, visibility } = dom.style(el);
	return visibility === 'visible' && /auto|scroll/.test(overflowX + overflowY) && !stopsOf(flatChildren(el)).length;
}

/** Of a group of radios only the checked one, or with none checked the first, is a stop. */
function isGroupStop(el: Element, _at: number, all: Element[]): boolean {
	if (!isHtml(el, 'input') || dom.inputType(el) !== 'radio' || !el.name) return true;
	const group = all.filter((other) => isHtml(other, 'input') && other.type === 'radio' && other.name === el.name && other.form === el.form);
	const checked = group.find((other) => (other as HTMLInputElement).checked);
	return el === (checked ?? group[0]);
}
