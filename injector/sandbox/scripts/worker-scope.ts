// worker.
// The global scope of a worker: its location, its origin, importScripts, and what a service worker sees of its pages.
import { OWN_PATH } from '../../../protocol/page.ts';
import { call, holderOf, hookAccessor, hookGetter, hookMethod } from '../../hook.ts';
import { late } from '../../late.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapAt, mapUrl, realError, unmapUrl } from '../../urls.ts';
import { isSecure } from '../documents/document.ts';
import { codeUrl } from './blob-code.ts';
import { installHashedHosts, waitsForName } from './hashed-hosts.ts';
import { installRespondWith } from './respond-with.ts';

const PARTS = ['origin', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash'] as const;

/** `self` is the URL of a worker that we started from another one (blob:). */
export function installWorkerScope(self: string | undefined): void {
	const { global } = realm;
	const proto = global.WorkerLocation.prototype;
	const href = getter<string>(proto, 'href');
	const shown = unmapUrl(self ?? href(global.location));
	for (const name of ['href', 'toString']) hookAccessor(proto, name, { get: (native, it) => call(native, it, []) && shown });
	hookMethod(proto, 'toString', (native, it, args) => call(native, it, args) && shown);
	for (const part of PARTS) {
		hookAccessor(proto, part, {
			get(native, it) {
				call(native, it, []);
				return new natives.URL(shown)[part];
			},
		});
	}
	hookGetter(holderOf(global, 'origin'), 'origin', unmapUrl);
	if (!isSecure(realm.boot.origin))
		hookAccessor(holderOf(global, 'isSecureContext'), 'isSecureContext', { get: (native, it) => call(native, it, []) && false });
	hookMethod(holderOf(global, 'importScripts'), 'importScripts', (native, it, args) => {
		try {
			return call(
				native,
				it,
				args.map((url) => late(url, (text) => codeUrl(mapUrl(text), false))),
			);
		} catch (error) {
			throw realError(error);
		}
	});
	if (!global.ServiceWorkerGlobalScope) return;
	serviceWorker(global);
	installRespondWith();
}

function serviceWorker(global: Any): void {
	const request = getter<Request>(global.FetchEvent?.prototype, 'request');
	const url = getter<string>(global.Request.prototype, 'url');
	installHashedHosts();
	natives.addEventListener(global, 'fetch', (event: Event) => {
		if (url(request(event)).startsWith(realm.ours + OWN_PATH)) natives.stopImmediatePropagation(event);
		else waitsForName(event);
	});
	for (const [name, property] of [
		['Client', 'url'],
		['ServiceWorkerRegistration', 'scope'],
		['ServiceWorker', 'scriptURL'],
	] as const) {
		hookGetter(global[name]?.prototype, property, unmapUrl);
	}
	hookMethod(global.Clients?.prototype, 'openWindow', (native, it, args) => call(native, it, mapAt(args, 0)));
	hookMethod(global.WindowClient?.prototype, 'navigate', (native, it, args) => call(native, it, mapAt(args, 0)));
}
