// page (host).
// Edits at the caret as a person's keyboard makes them: `beforeinput` first, which editors take over, then execCommand, whose `input` event
// is trusted and whose work can be undone.
import type { Any } from '../../natives.ts';
import { dom, isHtml } from '../dom.ts';
import { fire, fireTextInput } from '../events.ts';
import { keyTarget } from '../focus.ts';
import type { Outcome, Stage } from '../stage.ts';
import { updateEditContext } from './edit-context.ts';
import { isOpen, isText, selectIn, spanOf, textOf } from './field.ts';
import { saying } from './said-input.ts';

export type EditKind = 'rich' | 'plain' | 'area' | 'line' | 'context';

/** What typing would edit now: rich or plain contenteditable, a textarea, an input of one line, an EditContext; undefined: nothing. */
export function editKind(stage: Stage, el: Element = keyTarget(stage)): EditKind | undefined {
	if (isText(el)) return !isOpen(el) ? undefined : isHtml(el, 'textarea') ? 'area' : 'line';
	if ((el as Any).editContext) return 'context';
	if (el.namespaceURI === 'http://www.w3.org/1999/xhtml' && dom.editable(el)) {
		return (el as HTMLElement).contentEditable === 'plaintext-only' ? 'plain' : 'rich';
	}
	return dom.designMode(stage.doc) === 'on' ? 'rich' : undefined;
}

/** How much a deletion takes. */
export type Unit = 'character' | 'word' | 'lineboundary';

/** Types `text` at the caret. */
export function insertText(stage: Stage, text: string, inputType = 'insertText', transfer?: DataTransfer): Outcome {
	const target = keyTarget(stage);
	const kind = editKind(stage, target);
	if (!kind) return 'not-editable';
	const rich = kind === 'rich' || kind === 'plain';
	const told = inputType === 'insertText' ? target : clipboardTarget(stage, target);
	// Input Events level 2: a rich editor gets the DataTransfer of a paste, everything else the text.
	const said = { inputType, data: transfer && rich ? null : text, dataTransfer: transfer && rich ? transfer : null };
	if (!fire(told, 'InputEvent', 'beforeinput', { ...said, targetRanges: rich ? ranges(stage) : [] })) return undefined;
	if (kind === 'context') return updateEditContext(target, text);
	if (!fireTextInput(told, text)) return undefined;
	const html = rich && kind === 'rich' ? transfer?.getData('text/html') : '';
	const insert = () =>
		exec(stage, target, html ? 'insertHTML' : 'insertText', html || (kind === 'line' ? text.replace(/\r?\n/g, '') : text));
	if (inputType !== 'insertText') return alone(stage, target, () => saying(stage, said, insert));
	const fills = onEmptyLine(stage, target);
	const outcome = insert();
	// Chromium's editor begins a new step to undo there, of a keyboard's text alone.
	if (fills) endTyping(stage, keyTarget(stage));
	return outcome;
}

/** Whether the caret stands in a last line (a block) that holds nothing but what gives it its height. */
function onEmptyLine(stage: Stage, target: Element): boolean {
	if (!isCollapsed(stage, target)) return false;
	if (isText(target)) return textOf(target).endsWith('\n') && spanOf(target).start === textOf(target).length;
	const { anchorNode, anchorOffset = 0 } = dom.getSelection(stage.doc) ?? {};
	return anchorNode?.nodeType === 1 && isHtml(anchorNode.childNodes[anchorOffset], 'br');
}

/** A new paragraph, or with `soft` a new line. */
export function breakLine(stage: Stage, soft: boolean): Outcome {
	const target = keyTarget(stage);
	const kind = editKind(stage, target);
	const line = soft || kind === 'area' || kind === 'plain';
	const inputType = line ? 'insertLineBreak' : 'insertParagraph';
	const targetRanges = isText(target) ? [] : ranges(stage);
	if (!fire(target, 'InputEvent', 'beforeinput', { inputType, data: null, targetRanges })) return undefined;
	// The editor of an EditContext breaks its lines itself, on that beforeinput: the browser changes nothing then.
	return kind === 'context' || !fireTextInput(target, '\n') ? undefined : exec(stage, target, inputType);
}

