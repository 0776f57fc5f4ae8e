// page.
// alert, confirm, prompt and print (HTML section 8.8). Browsers give frames of another origin no dialogs, or show them to the host alone: here
// the script stands still in a synchronous request until somebody in the session has answered (protocol/dialog.ts).
import { DIALOG_MANY, DIALOG_TEXT, type DialogAsk, type DialogReply } from '../../../protocol/dialog.ts';
import { OWN_PATH } from '../../../protocol/page.ts';
import { countDialog, hostJustActed } from '../../acts.ts';
import { call, hookMethod } from '../../hook.ts';
import { isBeingLeft } from '../../leaving.ts';
import { hearAnswer } from '../../mirror/privacy/handed.ts';
import { privateText } from '../../mirror/privacy/text.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import type { Sandbox } from '../index.ts';

type Answer = Extract<DialogReply, { t: 'answer' }>;

/** Milliseconds for which a line that was cut is tried again, and between two tries. */
const PATIENCE = 20_000;
const PAUSE = 250;

const NO: Answer = { t: 'answer', ok: false, text: '', silence: false };
const frameElement = getter<Element | null>(realm.global, 'frameElement');
const userAgent = getter<string>(realm.global.Navigator?.prototype, 'userAgent');
const parentOf = getter<Window>(realm.global, 'parent');

/**
 * The shell stands still with this thread: only the browser's own dialogs work here. So in Firefox and Safari, which keep frames of one site on
 * one thread whatever Origin-Agent-Cluster says; elsewhere the server finds out.
 */
let nativeOnly = !/Chrome\//.test(userAgent(realm.global.navigator));
let silenced = false;

export function installDialogs({ place, send, tab }: Sandbox): void {
	if (!place.shell) return; // opened by itself: the browser's own work
	const { global } = realm;

	/** `kind` asked of the session, and what `read` makes of the answer; or what `native` does. */
	const ask = <T>(kind: DialogAsk['kind'], said: string, suggested: string, read: (answer: Answer) => T, native: () => T): T => {
		if (silenced || isBeingLeft() || !maySpeak(place.root)) return read(NO);
		const [text, value] = [said.slice(0, DIALOG_TEXT), suggested.slice(0, DIALOG_TEXT)];
		const asked: DialogAsk = {
			...{ id: `${number()}-${number()}`, kind, tab: tab() },
			...{ text: privateText(text), value: privateText(value), many: countDialog() >= DIALOG_MANY, native: nativeOnly || undefined },
		};
		// By the port it reaches the shell while this thread stands still. It goes no further.
		send({ t: 'dialog', id: asked.id, text, value });
		const reply = post(asked);
		if (reply.t === 'answer') {
			silenced ||= reply.silence;
			return read(reply);
		}
		nativeOnly = true;
		const result = native();
		post({ ...asked, native: false });
		return result;
	};

	hookMethod(global, 'alert', (native, self, args) => {
		const text = args.length ? `${args[0]}` : '';
		if (!isThis(self)) return call(native, self, args);
		return ask('alert', text, '', nothing, () => call(native, self, [text]));
	});
	hookMethod(global, 'confirm', (native, self, args) => {
		const text = given(args[0]);
		if (!isThis(self)) return call(native, self, args);
		return ask(
			'confirm',
			text,
			'',
			({ ok }) => ok,
			() => call(native, self, [text]),
		);
	});
	hookMethod(global, 'prompt', (native, self, args) => {
		const [text, value] = [given(args[0]), given(args[1])];
		if (!isThis(self)) return call(native, self, args);
		const answer: string | null = ask(
			'prompt',
			text,
			value,
			({ ok, text }) => (ok ? text : null),
			() => call(native, self, [text, value]),
		);
		if (answer) hearAnswer(text, answer);
		return answer;
	});
	hookMethod(global, 'print', (native, self, args) => {
		const print = () => call(native, self, args);
		// A host's own click prints as anywhere; everything else asks them first.
		if (!isThis(self) || nativeOnly || hostJustActed()) return print();
		return ask('print', '', '', ({ ok }) => (ok ? print() : undefined), print);
	});
}

const nothing = (): undefined => undefined;

/** An optional argument whose default is ''. */
function given(value: unknown): string {
	return value === undefined ? '' : `${value}`;
}

function isThis(self: unknown): boolean {
	return self === undefined || self === null || self === realm.global;
}

function number(): string {
	return natives.random().toString(36).slice(2);
}

/**
 * Whether this document may show a dialog: it is of the origin of the tab's root ("cannot show simple dialogs", HTML section 8.8.1), and no frame
 * on the way there, nor the policy of a document there, is a sandbox without allow-modals.
 */
function maySpeak(root: Window): boolean {
	try {
		for (let at: Any = realm.global; ; at = parentOf(at)) {
			if (common.shared.mute.has(at.location)) return false;
			if (at === root) break;
			const sandbox = natives.getAttribute(frameElement(at) as Element, 'sandbox');
			if (sandbox !== null && !/(?:^|\s)allow-modals(?:\s|$)/i.test(sandbox)) return false;
		}
		return !!root.document;
	} catch {
		return isNear(root);
	}
}

/** A frame of another site's may stand between: what it is sandboxed with can't be seen from here. */
function isNear(root: Window): boolean {
	try {
		return !!root.document;
	} catch {
		return false;
	}
}

/** Asks, and asks again as long as nobody has answered. Where it can't be asked any more, the answer is no. */
function post(asked: DialogAsk): DialogReply {
	const body = natives.stringify(asked);
	let until = natives.now() + PATIENCE;
	for (;;) {
		const reply = once(body);
		if (reply === 'refused' || (!reply && natives.now() > until)) return NO;
		if (!reply) pause();
		else if (reply.t !== 'again') return reply;
		else until = natives.now() + PATIENCE;
	}
}

/** One request; undefined where the line was cut. */
function once(body: string): DialogReply | 'refused' | undefined {
	try {
		const xhr = new natives.XMLHttpRequest();
		natives.xhrOpen(xhr, 'POST', `${realm.ours}${OWN_PATH}dialog`, false);
		natives.xhrSend(xhr, body);
		return natives.xhrStatus(xhr) === 200 ? natives.parse(natives.xhrText(xhr)) : 'refused';
	} catch {
		return undefined;
	}
}

/** There is nothing else to wait with: the script has to stand still. */
function pause(): void {
	const until = natives.now() + PAUSE;
	while (natives.now() < until);
}
