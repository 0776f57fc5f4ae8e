// page (host): every proxied document, before its own scripts.
// Where the host writes: the document's selection, the caret in a field, and what an input
// method is making.
import { type Any, getter } from '../natives.ts';
import { shadowOf } from '../shadow-roots.ts';
import { composing } from './composing.ts';
import { ELEMENT, firstChild, nextSibling, nodeType } from './dom.ts';
import { type Ends, endsOf, sameEnds, selectionAt } from './ends.ts';
import { idOf } from './ids.ts';
import { inMasked, secretField } from './privacy/mask.ts';
import { carried } from './serialize.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
export const activeElement = getter<Element | null>(g.Document?.prototype, 'activeElement');
const activeInShadow = getter<Element | null>(g.ShadowRoot?.prototype, 'activeElement');
/** The element that has the focus, inside shadow trees too. */
export function focused(doc: Document): Element | null {
	let el = activeElement(doc);
	for (let shadow = el && shadowOf(el); shadow && activeInShadow(shadow); shadow = el && shadowOf(el)) el = activeInShadow(shadow);
	return el;
}

export function trackCaret({ ctx, stream, roots }: Capture): Tracker {
	const { win, doc, natives } = ctx;
	const passive = { capture: true, passive: true };
	/** What the mirror was told of last. */
	let told: Ends | undefined;
	/** The mirror is new, and was told nothing; or something in it has changed. */
	let untold = false;
	let changed = false;
	const caret = (el: Element | null) => {
		if (!el || secretField(el) || inMasked(el) || !('selectionStart' in el)) return;
		const { selectionStart: start, selectionEnd: end } = el as HTMLInputElement;
		const id = idOf(el);
		if (id && start !== null && end !== null) stream.drop({ op: 'caret', id, start, end });
	};
	const tell = () => {
		// Offsets are counted in what the mirror has.
		stream.settle();
		const el = focused(doc);
		caret(el);
		selected(endsOf(doc, el, roots()));
	};
	const selected = (ends: Ends | undefined) => {
		told = ends;
		const ids = ends && !inMasked(ends.anchor) && !inMasked(ends.head) ? [idOf(ends.anchor), idOf(ends.head)] : [];
		if (!ends || !ids[0] || !ids[1]) stream.drop({ op: 'select', anchor: 0, anchorOffset: 0, head: 0, headOffset: 0 });
		else {
			const anchorOffset = mirrorOffset(ends.anchor, ends.anchorOffset);
			stream.drop({ op: 'select', anchor: ids[0], anchorOffset, head: ids[1], headOffset: mirrorOffset(ends.head, ends.headOffset) });
		}
	};
	const compose = composing(() => selectionAt(doc, focused(doc)));
	const onComposition = (event: Event) => {
		const made = compose(event as CompositionEvent);
		if (!made) return;
		stream.settle();
		const hidden = !made.node || inMasked(made.node) || (nodeType(made.node) === ELEMENT && secretField(made.node as Element));
		const id = made.node && !hidden ? (idOf(made.node) ?? 0) : 0;
		stream.drop({ op: 'compose', id, start: id ? made.start : 0, end: id ? made.end : 0 });
	};
	return {
		arm() {
			natives.addEventListener(doc, 'selectionchange', tell, passive);
			natives.addEventListener(win, 'focusin', tell, passive);
			for (const name of ['compositionstart', 'input', 'compositionend']) natives.addEventListener(win, name, onComposition, passive);
		},
		key() {
			told = undefined;
			untold = true;
		},
		flush() {
			changed = true;
		},
		// Not sooner: to ask for a selection has the browser lay out the page, and what changes is drawn by then.
		tick() {
			if (untold && (endsOf(doc, null, roots()) || (activeElement(doc) && activeElement(doc) !== doc.body))) tell();
			else if (changed && told) {
				// What a script does to the text that it stands in moves a selection, and no event says so.
				const now = endsOf(doc, focused(doc), roots());
				if (!sameEnds(now, told)) selected(now);
			}
			untold = changed = false;
		},
	};
}

/** An offset among a node's children, counted as the mirror has them; an offset in a text as it is. */
export function mirrorOffset(node: Node, offset: number): number {
	if (nodeType(node) !== ELEMENT) return offset;
	let count = 0;
	let child = firstChild(node);
	for (let i = 0; child && i < offset; i++, child = nextSibling(child)) if (carried(child)) count++;
	return count;
}
