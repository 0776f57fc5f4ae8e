// page and worker.
// Performance entries name URLs: real ones, and none of our own requests.
import { OWN_PATH } from '../../protocol/page.ts';
import { call, hookGetter, hookMethod } from '../hook.ts';
import { type Any, getter } from '../natives.ts';
import { realm } from '../realm.ts';
import { mapUrl, unmapUrl } from '../urls.ts';

const name = getter<string>(realm.global.PerformanceEntry?.prototype, 'name');

export function installPerformance(): void {
	const { PerformanceEntry, PerformanceObserverEntryList, Performance } = realm.global;
	if (!PerformanceEntry) return;
	hookGetter(PerformanceEntry.prototype, 'name', unmapUrl);
	for (const [proto, property] of [
		['LargestContentfulPaint', 'url'],
		['PerformanceElementTiming', 'url'],
		['TaskAttributionTiming', 'containerSrc'],
		['PerformanceScriptTiming', 'sourceURL'],
		['PerformanceScriptTiming', 'invoker'],
	] as const) {
		hookGetter(realm.global[proto]?.prototype, property, unmapUrl);
	}
	for (const owner of ['PerformanceEntry', 'PerformanceResourceTiming', 'PerformanceNavigationTiming', 'LargestContentfulPaint']) {
		hookMethod(realm.global[owner]?.prototype, 'toJSON', (native, self, args) => realNames(call(native, self, args)));
	}
	for (const owner of [Performance.prototype, PerformanceObserverEntryList?.prototype]) {
		for (const method of ['getEntries', 'getEntriesByType'])
			hookMethod(owner, method, (native, self, args) => theirs(call(native, self, args)));
		hookMethod(owner, 'getEntriesByName', (native, self, [wanted, ...rest]) =>
			theirs(call(native, self, wanted === undefined ? [] : [mapUrl(`${wanted}`), ...rest])),
		);
	}
}

function theirs(entries: Any[]): Any[] {
	return entries.filter((entry) => !name(entry).startsWith(realm.ours + OWN_PATH));
}

function realNames(json: Any): Any {
	for (const key of ['name', 'url']) if (typeof json?.[key] === 'string') json[key] = unmapUrl(json[key]);
	return json;
}
