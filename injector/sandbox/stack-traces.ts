// page and worker.
// `error.stack` in V8: real URLs, and none of our own frames. Error.prepareStackTrace is V8's one hook for it; a page that sets its own is
// given its say.
import { OWN_PATH } from '../../protocol/page.ts';
import { call, hookGetter } from '../hook.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { unmapText } from '../urls.ts';

/** The two bundles that stand before a page's own scripts. */
const OURS = new RegExp(`${OWN_PATH}(?:runtime|worker)`);

export function installStackTraces(): void {
	const NativeError = realm.global.Error;
	// SpiderMonkey and JavaScriptCore: an accessor of the prototype.
	hookGetter(NativeError.prototype, 'stack', (stack) => unmapText(withoutOurs(stack)));
	if (natives.getOwnPropertyDescriptor(NativeError.prototype, 'stack') || !NativeError.captureStackTrace) return;
	let theirs: Any;
	const prepare = (error: Any, sites: Any[]): unknown => {
		const kept = sites.filter((site) => !isOurs(site));
		if (typeof theirs === 'function') return call(theirs, NativeError, [error, kept]);
		return unmapText(`${heading(error)}${kept.map((site) => `\n    at ${site}`).join('')}`);
	};
	natives.defineProperty(NativeError, 'prepareStackTrace', {
		get: () => theirs ?? prepare,
		set(value: unknown) {
			theirs = value === prepare ? undefined : value;
		},
		configurable: true,
		enumerable: false,
	});
}

/** The real URL of the script whose call led here; undefined where the browser itself called, or doesn't say. */
export function callerUrl(): string | undefined {
	const { stack } = new natives.Error();
	if (typeof stack !== 'string') return undefined;
	return /(?:^|[\s(@])((?:https?|blob|data):\S+?):\d+:\d+\)?$/m.exec(unmapText(withoutOurs(stack)))?.[1];
}

function withoutOurs(stack: string): string {
	if (!OURS.test(stack)) return stack;
	const lines = stack.split('\n');
	return lines.filter((line) => !OURS.test(line)).join('\n');
}

function isOurs(site: Any): boolean {
	const file = site.getFileName?.() ?? site.getEvalOrigin?.() ?? '';
	return typeof file === 'string' && OURS.test(file);
}

/** What Error.prototype.toString says, without running a page's own one twice. */
function heading(error: Any): string {
	try {
		return `${error}`;
	} catch {
		return '<error>';
	}
}