/** Enter in a field of one line asks for a line break that never comes; false: a listener prevented what Enter does there instead. */
export function askBreak(stage: Stage): boolean {
	return fire(keyTarget(stage), 'InputEvent', 'beforeinput', { inputType: 'insertLineBreak', data: null });
}

/** Deletes the selection, or where it is collapsed a `unit` before or after the caret. */
export function erase(stage: Stage, back: boolean, unit: Unit, inputType = eraseType(back, unit)): Outcome {
	const target = keyTarget(stage);
	const kind = editKind(stage, target);
	if (!kind) return 'not-editable';
	const rich = kind === 'rich' || kind === 'plain';
	const targetRanges = rich ? doomed(stage, back, unit) : [];
	const told = inputType.startsWith('deleteBy') ? clipboardTarget(stage, target) : target;
	if (!fire(told, 'InputEvent', 'beforeinput', { inputType, data: null, targetRanges })) return undefined;
	if (kind === 'context') return updateEditContext(target, '', back ? -1 : 1);
	if (unit !== 'character' && isCollapsed(stage, target)) {
		go(stage, target, 'extend', back ? 'backward' : 'forward', unit);
		taken.push({ text: selectedText(stage, target), back });
		if (taken.length > KEPT) taken.shift();
	}
	const remove = () =>
		saying(stage, { inputType, data: null, dataTransfer: null }, () => exec(stage, target, back ? 'delete' : 'forwardDelete'));
	return inputType.startsWith('deleteBy') ? alone(stage, target, remove) : remove();
}

/** A command of the browser's editor behind its own beforeinput (`historyUndo`, `formatBold` …). */
export function command(stage: Stage, inputType: string, name: string): Outcome {
	const target = keyTarget(stage);
	if (name === 'redo' && !dom.canExec(stage.doc, name)) return undefined;
	const targetRanges = isText(target) ? [] : ranges(stage);
	if (!fire(target, 'InputEvent', 'beforeinput', { inputType, data: null, targetRanges })) return undefined;
	exec(stage, target, name);
	if (name === 'undo') unselect(stage, target);
	return undefined;
}

/** What was deleted by more than a character, and which way: it was selected for that, and is again once that is undone. */
const taken: { readonly text: string; readonly back: boolean }[] = [];
const KEPT = 20;

/** The caret goes where it was before such a deletion. */
function unselect(stage: Stage, target: Element): void {
	const text = isCollapsed(stage, target) ? '' : selectedText(stage, target);
	const found = text && taken.find((one) => one.text === text);
	if (!found) return;
	if (isText(target)) {
		const { start, end } = spanOf(target);
		const at = found.back ? end : start;
		selectIn(target, at, at);
		return;
	}
	const selection = dom.getSelection(stage.doc);
	if (!selection) return;
	const { startContainer, startOffset, endContainer, endOffset } = dom.rangeAt(selection, 0);
	const [node, at] = found.back ? [endContainer, endOffset] : [startContainer, startOffset];
	dom.setBaseAndExtent(selection, node, at, node, at);
}

/** Everything that can be selected where the focus is. No beforeinput: nothing is edited (Input Events level 2 has no type for it). */
export function selectAll(stage: Stage): undefined {
	exec(stage, keyTarget(stage), 'selectAll');
	return undefined;
}

/** Moves the caret (`move`) or the end of the selection (`extend`), in fields too. */
export function modify(stage: Stage, alter: 'move' | 'extend', way: string, unit: string): undefined {
	const target = keyTarget(stage);
	// A selection begins (Selection API, "selectstart"). In a field nobody is told.
	const begins = alter === 'extend' && !isText(target) && isCollapsed(stage, target);
	if (begins && !fire(dom.getSelection(stage.doc)?.anchorNode ?? target, 'Event', 'selectstart', { composed: false })) return undefined;
	return go(stage, target, alter, way, unit);
}

function go(stage: Stage, target: Element, alter: 'move' | 'extend', way: string, unit: string): undefined {
	const before = isText(target) ? spanOf(target) : undefined;
	const selection = dom.getSelection(stage.doc);
	if (selection) dom.modify(selection, alter, way, unit);
	if (!before || !isText(target)) return undefined;
	const after = spanOf(target);
	if (after.start !== before.start || after.end !== before.end) return undefined;
	// Firefox's modify() leaves fields alone.
	const head = step(textOf(target), before.head, way === 'backward' || way === 'left', unit);
	selectIn(target, alter === 'extend' ? before.anchor : head, head);
	return undefined;
}

