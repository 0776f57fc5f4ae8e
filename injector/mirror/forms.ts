// page (host): every proxied document, before its own scripts.
// What fields show. A script can change it without a record or an event, so fields are looked at often instead of being patched.
import type { NodeId, StateName } from '../../protocol/mirror.ts';
import { type Any, getter } from '../natives.ts';
import { areaValue, ELEMENT, getAttribute, inputValue, localName, nodeType, parentNode } from './dom.ts';
import { idOf } from './ids.ts';
import { BULLETS, fieldValue, inMasked, secretField } from './privacy/mask.ts';
import { cleanOp } from './privacy/ops.ts';
import { secrets, spells } from './privacy/taint.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const inputType = getter<string>(g.HTMLInputElement?.prototype, 'type');
const inputChecked = getter<boolean>(g.HTMLInputElement?.prototype, 'checked');
const inputFiles = getter<FileList | null>(g.HTMLInputElement?.prototype, 'files');
const inputMixed = getter<boolean>(g.HTMLInputElement?.prototype, 'indeterminate');
const selectOptions = getter<HTMLOptionsCollection>(g.HTMLSelectElement?.prototype, 'options');
const selectMultiple = getter<boolean>(g.HTMLSelectElement?.prototype, 'multiple');
const selectIndex = getter<number>(g.HTMLSelectElement?.prototype, 'selectedIndex');
const optionSelected = getter<boolean>(g.HTMLOptionElement?.prototype, 'selected');
const path = g.Event?.prototype.composedPath as () => EventTarget[];

/** Fields looked at in one go; with more of them each gets its turn. */
const AT_ONCE = 300;
const EVENTS = ['input', 'change', 'click', 'reset', 'keyup'];
/** Types whose value is no text that a mirror may set. */
const NO_VALUE = new Set(['hidden', 'image', 'submit', 'button', 'reset', 'checkbox', 'radio']);

type Reading = Readonly<Partial<Record<StateName, string>>>;

export function trackForms({ ctx, stream }: Capture): Tracker {
	const fields = new Map<Element, Reading>();
	let turn = 0;
	/** The list that the present message makes, with all its options. */
	let fresh: Element | undefined;
	/** Lists into which options came. */
	const due = new Set<Element>();

	/**
	 * An option came into a list that the mirror has, or says something else of itself. That may have chosen it there and not here (HTML section 4.10.10,
	 * "dirtiness"), so what is chosen is said again.
	 */
	const came = (option: Element) => {
		let list = parentNode(option);
		if (list && nodeType(list) === ELEMENT && localName(list) === 'optgroup') list = parentNode(list);
		if (list && list !== fresh && fields.has(list as Element)) due.add(list as Element);
	};
	const settle = () => {
		fresh = undefined;
		for (const list of due) {
			const known = fields.get(list);
			if (known) fields.set(list, { unsaid: known.unsaid ?? '' });
			check(list);
		}
		due.clear();
	};
	const look = (el: Element, known: Reading, id: NodeId) => {
		const now = read(el);
		for (const name of Object.keys(now) as StateName[]) {
			if (now[name] !== known[name]) stream.push({ op: 'state', id, name, value: now[name] ?? '' });
		}
		fields.set(el, now);
	};
	const check = (el: Element) => {
		const known = fields.get(el);
		const id = idOf(el);
		if (!known) return;
		if (id === undefined) fields.delete(el);
		else look(el, known, id);
	};
	return {
		arm() {
			const onEvent = (event: Event) => {
				const target = ctx.natives.apply(path, event, [])[0] as Element;
				check(target);
				if (event.type !== 'input') for (const el of [...fields.keys()].slice(0, AT_ONCE)) check(el);
			};
			for (const name of EVENTS) ctx.natives.addEventListener(ctx.win, name, onEvent, { capture: true, passive: true });
		},
		element(el, tag, id) {
			if (tag === 'option') came(el);
			if (tag !== 'input' && tag !== 'textarea' && tag !== 'select') return;
			if (tag === 'select') fresh = el;
			look(el, tag === 'select' ? { unsaid: '' } : initial(el, tag), id);
		},
		state(node, tag) {
			if (tag !== 'input' && tag !== 'textarea' && tag !== 'select') return undefined;
			const known = fields.get(node as Element);
			const id = idOf(node);
			if (!known || id === undefined) return undefined;
			return Object.entries(known)
				.filter(([name]) => name === 'value' || (!known.unsaid && name !== 'unsaid'))
				.map(([name, value]) => {
					const op = cleanOp({ op: 'state', id, name: name as StateName, value });
					return op.op === 'state' ? `${name} ${op.value}` : '';
				});
		},
		attribute(el, tag, name) {
			if (tag === 'option' && name === 'selected') came(el);
		},
		flush: settle,
		key: settle,
		tick() {
			const all = [...fields.keys()];
			for (let n = Math.min(AT_ONCE, all.length); n > 0; n--) check(all[turn++ % all.length] as Element);
		},
	};
}

/** What a field shows by its attributes alone, which the mirror has already. */
function initial(el: Element, tag: string): Reading {
	if (tag === 'textarea') return {};
	const value = getAttribute(el, 'value') ?? '';
	const checked = getAttribute(el, 'checked') === null ? '0' : '1';
	return { value: fieldValue(el, value), checked, indeterminate: '0', files: '', unsaid: '' };
}

function read(el: Element): Reading {
	const tag = localName(el);
	const secret = isSecret(el);
	if (tag === 'textarea') return { value: fieldValue(el, areaValue(el)) };
	if (tag === 'select') return secret ? { unsaid: '1' } : { unsaid: '', selected: selected(el) };
	const type = inputType(el);
	if (type === 'checkbox' || type === 'radio')
		return secret ? { unsaid: '1' } : { unsaid: '', checked: inputChecked(el) ? '1' : '0', indeterminate: inputMixed(el) ? '1' : '0' };
	if (type === 'file')
		return secret ? { unsaid: '1', files: '' } : { unsaid: '', files: [...(inputFiles(el) ?? [])].map(({ name }) => name).join('/') };
	if (NO_VALUE.has(type)) return {};
	const value = inputValue(el);
	return { value: spellsValue(el, value) ? BULLETS : fieldValue(el, value) };
}

/** Whether a field's value is a part of a secret; fields are read often, so what was found is kept. */
function spellsValue(el: Element, value: string): boolean {
	const { version } = secrets;
	const last = found.get(el);
	if (last && last.value === value && last.version === version) return last.spells;
	const now = { value, version, spells: spells(el, value, otherValue) };
	if (version) found.set(el, now);
	return now.spells;
}

const found = new WeakMap<Element, { readonly value: string; readonly version: number; readonly spells: boolean }>();

/** What stands in a field beside another. */
function otherValue(el: Element): string | null {
	return localName(el) === 'input' && !NO_VALUE.has(inputType(el)) ? inputValue(el) : null;
}

function isSecret(el: Element): boolean {
	return secretField(el) || inMasked(el);
}

function selected(el: Element): string {
	if (!selectMultiple(el)) return selectIndex(el) < 0 ? '-' : String(selectIndex(el));
	const chosen: number[] = [];
	const options = selectOptions(el);
	for (let i = 0; i < options.length; i++) if (optionSelected(options[i])) chosen.push(i);
	return chosen.length ? chosen.join(',') : '-';
}
