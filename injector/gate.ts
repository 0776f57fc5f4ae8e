// page (host).
// The gate: where the tab's host wants it so, a form that a guest's act sends waits for their yes. What is held is the navigation itself, with
// the entries that it has by then, so no listener of the page runs twice.
import { guestActsNear, hostActsNear, ofGuest } from './acts.ts';
import type { Context } from './context.ts';
import { Held } from './held.ts';
import { natives } from './natives.ts';

/** How long a form counts as sent by a guest's act, milliseconds: a page may check it with its server first. */
const GUESTS = 15_000;

/** Milliseconds in which what was agreed to begins. */
const SOON = 1000;

let current: Context | undefined;
let on = false;
/** The form that waits. */
const held = new Held();
/** What goes now was agreed to. */
let passing = false;

export function startGate(context: Context): void {
	current = context;
	context.onShell((message) => {
		if (message.t === 'gate') on = message.on;
		else if (message.t === 'acts' && message.guest) guestActsNear();
		else if (message.t === 'acts') hostActsNear();
		else if (message.t === 'send') held.take(message.n)?.();
	});
}

/** Whether forms that are sent now may have to wait. */
export function isGated(): boolean {
	return on && current !== undefined && ofGuest(GUESTS);
}

/** Whether the form that is being sent has to wait. */
export function stops(): boolean {
	const agreed = passing;
	passing = false;
	return !agreed && isGated();
}

/** Keeps a form until the host says yes. `url`: the real one it goes to; `here`: it goes through `stops` once more then. */
export function hold(url: string, here: boolean, go: () => void): void {
	const n = held.keep(() => {
		passing = here;
		natives.setTimeout(() => {
			passing = false;
		}, SOON);
		go();
	});
	current?.send({ t: 'send', n, site: siteOf(url) });
}

function siteOf(url: string): string {
	try {
		return new natives.URL(url).host;
	} catch {
		return '';
	}
}
