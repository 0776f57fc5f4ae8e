// page.
// history.pushState and replaceState (HTML section 7.4.4): an absolute URL is mapped; another origin's throws, as it does without us. And length, which
// in a window that a page of this origin has opened begins anew.
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { getter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import { mapAt, realError } from '../../urls.ts';

const lengthOf = getter<number>(realm.global.History?.prototype, 'length');

/** A window was opened: all that the browser's history has is before its first step. */
export function beginHistory(window: object): void {
	common.shared.before.set(window, lengthOf(realm.global.history) - 1);
}

export function installHistory(root: object, onChange: () => void): void {
	hookAccessor(realm.global.History.prototype, 'length', {
		get: (native, self) => (call(native, self, []) as number) - (common.shared.before.get(root) ?? 0),
	});
	for (const name of ['pushState', 'replaceState']) {
		hookMethod(realm.global.History.prototype, name, (native, self, args) => {
			try {
				call(native, self, mapAt(args, 2));
			} catch (error) {
				throw realError(error);
			}
			onChange();
		});
	}
}
