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
import { hookPorts, watchGiven } from './handed.ts';
import { watchKeypads } from './keypad.ts';
import { isMarked, lookAgain, lookAtDots, secretKind, watchValue } from './mask.ts';
import { setOuter, setPolicy } from './rules.ts';
import { secrets, setTyping } from './taint.ts';

const g = globalThis as Any;
const path = method<EventTarget[]>(g.Event?.prototype, 'composedPath');
const firstElement = getter<Element | null>(g.Element?.prototype, 'firstElementChild');
const keyOf = softGetter<string>(g.KeyboardEvent?.prototype, 'key');
const inputForm = softGetter<Element | null>(g.HTMLInputElement?.prototype, 'form');
const formOf = (el: Element) => inputForm(el) ?? null;
const FIELDS = 'input,textarea';
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
	/** Values that were steps on the way to another one, while it is typed. */
	let steps: string[] = [];
	let typedIn: Element | undefined;
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
		if (kind === 'code' && value.length === 1) learnBoxes(el);
	};
	/** A code with a field for each of its signs is one value. */
	const learnBoxes = (el: Element) => {
		const form = formOf(el);
		const all: [Element, string][] = [];
		for (const other of fields.all()) {
			const value = learnt.get(other) ?? '';
			if (isBox(other, value) && isConnected(other) && formOf(other) === form) all.push([other, value]);
		}
		for (const { at, text } of groupsOf(el, all)) {
			const before = boxes.get(at);
			if (text === before) continue;
			boxes.set(at, text);
			if (before && text.length > before.length) steps.push(before);
			know(text);
		}
	};
	const isBox = (el: Element, value: string) => getAttribute(el, 'maxlength') === '1' || (value.length < 2 && secretKind(el) === 'code');
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
		const now = new Set([learnt.get(el)]);
		for (const [at, text] of boxes) {
			if (isConnected(at)) now.add(text);
			else boxes.delete(at);
		}
		for (const step of steps) {
			if (now.has(step)) continue;
			secrets.unlearn(step);
			ctx.send({ t: 'secret', forget: step });
		}
		steps = [];
		deeds.check();
	};
	const field = (event: Event) => {
		const el = path(event)[0] as Element | undefined;
		if (!el || targetType(el) !== ELEMENT) return undefined;
		const tag = localName(el);
		return tag === 'input' || tag === 'textarea' ? el : undefined;
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
		if (!el || key?.length !== 1 || secretKind(el) === undefined || secretKind(el) === 'expiry') return;
		const ahead = fieldText(el) + key;
		typedIn = el;
		steps.push(ahead);
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
		lookAgain(el);
		lookAtDots(el);
		if (secretKind(el) !== before) deeds.changed(el);
		learn(el, false);
	};
	const passive = { capture: true, passive: true };
	const watch = (at: EventTarget) => {
		for (const type of ['change', 'focusout']) natives.addEventListener(at, type, onLeave, passive);
		natives.addEventListener(at, 'focusin', onFocus, passive);
	};
	const arm = () => {
		watch(win);
		natives.addEventListener(win, 'input', onInput, passive);
		natives.addEventListener(win, 'keydown', onKey, passive);
		// a script may send a form, or go elsewhere, while the field has the focus
		natives.addEventListener(win, 'pagehide', () => {
			if (!typedIn) return;
			learn(typedIn, false);
			settle(typedIn);
		});
	};
	watched = (el) => {
		if (watchValue(el, false)) deeds.changed(el);
		learn(el, false);
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
				if (tag === 'input' || tag === 'textarea') learn(root as Element, false);
			}
			// Most of what comes is small and has nothing in it.
			if (type !== 9 && type !== 11 && (type !== ELEMENT || !firstElement(root as Element))) return;
			const found = queryAll(root, FIELDS);
			for (let i = 0; i < found.length; i++) {
				const el = found[i] as Element;
				watchValue(el, false);
				learn(el, false);
			}
		},
		look() {
			for (const el of fields.all()) if (isConnected(el)) learn(el, false);
		},
		inUse() {
			return fields.all().some((el) => learnt.get(el) !== '' && isConnected(el));
		},
	};
}
