// page (host): every proxied document.
// Tells the shell what localStorage and sessionStorage of this origin hold, so that the tab's next host has it too. No event tells a
// document of its own changes, so they are looked at from time to time, the larger the more seldom.
import type { Context } from '../context.ts';
import { getter, method, natives } from '../natives.ts';
import { realm } from '../realm.ts';

/** Milliseconds between looks, and how many times longer than a look the pause is at least. */
const EVERY = 1000;
const SHARE = 100;
/** Characters of one origin's storage past which nothing is said. */
const MOST = 2 * 1024 * 1024;

const localArea = getter<Storage>(realm.global, 'localStorage');
const sessionArea = getter<Storage>(realm.global, 'sessionStorage');
const length = getter<number>(realm.global.Storage?.prototype, 'length');
const key = method<string | null>(realm.global.Storage?.prototype, 'key');
const getItem = method<string | null>(realm.global.Storage?.prototype, 'getItem');

export function startStorage({ win, doc, send, onShell, onReopen }: Context): void {
	let on = false;
	let last: string | undefined;
	let timer = 0;
	let opened = false;

	const say = () => {
		const now = { local: read(() => localArea(win)), session: read(() => sessionArea(win)) };
		const text = natives.stringify(now);
		if (text === last || text.length > MOST) return;
		last = text;
		send({ t: 'storage', ...now });
	};
	const watch = () => {
		const began = natives.now();
		say();
		// The first look has the browser open the storage: no other will take as long.
		timer = natives.setTimeout(watch, EVERY + (opened ? natives.now() - began : 0) * SHARE);
		opened = true;
	};
	const arm = () => {
		natives.addEventListener(win, 'pagehide', () => on && say());
	};
	arm();
	onReopen(arm);
	onShell((message) => {
		if (message.t !== 'storage') return;
		last = undefined;
		natives.clearTimeout(timer);
		on = message.on;
		if (!on) say();
		// The first look asks the browser's storage, and waits: a page that loads has something better to do.
		else if (natives.readyState(doc) === 'complete') watch();
		else timer = natives.setTimeout(watch, EVERY);
	});
}

/** An area's entries; none where the document has no storage (sandboxed). */
function read(area: () => Storage): Record<string, string> {
	const entries: Record<string, string> = natives.create(null);
	try {
		const storage = area();
		for (let i = length(storage) - 1; i >= 0; i--) {
			const name = key(storage, i);
			if (name !== null) entries[name] = getItem(storage, name) ?? '';
		}
	} catch {
		// opaque origin, or storage switched off
	}
	return entries;
}
