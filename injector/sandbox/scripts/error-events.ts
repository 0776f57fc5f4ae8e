// page and worker.
// Where an error came from (HTML section 8.1.8.1): real URLs, and the page's own line where a function of ours let a native error through.
import { OWN_PATH } from '../../../protocol/page.ts';
import { call, holderOf, hookAccessor } from '../../hook.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { unmapUrl } from '../../urls.ts';

type Part = 'filename' | 'lineno' | 'colno';
type Place = Readonly<Record<Part, unknown>>;

/** What the page set, by what stands natively. */
const given: WeakMap<object, object> = new natives.WeakMap();

const proto = realm.global.ErrorEvent?.prototype;
const filename = getter<string>(proto, 'filename');
const errorOf = getter<unknown>(proto, 'error');

/** `onReopen`, in a document: calls its argument after `document.open()` took all listeners off. */
export function installErrorEvents(onReopen?: (arm: () => void) => void): void {
	const { global } = realm;
	const holder = holderOf(global, 'onerror');
	const descriptor = natives.getOwnPropertyDescriptor(holder, 'onerror');
	// the window's handler shows on body and frameset too (HTML section 8.1.8.2)
	for (const owner of [holder, global.HTMLBodyElement?.prototype, global.HTMLFrameSetElement?.prototype]) {
		hookAccessor(owner, 'onerror', {
			get(native, self) {
				const handler = call(native, self, []);
				return (handler && given.get(handler)) ?? handler;
			},
			set(native, self, handler) {
				call(native, self, [typeof handler === 'function' ? translating(handler) : handler]);
			},
		});
	}
	for (const part of ['filename', 'lineno', 'colno'] as const) {
		hookAccessor(proto, part, {
			get(native, self) {
				const value = call(native, self, []);
				const place = isOurs(filename(self)) ? thrownAt(errorOf(self)) : undefined;
				if (place) return place[part];
				return part === 'filename' ? unmapUrl(value) : value;
			},
		});
	}
	if (!onReopen || !descriptor?.get || !descriptor.set) return;
	const { get, set } = descriptor;
	// `<body onerror="…">` is compiled by the browser: its function is put behind ours when it is first needed
	const onError = () => {
		const handler = call(get, global, []);
		if (typeof handler === 'function' && !given.has(handler)) call(set, global, [translating(handler)]);
	};
	const arm = () => {
		natives.removeEventListener(global, 'error', onError, true);
		natives.addEventListener(global, 'error', onError, true);
	};
	arm();
	onReopen(arm);
}

function translating(handler: (...args: Any[]) => unknown): (...args: Any[]) => unknown {
	const ours = function (this: unknown, ...args: unknown[]) {
		const [message, url, ...rest] = args;
		if (typeof url !== 'string') return call(handler, this, args);
		const place = isOurs(url) ? thrownAt(rest[2]) : undefined;
		if (!place) return call(handler, this, [message, unmapUrl(url), ...rest]);
		return call(handler, this, [message, place.filename, place.lineno, place.colno, ...rest.slice(2)]);
	};
	given.set(ours, handler);
	return ours;
}

function isOurs(url: string): boolean {
	return url.startsWith(realm.ours + OWN_PATH);
}

/** The page's own place in an error's stack, which shows none of ours (stack-traces.ts). */
function thrownAt(error: unknown): Place | undefined {
	const { stack } = (error ?? {}) as { stack?: unknown };
	if (typeof stack !== 'string') return undefined;
	for (const line of stack.split('\n')) {
		const [, url, lineno, colno] = /(?:^|[\s(@])((?:https?|blob|data):\S+?):(\d+):(\d+)\)?$/.exec(line) ?? [];
		if (url) return { filename: url, lineno: Number(lineno), colno: Number(colno) };
	}
	return undefined;
}
