// page (host).
// Edits at the caret as a person's keyboard makes them: `beforeinput` first, which editors take over, then execCommand, whose `input` event
// is trusted and whose work can be undone.
import type { Any } from '../natives.ts';
import { dom, isHtml } from './dom.ts';
import { updateEditContext } from './edit-context.ts';
import { fire, fireTextInput } from './events.ts';
import { isOpen, isText, selectIn, spanOf, textOf } from './field.ts';
import { keyTarget } from './focus.ts';
import type { Outcome, Stage } from './stage.ts';

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
	// Input Events level 2: a rich editor gets the DataTransfer of a paste, everything else the text.
	const init = {
		inputType,
		data: transfer && rich ? null : text,
		dataTransfer: transfer && rich ? transfer : null,
		targetRanges: rich ? ranges(stage) : [],
	};
	if (!fire(target, 'InputEvent', 'beforeinput', init)) return undefined;
	if (kind === 'context') return updateEditContext(target, text);
	if (inputType === 'insertText' && !fireTextInput(target, text)) return undefined;
	const html = rich && kind === 'rich' ? transfer?.getData('text/html') : '';
	return exec(stage, target, html ? 'insertHTML' : 'insertText', html || (kind === 'line' ? text.replace(/\r?\n/g, '') : text));
}

/** A new paragraph, or with `soft` a new line. */
export function breakLine(stage: Stage, soft: boolean): Outcome {
	const target = keyTarget(stage);
	const kind = editKind(stage, target);
	const line = soft || kind === 'area' || kind === 'plain';
	const inputType = line ? 'insertLineBreak' : 'insertParagraph';
	if (!fire(target, 'InputEvent', 'beforeinput', { inputType, data: null, targetRanges: ranges(stage) })) return undefined;
	// The editor of an EditContext breaks its lines itself, on that beforeinput: the browser changes nothing then.
	return kind === 'context' ? undefined : exec(stage, target, inputType);
}

/** Deletes the selection, or where it is collapsed a `unit` before or after the caret. */
export function erase(stage: Stage, back: boolean, unit: Unit, inputType = eraseType(back, unit)): Outcome {
	const target = keyTarget(stage);
	const kind = editKind(stage, target);
	if (!kind) return 'not-editable';
	const rich = kind === 'rich' || kind === 'plain';
	const targetRanges = rich ? doomed(stage, back, unit) : [];
	if (!fire(target, 'InputEvent', 'beforeinput', { inputType, data: null, targetRanges })) return undefined;
	if (kind === 'context') return updateEditContext(target, '', back ? -1 : 1);
	if (unit !== 'character' && isCollapsed(stage, target)) go(stage, target, 'extend', back ? 'backward' : 'forward', unit);
	return exec(stage, target, back ? 'delete' : 'forwardDelete');
}

/** A command of the browser's editor behind its own beforeinput (`historyUndo`, `formatBold` …). */
export function command(stage: Stage, inputType: string, name: string): Outcome {
	const target = keyTarget(stage);
	if (!fire(target, 'InputEvent', 'beforeinput', { inputType, data: null, targetRanges: ranges(stage) })) return undefined;
	exec(stage, target, name);
	return undefined;
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

function exec(stage: Stage, target: Element, name: string, value?: string): Outcome {
	const field = isText(target) ? target : undefined;
	const before = field && textOf(field);
	const done = dom.exec(stage.doc, name, false, value);
	if (field && textOf(field) !== before) stage.dirty = field;
	return done || (field && textOf(field) !== before) ? undefined : name === 'insertText' && value ? 'failed' : undefined;
}

function eraseType(back: boolean, unit: Unit): string {
	const way = back ? 'Backward' : 'Forward';
	if (unit === 'character') return `deleteContent${way}`;
	return unit === 'word' ? `deleteWord${way}` : `deleteSoftLine${way}`;
}

function isCollapsed(stage: Stage, target: Element): boolean {
	if (isText(target)) return spanOf(target).start === spanOf(target).end;
	return dom.getSelection(stage.doc)?.isCollapsed ?? true;
}

function ranges(stage: Stage): StaticRange[] {
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
