// page and worker.
// Location can't be redefined (HTML section 7.2.4, LegacyUnforgeable), so rewritten scripts get a look-alike that shows the real URL.
import { toProxied } from '../../../protocol/url.ts';
import { call, disguise, wrap } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common, virtualOf } from '../../shared.ts';
import { mapAt, mapTarget, realError, unmapUrl } from '../../urls.ts';
import { realOrigins } from '../windows/ancestor-origins.ts';
import { navigateWindow, windowOfLocation } from '../windows/far.ts';

type Part = 'protocol' | 'host' | 'hostname' | 'port';

/** Parts that differ in ours; so does the path of a blob: URL, in which its origin stands. */
const PARTS = new natives.Set<PropertyKey>(['protocol', 'host', 'hostname', 'port', 'origin']);

/** Makes this window's known, and how what is asked of it counts as asked here. */
export function installLocation(): void {
	virtualLocation(realm.global.location);
	common.shared.callers.set(realm.global, (fn, self, args) => natives.apply(fn, self, args));
}

/** The look-alike of `real`: this window's, another same-origin window's, or (set and replace only) a cross-origin one's. */
export function virtualLocation(real: Location): Location {
	const known = virtualOf(real);
	if (known) return known as Location;
	const proto = natives.getPrototypeOf(real);
	const target = natives.create(proto) as Location;
	const virtual = new natives.Proxy(target, proto ? fixed : refusing(real));
	for (const key of natives.ownKeys(real)) {
		const descriptor = natives.getOwnPropertyDescriptor(real, key);
		if (descriptor)
			natives.defineProperty(target, key, proto ? lookAlike(descriptor, key, real, virtual) : crossOrigin(descriptor, key, real));
	}
	common.shared.virtual.set(real, virtual);
	common.shared.locations.set(virtual, real);
	return virtual;
}

/** A Location's prototype can't be changed (HTML section 7.2.4). */
const fixed: ProxyHandler<Location> = { setPrototypeOf: (target, proto) => proto === natives.getPrototypeOf(target) };

/** Another site's Location: what isn't let through is refused as the browser refuses it, whatever is done with it. */
function refusing(real: Any): ProxyHandler<Any> {
	const ours = (target: Any, key: PropertyKey): boolean => natives.hasOwn(target, key);
	return {
		get: (target, key) => (ours(target, key) && key !== 'href' ? target[key] : guarded(() => real[key])),
		set: (target, key, value) => guarded(() => natives.set(key === 'href' ? target : real, key, value)),
		has: (target, key) => ours(target, key) || guarded(() => key in real),
		getOwnPropertyDescriptor: (target, key) => guarded(() => natives.getOwnPropertyDescriptor(ours(target, key) ? target : real, key)),
		deleteProperty: (_, key) => guarded(() => natives.deleteProperty(real, key)),
		setPrototypeOf: (_, proto) => guarded(() => natives.setPrototypeOf(real, proto)),
		defineProperty: (_, key, descriptor) => guarded(() => natives.defineProperty(real, key, descriptor)),
	};
}

/** The property `key` of the real Location, working on the virtual one; any other `this` gets the native's own answer. */
function lookAlike(native: PropertyDescriptor, key: PropertyKey, real: Location, virtual: Location): PropertyDescriptor {
	const { get, set, value } = native;
	if (typeof value === 'function' && key !== 'valueOf') {
		const map = key === 'assign' || key === 'replace';
		const read = key === 'toString';
		return {
			...native,
			value: wrap(value, (fn, self, args) => {
				if (self !== virtual) return call(fn, self, args);
				return read ? unmapUrl(call(fn, real, args)) : guarded(() => lead(fn, real, map ? mapAt(args, 0, mapTarget) : args));
			}),
		};
	}
	if (!get) return native;
	const next: PropertyDescriptor = {
		...native,
		get: wrap(get, (fn, self) => (self === virtual ? readPart(key, call(fn, real, []), real) : call(fn, self, []))),
	};
	if (set) {
		next.set = wrap(set, (fn, self, args) => {
			if (self !== virtual || !args.length) call(fn, self, args);
			else if (typeof args[0] === 'symbol')
				call(fn, real, args); // throws
			else guarded(() => writePart(key as string, fn, real, `${args[0]}`));
		});
	}
	return next;
}

