// mirror document (guest's browser).
// The host's caret, what is selected in a field, and the line under what their input method is making: drawn over the mirror, where they stand in
// the mirror's own layout.
// The mirrored documents are not touched, so no check by hash sees it.
import type { ToMirror } from '../../protocol/mirror-port.ts';
import { type CaretAt, caretAt } from './caret-at.ts';
import { matrixFilter, selectionMatrix } from './caret-colours.ts';
import { inRoot } from './input/spot.ts';
import type { WritingView } from './view.ts';

const FILTER = 'tandem-selected';
const LAYER = 'position:fixed;inset:0;z-index:2147483646;pointer-events:none;overflow:hidden';
/** Where colours can't be changed: over the text, so it has to let it through, whatever its colours are. */
const VEIL = 'rgb(51 103 209 / 35%)';
/** Milliseconds for one blink, and until places are looked at again. */
const BLINK = 1060;
const LOOK = 100;

interface Drawn {
	readonly caret: string | undefined;
	readonly underline: readonly string[];
	readonly selected: readonly string[];
	readonly matrix: string | undefined;
}

const NOTHING: Drawn = { caret: undefined, underline: [], selected: [], matrix: undefined };
/** Firefox takes the property and draws nothing. */
const CHANGES = globalThis.CSS?.supports('backdrop-filter:url(#a)') && !CSS.supports('-moz-appearance:none');

export function startCaret(view: WritingView, port: MessagePort): void {
	const layer = document.createElement('div');
	layer.style.cssText = LAYER;
	layer.setAttribute('aria-hidden', 'true');
	/** How thick a line of one CSS pixel has to be drawn, so that it is one on a guest's smaller window. */
	let thick = 1;
	let allowed = false;
	let due = false;
	let timer: ReturnType<typeof setTimeout> | undefined;
	let last = '';
	const draw = () => {
		due = false;
		clearTimeout(timer);
		const found = first(view, allowed);
		if (found) timer = setTimeout(draw, LOOK);
		const { caret, underline, selected, matrix } = found ? boxes(view, found, thick) : NOTHING;
		const text = [caret ?? '', ...underline, '', ...selected, matrix].join('\n');
		if (text === last) return;
		last = text;
		layer.replaceChildren(...selected.map((css) => bar('host-selection', css)), ...underline.map((css) => bar('host-composition', css)));
		if (matrix) layer.append(matrixFilter(FILTER, matrix));
		if (caret) {
			const el = bar('host-caret', caret);
			layer.append(el);
			// From its beginning at each move, as a browser's own.
			el.animate([{ opacity: 1 }, { opacity: 0 }], {
				duration: BLINK,
				easing: 'steps(2, jump-none)',
				iterations: Number.POSITIVE_INFINITY,
			});
		}
		// Beside the stage: the player replaces what is in the body.
		if (!layer.isConnected) document.documentElement.append(layer);
	};
	const soon = () => {
		if (due) return;
		due = true;
		// Not by animation frames alone: a tab in the background has none.
		timer = setTimeout(draw, LOOK);
		requestAnimationFrame(() => due && draw());
	};
	view.onChange(soon);
	view.onDocument((_frame, doc) => doc.addEventListener('scroll', soon, { capture: true, passive: true }));
	port.addEventListener('message', ({ data }: MessageEvent<ToMirror>) => {
		if (data.t === 'scale') thick = Math.max(1, 1 / data.factor);
		else if (data.t === 'control') allowed = data.allowed;
		else return;
		soon();
	});
}

/** The one caret there is: in the document that has the focus on the host, or (`anyhow`) would have it if their window were in front. */
function first(view: WritingView, anyhow: boolean): CaretAt | undefined {
	let other: CaretAt | undefined;
	for (const writing of view.writing()) {
		if (!writing.glance.focus || (!writing.glance.look && !anyhow)) continue;
		const found = caretAt(writing);
		if (found && writing.glance.look) return found;
		other ??= found;
	}
	return other;
}

function boxes(view: WritingView, { el, color, caret, composed, selected }: CaretAt, thick: number): Drawn {
	const doc = el.ownerDocument;
	const at = (left: number, top: number, width: number, height: number, paint = color) => {
		const { x, y } = inRoot(view, doc, left, top);
		return `position:absolute;left:${x}px;top:${y}px;width:${width}px;height:${height}px;background:${paint}`;
	};
	const shown = (x: number, y: number) => isShown(el, x, y);
	const line = caret && shown(caret.x, caret.y + caret.height / 2) ? at(caret.x, caret.y, thick, caret.height) : undefined;
	const underline = composed
		.filter((box) => shown(box.x + box.width / 2, box.y + box.height / 2))
		.map(({ x, y, width, height }) => at(x, y + height - thick, width, thick));
	const seen = selected.filter((box) => shown(box.x + box.width / 2, box.y + box.height / 2));
	const matrix = seen.length && CHANGES ? selectionMatrix(el) : undefined;
	const paint = matrix ? `transparent;backdrop-filter:url(#${FILTER})` : VEIL;
	return { caret: line, underline, selected: seen.map(({ x, y, width, height }) => at(x, y, width, height, paint)), matrix };
}

/** Whether what stands at a point of an element's viewport is that element, and not something over it or a part that is scrolled away. */
function isShown(el: Element, x: number, y: number): boolean {
	const box = el.getBoundingClientRect();
	let [left, top] = [Math.min(Math.max(x, box.left), box.right - 1), Math.min(Math.max(y, box.top), box.bottom - 1)];
	for (let at: Element | null | undefined = el; at; ) {
		const hit: Element | null = (at.getRootNode() as Document | ShadowRoot).elementFromPoint(left, top);
		if (!hit || !(at.contains(hit) || hit.contains(at))) return false;
		const holder: Element | null | undefined = at.ownerDocument.defaultView?.frameElement;
		// The root's own iframe stands on the stage, and nothing of the page over it.
		if (!holder || holder.ownerDocument === document) return true;
		const around = holder.getBoundingClientRect();
		[left, top] = [left + around.left + holder.clientLeft, top + around.top + holder.clientTop];
		at = holder;
	}
	return false;
}

function bar(name: string, css: string): HTMLElement {
	const el = document.createElement('div');
	el.dataset.tandem = name;
	el.style.cssText = css;
	return el;
}
