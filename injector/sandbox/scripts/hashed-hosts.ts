// worker: service workers only.
// Hosts whose label is a hash. What a page asks there comes here under that name, and nothing says which host it stands for: the server is asked, and
// the page's listeners hear of the request, in an event of ours, when it has answered. A worker has no request that a script waits in.
import { decodeLabel, hashOrigin } from '../../../protocol/label.ts';
import { OWN_PATH } from '../../../protocol/page.ts';
import { call, holderOf, hookMethod } from '../../hook.ts';
import { type Any, getter, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';

const { FetchEvent, Request, Response } = realm.global;
const proto = FetchEvent?.prototype;
const requestOf = getter<Request>(proto, 'request');
const url = getter<string>(Request?.prototype, 'url');
const prevented = getter<boolean>(realm.global.Event.prototype, 'defaultPrevented');
const respondWith = method<void>(proto, 'respondWith');
const networkError = method<Response>(Response, 'error');
const READ = ['clientId', 'resultingClientId', 'replacesClientId', 'preloadResponse', 'handled'].map(
	(name) => [name, natives.getOwnPropertyDescriptor(proto ?? {}, name)?.get] as const,
);

/** An event of ours: the browser's, and what listeners answered. */
interface Told {
	readonly event: Any;
	answer?: unknown;
	answered?: true;
}

const told = new WeakMap<object, Told>();
/** Names that the server is being told. */
let pending: Promise<unknown> | undefined;

/** Whether a `fetch` event has been taken off the page's listeners until its host is known. */
export function waitsForName(event: Any): boolean {
	const { hostname } = new natives.URL(url(requestOf(event)));
	const label = decodeLabel(hostname.slice(0, hostname.indexOf('.')));
	if (label?.kind !== 'table' || common.shared.table.get(label.hash) || told.has(event)) return false;
	natives.stopImmediatePropagation(event);
	respondWith(
		event,
		nameOf(label.hash).then(() => tellAgain(event)),
	);
	return true;
}

/** Takes what listeners answer to an event of ours; `answer` as the browser is to get it. True: it is one. */
export function takesAnswer(event: Any, answer: unknown): boolean {
	const mine = told.get(event);
	if (!mine) return false;
	if (mine.answered)
		throw new natives.DOMException(
			"Failed to execute 'respondWith' on 'FetchEvent': The event has already been responded to.",
			'InvalidStateError',
		);
	natives.stopImmediatePropagation(event);
	mine.answer = answer;
	mine.answered = true;
	return true;
}

export function installHashedHosts(): void {
	const { global } = realm;
	hookMethod(global.ExtendableEvent?.prototype, 'waitUntil', (native, self, args) => call(native, told.get(self)?.event ?? self, args));
	hookMethod(holderOf(global, 'fetch'), 'fetch', (native, self, args) =>
		pending ? pending.then(() => call(native, self, args)) : call(native, self, args),
	);
	realm.scope = {
		...realm.scope,
		register(origin) {
			const hash = hashOrigin(origin);
			if (common.shared.table.get(hash)) return;
			common.shared.table.set(hash, origin);
			const mine = Promise.all([
				pending,
				natives.fetch(`${realm.ours}${OWN_PATH}origin`, { method: 'POST', body: origin }).catch(() => {}),
			]);
			pending = mine;
			void mine.then(() => {
				if (pending === mine) pending = undefined;
			});
		},
	};
}

async function nameOf(hash: string): Promise<void> {
	try {
		const answer = await natives.fetch(`${realm.ours}${OWN_PATH}origin?hash=${hash}`);
		const origin = await answer.text();
		if (answer.status === 200) common.shared.table.set(hash, origin);
	} catch {
		// the page's listeners hear of it all the same
	}
}

function tellAgain(event: Any): unknown {
	const request = requestOf(event);
	const init: Any = { request, cancelable: true };
	for (const [name, get] of READ) if (get) init[name] = call(get, event, []);
	const again = new FetchEvent('fetch', init);
	const mine: Told = { event };
	told.set(again, mine);
	natives.dispatchEvent(realm.global, again);
	if (mine.answered) return mine.answer;
	return prevented(again) ? networkError(Response) : natives.fetch(request);
}
