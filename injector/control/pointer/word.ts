// page (host).
// What two and three clicks select: the word that begins or lies at the point, the paragraph with its break; as Chromium does.
import { dom } from '../dom.ts';

/** Start and end of the word (or the run of spaces or signs) at `offset`. */
export function wordAt(text: string, offset: number): [number, number] {
	for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)) {
		if (offset < index + segment.length) return [index, index + segment.length];
	}
	return [text.length, text.length];
}

/** Widens a collapsed selection to the word at it; after the last one of a paragraph to the break there, where something follows. */
export function selectWord(selection: Selection): undefined {
	const { anchorNode, anchorOffset } = selection;
	if (anchorNode?.nodeType !== 3) return byBoundaries(selection, 'word');
	const texts = textsAround(anchorNode as Text);
	let before = 0;
	for (const text of texts) {
		if (text === anchorNode) break;
		before += text.data.length;
	}
	const whole = texts.map(({ data }) => data).join('');
	const { whiteSpaceCollapse, whiteSpace } = dom.style(dom.parentElement(anchorNode) as Element);
	const at = shown(whole, before + anchorOffset, whiteSpaceCollapse ?? whiteSpace);
	const [from, to] = wordAt(whole, at);
	if (from < to) return select(selection, texts, from, to);
	dom.modify(selection, 'extend', 'forward', 'character');
	const end = whole.trimEnd().length;
	return selection.isCollapsed && end > 0 && isLast(anchorNode) ? select(selection, texts, ...wordAt(whole, end - 1)) : undefined;
}

/** Whether nothing is drawn behind the text's editing host: otherwise its last word has something after it, and is not selected from there. */
function isLast(text: Node): boolean {
	let host: Element | null = null;
	for (let el = dom.parentElement(text) as HTMLElement | null; el && dom.editable(el); el = dom.parentElement(el) as HTMLElement | null)
		host = el;
	const { ownerDocument: doc } = text;
	const last = doc && dom.body(doc)?.lastChild;
	if (!host || !doc || !last || dom.contains(host, last)) return true;
	const behind = dom.createRange(doc);
	behind.setEndAfter(last);
	behind.setStartAfter(host);
	return ![...behind.getClientRects()].some(({ width, height }) => width * height > 0);
}

/** Past white space that isn't drawn: all but the first of several, and at the end of a paragraph. */
function shown(whole: string, at: number, collapse: string): number {
	if (/^(pre|break-spaces)/.test(collapse) || !/\s/.test(whole[at] ?? '')) return at;
	const rest = whole.slice(at).search(/\S/);
	if (rest < 0) return whole.length;
	return /\s/.test(whole[at - 1] ?? '') ? at + rest : at;
}

/** Widens a collapsed selection to its paragraph and the break after it. */
export function selectParagraph(selection: Selection): void {
	byBoundaries(selection, 'paragraphboundary');
	dom.modify(selection, 'extend', 'forward', 'character');
}

function byBoundaries(selection: Selection, unit: 'word' | 'paragraphboundary'): undefined {
	dom.modify(selection, 'move', 'backward', unit);
	dom.modify(selection, 'extend', 'forward', unit);
}

/** The texts that stand in one paragraph with this one. */
function textsAround(text: Text): Text[] {
	let block = dom.parentElement(text);
	while (block && isInline(block)) block = dom.parentElement(block);
	return block ? textsIn(block, text) : [text];
}

/** Those of a block between the breaks around `text`. */
function textsIn(block: Element, text: Text): Text[] {
	let run: Text[] = [];
	let found = false;
	/** True: the run with `text` is whole. */
	const visit = (node: Node): boolean => {
		for (let child = dom.firstChild(node); child; child = dom.nextSibling(child)) {
			if (child.nodeType === 3) {
				run.push(child as Text);
				if (child === text) found = true;
			} else if (child.nodeType === 1) {
				const inline = isInline(child as Element);
				if (inline ? visit(child) : found) return true;
				if (!inline) run = [];
			}
		}
		return false;
	};
	visit(block);
	return run;
}

function select(selection: Selection, texts: readonly Text[], from: number, to: number): undefined {
	const start = pointIn(texts, from, false);
	const end = pointIn(texts, to, true);
	if (start && end) dom.setBaseAndExtent(selection, ...start, ...end);
}

/** Where a place of the joined texts is; one between two of them is the end of the first where `last`, else the beginning of the second. */
function pointIn(texts: readonly Text[], at: number, last: boolean): [Text, number] | undefined {
	let rest = at;
	for (const text of texts) {
		const { length } = text.data;
		if (rest < length || (last && rest === length && length > 0)) return [text, rest];
		rest -= length;
	}
	return undefined;
}

function isInline(el: Element): boolean {
	return /^(inline|contents)/.test(dom.style(el).display) && el.localName !== 'br';
}
