// page and worker.
// `error.stack` in V8: real URLs, and none of our own frames. Error.prepareStackTrace is V8's one hook for it; the page sees an Error without it
// (error-class.ts), and one that sets its own is given its say.
import { OWN_PATH } from '../../../protocol/page.ts';
import { call, hookGetter, wrap } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { unmapText } from '../../urls.ts';
import { PREPARE, replaceError } from './error-class.ts';

/** The two bundles that stand before a page's own scripts. */
const OURS = new RegExp(`${OWN_PATH}(?:runtime|worker)`);

export function installStackTraces(): void {
	const NativeError = realm.global.Error;
	// SpiderMonkey and JavaScriptCore: an accessor of the prototype.
	hookGetter(NativeError.prototype, 'stack', (stack) => unmapText(withoutOurs(stack)));
	// what a browser says of another origin's window, or of a URL that it refuses (Web IDL section 2.8.1)
	hookGetter(realm.global.DOMException?.prototype, 'message', unmapText);
	if (natives.getOwnPropertyDescriptor(NativeError.prototype, 'stack') || !NativeError.captureStackTrace) return;
	const page = replaceError(NativeError);
	const prepare = (error: Any, sites: Any[]): unknown => {
		const shown = sites.filter((site) => !isOurs(site)).slice(0, page.limit());
		const theirs: Any = page.prepare();
		if (typeof theirs === 'function') return call(theirs, page.Error, [error, shown.map(realSite)]);
		return unmapText(`${heading(error, sites.length)}${shown.map((site) => `\n    at ${site}`).join('')}`);
	};
	natives.defineProperty(NativeError, PREPARE, { value: prepare, writable: true, configurable: true });
}

/** A script's URL, as stacks write where a call stands in it. */
const PLACE = /(?:^|[\s(@])((?:https?|blob|data):\S+?):\d+:\d+\)?$/m;
/** The same in what V8 says of where compiled text comes from: `eval at f (eval at g (URL:1:2), <anonymous>:3:4)`. */
const ORIGIN = /\(((?:https?|blob|data):[^\s()]+?):\d+:\d+\)/;

/** Methods of a call site that name a script. */
const NAMING = new natives.Set<unknown>(['getFileName', 'getScriptNameOrSourceURL', 'getEvalOrigin', 'toString']);
const siteOf: WeakMap<object, object> = new natives.WeakMap();
const siteMethods = new natives.Map<unknown, unknown>();

/** A call site for a page that formats stacks by itself. V8 lets nobody change its own. */
function realSite(site: Any): unknown {
	const proxy = new natives.Proxy(site, {
		get(target, key) {
			const value = target[key];
			if (typeof value !== 'function' || key === 'constructor') return value;
			let method = siteMethods.get(value);
			if (!method) {
				method = wrap(value, (native, self, args) => {
					const said = call(native, siteOf.get(self) ?? self, args);
					return typeof said === 'string' && NAMING.has(key) ? unmapText(said) : said;
				});
				siteMethods.set(value, method);
			}
			return method;
		},
	});
	siteOf.set(proxy, site);
	return proxy;
}

/**
 * The real URL of the script whose call led here; undefined where the browser itself called, or doesn't say. Of V8 the calls themselves are asked for: to
 * write down where each of them stands it would parse their scripts anew.
 */
export function callerUrl(): string | undefined {
	const own = natives.getOwnPropertyDescriptor(natives.Error, PREPARE);
	if (own) natives.defineProperty(natives.Error, PREPARE, { ...own, value: (_: unknown, sites: Any[]) => sites });
	const { stack }: { stack?: unknown } = new natives.Error();
	if (own) natives.defineProperty(natives.Error, PREPARE, own);
	if (typeof stack === 'string') return unmapText(PLACE.exec(withoutOurs(stack))?.[1] ?? '') || undefined;
	for (const site of (stack ?? []) as Any[]) {
		if (isOurs(site)) continue;
		const url = site.getFileName?.() || ORIGIN.exec(site.getEvalOrigin?.() ?? '')?.[1];
		if (typeof url === 'string' && url) return unmapText(url);
	}
	return undefined;
}

function withoutOurs(stack: string): string {
	if (!OURS.test(stack)) return stack;
	const lines = stack.split('\n');
	return lines.filter((line) => !OURS.test(line)).join('\n');
}

function isOurs(site: Any): boolean {
	const file = site.getScriptNameOrSourceURL?.() ?? site.getEvalOrigin?.() ?? '';
	return typeof file === 'string' && OURS.test(file);
}

/** What V8 itself writes above the calls: the text that it writes for whoever asks while it is asking us, without them. */
function heading(error: Any, calls: number): string {
	const { stack } = error;
	if (typeof stack !== 'string') return '';
	let end = stack.length;
	for (let line = 0; line < calls && end > 0; line++) end = stack.lastIndexOf('\n', end - 1);
	return stack.slice(0, Math.max(end, 0));
}
