// page.
// `location` and `top` by way of reflection: their accessors' descriptors, Reflect.get and set, lists of a window's values, JSON. These functions are
// called by frameworks all the time, so each looks at the key, or at what it is given, and at nothing else.
import { replaceMethod, wrap } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common, virtualOf } from '../../shared.ts';
import { isDocument, isWindow } from '../../windows.ts';
import { viewed } from '../windows/post-message.ts';
import { hold, parts, see, viewAs } from '../windows/view.ts';

/** The names of accessors that nobody can redefine. */
const FIXED = ['location', 'top'] as const;

export function installReflection(): void {
	const { global } = realm;
	const { Object: objects, Reflect: reflect } = global;
	virtualAccessors(global);
	virtualAccessors(global.document);
	virtualJson(global.JSON);
	const { __lookupGetter__, __lookupSetter__ } = objects.prototype;
	for (const owner of [objects, reflect]) {
		replaceMethod(
			owner,
			'getOwnPropertyDescriptor',
			(native) =>
				({
					method(target: unknown, key: unknown) {
						return key === 'location' || key === 'top' ? fixedDescriptor(() => native(target, key)) : native(target, key);
					},
				}).method,
		);
	}
	replaceMethod(
		objects,
		'getOwnPropertyDescriptors',
		(native) =>
			({
				method(target: unknown) {
					const found = native(target);
					for (const key of FIXED) if (natives.hasOwn(found, key)) virtualDescriptor(found[key]);
					return found;
				},
			}).method,
	);
	for (const [name, lookup] of Object.entries({ __lookupGetter__, __lookupSetter__ })) {
		if (!lookup) continue;
		replaceMethod(
			objects.prototype,
			name,
			(native) =>
				({
					method(this: unknown, key: unknown) {
						const found = natives.apply(native, this, [key]) as Any;
						return (found && virtualOf(found)) ?? found;
					},
				}).method,
		);
	}
	replaceMethod(
		reflect,
		'get',
		(native) =>
			({
				method(target: unknown, key: unknown, ...receiver: unknown[]) {
					const value = native(target, key, ...receiver);
					return key === 'location' || key === 'top' ? see(value) : value;
				},
			}).method,
	);
	replaceMethod(
		reflect,
		'set',
		(native) =>
			({
				method(target: Any, key: unknown, value: unknown, ...receiver: unknown[]) {
					if (key === 'location' && (isWindow(target) || isDocument(target))) return natives.set(hold(target) as object, key, value);
					return native(target, key, value, ...receiver);
				},
			}).method,
	);
	for (const name of ['values', 'entries'] as const) {
		replaceMethod(
			objects,
			name,
			(native) =>
				({
					method(target: unknown) {
						return native(target === global || target === global.document ? parts(target) : target);
					},
				}).method,
		);
	}
}

/**
 * What JSON takes of the page's document, and of windows, documents and copies of them that a replacer lets it into (ECMA-262 section 25.5.4.2):
 * members as the page has to see them. It asks each for its `toJSON`, which the shell, another site's, refuses.
 */
function virtualJson(json: Any): void {
	replaceMethod(
		json,
		'stringify',
		(native) =>
			({
				method(value: unknown, replacer: Any, space: unknown) {
					if (typeof replacer !== 'function') return native(value === realm.global.document ? viewAs(value) : value, replacer, space);
					const replace = function (this: Any, key: string, found: unknown) {
						const put = natives.apply(replacer, viewed.get(this) ?? this, [key, found]) as Any;
						return holdsFixed(put) ? viewAs(put) : put;
					};
					return native(value, replace, space);
				},
			}).method,
	);
}

/** Whether an object has a `location` or `top` that the page has to see as another. */
function holdsFixed(of: Any): boolean {
	if (typeof of === 'object' && of !== null) for (const key of FIXED) if (natives.hasOwn(of, key) && see(of[key]) !== of[key]) return true;
	return false;
}

/** Makes the accessors of `owner` known with the ones that stand for them. */
function virtualAccessors(owner: Any): void {
	for (const key of FIXED) {
		const { get, set } = natives.getOwnPropertyDescriptor(owner, key) ?? {};
		if (get)
			common.shared.virtual.set(
				get,
				wrap(get, (native, self) => see(natives.apply(native, self, []))),
			);
		if (set)
			common.shared.virtual.set(
				set,
				wrap(set, (native, self, args) => {
					const target = self ?? realm.global;
					if (args.length && (isWindow(target) || isDocument(target))) (hold(target) as Any)[key] = args[0];
					else natives.apply(native, self, args);
				}),
			);
	}
}

let asking = 0;

/** The descriptor that `ask` gives. Where a proxy's trap asks in turn, it gets the real one, which the browser compares with the target's own. */
function fixedDescriptor(ask: () => Any): Any {
	asking++;
	try {
		const descriptor = ask();
		return asking > 1 ? descriptor : virtualDescriptor(descriptor);
	} finally {
		asking--;
	}
}

function virtualDescriptor(descriptor: Any): Any {
	if (descriptor?.get) descriptor.get = virtualOf(descriptor.get) ?? descriptor.get;
	if (descriptor?.set) descriptor.set = virtualOf(descriptor.set) ?? descriptor.set;
	return descriptor;
}
