// page and worker.
// Headers of responses read as the site sent them: what the proxy changed, dropped and added stands in a header of its own (proxy/response/said.ts).
import { SAID } from '../../../protocol/page.ts';
import { call, hookMethod } from '../../hook.ts';
import { once } from '../../late.ts';
import { type Any, getter, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapAt, realError, unmapUrl } from '../../urls.ts';

const NativeHeaders = realm.global.Headers as typeof Headers;
const get = method<string | null>(NativeHeaders?.prototype, 'get');
const each = method<void>(NativeHeaders?.prototype, 'forEach');
const append = method<void>(NativeHeaders?.prototype, 'append');
const headersOf = getter<Headers>(realm.global.Response?.prototype, 'headers');
const allOfXhr = method<string>(realm.global.XMLHttpRequest?.prototype, 'getAllResponseHeaders');

/** Those of a connection, which a browser keeps in no cache: they are there where ours are. */
const HOPS = /^(?:connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade)$/;
/** What the 304 that renews a kept answer doesn't change of it, in Chromium. */
const KEPT = /^(?:content-.*|x-content-.*|x-webkit-.*|etag|x-frame-options|x-xss-protection|www-authenticate|proxy-.*)$/;
const OURS = /^x-tandem-/;

const views = new natives.WeakMap<Headers, Headers>();

/** The headers that a page is to read in the place of `headers`: the very same where nothing else was said. */
export function asSaid(headers: Headers): Headers {
	const known = views.get(headers);
	if (known) return known;
	let first: string | null;
	let renewed: string | null;
	try {
		first = get(headers, SAID.first);
		renewed = get(headers, SAID.renewed);
	} catch {
		return headers; // no Headers: the native says so
	}
	if (first === null && renewed === null) return headers;
	const sent = new natives.Map<string, string>();
	each(headers, (value: string, name: string) => void sent.set(name, value));
	const view = new NativeHeaders();
	said(sent, first, renewed).forEach((value, name) => void append(view, name, value));
	views.set(headers, view);
	return view;
}

function said(sent: ReadonlyMap<string, string>, first: string | null, renewed: string | null): Map<string, string> {
	const list = new natives.Map<string, string>();
	sent.forEach((value, name) => {
		if (!HOPS.test(name) && !OURS.test(name)) list.set(name, value);
	});
	const fresh = sent.has('connection');
	const put = (json: string | null, may: (name: string) => boolean) => {
		const changes: Record<string, string | 0> = json === null ? {} : natives.parse(json);
		for (const name of natives.objectKeys(changes)) {
			const value = changes[name];
			if (typeof value !== 'string') list.delete(name);
			else if (may(name) && (fresh || !HOPS.test(name))) list.set(name, value);
		}
	};
	put(first, () => true);
	put(renewed, (name) => first === null || !(KEPT.test(name) || HOPS.test(name)));
	return list;
}

export function installResponseHeaders(): void {
	const proto = NativeHeaders?.prototype;
	for (const name of ['get', 'has', 'keys', 'values', 'entries'])
		hookMethod(proto, name, (native, self, args) => call(native, asSaid(self), args));
	// one function with two names
	natives.defineProperty(proto, Symbol.iterator, {
		...natives.getOwnPropertyDescriptor(proto, Symbol.iterator),
		value: natives.getOwnPropertyDescriptor(proto, 'entries')?.value,
	});
	hookMethod(proto, 'forEach', (native, self, args) => {
		const [back, self_] = args;
		const view = asSaid(self);
		if (view === self || typeof back !== 'function') return call(native, self, args);
		return call(native, view, [(value: string, name: string) => call(back, self_, [value, name, self])]);
	});
	hookMethod(realm.global.Response, 'redirect', (native, self, args) => redirect(native, self, args));
	installXhr();
}

/** Response.redirect (Fetch section 5.5): a browser that is given it goes to the label, and a page reads where it leads. */
function redirect(native: Any, self: unknown, args: unknown[]): unknown {
	try {
		const response = call(native, self, mapAt(args, 0));
		const headers = headersOf(response);
		const view = new NativeHeaders();
		append(view, 'location', unmapUrl(get(headers, 'location') ?? ''));
		views.set(headers, view);
		return response;
	} catch (error) {
		throw realError(error);
	}
}

function installXhr(): void {
	const proto = realm.global.XMLHttpRequest?.prototype;
	hookMethod(proto, 'getAllResponseHeaders', (native, self, args) => {
		const text: string = call(native, self, args);
		const view = viewOf(text);
		if (!view) return text;
		const lines: [string, string][] = [];
		each(view, (value: string, name: string) => void lines.push([name, value]));
		// by name in upper case (XMLHttpRequest section 3.6.5), to which `_` is not what it is in lower case
		lines.sort(([a], [b]) => (a.toUpperCase() < b.toUpperCase() ? -1 : 1));
		return lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	});
	hookMethod(proto, 'getResponseHeader', (native, self, args) => {
		if (!args.length) return call(native, self, args);
		const name = once(args[0]);
		const value: string | null = call(native, self, [name]);
		const view = viewOf(allOfXhr(self));
		if (!view) return value;
		try {
			return get(view, name);
		} catch {
			return value; // no name that a header can have
		}
	});
}

let lastText = '';
let lastView: Headers | undefined;

/** The view of an XMLHttpRequest's headers; undefined where they are what the site sent. */
function viewOf(text: string): Headers | undefined {
	if (!text.includes('x-tandem-')) return undefined;
	if (text === lastText) return lastView;
	const sent = new NativeHeaders();
	for (const line of text.split('\r\n')) {
		const colon = line.indexOf(':');
		if (colon > 0) append(sent, line.slice(0, colon), line.slice(colon + 1));
	}
	const view = asSaid(sent);
	lastText = text;
	lastView = view === sent ? undefined : view;
	return lastView;
}