/**
 * Calls what sends a window elsewhere. A browser goes by whose script does (HTML section 7.4.2.2), and ours is always that of the window itself: one that
 * was never anywhere is sent by whoever made it.
 */
function lead(fn: Any, real: Location, args: Any[]): unknown {
	let by: (fn: Any, self: unknown, args: Any[]) => unknown = call;
	let at = realm.global;
	for (let depth = 0; depth < DEEP && at.document && (depth || real === at.location) && addressOf(at) === 'about:blank'; depth++) {
		const maker = at.parent === at ? at.opener : at.parent;
		const caller = common.shared.callers.get(maker);
		if (!caller || addressOf(maker) === undefined) break;
		by = caller;
		at = maker;
	}
	return by(fn, real, args);
}

/** Windows in windows, none of which was ever anywhere, that are looked at. */
const DEEP = 10;

/** Of a window of this origin. */
function addressOf(window: Any): string | undefined {
	try {
		return natives.documentURL(window.document);
	} catch {
		return undefined;
	}
}

function readPart(key: PropertyKey, value: Any, real: Location): unknown {
	if (key === 'href') return unmapUrl(value);
	if (key === 'ancestorOrigins') return realOrigins(value);
	if (key === 'pathname' ? value[0] === '/' : !PARTS.has(key)) return value;
	const href = real.href;
	const shown = unmapUrl(href);
	return shown === href ? value : new natives.URL(shown)[key as Part];
}

function writePart(key: string, set: Any, real: Location, value: string): unknown {
	if (key === 'href') return lead(set, real, [mapTarget(value)]);
	if (key === 'hash' || key === 'search' || key === 'pathname') return call(set, real, [value]);
	const shown = unmapUrl(real.href);
	if (key === 'protocol' && /^[a-z][a-z\d+.-]*(?::|$)/i.test(value) && !/^https?(?::|$)/i.test(value)) return undefined; // leads nowhere
	if (shown === real.href || (key === 'protocol' && !/^https?(?::|$)/i.test(value))) return call(set, real, [value]); // throws
	const url = new natives.URL(shown);
	url[key as Part] = value;
	real.href = toProxied(url.href, realm.scope);
	return undefined;
}

/** What a cross-origin Location lets through (HTML section 7.2.1.3.1): setting `href`, calling `replace`. */
function crossOrigin(native: PropertyDescriptor, key: PropertyKey, real: Location): PropertyDescriptor {
	const { set, value } = native;
	if (key === 'href' && set) {
		const setter = (url: unknown) => away(real, `${url}`, (mapped) => call(set, real, [mapped]));
		return { ...native, set: disguise(setter, set) };
	}
	if (key === 'replace')
		return { ...native, value: wrap(value, (fn, _, args) => away(real, `${args[0]}`, (mapped) => call(fn, real, [mapped]))) };
	return native;
}

/** Another site's window goes to `url`, by the way around where the browser knows no way. */
function away(location: Location, url: string, go: (mapped: string) => void): void {
	const mapped = mapTarget(url);
	guarded(() =>
		navigateWindow(
			() => windowOfLocation(location),
			mapped,
			() => go(mapped),
		),
	);
}

function guarded<T>(run: () => T): T {
	try {
		return run();
	} catch (error) {
		throw realError(error);
	}
}

/**
 * Whether an unknown object is a Location: of a same-origin window that we haven't met, or of a cross-origin one. A look-alike is none:
 * a page's own variable may hold it (`var location = window.location`), and a write to that variable is no navigation.
 */
export function isLocation(value: Any): boolean {
	if (typeof value !== 'object' || value === null) return false;
	try {
		if (common.shared.locations.has(value)) return false;
		const proto = natives.getPrototypeOf(value);
		if (proto)
			return (
				natives.objectToString(value) === '[object Location]' &&
				proto === value.constructor?.prototype &&
				natives.hasOwn(value, 'ancestorOrigins')
			);
		const keys = natives.ownKeys(value);
		return keys.includes('replace') && keys.includes('href') && keys.includes('then') && !keys.includes('window');
	} catch {
		return false;
	}
}
