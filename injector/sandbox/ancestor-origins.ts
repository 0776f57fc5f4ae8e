// page.
// `location.ancestorOrigins` (HTML section 7.2.4): the real origins of the documents around this one, without the shell and what holds it.
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { unmapUrl } from '../urls.ts';

const seen: WeakMap<DOMStringList, DOMStringList> = new natives.WeakMap();

/** A look-alike of the browser's list. */
export function realOrigins(list: DOMStringList): DOMStringList {
	const known = seen.get(list);
	if (known) return known;
	const origins: string[] = [];
	for (let i = 0; i < list.length && list[i] !== realm.boot.app; i++) origins.push(unmapUrl(list[i] as string));
	const methods = {
		item: (at: number) => origins[at] ?? null,
		contains: (origin: string) => origins.includes(`${origin}`),
	};
	const proxy = new natives.Proxy(list, {
		get: (target, key) => {
			if (key === 'length') return origins.length;
			if (key === 'item' || key === 'contains') return methods[key];
			if (key === Symbol.iterator) return () => origins[Symbol.iterator]();
			return isIndex(key) ? origins[Number(key)] : (target as Any)[key];
		},
		has: (target, key) => (isIndex(key) ? Number(key) < origins.length : key in target),
		ownKeys: () => origins.map((_, i) => `${i}`),
		getOwnPropertyDescriptor: (_, key) =>
			isIndex(key) && Number(key) < origins.length
				? { value: origins[Number(key)], writable: false, enumerable: true, configurable: true }
				: undefined,
	});
	seen.set(list, proxy);
	return proxy;
}

function isIndex(key: PropertyKey): boolean {
	return typeof key === 'string' && /^\d+$/.test(key);
}
