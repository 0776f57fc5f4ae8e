// page (host).
// "Leave site?": what a page's `beforeunload` says (HTML section 7.4.2.4, checking if unloading is canceled) is asked of it before the shell goes
// elsewhere, and when a guest's gesture leads away; the session answers then. A host's own click is the browser's to ask about.
import { byGuest, everTouched } from './acts.ts';
import type { Context } from './context.ts';
import { Held } from './held.ts';
import { type Any, getter, method, natives } from './natives.ts';
import { realm } from './realm.ts';

const g = realm.global as Any;
const createEvent = method<Event>(g.Document?.prototype, 'createEvent');
const initEvent = method<void>(g.Event?.prototype, 'initEvent');
const returnValue = getter<unknown>(g.BeforeUnloadEvent?.prototype, 'returnValue');
const trusted = (event: Event): boolean => event.isTrusted;

/** Milliseconds within which what the session agreed to leads away. */
const GOING = 3000;

let current: Context | undefined;
let left = false;
/** The page has been asked: the browser's own event would be the second. */
let asked = false;
let timer: number | undefined;
/** What a guest's gesture would do. */
const held = new Held();

/** Whether the document is just being left: it can't show dialogs then. */
export function isBeingLeft(): boolean {
	return left;
}

export function startLeaving(context: Context): void {
	current = context;
	const arm = () => {
		// Not `unload`: it follows `pagehide` at once, and a listener for it is a violation to report where the policy forbids it (as in frames).
		for (const type of ['beforeunload', 'pagehide']) {
			natives.removeEventListener(context.win, type, onLeave, true);
			natives.addEventListener(context.win, type, onLeave, true);
		}
	};
	arm();
	context.onReopen(arm);
	context.onShell((message) => {
		if (message.t === 'leaving') context.send({ t: 'leaving', n: message.n, stay: wouldStay() });
		if (message.t !== 'leave') return;
		dontAsk(GOING);
		held.take(message.n)?.();
	});
}

/** A navigation to another document begins. True: it has to wait for the session's answer; `again` is what does it once more. */
export function holdsBack(again: () => void): boolean {
	if (!current) return false;
	if (!byGuest()) {
		// So that it runs after all listeners of the page.
		natives.removeEventListener(current.win, 'beforeunload', onAsked);
		natives.addEventListener(current.win, 'beforeunload', onAsked);
		return false;
	}
	if (asked) return false;
	const stay = wouldStay();
	dontAsk(0);
	if (!stay) return false;
	current.send({ t: 'stay', n: held.keep(again) });
	return true;
}

/** Asks the page; one that nobody has ever touched can't hold anybody. */
function wouldStay(): boolean {
	const event = createEvent(realm.global.document, 'BeforeUnloadEvent');
	initEvent(event, 'beforeunload', false, true);
	left = true;
	natives.dispatchEvent(realm.global, event);
	left = false;
	return everTouched() && (natives.defaultPrevented(event) || `${returnValue(event)}` !== '');
}

function dontAsk(during: number): void {
	asked = true;
	natives.clearTimeout(timer ?? 0);
	timer = natives.setTimeout(() => {
		asked = false;
	}, during);
}

function onLeave(event: Event): void {
	if (!trusted(event)) return;
	left = true;
	natives.setTimeout(() => {
		left = false;
	});
	if (event.type === 'beforeunload' && asked) natives.stopImmediatePropagation(event);
}

/** The page has had its say: if it wants to be asked about, the host's browser does so now. */
function onAsked(event: Event): void {
	if (!trusted(event) || !(natives.defaultPrevented(event) || `${returnValue(event)}` !== '') || !everTouched()) return;
	current?.send({ t: 'stay-native', asks: true });
	natives.setTimeout(() => current?.send({ t: 'stay-native', asks: false }));
}
