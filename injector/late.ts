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

/** Options of which the members in `maps` are read through a function. */
export function bag(options: Any, maps: Readonly<Record<string, (value: Any) => unknown>>): unknown {
	if (!isObject(options)) return options;
	return new natives.Proxy(natives.create(null), {
		get(_, key) {
			const value = options[key];
			return typeof key === 'string' && natives.hasOwn(maps, key) ? maps[key]?.(value) : value;
		},
	});
}
