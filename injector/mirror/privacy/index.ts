// page (host): every proxied document, before its own scripts.
// Privacy in one document: takes the workspace's rules and the tab's secrets from the shell, learns what is entered into secret fields here, and
// tells the shell, so that every frame of the tab knows it. Secrets go no further than the host's shell.
import type { ShellMessage } from '../../../protocol/page.ts';
import type { Context } from '../../context.ts';
import { call, hookAccessor } from '../../hook.ts';
import { LooseSet } from '../../loose-set.ts';
import { type Any, getter, method, softGetter } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { ELEMENT, fieldText, getAttribute, isConnected, localName, nodeType, targetType } from '../dom.ts';
import { groupsOf } from './boxes.ts';
import { editorOf, lookAtEditor } from './editors.ts';
import { type FieldKind, takesText } from './fields.ts';
import { hookPorts, watchGiven } from './handed.ts';
import { watchKeypads } from './keypad.ts';
import { isMarked, keepSecret, lookAgain, lookAtDots, maskAt, secretKind, watchValue } from './mask.ts';
import { setOuter, setPolicy } from './rules.ts';
import { isSecretWhole, secrets, setTyping } from './taint.ts';

const g = globalThis as Any;
const path = method<EventTarget[]>(g.Event?.prototype, 'composedPath');
const firstElement = getter<Element | null>(g.Element?.prototype, 'firstElementChild');
const keyOf = softGetter<string>(g.KeyboardEvent?.prototype, 'key');
const inputForm = softGetter<Element | null>(g.HTMLInputElement?.prototype, 'form');
const formOf = (el: Element) => inputForm(el) ?? null;
const modeOf = softGetter<ShadowRootMode>(g.ShadowRoot?.prototype, 'mode');
const inputData = softGetter<string | null>(g.InputEvent?.prototype, 'data');
const clipboardData = softGetter<DataTransfer | null>(g.ClipboardEvent?.prototype, 'clipboardData');
const dataOf = method<string>(g.DataTransfer?.prototype, 'getData');
const FIELDS = 'input,textarea';
/** Longest part of a number that has a field for each. */
const PART = 6;
/** What kinds of field a keypad may be for. */
const ASKED = new Set(['password', 'code']);

export interface Privacy {
	/** Learns the values of secret fields in a tree that is about to be sent for the first time. */
	scan(root: Node): void;
	/** Watches the fields of a shadow tree: of a focus that moves inside it, and of `change`, nothing is told outside. */
	watch(root: Node): void;
	/** Learns the values of the secret fields known, before something is sent. */
	look(): void;
	/** Whether something secret stands in a field of this document now. */
	inUse(): boolean;
}

interface Deeds {
	/** Everything has to be sent anew: other things are hidden now. */
	again(): void;
	/** Something may be hidden from now on that was sent before. */
	check(): void;
	/** A field became secret, or is none for now. */
	changed(el: Element): void;
}

let watched: ((el: Element) => void) | undefined;
/** Once in a window: a value set by script is known before anything else of the page runs; also that of a field which is in no document yet. */
export function hookValues(): void {
	hookPorts();
	for (const name of ['HTMLInputElement', 'HTMLTextAreaElement']) {
		hookAccessor(g[name]?.prototype, 'value', {
			set(native, self, value) {
				call(native, self, [value]);
				watched?.(self);
			},
		});
	}
}

