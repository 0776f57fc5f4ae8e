// page and worker.
// What all realms of one origin in one tab have in common: a function hooked in one of them may be looked at from another, an element may
// be adopted by another, and an `about:blank` child is as much a part of its creator's document as of itself.
import { RUNTIME_GLOBAL } from '../protocol/page.ts';
import type { Any } from './natives.ts';
import { natives } from './natives.ts';
import type { Ears } from './relatives.ts';

/** How an attribute was written: what stands in the DOM, and what the page gave or must read. */
export interface Written {
	readonly raw: string;
	/** null: the page believes that there is none. */
	readonly given: string | null;
}

export interface Shared {
	/** Our function → the native one it stands for. */
	readonly disguises: WeakMap<object, unknown>;
	/** A native object → what rewritten scripts get in its place (Location, top, eval, postMessage). */
	readonly virtual: WeakMap<object, unknown>;
	/** Virtual Location → the real one. */
	readonly locations: WeakMap<object, Location>;
	/** A style object → the proxy that pages get for it: in Firefox one that a realm's `getComputedStyle` gives may be another realm's. And back. */
	readonly styles: WeakMap<object, object>;
	readonly styled: WeakMap<object, object>;
	/** Attributes whose original can't be computed from what stands in the DOM. */
	readonly written: WeakMap<object, Map<string, Written>>;
	/** Whether `written` holds anything: then serialization has to look. */
	readonly odd: { any: boolean };
	/** The URL of a blob that we made → the real one of the page's own blob it was made from. */
	readonly blobs: Map<string, string>;
	/** What sends the cookies that a document has written and not sent yet; `eager`: at once, since a page may wait for what it asks for. */
	readonly cookies: { flush?: (() => void) | undefined; eager: boolean };
	/** Hash → origin, of labels that are hashes. */
	readonly table: Map<string, string>;
	/** The Locations of windows that have the runtime: a Location lasts as long as its realm. */
	readonly realms: WeakSet<object>;
	/** The Locations of windows whose document shows no dialogs, nor do those inside it. */
	readonly mute: WeakSet<object>;
	/** Window → what calls a function there: what that does counts as done by its document. */
	readonly callers: WeakMap<object, (fn: Any, self: unknown, args: Any[]) => Any>;
	/** Windows that were opened by script: the secret name of the frame they began in → the window. */
	readonly opened: Map<string, Any>;
	/** The last window opened under each name. */
	readonly named: Map<string, Any>;
	/** Window that was opened by script → how many steps the browser's one history had before its own. */
	readonly before: WeakMap<object, number>;
	/** Window that was opened by script → where its opener wanted it on the screen. */
	readonly placed: WeakMap<object, { readonly left?: number | undefined; readonly top?: number | undefined }>;
	/** Window → what it was given before its first document came (sandbox/windows/carry.ts). */
	readonly given: WeakMap<object, unknown>;
	/** Root document of a tab → the elements in its documents that would have the focus (autofocus.ts). */
	readonly autofocus: WeakMap<object, unknown>;
	/** Window → what stands for it until its frame is there. */
	readonly facades: WeakMap<object, unknown>;
	/** Document → what its runtime is told by others (relatives.ts). */
	readonly ears: WeakMap<object, Ears>;
	/** Element → its closed shadow root, or an open one that was seen. */
	readonly roots: WeakMap<Element, ShadowRoot>;
	/** Canvas → how often it was drawn on. */
	readonly drawn: WeakMap<object, number>;
	/** Canvases, and bitmaps of them, that may show a secret. */
	readonly tainted: WeakSet<object>;
	/** The Location of a window in which no scripts run → its document that has the runtime (lent.ts). */
	readonly lent: WeakMap<object, Document>;
}

export function createShared(): Shared {
	return {
		disguises: new natives.WeakMap(),
		virtual: new natives.WeakMap(),
		locations: new natives.WeakMap(),
		styles: new natives.WeakMap(),
		styled: new natives.WeakMap(),
		written: new natives.WeakMap(),
		odd: { any: false },
		cookies: { eager: false },
		blobs: new natives.Map(),
		table: new natives.Map(),
		realms: new natives.WeakSet(),
		mute: new natives.WeakSet(),
		callers: new natives.WeakMap(),
		opened: new natives.Map(),
		named: new natives.Map(),
		before: new natives.WeakMap(),
		placed: new natives.WeakMap(),
		given: new natives.WeakMap(),
		autofocus: new natives.WeakMap(),
		facades: new natives.WeakMap(),
		ears: new natives.WeakMap(),
		roots: new natives.WeakMap(),
		drawn: new natives.WeakMap(),
		tainted: new natives.WeakSet(),
		lent: new natives.WeakMap(),
	};
}

/** The realm's part in it; main.ts sets it before anything else runs. */
export const common: { shared: Shared } = { shared: createShared() };

/**
 * What stands for the shell, which is above this realm's tab, and for its Location. Not shared: windows that opened one another share, and each is a
 * tab with a root of its own.
 */
export const above: { top?: unknown; root?: unknown; location?: unknown; rootLocation?: unknown } = {};

/** What a script of the page gets in the place of a native object; undefined where that is the object itself. */
export function virtualOf(value: object): unknown {
	if (value === above.top) return above.root;
	return value === above.location ? above.rootLocation : common.shared.virtual.get(value);
}

/** The event by which realms of one origin find each other: none of them has a property that tells. */
const DOOR = RUNTIME_GLOBAL;

/** Lets relatives of this window ask for what is shared; again after `document.open()` took all listeners off. */
export function openDoor(global: Any): void {
	natives.removeEventListener(global, DOOR, answer, true);
	natives.addEventListener(global, DOOR, answer, true);
}

function answer(event: Event): void {
	natives.eventDetail(event).shared = common.shared;
	natives.stopImmediatePropagation(event);
}

/** What a relative shares; undefined where it is of another origin, or has no runtime. */
export function sharedOf(relative: Any): Shared | undefined {
	const detail: { shared?: Shared } = {};
	try {
		if (relative) natives.dispatchEvent(relative, new natives.CustomEvent(DOOR, { detail }));
	} catch {
		// another origin's
	}
	return detail.shared;
}
