// page (host): every proxied document, before its own scripts.
// Privacy in one document: takes the workspace's rules and the tab's secrets from the shell, finds the secret fields, and has what is entered
// there followed, so that every frame of the tab knows it. Secrets go no further than the host's shell.
import type { ShellMessage } from '../../../protocol/page.ts';
import type { Context } from '../../context.ts';
import { call, hookAccessor } from '../../hook.ts';
import { type Any, getter, softGetter } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { ELEMENT, fieldText, localName, nodeType } from '../dom.ts';
import { lookAtEditor } from './editors.ts';
import { type Deeds, fieldOf, followEntries } from './entered.ts';
import { takesText } from './fields.ts';
import { hookPorts, watchGiven } from './handed.ts';
import { watchKeypads } from './keypad.ts';
import { keepSecret, lookAgain, lookAtDots, maskAt, secretKind, watchValue } from './mask.ts';
import { setOuter, setPolicy } from './rules.ts';
import { isSecretWhole, secrets, setTyping } from './taint.ts';

const g = globalThis as Any;
const firstElement = getter<Element | null>(g.Element?.prototype, 'firstElementChild');
const modeOf = softGetter<ShadowRootMode>(g.ShadowRoot?.prototype, 'mode');
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
	const entered = followEntries(ctx, deeds);
	let host = '';

	const onFocus = (event: Event) => {
		const el = fieldOf(event);
		if (!el) return;
		const before = secretKind(el);
		if (localName(el) === 'input' || localName(el) === 'textarea') {
			lookAgain(el);
			lookAtDots(el);
		} else if (lookAtEditor(el)) maskAt(el, 0);
		if (secretKind(el) !== before) deeds.changed(el);
		entered.learn(el);
	};
	const watch = (at: EventTarget) => {
		natives.addEventListener(at, 'focusin', onFocus, { capture: true, passive: true });
		// Of a closed shadow tree's fields an event says nothing outside.
		entered.watch(at, at !== win && modeOf(at) !== 'closed');
	};
	const arm = () => {
		watch(win);
		// a script may send a form, or go elsewhere, while the field has the focus
		natives.addEventListener(win, 'pagehide', () => entered.leave());
	};
	watched = (el) => {
		if (watchValue(el, false) || isCopy(el)) deeds.changed(el);
		entered.learn(el);
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
	watchKeypads(() => entered.fields().some((el) => ASKED.has(secretKind(el) ?? '')), deeds.changed);
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
		entered.learn(el);
	};
	ctx.onShell(take);
	ctx.onHanded((handed) => {
		setTyping(handed.typing || undefined);
		for (const value of handed.secrets) entered.know(value);
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
			for (const el of entered.fields()) entered.learn(el);
		},
		inUse() {
			return entered.fields().some((el) => !entered.isEmpty(el));
		},
	};
}
