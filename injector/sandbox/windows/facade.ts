// page.
// What a page gets of a window whose frame isn't there yet: it stands for the window, and is of use as it will be, as soon as it is.
import type { FrameMessage } from '../../../protocol/page.ts';
import { call, hookAccessor } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import { mapUrl } from '../../urls.ts';
import { virtualLocation } from '../history/location.ts';
import type { Wish } from './far.ts';
import { type Opening, resolve } from './open.ts';
import { sendTo } from './post-message.ts';

/** Returns what takes the wish back. */
type When = (use: (window: Any) => void, failed: () => void) => () => void;

/**
 * A stand-in for the window of `opening`, which `when` gives. Without any, the shell opens the tab by itself, and nothing ties it to the page. `far`: how a
 * window is sent somewhere or closed that this document may not touch.
 */
export function facade(opening: Opening, when: When, send: (message: FrameMessage) => void, far?: (wish: Wish) => void): unknown {
	let window: Any;
	let closed = false;
	const queue: ((window: Any) => void)[] = [];
	const then = (work: (window: Any) => void): void => {
		if (window) work(window);
		else queue.push(work);
	};
	/** A document without an origin may touch no other. */
	const apart = far && realm.global.origin === 'null';
	const go = (url: unknown): void => {
		const real = resolve(`${url}`);
		if (real === undefined) return;
		if (far) far({ url: real });
		else then((window) => window.location.replace(mapUrl(`${url}`)));
	};
	const location = {
		get href() {
			return 'about:blank';
		},
		set href(url: unknown) {
			go(url);
		},
		replace: go,
		assign: go,
		toString: () => 'about:blank',
	};
	/** Hears what would happen in a window that is closed before it is there. */
	const ears: EventTarget = new realm.global.EventTarget();
	const end = (): void => {
		for (const type of ['pagehide', 'unload']) {
			const handler = stub[`on${type}`];
			if (typeof handler === 'function') natives.addEventListener(ears, type, handler);
			natives.dispatchEvent(ears, new natives.Event(type));
		}
		stub.opener = null;
	};
	const stub: Any = {
		get closed() {
			return closed;
		},
		close() {
			if (!closed && !window) natives.setTimeout(end);
			closed = true;
			if (far) far({ close: true });
			else if (window) window.close();
			if (!window) stop();
		},
		addEventListener(...args: unknown[]) {
			natives.addEventListener(ears, ...args);
			then((real) => real.addEventListener(...args));
		},
		removeEventListener(...args: unknown[]) {
			natives.removeEventListener(ears, ...args);
			then((real) => real.removeEventListener(...args));
		},
		focus() {},
		blur() {},
		postMessage: (...args: unknown[]) => then((real) => sendTo(real, args)),
		length: 0,
		name: opening.name,
		opener: realm.global,
		get location() {
			return window ? virtualLocation(window.location) : location;
		},
		set location(url: unknown) {
			go(url);
		},
	};
	const proxy: Any = new natives.Proxy(stub, {
		get(target, key) {
			if (SELVES.has(key)) return proxy;
			if (!window && apart && !(key in target) && !PLAIN.has(key)) throw new natives.DOMException(refusal(key), 'SecurityError');
			if (!window || key === 'location' || key === 'close' || key === 'closed' || key === 'postMessage')
				return key === 'closed' && window ? closed || window.closed : target[key];
			const value = window[key];
			return typeof value === 'function' && !value.prototype ? (...args: unknown[]) => call(value, window, args) : value;
		},
		set(target, key, value) {
			if (window && key !== 'location') window[key] = value;
			else target[key] = value;
			if (!window && typeof key === 'string' && !(key in location) && key !== 'location') queue.push((real) => (real[key] = value));
			return true;
		},
		has: (target, key) => (window ? key in window : key in target),
	});
	const stop = when(
		(real) => {
			window = real;
			common.shared.facades.set(real, proxy);
			showFacades();
			for (const work of queue) attempt(work, real);
		},
		() => send({ t: 'open', url: opening.real, name: opening.name }),
	);
	return proxy;
}

function attempt(work: (window: Any) => void, window: Any): void {
	try {
		work(window);
	} catch {
		// another site's: what it was given is not for it
	}
}

/** What a window of another origin shows besides (HTML section 7.2.1.3.2, "CrossOriginPropertyFallback"). */
const PLAIN = new natives.Set<PropertyKey>(['then', Symbol.toStringTag, Symbol.hasInstance, Symbol.isConcatSpreadable]);

const refusal = (key: PropertyKey): string =>
	`Failed to read a named property '${String(key)}' from 'Window': Blocked a frame with origin "null" from accessing a cross-origin frame.`;

const SELVES = new natives.Set<PropertyKey>(['window', 'self', 'frames', 'globalThis', 'top', 'parent']);

let shown = false;

/** A message from such a window names the object that the page knows it by. */
function showFacades(): void {
	if (shown) return;
	shown = true;
	hookAccessor(realm.global.MessageEvent?.prototype, 'source', {
		get(native, self) {
			const source = call(native, self, []);
			return (source && common.shared.facades.get(source)) ?? source;
		},
	});
}
