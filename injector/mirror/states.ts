// page (host): every proxied document, before its own scripts.
// States that custom elements give themselves (HTML section 4.13.7.4, `:state(name)`), which nobody outside can read.
import { call, hookMethod } from '../hook.ts';
import { type Any, getter, method, natives } from '../natives.ts';

const g = globalThis as Any;
const proto = (name: string): Any => g[name]?.prototype;
const statesOf = getter<Iterable<string>>(proto('ElementInternals'), 'states');
const forEach = method<void>(proto('CustomStateSet'), 'forEach');
const sets = new natives.WeakMap<Element, Iterable<string>>();
let any = false;
const owners = new natives.WeakMap<object, Element>();
/** What an attribute's name can hold of a state's. */
const PLAIN = /^[\w-]+$/;

/** Calls `changed` with each element whose states change. */
export function watchStates(changed: (el: Element) => void): void {
	if (!g.CustomStateSet) return;
	hookMethod(proto('HTMLElement'), 'attachInternals', (native, self, args) => {
		const internals = call(native, self, args);
		const set = statesOf(internals);
		sets.set(self, set);
		any = true;
		owners.set(set, self);
		return internals;
	});
	for (const name of ['add', 'delete', 'clear']) {
		hookMethod(proto('CustomStateSet'), name, (native, self, args) => {
			const result = call(native, self, args);
			const el = owners.get(self);
			if (el) changed(el);
			return result;
		});
	}
}

/** The states of an element, as names of looks (protocol/css-states.ts). */
export function customStates(el: Element): string[] {
	const names: string[] = [];
	const set = sets.get(el);
	if (set) forEach(set, (name: string) => PLAIN.test(name) && names.push(`state-${name}`));
	return names;
}

export function hasStates(el: Element): boolean {
	return any && sets.has(el);
}
