// page and worker: V8 alone.
// V8 asks the native Error for `prepareStackTrace`, and for how many calls a stack may have. The page gets another Error, which passes for that one
// and has these two properties for itself.
import { redefine } from '../hook.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { common } from '../shared.ts';

export const PREPARE = 'prepareStackTrace';
const LIMIT = 'stackTraceLimit';

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
	const own = natives.create(null) as Any;
	natives.defineProperty(own, LIMIT, natives.getOwnPropertyDescriptor(native, LIMIT) ?? {});
	let apart = true;
	const isOwn = (key: PropertyKey) => apart && (key === PREPARE || key === LIMIT);
	/** V8 takes no trace at all where the limit is no number. */
	const pass = (done: boolean): boolean => {
		const { [LIMIT]: limit } = own;
		if (typeof limit === 'number') native[LIMIT] = limit > 0 ? limit + OURS : limit;
		else delete native[LIMIT];
		return done;
	};
	pass(true);
	const page = new natives.Proxy(native, {
		get: (target, key, receiver) => (isOwn(key) ? own[key] : natives.get(target, key, receiver)),
		has: (target, key) => (isOwn(key) ? key in own || key in (natives.getPrototypeOf(target) as object) : key in target),
		ownKeys: (target) => {
			const keys = natives.ownKeys(target).filter((key) => !isOwn(key));
			return apart ? [...keys, ...natives.ownKeys(own)] : natives.ownKeys(target);
		},
		getOwnPropertyDescriptor: (target, key) => natives.getOwnPropertyDescriptor(isOwn(key) ? own : target, key),
		// what is on the real object may be changed at any time, so this may be too
		defineProperty: (target, key, descriptor) =>
			isOwn(key)
				? pass(natives.defineProperty(own, key, { ...descriptor, configurable: true }))
				: natives.defineProperty(target, key, descriptor),
		deleteProperty: (target, key) => (isOwn(key) ? pass(natives.deleteProperty(own, key)) : natives.deleteProperty(target, key)),
		// a frozen Error has to say what it has
		preventExtensions: (target) => {
			apart = false;
			return natives.preventExtensions(target);
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
		prepare: () => own[PREPARE],
		limit: () => (apart && typeof own[LIMIT] === 'number' ? own[LIMIT] : Number.POSITIVE_INFINITY),
	};
}
