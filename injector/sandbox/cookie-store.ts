// page.
// The Cookie Store API (WHATWG cookiestore): the same jar as document.cookie, asynchronously.
import { hookMethod } from '../hook.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { readCookies, writeCookie } from './document-cookie.ts';

interface Item {
	readonly name: string;
	readonly value: string;
}

const MALFORMED =
	"Failed to execute 'set' on 'CookieStore': Cookie was malformed and could not be stored, due to problem(s) while parsing.";

/** The cookies as the store lists them; what document.cookie doesn't tell (domain, expiry) is at its default. */
function list(): Item[] {
	const text = readCookies(realm.global.document);
	if (!text) return [];
	return text.split('; ').map((pair) => {
		const at = pair.indexOf('=');
		const item = at < 0 ? { name: '', value: pair } : { name: pair.slice(0, at), value: pair.slice(at + 1) };
		return {
			domain: null,
			expires: null,
			name: item.name,
			partitioned: false,
			path: '/',
			sameSite: 'lax',
			secure: false,
			value: item.value,
		};
	});
}

/** `(name)` or `({name, …})`; undefined asks for all. */
function wanted(args: Any[]): string | undefined {
	return typeof args[0] === 'object' && args[0] !== null ? args[0].name : args.length ? `${args[0]}` : undefined;
}

/** Cookie Store section 7.3, "set a cookie": what a Set-Cookie header would say. */
function toHeader({ name, value, domain, path = '/', expires, sameSite = 'strict', partitioned }: Any): string {
	const parts = [`${name}=${value}`, `Path=${path}`, 'Secure', `SameSite=${sameSite}`];
	if (domain) parts.push(`Domain=${domain}`);
	if (expires !== undefined && expires !== null) parts.push(`Expires=${new Date(Number(expires)).toUTCString()}`);
	if (partitioned) parts.push('Partitioned');
	return parts.join('; ');
}

export function installCookieStore(): void {
	const proto = realm.global.CookieStore?.prototype;
	const getter = natives.getOwnPropertyDescriptor(realm.global, 'cookieStore')?.get;
	if (!proto || !getter) return;
	// asked for when it is needed: a browser makes it, and what it hears changes from, at the first look
	const store = () => natives.apply(getter, realm.global, []);
	const own = (self: Any) => self === store();
	const answer = (name: string, give: (args: Any[]) => unknown) =>
		hookMethod(proto, name, (native, self, args) => {
			if (!own(self) || (name !== 'getAll' && !args.length)) return natives.apply(native, self, args);
			return new natives.Promise((resolve: (value: Any) => void, reject: (why: unknown) => void) => {
				try {
					resolve(give(args));
				} catch (error) {
					reject(error);
				}
			});
		});
	answer('getAll', (args) => {
		const name = wanted(args);
		return list().filter((item) => name === undefined || item.name === name);
	});
	answer('get', (args) => list().find((item) => item.name === wanted(args)) ?? null);
	const change = (changed: readonly Any[], deleted: readonly Any[]) => {
		natives.queueMicrotask(() => natives.dispatchEvent(store(), new realm.global.CookieChangeEvent('change', { changed, deleted })));
	};
	answer('set', (args) => {
		const cookie = typeof args[0] === 'object' ? args[0] : { name: `${args[0]}`, value: `${args[1]}` };
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
		if (/[;=\x00-\x1f]/.test(cookie.name) || /[;\x00-\x1f]/.test(cookie.value)) throw new natives.TypeError(MALFORMED);
		writeCookie(realm.global.document, toHeader(cookie));
		change([{ name: cookie.name, value: cookie.value }], []);
	});
	answer('delete', (args) => {
		const cookie = typeof args[0] === 'object' ? args[0] : { name: `${args[0]}` };
		const known = list().some((item) => item.name === cookie.name);
		writeCookie(realm.global.document, toHeader({ ...cookie, value: '', expires: 0 }));
		if (known) change([], [{ name: cookie.name }]);
	});
}
