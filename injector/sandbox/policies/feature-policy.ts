// page.
// document.featurePolicy and that of a frame (Permissions Policy section 9): the origins it names are real ones.
import { call, hookMethod } from '../../hook.ts';
import { realm } from '../../realm.ts';
import { mapAt, unmapUrl } from '../../urls.ts';

export function installFeaturePolicy(): void {
	const proto = realm.global.FeaturePolicy?.prototype;
	hookMethod(proto, 'getAllowlistForFeature', (native, self, args) => call(native, self, args).map(unmapUrl));
	hookMethod(proto, 'allowsFeature', (native, self, args) => call(native, self, mapAt(args, 1)));
}
