// page and worker.
// The global that rewritten scripts call, `$tandem$` (rewrite/js/wrap.ts lists what each method is for). Each method looks at the value
// it is given, so the rewriter needs no scope analysis.
import { type Boot, RUNTIME_GLOBAL } from '../../../protocol/page.ts';
import { withSlashes } from '../../../rewrite/url.ts';
import { call, wrap } from '../../hook.ts';
import { late } from '../../late.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { fromTrusted, rewriteScript } from '../../rewriting.ts';
import { virtualOf } from '../../shared.ts';
import { mapTarget, mapUrl, unmapText, unmapUrl } from '../../urls.ts';
import { isLocation } from '../history/location.ts';
import { access, accessKey, hold, parts, see } from '../windows/view.ts';
import { codeUrl } from './blob-code.ts';

/** What stands at `$tandem$`: the rewriter's calls, and what the server's own scripts call. */
export interface RuntimeGlobal {
	readonly v: typeof see;
	readonly w: typeof hold;
	readonly d: typeof parts;
	readonly a: typeof assign;
	readonly e: typeof code;
	readonly i: typeof specifier;
	readonly m: typeof meta;
	readonly r: typeof imported;
	readonly p: typeof access;
	readonly q: typeof accessKey;
	/** The text of a document that a `javascript:` URL makes. */
	readonly j?: ((text: string) => string) | undefined;
	/** Called by a script of ours before an inline script that speaks of opening a window. */
	readonly h?: (() => void) | undefined;
	/** Takes a new document in the same window over (the initial about:blank's window is kept by a same-origin navigation). */
	readonly again?: ((boot: Boot) => void) | undefined;
	/** Called at the end of a worker's runtime: `top` is `this` of the script it stands in. */
	readonly g?: ((top: unknown) => void) | undefined;
}

/** a: a free `location`, which may be the window's or any variable of that name. */
function assign(value: Any, set: (value: unknown) => void): { v: unknown } {
	const real = virtualOf(value as object) !== undefined || isLocation(value);
	return {
		get v() {
			return see(value);
		},
		set v(next: unknown) {
			set(real ? late(next, mapTarget) : next);
		},
	};
}

/** e: the first argument of a direct eval, rewritten where it is source text. */
function code(source: unknown): unknown {
	if (typeof source === 'string') return rewriteScript(source);
	return fromTrusted(source, 'TrustedScript', rewriteScript);
}

/**
 * i: the specifier of a dynamic import, and the real URL it is relative to where that is not the script's own. An object is asked for its
 * text when the import asks, which makes a refusal of what it throws (ECMA-262, EvaluateImportCall).
 */
function specifier(spec: unknown, base?: string): unknown {
	if (typeof spec === 'object' && spec) return { __proto__: null, toString: () => specifier(`${spec}`, base) };
	if (typeof spec !== 'string') return spec;
	return codeUrl(
		mapUrl(base && /^\.{0,2}\//.test(spec) && natives.URL.canParse(spec, base) ? new natives.URL(spec, base).href : withSlashes(spec)),
		true,
	);
}

/** r: the promise of a dynamic import. The browser's own refusal names the URL that was asked for. */
function imported(promise: Promise<unknown>): Promise<unknown> {
	return natives.promiseThen(promise, undefined, (error: Any) => {
		const message = error instanceof natives.TypeError && natives.getOwnPropertyDescriptor(error, 'message')?.value;
		if (typeof message === 'string' && message.includes(realm.mark)) error.message = unmapText(message);
		throw error;
	}) as Promise<unknown>;
}

const seenMeta: WeakSet<object> = new natives.WeakSet();

/** m: import.meta, whose properties are plain and writable (ECMA-262 section 13.3.12.1). */
function meta(object: Any): unknown {
	if (seenMeta.has(object)) return object;
	seenMeta.add(object);
	const { url, resolve } = object;
	if (typeof url === 'string') object.url = unmapUrl(url);
	if (typeof resolve === 'function')
		object.resolve = wrap(resolve, (native, self, args) => unmapUrl(call(native, self, args.length ? [mapUrl(`${args[0]}`)] : args)));
	return object;
}

/** Defines `$tandem$`, once in a realm; what makes a binding of it (run-script.ts, worker.ts) takes the property away. */
export function installGlobal(more: Partial<RuntimeGlobal>): void {
	const calls = { v: see, w: hold, d: parts, a: assign, e: code, i: specifier, m: meta, r: imported, p: access, q: accessKey };
	const value: RuntimeGlobal = { ...calls, ...more };
	natives.defineProperty(realm.global, RUNTIME_GLOBAL, {
		value: Object.freeze(value),
		enumerable: false,
		configurable: true,
		writable: false,
	});
}
