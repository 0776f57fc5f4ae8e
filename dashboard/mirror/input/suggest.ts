// mirror document (guest's browser).
// The suggestions of a `<datalist>` for a guest in control. The field itself has no focus here, so the browser shows none: a list of ours stands
// under it, over the mirror. A choice goes to the host as the field's value.
import type { Place, Writing, WritingView } from '../view.ts';
import type { Desk } from './desk.ts';
import { inRoot } from './spot.ts';

const BOX =
	'position:fixed;z-index:2147483646;box-sizing:border-box;max-height:210px;overflow:auto;padding:4px;border:1px solid #c4c9d0;border-radius:6px;' +
	'background:#fff;color:#1b2129;box-shadow:0 6px 20px #0003;font:14px/1.3 system-ui,sans-serif;cursor:default';
const ITEM = 'display:flex;justify-content:space-between;gap:16px;padding:6px 8px;border-radius:4px;white-space:nowrap';
const CHOSEN = 'background:#e3edff';
const MOST = 50;

interface Field {
	readonly el: HTMLInputElement;
	readonly place: Place;
}

export interface Suggestions {
	/** A key goes down; true: it was for the list. */
	key(event: KeyboardEvent): boolean;
	/** The guest types. */
	typed(): void;
	/** The guest presses on an element of the mirror. */
	pressed(el: Element | undefined): void;
}

export function makeSuggestions(desk: Desk, view: WritingView, doc: Document): Suggestions {
	const box = doc.createElement('div');
	box.dataset.tandem = 'suggestions';
	box.setAttribute('role', 'listbox');
	/** Wanted for this field; shown while it has the host's focus and fitting options. */
	let wanted: HTMLInputElement | undefined;
	let any = false;
	let chosen = -1;
	let options: readonly HTMLOptionElement[] = [];
	let drawn = '';

	const close = () => {
		wanted = undefined;
		any = false;
		draw();
	};
	const choose = (field: Field, option: HTMLOptionElement) => {
		close();
		desk.push({ ...field.place, k: 'value', value: option.value });
	};
	const draw = () => {
		const field = desk.allowed && (wanted || any) ? fieldOf(view, desk.frame) : undefined;
		const shown = field && (any || wanted === field.el) ? field : undefined;
		options = shown ? fitting(shown.el) : [];
		if (chosen >= options.length) chosen = -1;
		const at = shown && options.length ? cornerOf(view, shown.el) : undefined;
		const text = at ? [at.css, chosen, ...options.map(({ value, label }) => `${value}\n${label}`)].join('\n') : '';
		if (text === drawn) return;
		drawn = text;
		if (!at || !shown) return box.remove();
		box.style.cssText = `${BOX};${at.css}`;
		box.replaceChildren(...options.map((option, i) => item(doc, option, i === chosen, () => choose(shown, option))));
		if (!box.isConnected) doc.documentElement.append(box);
		box.children[chosen]?.scrollIntoView({ block: 'nearest' });
	};
	view.onChange(() => (wanted || any) && draw());
	return {
		key(event) {
			const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
			const field = desk.allowed ? fieldOf(view, desk.frame) : undefined;
			if (!field || event.isComposing) return false;
			if (!box.isConnected) {
				if (event.key !== 'ArrowDown' || !fitting(field.el).length) return false;
				wanted = field.el;
				chosen = 0;
			} else if (step) chosen = (chosen + step + options.length + (chosen < 0 && step < 0 ? 1 : 0)) % options.length;
			else if (event.key === 'Enter' && options[chosen]) choose(field, options[chosen] as HTMLOptionElement);
			else if (event.key === 'Escape') close();
			else {
				if (event.key === 'Tab' || event.key === 'Enter') close();
				return false;
			}
			event.preventDefault();
			draw();
			return true;
		},
		typed() {
			// What is typed shows in the field a moment later.
			any = true;
			chosen = -1;
			draw();
		},
		pressed(el) {
			chosen = -1;
			any = false;
			wanted = el?.localName === 'input' ? (el as HTMLInputElement) : undefined;
			draw();
		},
	};
}

/** The field that the guest's keys go to, if it has suggestions. */
function fieldOf(view: WritingView, frame: number | undefined): Field | undefined {
	const writing = [...view.writing()].find((each: Writing) => each.frame === frame);
	const el = writing?.nodes.get(writing.glance.focus) as HTMLInputElement | undefined;
	if (!writing || el?.localName !== 'input' || !el.list || el.readOnly || el.disabled || el.matches('[data-tandem-masked]'))
		return undefined;
	return { el, place: { frame: writing.frame, node: writing.glance.focus } };
}

/** As Chromium has it: what holds the field's text somewhere, in whatever case. */
function fitting({ list, value }: HTMLInputElement): readonly HTMLOptionElement[] {
	const typed = value.toLowerCase();
	const fits = ({ value: given, label, disabled }: HTMLOptionElement) =>
		given !== '' && !disabled && (given.toLowerCase().includes(typed) || label.toLowerCase().includes(typed));
	return [...((list as HTMLDataListElement | null)?.options ?? [])].filter(fits).slice(0, MOST);
}

function cornerOf(view: WritingView, el: Element): { css: string } | undefined {
	const { left, bottom, width } = el.getBoundingClientRect();
	if (width === 0) return undefined;
	const { x, y } = inRoot(view, el.ownerDocument, left, bottom);
	return { css: `left:${x}px;top:${y + 2}px;min-width:${width}px` };
}

function item(doc: Document, { value, label }: HTMLOptionElement, chosen: boolean, choose: () => void): HTMLElement {
	const el = doc.createElement('div');
	el.dataset.tandem = 'suggestion';
	el.setAttribute('role', 'option');
	el.setAttribute('aria-selected', String(chosen));
	el.style.cssText = ITEM + (chosen ? `;${CHOSEN}` : '');
	el.append(value);
	if (label && label !== value) {
		const more = doc.createElement('span');
		more.style.color = '#5c6672';
		more.append(label);
		el.append(more);
	}
	el.addEventListener('mousedown', (event) => {
		// The guest's keys stay where they are.
		event.preventDefault();
		choose();
	});
	return el;
}