export function startPrivacy(ctx: Context, deeds: Deeds): Privacy {
	const { natives, win, doc } = ctx;
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
	let host = '';

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
	const field = (event: Event) => {
		const el = path(event)[0] as Element | undefined;
		if (!el || targetType(el) !== ELEMENT) return undefined;
		const tag = localName(el);
		return tag === 'input' || tag === 'textarea' ? el : editorOf(el);
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
		const el = field(event);
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
		const el = field(event);
		if (!el) return;
		if (watchValue(el, true)) deeds.changed(el);
		if (secretKind(el) !== undefined) typedIn = el;
		learn(el, true);
	};
	/** A page may show a key before the field has it. */
	const onKey = (event: Event) => {
		const el = field(event);
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
		const el = field(event);
		if (!el) return;
		if (watchValue(el, false)) deeds.changed(el);
		if (learnt.has(el)) {
			learn(el, false);
			settle(el);
		}
	};
	const onFocus = (event: Event) => {
		const el = field(event);
		if (!el) return;
		const before = secretKind(el);
		if (localName(el) === 'input' || localName(el) === 'textarea') {
			lookAgain(el);
			lookAtDots(el);
		} else if (lookAtEditor(el)) maskAt(el, 0);
		if (secretKind(el) !== before) deeds.changed(el);
		learn(el, false);
	};
	const passive = { capture: true, passive: true };
	const watch = (at: EventTarget) => {
		for (const type of ['change', 'focusout']) natives.addEventListener(at, type, onLeave, passive);
		natives.addEventListener(at, 'focusin', onFocus, passive);
		// Of a closed shadow tree's fields an event says nothing outside.
		if (at !== win && modeOf(at) !== 'closed') return;
		natives.addEventListener(at, 'input', onInput, passive);
		natives.addEventListener(at, 'keydown', onKey, passive);
		for (const type of ['beforeinput', 'paste']) natives.addEventListener(at, type, onGiven, passive);
	};
	const arm = () => {
		watch(win);
		// a script may send a form, or go elsewhere, while the field has the focus
		natives.addEventListener(win, 'pagehide', () => {
			if (!typedIn) return;
			learn(typedIn, false);
			settle(typedIn);
		});
	};
	watched = (el) => {
		if (watchValue(el, false) || isCopy(el)) deeds.changed(el);
		learn(el, false);
	};
	/** Whether the page has put a secret into a field that was none: it shows there what was typed elsewhere, and one may go on typing. */
	const isCopy = (el: Element) => {
		if (secrets.size === 0 || secretKind(el) !== undefined || !takesText(el) || !isSecretWhole(fieldText(el))) return false;
		keepSecret(el);
		return true;
	};
	arm();
	ctx.onReopen(arm);
	watchGiven(ctx);
	watchKeypads(() => {
		return fields.all().some((el) => isConnected(el) && ASKED.has(secretKind(el) ?? ''));
	}, deeds.changed);
	const hostName = () => {
		try {
			return new natives.URL(ctx.boot.origin || ctx.toReal(win.location.href)).hostname;
		} catch {
			return '';
		}
	};
	const take = (message: ShellMessage) => {
		switch (message.t) {
			case 'ready':
			case 'policy': {
				if (message.secrets) for (let i = 0; i < message.secrets.length; i++) secrets.learn(message.secrets[i] as string);
				if (message.outer !== undefined) setOuter(message.outer);
				if (message.policy) {
					host ||= hostName();
					const bad = setPolicy(message.policy, host, natives.documentElement(doc));
					for (const selector of bad) ctx.send({ t: 'bad-rule', selector });
				}
				if (message.t === 'policy') deeds.again();
				break;
			}
			case 'secret':
				if (message.forget !== undefined) secrets.unlearn(message.forget);
				if (message.learn !== undefined && secrets.learn(message.learn)) deeds.check();
				if (message.typing !== undefined) setTyping(message.typing || undefined);
				ctx.send({ t: 'secret-known', n: message.n });
				break;
			default:
		}
	};
	const seeField = (el: Element) => {
		watchValue(el, false);
		isCopy(el);
		learn(el, false);
	};
	ctx.onShell(take);
	ctx.onHanded((handed) => {
		setTyping(handed.typing || undefined);
		for (const value of handed.secrets) know(value);
	});
	return {
		watch,
		scan(root) {
			const type = nodeType(root);
			if (type === ELEMENT) {
				const tag = localName(root as Element);
				if (tag === 'input' || tag === 'textarea') seeField(root as Element);
			}
			// Most of what comes is small and has nothing in it.
			if (type !== 9 && type !== 11 && (type !== ELEMENT || !firstElement(root as Element))) return;
			const found = queryAll(root, FIELDS);
			for (let i = 0; i < found.length; i++) seeField(found[i] as Element);
		},
		look() {
			for (const el of fields.all()) if (isConnected(el)) learn(el, false);
		},
		inUse() {
			return fields.all().some((el) => learnt.get(el) !== '' && isConnected(el));
		},
	};
}
