// page and worker.
// Puts a function of ours in the place of a native one so that nobody can tell: name, length, property descriptor, behaviour with `new`,
// source text (see sandbox/scripts/function-source.ts), and the native's own errors, because the native is always what is called in the end.
import { type Any, natives } from './natives.ts';
import { common } from './shared.ts';

type Native = (...args: Any[]) => Any;

/** Called with the native, the caller's `this` and arguments; `call(native, self, args)` runs the native. */
export type MethodHandler = (native: Native, self: Any, args: Any[]) => unknown;

export const call = natives.apply as (fn: Native, self: unknown, args: ArrayLike<unknown>) => Any;

/** Makes `fn` pass for `native`. */
export function disguise<T extends object>(fn: T, native: Any): T {
	common.shared.disguises.set(fn, nativeOf(native));
	// most are getters, of length 0 as ours
	const { name, length } = native;
	natives.defineProperty(fn, 'name', { value: name });
	if (length) natives.defineProperty(fn, 'length', { value: length });
	return fn;
}

/** The native that `fn` passes for, or `fn` itself. */
export function nativeOf<T>(fn: T): T {
	return (common.shared.disguises.get(fn as object) as T | undefined) ?? fn;
}

/** A function without [[Construct]] that passes for `native`. */
export function wrap(native: Native, handler: MethodHandler): Native {
	const { method } = {
		method(this: unknown, ...args: unknown[]) {
			return handler(native, this, args);
		},
	};
	return disguise(method, native);
}

/** Replaces a method; nothing happens where the browser has none of this name. */
export function hookMethod(owner: Any, name: PropertyKey, handler: MethodHandler): void {
	const descriptor = owner && natives.getOwnPropertyDescriptor(owner, name);
	if (typeof descriptor?.value !== 'function') return;
	natives.defineProperty(owner, name, { ...descriptor, value: wrap(descriptor.value, handler) });
}

/** Replaces a method that is called too often for arguments to be gathered: `make` gives one of as many parameters as it has. */
export function replaceMethod(owner: Any, name: PropertyKey, make: (native: Any) => Native): void {
	const descriptor = owner && natives.getOwnPropertyDescriptor(owner, name);
	if (typeof descriptor?.value !== 'function') return;
	natives.defineProperty(owner, name, { ...descriptor, value: disguise(make(descriptor.value), descriptor.value) });
}

export interface AccessorHandlers {
	readonly get?: (native: Native, self: Any) => unknown;
	readonly set?: (native: Native, self: Any, value: Any) => void;
}

/** Replaces one or both halves of an accessor property; nothing happens where the browser has none of this name. */
export function hookAccessor(owner: Any, name: PropertyKey, { get, set }: AccessorHandlers): void {
	const descriptor = owner && natives.getOwnPropertyDescriptor(owner, name);
	if (!descriptor?.configurable || !(descriptor.get || descriptor.set)) return;
	const next = { ...descriptor };
	if (get && descriptor.get) next.get = wrap(descriptor.get, (native, self) => get(native, self));
	if (set && descriptor.set) next.set = wrap(descriptor.set, (native, self, args) => set(native, self, args[0]));
	natives.defineProperty(owner, name, next);
}

/** What a getter returns is passed through `map` where it is a string. */
export function hookGetter(owner: Any, name: PropertyKey, map: (value: string) => unknown): void {
	hookAccessor(owner, name, {
		get(native, self) {
			const value = call(native, self, []);
			return typeof value === 'string' ? map(value) : value;
		},
	});
}

/** Replaces a constructor on the global object, and on its prototype. `handler` makes the instance; `call` makes a plain call work. */
export function hookConstructor(
	global: Any,
	name: string,
	handler: (native: Any, args: Any[], newTarget: Any) => object,
	plain?: (native: Any, self: Any, args: Any[]) => unknown,
): void {
	const native = global[name];
	if (typeof native !== 'function') return;
	const traps: ProxyHandler<Any> = { construct: (_, args, newTarget) => handler(native, args, newTarget === proxy ? native : newTarget) };
	if (plain) traps.apply = (_, self, args) => plain(native, self, args);
	const proxy: Any = new natives.Proxy(native, traps);
	common.shared.disguises.set(proxy, nativeOf(native));
	redefine(global, name, proxy);
	if (native.prototype) redefine(native.prototype, 'constructor', proxy);
}

/** The object of the global's prototype chain that holds `name`: the window itself, or WorkerGlobalScope.prototype. */
export function holderOf(global: Any, name: PropertyKey): Any {
	let owner = global;
	while (owner && !natives.getOwnPropertyDescriptor(owner, name)) owner = natives.getPrototypeOf(owner);
	return owner;
}

/** Changes a data property's value and nothing else about it. */
export function redefine(owner: Any, name: PropertyKey, value: unknown): void {
	const descriptor = natives.getOwnPropertyDescriptor(owner, name);
	if (descriptor?.configurable || descriptor?.writable) natives.defineProperty(owner, name, { ...descriptor, value });
}
