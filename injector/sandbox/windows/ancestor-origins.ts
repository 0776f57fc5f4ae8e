// page.
// `location.ancestorOrigins` (HTML section 7.2.4): the real origins of the documents around this one, without the shell and what holds it.
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { once } from '../../late.ts';
import { natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { unmapUrl } from '../../urls.ts';

const seen: WeakMap<DOMStringList, DOMStringList> = new natives.WeakMap();

/** Look-alike → what stands in it, and the browser's list, which knows what to refuse. */
const kept: WeakMap<object, { readonly list: DOMStringList; readonly origins: readonly string[] }> = new natives.WeakMap();
const hooked = new natives.WeakSet<object>();

/** The members of all lists of strings (HTML section 2.6.3), which a look-alike has from its prototype. */
function hookLists(proto: object): void {
	if (hooked.has(proto)) return;
	hooked.add(proto);
	hookAccessor(proto, 'length', { get: (native, self) => kept.get(self)?.origins.length ?? call(native, self, []) });
	hookMethod(proto, 'item', (native, self, args) => {
		const known = kept.get(self);
		const own = call(native, known?.list ?? self, args);
		return known ? (known.origins[args[0] >>> 0] ?? null) : own;
	});
	hookMethod(proto, 'contains', (native, self, args) => {
		const known = kept.get(self);
		args[0] &&= once(args[0]);
		const own = call(native, known?.list ?? self, args);
		return known ? known.origins.includes(`${args[0]}`) : own;
	});
}

/** A look-alike of the browser's list. */
export function realOrigins(list: DOMStringList): DOMStringList {
	const known = seen.get(list);
	if (known) return known;
	const origins: string[] = [];
	for (let i = 0; i < list.length && list[i] !== realm.boot.app; i++) origins.push(unmapUrl(list[i] as string));
	const proxy = new natives.Proxy(list, {
		get: (target, key, self) => (isIndex(key) ? origins[Number(key)] : natives.get(target, key, self)),
		has: (target, key) => (isIndex(key) ? Number(key) < origins.length : key in target),
		ownKeys: () => origins.map((_, i) => `${i}`),
		getOwnPropertyDescriptor: (_, key) =>
			isIndex(key) && Number(key) < origins.length
				? { value: origins[Number(key)], writable: false, enumerable: true, configurable: true }
				: undefined,
	});
	hookLists(natives.getPrototypeOf(list) as object);
	kept.set(proxy, { list, origins });
	seen.set(list, proxy);
	return proxy;
}

function isIndex(key: PropertyKey): boolean {
	return typeof key === 'string' && /^\d+$/.test(key);
}
