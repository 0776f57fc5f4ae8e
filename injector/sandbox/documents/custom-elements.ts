// page.
// attributeChangedCallback gets what the page wrote. The registry reads the callback once, in define() (HTML section 4.13.4).
import { call, hookMethod } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { attributeFrom, kindOf } from './attributes.ts';

const NAME = 'attributeChangedCallback';

export function installCustomElements(): void {
	hookMethod(realm.global.CustomElementRegistry?.prototype, 'define', (native, self, args) => {
		const proto = typeof args[1] === 'function' ? plainValue(args[1], 'prototype') : undefined;
		const callback = plainValue(proto, NAME);
		if (typeof callback !== 'function') return call(native, self, args);
		const own = natives.getOwnPropertyDescriptor(proto, NAME);
		natives.defineProperty(proto, NAME, { value: translating(callback), configurable: true, writable: true });
		try {
			return call(native, self, args);
		} finally {
			if (own) natives.defineProperty(proto, NAME, own);
			else natives.deleteProperty(proto, NAME);
		}
	});
}

/** A property's value, own or inherited, without running a getter: it is the registry's to run, once and in its own order. */
function plainValue(object: Any, key: PropertyKey): Any {
	let at = (typeof object === 'object' || typeof object === 'function') && object;
	while (at) {
		const descriptor = natives.getOwnPropertyDescriptor(at, key);
		if (descriptor) return descriptor.value;
		at = natives.getPrototypeOf(at);
	}
	return undefined;
}

function translating(callback: (...args: Any[]) => unknown): (...args: Any[]) => unknown {
	return function (this: Element, name: string, before: string | null, after: string | null, ...rest: unknown[]) {
		const kind = kindOf(this, name);
		const read = (value: string | null) => (kind && value !== null ? attributeFrom(this, name, kind, value) : value);
		return call(callback, this, [name, read(before), read(after), ...rest]);
	};
}
