// page and worker.
// The global that rewritten scripts call, `$tandem$` (rewrite/js/wrap.ts lists what each method is for). Each method looks at the value
// it is given, so the rewriter needs no scope analysis.
import { RUNTIME_GLOBAL } from '../../protocol/page.ts';
import type { Start } from '../boot.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { fromTrusted, rewriteScript } from '../rewriting.ts';
import { common } from '../shared.ts';
import { mapTarget, mapUrl, unmapUrl } from '../urls.ts';
import { isDocument, isWindow } from '../windows.ts';
import { codeUrl } from './blob-code.ts';
import { isLocation, virtualLocation } from './location.ts';
import { sendTo } from './post-message.ts';
import { navigateWindow } from './windows-far.ts';

/** What stands at `$tandem$`: the rewriter's calls, and what the server's own scripts call. */
export interface RuntimeGlobal {
	readonly v: typeof see;
	readonly w: typeof hold;
	readonly d: typeof parts;
	readonly a: typeof assign;
	readonly e: typeof code;
	readonly i: typeof specifier;
	readonly m: typeof meta;
	/** Called by a script of ours before an inline script that speaks of opening a window. */
	readonly h?: (() => void) | undefined;
	/** Takes a new document in the same window over (the initial about:blank's window is kept by a same-origin navigation). */
	readonly again?: ((next: Start) => void) | undefined;
	/** Called at the end of a worker's runtime: `top` is `this` of the script it stands in. */
	readonly g?: ((top: unknown) => void) | undefined;
}

/** v: `value` as the page has to see it. */
function see(value: Any): unknown {
	if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value;
	return common.shared.virtual.get(value) ?? (typeof value === 'object' && isLocation(value) ? virtualLocation(value) : value);
}

/** w: a facade for a window or document; anything else as it is. */
function hold(target: Any): unknown {
	if (typeof target !== 'object' || target === null || !(isWindow(target) || isDocument(target))) return target;
	return {
		get location(): unknown {
			return see(target.location);
		},
		set location(url: unknown) {
			const mapped = mapTarget(`${url}`);
			const go = () => {
				target.location = mapped;
			};
			navigateWindow(() => target, mapped, go);
		},
		postMessage: (...args: unknown[]) => sendTo(target, args),
		get eval(): unknown {
			return see((target as Any).eval);
		},
	};
}

/** d: what a pattern takes members from. */
function parts(value: Any): unknown {
	if (typeof value !== 'object' || value === null || !(isWindow(value) || isDocument(value))) return value;
	return new natives.Proxy(value, { get: (target, key) => see((target as Any)[key]) });
}

/** a: a free `location`, which may be the window's or any variable of that name. */
function assign(value: Any, set: (value: unknown) => void): { v: unknown } {
	const real = common.shared.virtual.has(value as object) || isLocation(value);
	return {
		get v() {
			return see(value);
		},
		set v(next: unknown) {
			set(real ? mapTarget(`${next}`) : next);
		},
	};
}

/** e: the first argument of a direct eval, rewritten where it is source text. */
function code(source: unknown): unknown {
	if (typeof source === 'string') return rewriteScript(source);
	return fromTrusted(source, 'TrustedScript', rewriteScript);
}

/** i: the specifier of a dynamic import, and the real URL it is relative to where that is not the script's own. */
function specifier(spec: unknown, base?: string): unknown {
	const text = typeof spec === 'string' ? spec : spec instanceof natives.URL ? spec.href : undefined;
	if (text === undefined) return spec;
	return codeUrl(
		mapUrl(base && /^\.{0,2}\//.test(text) && natives.URL.canParse(text, base) ? new natives.URL(text, base).href : text),
		true,
	);
}

const seenMeta: WeakSet<object> = new natives.WeakSet();

/** m: import.meta, whose properties are plain and writable (ECMA-262 section 13.3.12.1). */
function meta(object: Any): unknown {
	if (seenMeta.has(object)) return object;
	seenMeta.add(object);
	const { url, resolve } = object;
	if (typeof url === 'string') object.url = unmapUrl(url);
	if (typeof resolve === 'function') object.resolve = { resolve: (spec: unknown) => unmapUrl(resolve(mapUrl(`${spec}`))) }.resolve;
	return object;
}

/** Defines `$tandem$`, once in a realm; what makes a binding of it (run-script.ts, worker.ts) takes the property away. */
export function installGlobal(more: Partial<RuntimeGlobal>): void {
	const value: RuntimeGlobal = { v: see, w: hold, d: parts, a: assign, e: code, i: specifier, m: meta, ...more };
	natives.defineProperty(realm.global, RUNTIME_GLOBAL, {
		value: Object.freeze(value),
		enumerable: false,
		configurable: true,
		writable: false,
	});
}
