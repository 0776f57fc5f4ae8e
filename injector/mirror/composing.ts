// page (host): every proxied document, before its own scripts.
// Where the text stands that an input method is making: no browser says, but what its events carry and where the caret is do.
import { saidOf } from '../control/keys/said-input.ts';
import { type Any, getter, method } from '../natives.ts';
import { data, nodeType, TEXT } from './dom.ts';

const g = globalThis as Any;
const path = method<EventTarget[]>(g.Event?.prototype, 'composedPath');
const made = getter<string | null>(g.InputEvent?.prototype, 'data');
const isComposing = getter<boolean>(g.InputEvent?.prototype, 'isComposing');

export interface Composing {
	/** The field or text node it stands in; undefined: nothing is being made. */
	readonly node: Node | undefined;
	readonly start: number;
	readonly end: number;
}

const NOTHING: Composing = { node: undefined, start: 0, end: 0 };

/** A function that takes `compositionstart`, `input` and `compositionend` and says where the text stands now; undefined: as before. */
export function composing(selection: () => Selection | null): (event: Event) => Composing | undefined {
	let field: HTMLInputElement | undefined;
	let start = 0;
	return (event) => {
		const target = path(event)[0] as HTMLInputElement;
		if (event.type === 'compositionend') return NOTHING;
		if (event.type === 'compositionstart') {
			field = 'selectionStart' in target && target.selectionStart !== null ? target : undefined;
			start = field?.selectionStart ?? 0;
			return undefined;
		}
		// Script can send an `input` that is no InputEvent.
		if (!(event instanceof g.InputEvent)) return undefined;
		const said = saidOf(event);
		if (!(said ? said.isComposing : isComposing(event))) return undefined;
		const text = (said ? said.data : made(event)) ?? '';
		if (!text) return NOTHING;
		if (field) return field === target ? { node: field, start, end: start + text.length } : NOTHING;
		return inText(selection(), text);
	};
}

/** In an editor the caret stands at the end of what is being made, or in it. */
function inText(selection: Selection | null, text: string): Composing {
	const node = selection?.focusNode;
	if (!selection || !node || nodeType(node) !== TEXT) return NOTHING;
	const all = data(node);
	const head = selection.focusOffset;
	for (let start = Math.max(0, head - text.length); start <= head; start++) {
		if (all.startsWith(text, start)) return { node, start, end: start + text.length };
	}
	return NOTHING;
}
