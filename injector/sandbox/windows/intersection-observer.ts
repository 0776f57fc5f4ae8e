// page.
// IntersectionObserver without a root (Intersection Observer section 2.2): the root is the top's viewport, with margins and bounds for documents of the top's
// own origin alone. Below the shell no document is of that, so the tab's root document watches against its own viewport, which is the same.
import { call, hookAccessor, hookConstructor, hookMethod } from '../../hook.ts';
import { bag } from '../../late.ts';
import { type Any, getter, natives, softGetter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { documentsAbove, type Place } from '../../windows.ts';

const g = realm.global as Any;
const clientWidth = getter<number>(g.Element?.prototype, 'clientWidth');
const clientHeight = getter<number>(g.Element?.prototype, 'clientHeight');

/** Observer whose root we gave → what watches the elements of frames for it, where there are any: they are in no viewport but the top's. */
const ours: WeakMap<object, { readonly make: () => Any; far?: Any }> = new natives.WeakMap();
/** Bounds are the same object each time. */
const bounds: WeakMap<object, DOMRect> = new natives.WeakMap();

export function installIntersectionObserver(place: Place): void {
	const { IntersectionObserver, IntersectionObserverEntry } = g;
	if (!place.shell || !IntersectionObserver) return;
	hookAccessor(IntersectionObserverEntry?.prototype, 'rootBounds', {
		get: (native, self) => call(native, self, []) ?? boundsFor(self, place),
	});
	if (!place.isTop) return;
	const native = IntersectionObserver;
	hookConstructor(g, 'IntersectionObserver', (_, args, newTarget) => {
		const [callback, options] = args;
		if (typeof callback !== 'function' || (options != null && typeof options !== 'object'))
			return natives.construct(native, args, newTarget) as object;
		let rootless = false;
		const rooted = bag(options ?? {}, {
			root(root) {
				rootless = root == null;
				return root ?? g.document;
			},
		});
		const observer = natives.construct(native, [callback, rooted], newTarget) as Any;
		const make = () =>
			natives.construct(native, [(entries: unknown) => call(callback, observer, [entries, observer]), sameOptions(observer)]);
		if (rootless) ours.set(observer, { make });
		return observer;
	});
	const { prototype } = native;
	hookAccessor(prototype, 'root', {
		get: (native, self) => {
			const root = call(native, self, []);
			return ours.has(self) ? null : root;
		},
	});
	hookMethod(prototype, 'observe', (native, self, args) => call(native, at(self, args[0], true), args));
	hookMethod(prototype, 'unobserve', (native, self, args) => call(native, at(self, args[0], false), args));
	hookMethod(prototype, 'disconnect', (native, self, args) => {
		const far = ours.get(self)?.far;
		if (far) call(native, far, []);
		return call(native, self, args);
	});
	hookMethod(prototype, 'takeRecords', (native, self, args) => {
		const records = call(native, self, args);
		const far = ours.get(self)?.far;
		return far ? [...records, ...call(native, far, [])] : records;
	});
}

/** The observer that watches `target` for `self`. */
function at(self: Any, target: unknown, make: boolean): Any {
	const own = ours.get(self);
	if (!own || !isElsewhere(target)) return self;
	if (make) own.far ??= own.make();
	return own.far ?? self;
}

function isElsewhere(target: unknown): boolean {
	try {
		return natives.ownerDocument(target) !== g.document;
	} catch {
		return false; // no node: the native says so
	}
}

const SAID = ['rootMargin', 'scrollMargin', 'thresholds', 'delay', 'trackVisibility'] as const;
const said = SAID.map((name) => softGetter<unknown>(g.IntersectionObserver?.prototype, name));

/** The options that an observer says it has, without a root. */
function sameOptions(observer: object): object {
	const [rootMargin, scrollMargin, threshold, delay, trackVisibility] = said.map((get) => get(observer));
	return { rootMargin, scrollMargin, threshold, delay, trackVisibility };
}

/** The bounds that a browser leaves out below another origin. */
function boundsFor(entry: object, place: Place): DOMRect | null {
	const top = documentsAbove(g, place)?.pop();
	const root = top && natives.documentElement(top);
	if (!root) return null;
	const known = bounds.get(entry) ?? new g.DOMRectReadOnly(0, 0, clientWidth(root), clientHeight(root));
	bounds.set(entry, known);
	return known;
}
