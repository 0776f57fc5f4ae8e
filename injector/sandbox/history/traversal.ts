// page.
// history.go, back and forward (HTML section 7.4.3). In a tab's root: of several asked for at once a browser's top window carries out the first that
// leads to another document; in a frame, which a root is, it carries out all.
import { call, hookMethod } from '../../hook.ts';
import { type Any, getter, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import type { Place } from '../../windows.ts';

/** Milliseconds after which a traversal that led nowhere (a page may ask to stay) hinders no other. */
const PATIENCE = 1000;

const proto = realm.global.Navigation?.prototype;
const entries = method<NavigationHistoryEntry[]>(proto, 'entries');
const currentEntry = getter<NavigationHistoryEntry | null>(proto, 'currentEntry');

/** Tells the shell that the page goes somewhere, once it wants to see to that itself (dashboard/shell/host/tab-histories.ts). */
let leave: ((by: number) => void) | undefined;

/** The window's history has other tabs' steps in it from now on. */
export function setApart(tell: (by: number) => void): void {
	leave = tell;
}

export function installTraversal({ isTop, shell }: Place): void {
	const { history, History, navigation } = realm.global;
	if (!shell || !navigation) return;
	let leaving = false;
	const watch = (name: string, stepOf: (by: unknown) => number) =>
		hookMethod(History.prototype, name, (native, self, args) => {
			if (self !== history) return call(native, self, args);
			const step = stepOf(args[0]);
			if (leave && step) return leave(step);
			if (!isTop) return call(native, self, args);
			if (leaving && step) return undefined;
			const result = call(native, self, name === 'go' && args.length ? [step] : args);
			if (!leads(navigation, step)) return result;
			leaving = true;
			natives.setTimeout(() => {
				leaving = false;
			}, PATIENCE);
			return result;
		});
	watch('go', (by) => (by as Any) | 0);
	watch('back', () => -1);
	watch('forward', () => 1);
}

/** Whether so many steps lead to another document: as far as the list goes, which ends where another origin begins. */
function leads(navigation: Any, step: number): boolean {
	const at = currentEntry(navigation)?.index ?? -1;
	const entry = step && at >= 0 ? entries(navigation)[at + step] : undefined;
	return entry !== undefined && !entry.sameDocument;
}
