// page and worker.
// Arguments that a native converts by itself: it looks at the receiver first, then at one argument after the other, and asks each once. What we make of a
// page's objects is made in that moment, so that nobody who counts can tell.
import { type Any, natives } from './natives.ts';

const { toPrimitive } = Symbol;

const isObject = (value: unknown): boolean => (typeof value === 'object' && value !== null) || typeof value === 'function';

const standIn = (value: Any, textOf: () => unknown): unknown => {
	const argument = natives.create(null) as Any;
	argument[toPrimitive] = (hint: string) => (hint === 'number' ? +value : textOf());
	return argument;
};

/** What a native makes text of and is to read as `map` says. Nothing but a string is changed without being asked. */
export function late(value: unknown, map: (text: string) => unknown): unknown {
	if (typeof value === 'string') return map(value);
	return isObject(value) ? standIn(value, () => map(`${value}`)) : value;
}

/** What a native makes text of and we read too: it is asked once. */
export function once(value: unknown): unknown {
	if (!isObject(value)) return value;
	let text: string | undefined;
	return standIn(value, () => (text ??= `${value}`));
}

/** Arguments of which one is changed, where it was given. */
export function changeAt(args: readonly unknown[], at: number, change: (value: unknown) => unknown): Any[] {
	const changed = [...args];
	if (at < args.length) changed[at] = change(args[at]);
	return changed;
}

/** Options of which each member is read through `read`. */
const reading = (options: Any, read: (key: string, value: unknown) => unknown): unknown =>
	isObject(options) ? new natives.Proxy(natives.create(null), { get: (_, key) => read(key as string, options[key]) }) : options;

/** Options of which the members in `maps` are read through a function. */
export function bag(options: unknown, maps: Readonly<Record<string, (value: Any) => unknown>>): unknown {
	return reading(options, (key, value) => (natives.hasOwn(maps, key) ? maps[key]?.(value) : value));
}

/** Options of which what the native reads comes to stand in `said`. */
export function heard(options: unknown, said: Any, map = (value: unknown) => value): unknown {
	return reading(options, (key, value) => (said[key] = map(value)));
}
