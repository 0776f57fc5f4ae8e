// page and worker.
// fetch, XMLHttpRequest, WebSocket, EventSource, sendBeacon: the URL goes out mapped and is read back real.
import { SCRIPT } from '../../../rewrite/data.ts';
import { unmaskIntegrity } from '../../../rewrite/integrity.ts';
import { call, holderOf, hookConstructor, hookGetter, hookMethod } from '../../hook.ts';
import { bag, late } from '../../late.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { rewriteImports } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { mapAt, mapUrl, realError, unmapUrl } from '../../urls.ts';
import { isSecure } from '../documents/document.ts';
import { embeddedUrl } from '../documents/embedded.ts';
import { withoutLogin } from './login.ts';

/** Arguments whose first one is a URL (USVString), or an object that is left to the browser. */
export function urlFirst(args: Any[], isObject: (value: Any) => boolean = () => false): Any[] {
	return isObject(args[0]) ? args : mapAt(args, 0);
}

const MIXED = "Failed to construct 'WebSocket': An insecure WebSocket connection may not be initiated from a page loaded over HTTPS.";

export function installNetwork(): void {
	const { global } = realm;
	hookMethod(holderOf(global, 'fetch'), 'fetch', (native, self, args) => call(native, self, withReferrer(urlFirst(args, isRequest))));
	hookConstructor(global, 'Request', (native, args, newTarget) => make(native, withReferrer(urlFirst(args, isRequest)), newTarget));
	hookGetter(global.Request?.prototype, 'url', unmapUrl);
	hookGetter(global.Request?.prototype, 'referrer', unmapUrl);
	hookGetter(global.Request?.prototype, 'integrity', unmaskIntegrity);
	hookGetter(global.Response?.prototype, 'url', unmapUrl);

	hookMethod(global.XMLHttpRequest?.prototype, 'open', (native, self, args) => {
		if (args.length > 2 && !args[2]) sendAtOnce();
		return guarded(() => call(native, self, signedIn(args)));
	});
	hookGetter(global.XMLHttpRequest?.prototype, 'responseURL', unmapUrl);

	for (const name of ['WebSocket', 'EventSource', 'WebTransport']) {
		hookConstructor(global, name, (native, args, newTarget) => {
			const map = (url: string) => {
				if (name === 'WebSocket' && isMixed(url)) throw new natives.DOMException(MIXED, 'SecurityError');
				return mapUrl(url);
			};
			return make(native, mapAt(args, 0, map), newTarget);
		});
		hookGetter(global[name]?.prototype, 'url', unmapUrl);
	}
	for (const name of ['registerProtocolHandler', 'unregisterProtocolHandler'])
		hookMethod(global.Navigator?.prototype, name, (native, self, args) => guarded(() => call(native, self, mapAt(args, 1))));
	hookMethod(global.Navigator?.prototype, 'sendBeacon', (native, self, args) =>
		guarded(() => (typeof args[0] === 'string' && isMixed(args[0]) ? false : call(native, self, urlFirst(args)))),
	);
}

/** A page that waits for an answer waits for the cookies that go with the request, too. */
function sendAtOnce(): void {
	const { cookies } = common.shared;
	cookies.eager = true;
	cookies.flush?.();
}

/** XMLHttpRequest.open's arguments: the name and password for a challenge (XMLHttpRequest section 3.5.1) are the server's to keep. */
function signedIn(args: Any[]): Any[] {
	const [verb, url, async, user, password] = args;
	if (user == null && password == null) return mapAt(args, 1, login);
	return [verb, late(url, (given) => login(given, user, password)), async];
}

/** Our form of a URL, without the name and password that it has or is given. */
function login(url: string, user?: unknown, password?: unknown): string {
	const mapped = mapUrl(url);
	if (user == null && password == null && !mapped.includes('@')) return mapped;
	const { document, location } = realm.global;
	const base = document ? natives.baseURI(document) : location.href;
	if (!natives.URL.canParse(mapped, base)) return mapped;
	const target = new natives.URL(mapped, base);
	if (user != null) target.username = `${user}`;
	if (password != null) target.password = `${password}`;
	return target.username || target.password ? withoutLogin(target) : mapped;
}

const requestUrl = getter<string>(realm.global.Request?.prototype, 'url');

/** Whether `value` is a Request, of whatever window. */
export function isRequest(value: Any): boolean {
	if (typeof value !== 'object' || value === null) return false;
	try {
		requestUrl(value);
		return true;
	} catch {
		return false;
	}
}

/** `audioWorklet.addModule(url)` and its kin (HTML section 11.3.2); what runs there has no runtime of ours, so of a data: or blob: one only imports change. */
export function installWorklets(): void {
	hookMethod(realm.global.Worklet?.prototype, 'addModule', (native, self, args) =>
		call(
			native,
			self,
			mapAt(args, 0, (url) => embeddedUrl(mapUrl(url), SCRIPT, rewriteImports)),
		).catch((error: unknown) => {
			throw realError(error);
		}),
	);
}

/** Mixed Content section 4.4, for what refuses at once: to the browser all labels have one scheme. `url` as the page gives it. */
function isMixed(url: string): boolean {
	if (!realm.boot.origin.startsWith('https:')) return false;
	const { document, location } = realm.global;
	const base = document ? natives.baseURI(document) : location.href;
	const mapped = mapUrl(url);
	if (!natives.URL.canParse(mapped, base)) return false;
	const real = unmapUrl(new natives.URL(mapped, base).href).replace(/^ws/, 'http');
	return real.startsWith('http:') && !isSecure(real);
}

/** `init.referrer` is a URL too; about:client and '' are not. */
function withReferrer(args: Any[]): Any[] {
	return args.length > 1 ? [args[0], bag(args[1], { referrer: (url) => late(url, mapUrl) })] : args;
}

/** `new native(...args)` with the error of the native, but real URLs in it. */
export function make(native: Any, args: Any[], newTarget: Any): object {
	return guarded(() => natives.construct(native, args, newTarget) as object);
}

function guarded<T>(run: () => T): T {
	try {
		return run();
	} catch (error) {
		throw realError(error);
	}
}
