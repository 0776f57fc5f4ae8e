// page (host).
// Controls by keyboard: buttons and links are pressed, forms sent, sliders, radios and lists moved, dialogs and popovers closed.
import { natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { dom, isHtml } from '../dom.ts';
import { fire, fireChosen } from '../events.ts';
import { isDisabled, keyTarget, moveFocus, settleFocus, tellChange } from '../focus.ts';
import { closeNewest } from '../opened.ts';
import type { Outcome, Stage } from '../stage.ts';

const SPACE =
	'button,summary,input:is([type=checkbox],[type=radio],[type=button],[type=submit],[type=reset],[type=image],[type=file],[type=color])';
const ENTER = 'button,summary,a[href],area[href],input:is([type=button],[type=submit],[type=reset],[type=image],[type=file],[type=color])';

/** Enter or Space on what has the focus. */
export function activate(stage: Stage, key: 'Enter' | ' '): Outcome {
	const el = keyTarget(stage);
	if (isDisabled(el)) return 'disabled';
	if (dom.matches(el, key === ' ' ? SPACE : ENTER)) fire(el, 'PointerEvent', 'click', { detail: 0, pointerId: -1 });
	else if (key === 'Enter' && isHtml(el, 'input')) return submitFrom(stage);
	settleFocus(stage);
	return undefined;
}

/** Enter in a field: implicit submission (HTML section 4.10.21.2). */
export function submitFrom(stage: Stage): undefined {
	const field = keyTarget(stage) as HTMLInputElement;
	tellChange(stage, field);
	const form = field.form;
	if (!form) return undefined;
	const controls = [...dom.formElements(form)] as HTMLElement[];
	const button = controls.find((el) => dom.matches(el, 'button:not([type=button],[type=reset]),input:is([type=submit],[type=image])'));
	if (button) {
		if (!isDisabled(button)) fire(button, 'PointerEvent', 'click', { detail: 0, pointerId: -1 });
		return undefined;
	}
	const blocking = controls.filter(
		(el) => isHtml(el, 'input') && !/^(hidden|checkbox|radio|file|range|color|button|reset)$/.test(dom.inputType(el)),
	);
	if (blocking.length <= 1) dom.requestSubmit(form);
	return undefined;
}

/** An arrow, page or end key on a list, a slider, a number or a group of radios. True: it was for the control. */
export function arrowControl(stage: Stage, key: string): boolean {
	const el = keyTarget(stage);
	if (isHtml(el, 'select')) return moveSelect(el, key);
	if (!isHtml(el, 'input')) return false;
	const type = dom.inputType(el);
	if (type === 'range') return moveRange(el, key);
	if (type === 'number') return (key === 'ArrowUp' || key === 'ArrowDown') && step(el, key === 'ArrowUp' ? 1 : -1);
	return type === 'radio' && moveRadio(stage, el, key);
}

const ONWARD: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, PageDown: 10, PageUp: -10 };

function moveSelect(el: HTMLSelectElement, key: string): boolean {
	const options = [...dom.options(el)];
	const open = options.map((option, i) => (dom.matches(option, ':disabled') ? -1 : i)).filter((i) => i >= 0);
	const at = open.indexOf(dom.selectedIndex(el));
	const wanted = key === 'Home' ? 0 : key === 'End' ? open.length - 1 : at + (ONWARD[key] ?? 0);
	const index = open[Math.max(0, Math.min(open.length - 1, wanted))];
	if (index === undefined || index === dom.selectedIndex(el)) return true;
	dom.setSelectedIndex(el, index);
	fireChosen(el);
	return true;
}

/** Letters that follow each other within this, milliseconds, are one search in a list. */
const TYPEAHEAD = 1000;
let search = { text: '', at: 0 };

/** A letter typed on a list: picks the next option that begins with what was typed. True: it was for a list. */
export function searchSelect(stage: Stage, letter: string): boolean {
	const el = keyTarget(stage);
	if (!isHtml(el, 'select') || isDisabled(el)) return false;
	const now = natives.now();
	search = { text: (now - search.at > TYPEAHEAD ? '' : search.text) + letter.toLowerCase(), at: now };
	const options = [...dom.options(el)];
	// One letter again and again goes through the options with it; more letters stay where they fit.
	const same = [...search.text].every((sign) => sign === search.text[0]);
	const text = same ? (search.text[0] as string) : search.text;
	const from = dom.selectedIndex(el) + (same ? 1 : 0);
	for (let i = 0; i < options.length; i++) {
		const index = (from + i + options.length) % options.length;
		const option = options[index] as HTMLOptionElement;
		if (dom.matches(option, ':disabled') || !option.text.toLowerCase().startsWith(text)) continue;
		if (index === dom.selectedIndex(el)) break;
		dom.setSelectedIndex(el, index);
		fireChosen(el);
		break;
	}
	return true;
}

function moveRange(el: HTMLInputElement, key: string): boolean {
	const before = dom.inputValue(el);
	if (key === 'Home') dom.setInputValue(el, el.min || '0');
	else if (key === 'End') dom.setInputValue(el, el.max || '100');
	else {
		const n = key === 'ArrowUp' || key === 'ArrowRight' ? 1 : key === 'PageUp' ? 10 : key === 'PageDown' ? -10 : -1;
		return step(el, n);
	}
	if (dom.inputValue(el) !== before) fireChosen(el);
	return true;
}

function step(el: HTMLInputElement, n: number): boolean {
	if (!dom.matches(el, ':enabled') || el.readOnly) return true;
	const before = dom.inputValue(el);
	try {
		(n > 0 ? dom.step.up : dom.step.down)(el, Math.abs(n));
	} catch {
		return true; // step="any" has no step
	}
	const data = dom.inputValue(el);
	if (data === before) return true;
	if (dom.inputType(el) === 'number') {
		// Chromium writes it as a person would.
		dom.setInputValue(el, before);
		if (!fire(el, 'InputEvent', 'beforeinput', { inputType: 'insertText', data })) return true;
		dom.setInputValue(el, data);
	}
	fireChosen(el);
	return true;
}

function moveRadio(stage: Stage, el: HTMLInputElement, key: string): boolean {
	const way = ONWARD[key];
	if (way !== 1 && way !== -1) return false;
	const all = [...queryAll<HTMLElement>(stage.doc, 'input[type=radio]')] as HTMLInputElement[];
	const group = all.filter((radio) => radio.name === el.name && radio.form === el.form && !isDisabled(radio));
	const next = group[(group.indexOf(el) + way + group.length) % group.length];
	if (!next || next === el) return true;
	moveFocus(stage, next);
	fire(next, 'PointerEvent', 'click', { detail: 0, pointerId: -1 });
	return true;
}

/** Escape in a field to search by: empties it. True: there was something in it. */
export function clearSearch(stage: Stage): true | undefined {
	const el = keyTarget(stage);
	if (!isHtml(el, 'input') || dom.inputType(el) !== 'search' || !dom.inputValue(el)) return undefined;
	dom.setInputValue(el, '');
	fire(el, 'Event', 'input', { cancelable: false });
	fire(el, 'Event', 'search', { cancelable: false, composed: false });
	return true;
}

/** Escape: leaves fullscreen, or is a close request (HTML section 6.9). */
export function closeTop(stage: Stage): undefined {
	if (stage.doc.fullscreenElement) void stage.doc.exitFullscreen();
	else closeNewest(stage);
	settleFocus(stage);
	return undefined;
}
