// page.
// What a page gives a window it has just opened (`w.onload = …`, `w.addEventListener(…)`, `w.data = …`) is still there when the first document of
// the same origin has loaded: a browser keeps the Window of the initial about:blank (HTML section 7.4.5). Ours is no initial one, so
// that its successor is given the same.
import { reach } from '../../children.ts';
import { call, hookMethod } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common, sharedOf } from '../../shared.ts';

/** What a window was given. */
export interface Given {
	readonly listeners: readonly (readonly [string, unknown, unknown])[];
	readonly handlers: readonly (readonly [string, unknown])[];
	readonly properties: readonly (readonly [PropertyKey, PropertyDescriptor])[];
}

/** Milliseconds between looks at a window that was opened, at first and at most. */
const SOON = 20;
const LATE = 1000;

/** In a window that was just opened: keeps what it is given, for the document that comes. */
export function keepGiven(): void {
	const { global } = realm;
	const here = (self: unknown) => (self ?? global) === global;
	let listeners: [string, unknown, unknown][] = [];
	const capture = (options: Any): boolean => (typeof options === 'object' && options !== null ? !!options.capture : !!options);
	const target = global.EventTarget.prototype;
	hookMethod(target, 'addEventListener', (native, self, args) => {
		if (here(self) && args.length > 1) listeners.push([`${args[0]}`, args[1], args[2]]);
		return call(native, self, args);
	});
	hookMethod(target, 'removeEventListener', (native, self, args) => {
		if (here(self))
			listeners = listeners.filter(([type, fn, how]) => type !== `${args[0]}` || fn !== args[1] || capture(how) !== capture(args[2]));
		return call(native, self, args);
	});
	const before = new natives.Set(natives.ownKeys(global));
	// `document.open()` takes this listener off too: such a document is an initial one no more.
	natives.addEventListener(global, 'pagehide', () => {
		const handlers: [string, unknown][] = [];
		const properties: [PropertyKey, PropertyDescriptor][] = [];
		for (const key of natives.ownKeys(global)) {
			const descriptor = natives.getOwnPropertyDescriptor(global, key);
			if (!before.has(key)) {
				if (descriptor?.configurable) properties.push([key, descriptor]);
			} else if (typeof key === 'string' && key.startsWith('on') && descriptor?.get && typeof global[key] === 'function')
				handlers.push([key, global[key]]);
		}
		common.shared.given.set(global, { listeners, handlers, properties });
	});
}

/** In the document that comes: gives this window what the one before it was given. */
export function takeGiven(): void {
	const { global } = realm;
	const given = common.shared.given.get(global) as Given | undefined;
	if (!given) return;
	common.shared.given.delete(global);
	for (const [key, descriptor] of given.properties) natives.defineProperty(global, key, descriptor);
	for (const [key, handler] of given.handlers) global[key] = handler;
	for (const [type, listener, options] of given.listeners) natives.addEventListener(global, type, listener, options);
	// one without the runtime (about:blank), which is reached late, has loaded meanwhile
	if (global.document.readyState === 'complete') natives.dispatchEvent(global, new natives.Event('load'));
}

/**
 * In the opener: looks after a window until a document of its own stands there. Another site's ends what it was given; one that came without the
 * runtime (a blob:, the text of a javascript: URL) gets it.
 */
export function watchOpened(window: Any): void {
	let pause = SOON;
	let first: unknown;
	const look = () => {
		if (window.closed) return;
		try {
			const { document } = window;
			first ??= document;
			if (document !== first && sharedOf(window)) return;
			if (document !== first) reach(window);
		} catch {
			common.shared.given.delete(window);
			return;
		}
		pause = Math.min(pause * 1.2, LATE);
		natives.setTimeout(look, pause);
	};
	look();
}
