// page.
// `window.postMessage`: the target origin is mapped on the way out, the sender's on the way in. A cross-origin window's function can't be
// replaced, so the rewriter changes the calls (`$tandem$.w(target).postMessage(…)`), and reads of the own one.
import { realOrigin } from '../../../protocol/url.ts';
import { beforeMessage } from '../../handing.ts';
import { call, hookGetter, wrap } from '../../hook.ts';
import { bag, late } from '../../late.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import { mapUrl, realError, unmapUrl } from '../../urls.ts';

/** View of a window (view.ts) → the window. */
export const viewed: WeakMap<object, object> = new natives.WeakMap();

/** `target.postMessage(...args)`, the caller's window being the source. `target` may be a page's own object of that shape. */
export function sendTo(target: Any, args: readonly unknown[]): unknown {
	const post = target.postMessage;
	hand(target, args);
	try {
		return call(common.shared.disguises.get(post) ?? post, target, mapped(args));
	} catch (error) {
		throw realError(error);
	}
}

/** What is secret in it goes ahead, to the same window and nobody else. Without an origin it goes to this one's own, which knows. */
function hand(target: Any, [message, options]: readonly unknown[]): void {
	const ahead = options == null ? undefined : beforeMessage(message);
	if (!ahead) return;
	try {
		natives.apply(
			natives.windowPostMessage as Any,
			target,
			mapped([ahead, typeof options === 'object' ? { ...options, transfer: undefined } : options]),
		);
	} catch {
		// a page's own object, or an origin that is none: the page's own call says so
	}
}

/** `(message, targetOrigin, transfer)` or `(message, {targetOrigin, transfer})`; '*' and '/' mean the same here as there. */
function mapped(args: readonly unknown[]): unknown[] {
	const [message, options, ...rest] = args;
	if (args.length < 2) return [...args];
	const isOrigin = rest.length > 0 || typeof options !== 'object';
	return [message, isOrigin ? late(options, mapUrl) : bag(options, { targetOrigin: (origin) => late(origin, mapUrl) }), ...rest];
}

export function installPostMessage(): void {
	const native = natives.windowPostMessage as (...args: Any[]) => Any;
	common.shared.virtual.set(
		native,
		wrap(native, (_, self, args) => sendTo(viewed.get(self) ?? self ?? realm.global, args)),
	);
	installMessageOrigin();
}

/** In a worker this is all there is. */
export function installMessageOrigin(): void {
	hookGetter(realm.global.MessageEvent?.prototype, 'origin', messageOrigin);
}

/** The origin a message shows: a real one for ours, everything else as it is. */
export function messageOrigin(origin: string): string {
	return realOrigin(origin.slice(origin.indexOf('//') + 2), realm.zone, common.shared.table) ? unmapUrl(origin) : origin;
}
