// page.
// Documents that are made in the page (about:blank, document.open) are fresh realms without our hooks: the runtime is run in them as soon
// as anybody can touch them.
import { type Boot, RUNTIME_GLOBAL } from '../protocol/page.ts';
import { call, hookAccessor } from './hook.ts';
import { isScriptless, type Lent, lend, runtimeSource } from './lent.ts';
import { type Any, natives } from './natives.ts';
import { fromLent } from './port.ts';
import { realm } from './realm.ts';
import { runScript } from './run-script.ts';
import { documentUrl } from './sandbox/documents/html.ts';
import { common, type Shared, sharedOf } from './shared.ts';

/** What a parent leaves at `$tandem$` for the runtime it runs in a child, which takes it away. */
export interface Seed {
	readonly boot: Boot;
	readonly shared: Shared;
	readonly runtimeUrl: string;
	/** A window that was just opened: the real URL of the document that opened it. */
	readonly opener?: string | undefined;
	readonly lent?: Lent | undefined;
}

const OWNERS: readonly (readonly [string, readonly string[]])[] = [
	['HTMLIFrameElement', ['contentWindow', 'contentDocument']],
	['HTMLFrameElement', ['contentWindow', 'contentDocument']],
	['HTMLObjectElement', ['contentWindow', 'contentDocument']],
];

export function installChildren(): void {
	for (const [name, properties] of OWNERS) {
		for (const property of properties) {
			hookAccessor(realm.global[name]?.prototype, property, {
				get(native, self) {
					const value = call(native, self, []);
					if (value) reach(property === 'contentWindow' ? value : natives.defaultView(value));
					return value;
				},
			});
		}
	}
}

/** An about:blank frame fires `load` while it is inserted, so that its window is ours before the inserting script goes on. */
export function watchFrames(root: Document | ShadowRoot): void {
	natives.removeEventListener(root, 'load', onLoad, true);
	natives.addEventListener(root, 'load', onLoad, true);
}

function onLoad(event: Event): void {
	reach(windowOf(natives.eventTarget(event)), undefined, true);
}

const getters = new natives.Map<string, (self: unknown) => Window | null>();
for (const [name] of OWNERS) {
	const get = natives.getOwnPropertyDescriptor(realm.global[name]?.prototype ?? {}, 'contentWindow')?.get;
	if (get) getters.set(name.slice(4, -7).toLowerCase(), (self) => natives.apply(get, self, []) as Window | null);
}

/** The window of a frame element; null for everything else. */
export function windowOf(node: Any): Window | null {
	try {
		if (natives.nodeType(node) !== 1) return null;
		return getters.get(natives.localName(node))?.(node) ?? null;
	} catch {
		return null; // no node, or an element of that name in another namespace
	}
}

/** Runs the runtime in `child` unless it is cross-origin or has one. `opener`: it is a window that the document of this real URL has just opened. `loaded`: it has another document than before. */
export function reach(child: Any, opener?: string, loaded = false): void {
	try {
		if (!child || child === realm.global) return;
		const known = common.shared.realms.has(child.location);
		// the window of an initial about:blank may be that of a document that its policy's sandbox lets run no scripts
		if (known && !common.shared.lent.has(child.location) && !(loaded && isScriptless(child))) return;
		// one whose opener was cut shares nothing with its opener, and is asked
		if (!known && sharedOf(child)) return;
		const url = documentUrl();
		const boot = { ...realm.boot, creator: url, referrer: url, table: {}, contentType: undefined, opens: undefined, unpoliced: undefined };
		if (known || isScriptless(child)) return void lend(child, boot, fromLent);
		const seed: Seed = { boot, shared: common.shared, runtimeUrl: realm.runtimeUrl, opener };
		natives.defineProperty(child, RUNTIME_GLOBAL, { value: seed, configurable: true });
		// by a script, whose compiled text the browser keeps for the next frame, which it doesn't for eval
		const at = natives.documentURL(child.document);
		if (/^(?:about|blob|data|javascript):/.test(at) || at.startsWith(realm.ours)) runScript(child.document, runtimeSource());
	} catch {
		// cross-origin: it has its own
	}
}
