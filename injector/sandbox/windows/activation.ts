// page.
// Where a document came from: what stood in a tab's root before its first page is a document of ours, and nothing that a page knows of.
import { OWN_PATH } from '../../../protocol/page.ts';
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { type Any, getter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import type { Place } from '../../windows.ts';

const { Navigation, NavigationActivation, NavigationHistoryEntry } = realm.global;
const activation = getter<object | null>(Navigation?.prototype, 'activation');
const from = getter<object | null>(NavigationActivation?.prototype, 'from');
const url = getter<string | null>(NavigationHistoryEntry?.prototype, 'url');

const isOurs = (entry: object | null): boolean => !!entry && !!url(entry)?.startsWith(realm.ours + OWN_PATH);

export function installActivation({ isTop, shell }: Place): void {
	const { navigation, PerformanceNavigationTiming, PerformanceTiming } = realm.global;
	if (!isTop || !shell || !NavigationActivation) return;
	hookAccessor(NavigationActivation.prototype, 'from', {
		get(native, self) {
			const entry = call(native, self, []);
			return isOurs(entry) ? null : entry;
		},
	});
	hookAccessor(NavigationActivation.prototype, 'navigationType', {
		get(native, self) {
			const type = call(native, self, []);
			const entry = from(self);
			return type === 'replace' && (!entry || isOurs(entry)) ? 'push' : type;
		},
	});
	// Navigation Timing section 4: when that document was unloaded.
	const first = (): boolean => {
		const now = activation(navigation);
		return !!now && isOurs(from(now));
	};
	for (const owner of [PerformanceNavigationTiming, PerformanceTiming]) {
		for (const name of ['unloadEventStart', 'unloadEventEnd'])
			hookAccessor(owner?.prototype, name, { get: (native, self) => (first() ? 0 : call(native, self, [])) });
		hookMethod(owner?.prototype, 'toJSON', (native, self, args) => {
			const json: Any = call(native, self, args);
			return first() ? { ...json, unloadEventStart: 0, unloadEventEnd: 0 } : json;
		});
	}
}
