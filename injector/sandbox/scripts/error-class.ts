// page and worker: V8 alone.
// V8 asks the native Error for `prepareStackTrace`, and for how many calls a stack may have. The page gets another Error, which passes for that one
// and has these two properties for itself.
import { redefine } from '../../hook.ts';
import { type Any, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';

export const PREPARE = 'prepareStackTrace';
const LIMIT = 'stackTraceLimit';

const bind = method<unknown>(Function.prototype, 'bind');

/** So many calls of ours, which are not shown, may stand in a stack beside the page's. */
const OURS = 6;

/** Constructors that inherit from Error (ECMA-262 section 20.5.5); WebAssembly has some of its own. */
const HEIRS = ['EvalError', 'RangeError', 'ReferenceError', 'SyntaxError', 'TypeError', 'URIError', 'AggregateError', 'SuppressedError'];

export interface PageError {
	readonly Error: Any;
	/** What the page has set as `Error.prepareStackTrace`. */
	prepare(): unknown;
	/** How many calls the page wants to see. */
	limit(): number;
}

/** Puts an Error in the place of the native one. */
export function replaceError(native: Any): PageError {
	const { global } = realm;
	// A proxy is bound by what stands on its own target (ECMA-262 section 10.5): of this one the page may make what it likes. It has the two
	// properties for itself, and beside them what the native Error has that can't be changed any more.
	const own = bind(native) as Any;
	for (const key of natives.ownKeys(own)) natives.deleteProperty(own, key);
	const isOwn = (key: PropertyKey) => key === PREPARE || key === LIMIT;
	const holder = (key: PropertyKey) => (isOwn(key) ? own : native);
	const described = (key: PropertyKey): PropertyDescriptor | undefined => {
		const found = natives.getOwnPropertyDescriptor(holder(key), key);
		if (found && !found.configurable && !isOwn(key)) natives.defineProperty(own, key, found);
		return found;
	};
	/** V8 takes no trace at all where the limit is no number. */
	const pass = (done: boolean): boolean => {
		const { [LIMIT]: limit } = own;
		if (typeof limit === 'number') native[LIMIT] = limit > 0 ? limit + OURS : limit;
		else delete native[LIMIT];
		return done;
	};
	natives.defineProperty(own, LIMIT, natives.getOwnPropertyDescriptor(native, LIMIT) ?? {});
	described('prototype');
	pass(true);
	const page = new natives.Proxy(own, {
		get: (_, key, receiver) => natives.get(holder(key), key, receiver),
		set: (_, key, value, receiver) => natives.set(holder(key), key, value, receiver),
		has: (_, key) => key in holder(key),
		ownKeys: () => [...natives.ownKeys(native).filter((key) => !isOwn(key)), ...natives.ownKeys(own).filter(isOwn)],
		getOwnPropertyDescriptor: (_, key) => described(key),
		defineProperty: (_, key, descriptor) => {
			if (isOwn(key)) return pass(natives.defineProperty(own, key, descriptor));
			const done = natives.defineProperty(native, key, descriptor);
			described(key);
			return done;
		},
		deleteProperty: (_, key) => {
			const done = natives.deleteProperty(holder(key), key);
			if (isOwn(key)) return pass(done);
			return done && natives.deleteProperty(own, key);
		},
		setPrototypeOf: (_, proto) => natives.setPrototypeOf(native, proto) && natives.setPrototypeOf(own, proto),
		preventExtensions: () => {
			for (const key of natives.ownKeys(native))
				if (!isOwn(key)) natives.defineProperty(own, key, natives.getOwnPropertyDescriptor(native, key) as PropertyDescriptor);
			return natives.preventExtensions(native) && natives.preventExtensions(own);
		},
	});
	common.shared.disguises.set(page, native);
	redefine(global, 'Error', page);
	redefine(native.prototype, 'constructor', page);
	const wasm = global.WebAssembly ?? {};
	for (const heir of [...HEIRS.map((name) => global[name]), ...natives.ownKeys(wasm).map((name) => wasm[name])])
		if (typeof heir === 'function' && natives.getPrototypeOf(heir) === native) natives.setPrototypeOf(heir, page);
	return {
		Error: page,
		prepare: () => natives.get(own, PREPARE, page),
		limit: () => (typeof own[LIMIT] === 'number' ? own[LIMIT] : Number.POSITIVE_INFINITY),
	};
}
