// page and worker.
// `onerror` gets the script's URL as an argument (HTML section 8.1.8.1), where listeners get it from ErrorEvent.filename.
import { call, holderOf, hookAccessor } from '../hook.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { unmapUrl } from '../urls.ts';

/** What the page set, by what stands natively. */
const given: WeakMap<object, object> = new natives.WeakMap();

export function installErrorEvents(): void {
	hookAccessor(holderOf(realm.global, 'onerror'), 'onerror', {
		get(native, self) {
			const handler = call(native, self, []);
			return (handler && given.get(handler)) ?? handler;
		},
		set(native, self, handler) {
			call(native, self, [typeof handler === 'function' ? translating(handler) : handler]);
		},
	});
}

function translating(handler: (...args: Any[]) => unknown): (...args: Any[]) => unknown {
	const ours = function (this: unknown, message: unknown, url: unknown, ...rest: unknown[]) {
		return call(handler, this, [message, typeof url === 'string' ? unmapUrl(url) : url, ...rest]);
	};
	given.set(ours, handler);
	return ours;
}
