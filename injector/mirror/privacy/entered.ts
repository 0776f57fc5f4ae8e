// page (host).
// What is entered into the secret fields of one document, sign by sign: every value that stands there, each on its way to the next, and what a page
// that keeps keys to itself was given. All of it is told to the shell, and what was but a step is taken back as the field is left.
import type { Context } from '../../context.ts';
import { LooseSet } from '../../loose-set.ts';
import { type Any, method, softGetter } from '../../natives.ts';
import { ELEMENT, fieldText, getAttribute, isConnected, localName, targetType } from '../dom.ts';
import { groupsOf } from './boxes.ts';
import { editorOf } from './editors.ts';
import type { FieldKind } from './fields.ts';
import { isMarked, secretKind, watchValue } from './mask.ts';
import { secrets, setTyping } from './taint.ts';

const g = globalThis as Any;
const path = method<EventTarget[]>(g.Event?.prototype, 'composedPath');
const keyOf = softGetter<string>(g.KeyboardEvent?.prototype, 'key');
const inputForm = softGetter<Element | null>(g.HTMLInputElement?.prototype, 'form');
const formOf = (el: Element) => inputForm(el) ?? null;
const inputData = softGetter<string | null>(g.InputEvent?.prototype, 'data');
const clipboardData = softGetter<DataTransfer | null>(g.ClipboardEvent?.prototype, 'clipboardData');
const dataOf = method<string>(g.DataTransfer?.prototype, 'getData');
/** Longest part of a number that has a field for each. */
const PART = 6;

export interface Deeds {
	/** Everything has to be sent anew: other things are hidden now. */
	again(): void;
	/** Something may be hidden from now on that was sent before. */
	check(): void;
	/** A field became secret, or is none for now. */
	changed(el: Element): void;
}

export interface Entered {
	/** Learns what stands in a field now, if it is a secret one. */
	learn(el: Element): void;
	/** A value that is secret wherever it stands. */
	know(value: string): void;
	/** Whoever typed in a field goes elsewhere, by a script too: what stands in it is its value. */
	leave(): void;
	/** The secret fields of this document. */
	fields(): readonly Element[];
	/** Follows the fields in `at`, a window or a shadow tree; `changesOnly`: of all but `change` and focus the window hears. */
	watch(at: EventTarget, changesOnly: boolean): void;
	isEmpty(el: Element): boolean;
}

const PASSIVE = { capture: true, passive: true };

/** The field or editor that an event is about. */
export function fieldOf(event: Event): Element | undefined {
	const el = path(event)[0] as Element | undefined;
	if (!el || targetType(el) !== ELEMENT) return undefined;
	const tag = localName(el);
	return tag === 'input' || tag === 'textarea' ? el : editorOf(el);
}

