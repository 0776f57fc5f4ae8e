// page.
// Documents in which no script runs (a frame sandboxed without scripts, as webmail shows letters). A browser calls no function of theirs (Web IDL section 3.12),
// but those of a document of their origin above them: that one makes the runtime once more, of its own functions and for their window (docs/decisions/0028).
import { BOOT_ATTRIBUTE, type Boot, RUNTIME_GLOBAL } from '../protocol/page.ts';
import { type Any, getter, type Natives, natives } from './natives.ts';
import type { Point } from './port.ts';
import { queryAll } from './query.ts';
import { realm } from './realm.ts';
import { common } from './shared.ts';

/** What the runtime of such a document has from the one above it. */
export interface Lent {
	/** The innermost window above it in which scripts run, and that one's runtime, made for another window. */
	readonly home: Window;
	readonly run: (window: Window) => void;
	/** Whose timers are called. */
	readonly timers: Natives;
	/** Takes the place of messages to the parent, which would come from `home`. */
	readonly parent: ToParent;
}

export interface ToParent {
	greet(child: Window, frame: number): void;
	point(child: Window, at: Point | undefined): void;
}

/** The runtime as a function of the window that it is for (scripts/build.mjs). */
declare const runtimeIn: ((window: Window) => void) | undefined;

const matchMedia = natives.getOwnPropertyDescriptor(realm.global, 'matchMedia')?.value;
const matches = getter<boolean>(realm.global.MediaQueryList?.prototype, 'matches');

/** The runtime's own text, to be run in another window of this origin as a script of that one's. It keeps its name, by which stacks and reports leave it out. */
export function runtimeSource(): string {
	return runtimeIn ? `(${natives.functionToString(runtimeIn)})(globalThis)\n//# sourceURL=${realm.runtimeUrl}` : '';
}

/** Whether a window's document runs no scripts (Media Queries 5 section 9.1). */
export function isScriptless(window: Window): boolean {
	return matches(natives.apply(matchMedia, window, ['(scripting: none)']));
}

/** What stands in the document for a runtime that will not run is taken out of it. */
function ownBoot(doc: Document): Boot | undefined {
	let boot: Boot | undefined;
	const scripts = queryAll(doc, `script[${BOOT_ATTRIBUTE}]`);
	for (let i = 0; i < scripts.length; i++) {
		const script = scripts[i] as Element;
		const text = natives.getAttribute(script, BOOT_ATTRIBUTE);
		if (text) boot ??= natives.parse(text);
		natives.removeElement(script);
	}
	return boot;
}

/** Which of `frames` leads to a window, from `home` down; undefined where a frame on the way stands in a shadow tree, and is none of them. */
export function wayTo(window: Window, home: Window): number[] | undefined {
	const way: number[] = [];
	for (let at = window; at !== home; at = at.parent) {
		let i = 0;
		while (i < at.parent.length && at.parent[i] !== at) i++;
		if (i === at.parent.length) return undefined;
		way.unshift(i);
	}
	return way;
}

/** Runs the runtime for `child`, whose document runs no scripts, and again for each document that it has. `boot`: where the document says nothing itself. */
export function lend(child: Any, boot: Boot, parent: ToParent): void {
	const doc = child.document as Document;
	if (child.parent !== realm.global || common.shared.lent.get(child.location) === doc) return;
	const loading = natives.readyState(doc) === 'loading';
	const own = ownBoot(doc);
	if (!own && loading && natives.documentURL(doc).startsWith(realm.ours)) return; // its first bytes are on their way
	const { home, run } = realm.lent ?? { home: realm.global, run: runtimeIn };
	if (!run || !wayTo(child, home)) return;
	common.shared.lent.set(child.location, doc);
	const here = child[RUNTIME_GLOBAL];
	if (here?.again) return void here.again(own ?? boot);
	const lent: Lent = { home, run, timers: natives, parent };
	const seed = { boot: own ?? boot, shared: common.shared, runtimeUrl: realm.runtimeUrl, lent };
	natives.defineProperty(child, RUNTIME_GLOBAL, { value: seed, configurable: true });
	run(child);
}
