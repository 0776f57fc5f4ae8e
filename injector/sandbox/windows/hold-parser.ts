// page.
// Before an inline script that speaks of opening a window (rewrite/html/opens.ts), the parser waits for the frames of such windows: where a browser lets
// a page open them before anybody has touched it, it gets them at once. By a script that the server answers when it is told to. It waits for an opener too
// (far-opener.ts), and in a sandbox before one that speaks of leading the top, which gets the browser's error where it may not.
import { OWN_PATH } from '../../../protocol/page.ts';
import { method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import type { Spares } from './spares.ts';

/** Milliseconds that a page waits at most. */
const PATIENCE = 1000;

const write = method<void>(realm.global.Document?.prototype, 'write');
let held: Document | undefined;

/** Takes our own script's element out, and has the parser wait, once in a document: called before such a script, and by what the server answers. */
export function holdParser(spares: Spares, leads?: boolean): void {
	const { document } = realm.global;
	const script = document.currentScript as HTMLScriptElement | null;
	const waited = script && natives.hasAttribute(script, 'src');
	if (script) natives.removeElement(script);
	if (waited || held === document || (leads && !spares.instead())) return;
	held = document;
	spares.prepare(1);
	hold(() => spares.complete());
}

/** Has the parser wait until `done` says so, a second at most. */
export function hold(done: () => boolean): void {
	if (realm.lent || done()) return;
	const { document } = realm.global;
	const path = `${OWN_PATH}hold?${Math.floor(natives.random() * 2 ** 48)}`;
	try {
		write(document, `<script nonce="${realm.boot.nonce}" src="${realm.ours + path}"></script>`);
	} catch {
		return; // a policy of Trusted Types, or XML: the windows may come a moment later
	}
	const began = natives.now();
	const look = () => {
		if (!done() && natives.now() - began < PATIENCE) return void natives.setTimeout(look, 4);
		void release(realm.ours + path);
	};
	look();
}

async function release(url: string): Promise<void> {
	try {
		await natives.fetch(url, { method: 'POST' });
	} catch {
		// the page's policy lets nothing be asked: the server's own patience ends it
	}
}
