// page.
// The Cookie Store API (WHATWG cookiestore): the same jar as document.cookie, asynchronously.
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
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
	answer('set', (args) => {
		const cookie = typeof args[0] === 'object' ? args[0] : { name: `${args[0]}`, value: `${args[1]}` };
		// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
		if (/[;=\x00-\x1f]/.test(cookie.name) || /[;\x00-\x1f]/.test(cookie.value)) throw new natives.TypeError(MALFORMED);
		writeCookie(realm.global.document, toHeader(cookie));
	});
	answer('delete', (args) => {
		const cookie = typeof args[0] === 'object' ? args[0] : { name: `${args[0]}` };
		writeCookie(realm.global.document, toHeader({ ...cookie, value: '', expires: 0 }));
	});
	hookAccessor(realm.global, 'cookieStore', {
		get(native, self) {
			const found = call(native, self, []);
			if (found && !watched.has(found)) watchChanges(found);
			return found;
		},
	});
}

const watched = new natives.WeakSet<object>();

/**
 * The browser tells of its own cookies, of which the jar's version is one: then what is in the jar is compared with what was, from when the page has first
 * asked for the store. One event a cookie, as one write makes.
 */
function watchChanges(store: object): void {
	watched.add(store);
	const { global } = realm;
	let known = list();
	const ours = new natives.WeakSet<Event>(); // the browser's own aren't trusted either
	const tell = (changed: readonly Item[], deleted: readonly Item[]) => {
		const event: Event = new global.CookieChangeEvent('change', { changed, deleted });
		ours.add(event);
		natives.dispatchEvent(store, event);
	};
	natives.addEventListener(store, 'change', (event: Event) => {
		if (ours.has(event)) return;
		natives.stopImmediatePropagation(event);
		const before = known;
		known = list();
		const added = without(known, before);
		for (const item of added) tell([item], []);
		for (const item of without(before, known))
			if (!added.some(({ name }) => name === item.name)) tell([], [{ ...item, value: undefined } as Any]);
	});
}

/** The items of one list that another one lacks; paths aren't told, so a name may stand in one twice. */
function without(items: readonly Item[], others: readonly Item[]): Item[] {
	const left = [...others];
	return items.filter((item) => {
		const at = left.findIndex(({ name, value }) => name === item.name && value === item.value);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}
