// page and worker.
// Performance entries name URLs: real ones, and none of our own requests.
import { OWN_PATH } from '../../../protocol/page.ts';
import { call, hookAccessor, hookGetter, hookMethod } from '../../hook.ts';
import { type Any, getter, natives, softGetter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapAt, unmapUrl } from '../../urls.ts';

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
	hookAccessor(realm.global.PerformanceLongAnimationFrameTiming?.prototype, 'scripts', {
		get: (native, self) => scriptsOf(call(native, self, [])),
	});
	for (const owner of [
		'PerformanceEntry',
		'PerformanceLongAnimationFrameTiming',
		'PerformanceScriptTiming',
		'PerformanceResourceTiming',
		'PerformanceNavigationTiming',
		'LargestContentfulPaint',
	]) {
		hookMethod(realm.global[owner]?.prototype, 'toJSON', (native, self, args) => realNames(call(native, self, args)));
	}
	for (const owner of [Performance.prototype, PerformanceObserverEntryList?.prototype]) {
		for (const method of ['getEntries', 'getEntriesByType'])
			hookMethod(owner, method, (native, self, args) => theirs(call(native, self, args)));
		hookMethod(owner, 'getEntriesByName', (native, self, args) => theirs(call(native, self, mapAt(args, 0))));
	}
}

function theirs(entries: Any[]): Any[] {
	return entries.filter((entry) => !name(entry).startsWith(realm.ours + OWN_PATH));
}

const sourceUrl = softGetter<string>(realm.global.PerformanceScriptTiming?.prototype, 'sourceURL');
const shown: WeakMap<object, Any[]> = new natives.WeakMap();

/** Long Animation Frames section 4: without what of ours ran in the frame, whose document may be another by now. */
function scriptsOf(scripts: Any[]): Any[] {
	const known = shown.get(scripts);
	if (known) return known;
	const left = scripts.filter((script) => {
		const url = sourceUrl(script) ?? script.sourceURL;
		return url && !url.startsWith(realm.ours + OWN_PATH);
	});
	const list = left.length === scripts.length ? scripts : (natives.freeze(left) as Any[]);
	shown.set(scripts, list);
	return list;
}

function realNames(json: Any): Any {
	for (const key of ['name', 'url', 'sourceURL', 'invoker']) if (typeof json?.[key] === 'string') json[key] = unmapUrl(json[key]);
	if (natives.isArray(json?.scripts)) json.scripts = scriptsOf(json.scripts);
	return json;
}