function step(text: string, at: number, back: boolean, unit: string): number {
	if (unit === 'documentboundary') return back ? 0 : text.length;
	if (unit === 'lineboundary')
		return back ? text.lastIndexOf('\n', at - 1) + 1 : text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
	const parts = [...new Intl.Segmenter(undefined, { granularity: unit === 'word' ? 'word' : 'grapheme' }).segment(text)];
	const edges = [0, ...parts.map((part) => part.index + part.segment.length)];
	return (back ? edges.findLast((edge) => edge < at) : edges.find((edge) => edge > at)) ?? (back ? 0 : text.length);
}

export function exec(stage: Stage, target: Element, name: string, value?: string): Outcome {
	const field = isText(target) ? target : undefined;
	const before = field && textOf(field);
	const done = dom.exec(stage.doc, name, false, value);
	if (field && textOf(field) !== before) stage.dirty = field;
	return done || (field && textOf(field) !== before) ? undefined : name === 'insertText' && value ? 'failed' : undefined;
}

/** An edit that is undone by itself. */
function alone<T>(stage: Stage, target: Element, run: () => T): T {
	endTyping(stage, target);
	const result = run();
	endTyping(stage, target);
	return result;
}

/** To the browser's editor what comes is typing as what was typed before, until the selection is set. */
export function endTyping(stage: Stage, target: Element): void {
	if (isText(target)) {
		const { anchor, head } = spanOf(target);
		selectIn(target, anchor, head);
		return;
	}
	const selection = dom.getSelection(stage.doc);
	const { anchorNode, anchorOffset, focusNode, focusOffset } = selection ?? {};
	if (selection && anchorNode && focusNode) dom.setBaseAndExtent(selection, anchorNode, anchorOffset ?? 0, focusNode, focusOffset ?? 0);
}

function eraseType(back: boolean, unit: Unit): string {
	const way = back ? 'Backward' : 'Forward';
	if (unit === 'character') return `deleteContent${way}`;
	return unit === 'word' ? `deleteWord${way}` : `deleteSoftLine${way}`;
}

/** What a clipboard event is told to where `target` has the focus: the field, or the element that the selection begins in (Clipboard API, "fire a clipboard event"). */
export function clipboardTarget(stage: Stage, target: Element): Element {
	const selection = isText(target) ? null : dom.getSelection(stage.doc);
	const start = selection && dom.ranges(selection) ? dom.rangeAt(selection, 0).startContainer : undefined;
	const el = start?.nodeType === 1 ? (start as Element) : start?.parentElement;
	return el?.isConnected ? el : target;
}

export function selectedText(stage: Stage, target: Element): string {
	if (!isText(target)) return dom.getSelection(stage.doc)?.toString() ?? '';
	const { start, end } = spanOf(target);
	return textOf(target).slice(start, end);
}

function isCollapsed(stage: Stage, target: Element): boolean {
	if (isText(target)) return spanOf(target).start === spanOf(target).end;
	return dom.getSelection(stage.doc)?.isCollapsed ?? true;
}

export function ranges(stage: Stage): StaticRange[] {
	const selection = dom.getSelection(stage.doc);
	if (!selection || !dom.ranges(selection)) return [];
	const { startContainer, startOffset, endContainer, endOffset } = dom.rangeAt(selection, 0);
	return [new dom.StaticRange({ startContainer, startOffset, endContainer, endOffset })];
}

/** What a deletion would take, found by trying: the selection is put back at once. */
function doomed(stage: Stage, back: boolean, unit: Unit): StaticRange[] {
	const selection = dom.getSelection(stage.doc);
	if (!selection?.anchorNode || !selection.isCollapsed) return ranges(stage);
	const { anchorNode, anchorOffset } = selection;
	dom.modify(selection, 'extend', back ? 'backward' : 'forward', unit);
	const found = ranges(stage);
	dom.setBaseAndExtent(selection, anchorNode, anchorOffset, anchorNode, anchorOffset);
	return found;
}