export function followEntries(ctx: Context, deeds: Deeds): Entered {
	const { natives } = ctx;
	/** Secret fields with the value last learnt from each. */
	const learnt = new natives.WeakMap<Element, string>();
	const fields = new LooseSet<Element>();
	/** Values that stood in a field while it was typed in; and those that would have, had each key put its sign at the end. */
	let steps: string[] = [];
	let guesses: string[] = [];
	let typedIn: Element | undefined;
	/** The keys pressed in that field, one after the other: a page may keep them to itself and show other signs there. */
	let keyed = '';
	let isKeyed = false;
	/** What stood last in fields of one sign each, together; by what the group is named by. */
	const boxes = new Map<Node, string>();

	const learn = (el: Element, typing: boolean) => {
		const kind = secretKind(el);
		const tag = localName(el);
		if (tag === 'select' || (kind === undefined && !isMarked(el))) return;
		const value = fieldText(el, tag);
		const before = learnt.get(el);
		if (before === value) return;
		fields.add(el);
		learnt.set(el, value);
		if (kind === 'expiry') return;
		if (typing) type(value);
		know(value);
		if ((typing || el === typedIn) && before) steps.push(before);
		if (kind !== 'password' && value && isBox(el, value)) learnBoxes(el, kind);
	};
	/** A code with a field for each of its signs is one value, as is a number in a few parts. */
	const learnBoxes = (el: Element, kind: FieldKind | undefined) => {
		const form = formOf(el);
		const all: [Element, string][] = [];
		for (const other of fields.all()) {
			const value = learnt.get(other) ?? '';
			if (isBox(other, value) && isConnected(other) && formOf(other) === form && secretKind(other) === kind) all.push([other, value]);
		}
		for (const { at, text } of groupsOf(el, all)) {
			const before = boxes.get(at);
			if (text === before) continue;
			boxes.set(at, text);
			if (before && text.length > before.length) steps.push(before);
			know(text);
		}
	};
	const isBox = (el: Element, value: string) => {
		const most = Number(getAttribute(el, 'maxlength') ?? 0);
		return (most > 0 && most <= PART) || (value.length < 2 && secretKind(el) === 'code');
	};
	/** What is being typed is told to the other frames as long as it is too short to be learnt. */
	const type = (value: string | undefined) => {
		const told = setTyping(value);
		if (told !== undefined) ctx.send({ t: 'secret', typing: told });
	};
	const know = (value: string) => {
		if (secrets.learn(value)) ctx.send({ t: 'secret', learn: value });
	};
	const settle = (el: Element) => {
		type(undefined);
		typedIn = undefined;
		const kept = [learnt.get(el) ?? ''];
		if (keyed) steps.push(keyed);
		for (const [at, text] of boxes) {
			if (isConnected(at)) kept.push(text);
			else boxes.delete(at);
		}
		// What stood there before it was taken out again counts, too: an attempt, a second thought.
		const all = [...kept, ...steps];
		for (const step of steps) if (!all.some((other) => other !== step && other.includes(step))) kept.push(step);
		for (const step of [...steps, ...guesses]) {
			if (kept.includes(step)) continue;
			secrets.unlearn(step);
			ctx.send({ t: 'secret', forget: step });
		}
		steps = [];
		guesses = [];
		keyed = '';
		deeds.check();
	};
	const enter = (el: Element, signs: string) => {
		if (el !== typedIn) keyed = '';
		typedIn = el;
		if (keyed) guesses.push(keyed);
		keyed += signs;
		know(keyed);
	};
	/** What comes by other ways than keys: a phone's keyboard, the clipboard, a drop. */
	const onGiven = (event: Event) => {
		const el = fieldOf(event);
		const data = clipboardData(event);
		const text = data ? dataOf(data, 'text') : isKeyed ? '' : inputData(event);
		isKeyed = false;
		if (el && text && isFollowed(el)) enter(el, text);
	};
	const isFollowed = (el: Element) => {
		const kind = secretKind(el);
		return kind ? kind !== 'expiry' : isMarked(el);
	};
	const onInput = (event: Event) => {
		const el = fieldOf(event);
		if (!el) return;
		if (watchValue(el, true)) deeds.changed(el);
		if (secretKind(el) !== undefined) typedIn = el;
		learn(el, true);
	};
	/** A page may show a key before the field has it. */
	const onKey = (event: Event) => {
		const el = fieldOf(event);
		const key = keyOf(event);
		isKeyed = key?.length === 1;
		if (!el || !key || !isFollowed(el)) return;
		if (key === 'Backspace') keyed = keyed.slice(0, -1);
		if (key === 'Enter') {
			if (keyed) steps.push(keyed);
			keyed = '';
		}
		if (!isKeyed) return;
		enter(el, key);
		const ahead = fieldText(el) + key;
		guesses.push(ahead);
		type(ahead);
		know(ahead);
	};
	const onLeave = (event: Event) => {
		const el = fieldOf(event);
		if (!el) return;
		if (watchValue(el, false)) deeds.changed(el);
		if (learnt.has(el)) {
			learn(el, false);
			settle(el);
		}
	};
	return {
		learn: (el) => learn(el, false),
		know,
		leave() {
			if (!typedIn) return;
			learn(typedIn, false);
			settle(typedIn);
		},
		fields: () => fields.all().filter(isConnected),
		watch(at, changesOnly) {
			for (const type of ['change', 'focusout']) natives.addEventListener(at, type, onLeave, PASSIVE);
			if (changesOnly) return;
			natives.addEventListener(at, 'input', onInput, PASSIVE);
			natives.addEventListener(at, 'keydown', onKey, PASSIVE);
			for (const type of ['beforeinput', 'paste']) natives.addEventListener(at, type, onGiven, PASSIVE);
		},
		isEmpty: (el) => learnt.get(el) === '',
	};
}
