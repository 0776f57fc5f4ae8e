// page.
// Where the boot data comes from: our own script element, or what a parent left for us in a document it made.
import { BOOT_ATTRIBUTE, type Boot, RUNTIME_GLOBAL } from '../protocol/page.ts';
import type { Seed } from './children.ts';
import type { Lent } from './lent.ts';
import { type Any, natives } from './natives.ts';
import type { RuntimeGlobal } from './sandbox/scripts/globals.ts';
import { common, createShared, sharedOf } from './shared.ts';

export interface Start {
	readonly boot: Boot;
	readonly runtimeUrl: string;
	/** In a window that a page has just opened: that page's real URL. */
	readonly opener?: string | undefined;
	readonly lent?: Lent | undefined;
}

declare const $tandem$: RuntimeGlobal;

/** Reads the boot and takes every trace of it out of the document; undefined where there is none, so that nothing is to be done. */
export function readBoot(global: Any): Start | undefined {
	const seed = natives.getOwnPropertyDescriptor(global, RUNTIME_GLOBAL)?.value as Seed | undefined;
	if (seed?.boot) {
		natives.deleteProperty(global, RUNTIME_GLOBAL);
		common.shared = seed.shared;
		return seed;
	}
	const script = global.document.currentScript as HTMLScriptElement | null;
	const text = script && natives.getAttribute(script, BOOT_ATTRIBUTE);
	if (!script || !text) return undefined;
	natives.removeElement(script);
	const boot: Boot = natives.parse(text);
	// a new document in a window that has the runtime already: `src` is the page's there, and not asked
	const here = typeof $tandem$ === 'undefined' ? undefined : $tandem$;
	if (here?.again) return void here.again(boot);
	common.shared = sharedOf(relativeOf(global)) ?? createShared();
	return { boot, runtimeUrl: script.src };
}

/**
 * The window this one may share a realm's things with. A parent of another origin has none to share and is not even asked, which would throw: for
 * an error V8 looks up where in the source everything on the stack stands, and to tell that of ours it parses the whole runtime again.
 */
function relativeOf(global: Any): Any {
	return (global.frameElement ? global.parent : undefined) ?? global.opener;
}
