// page and worker.
// URL.createObjectURL (File API section 8.4): a blob's URL names an origin, and has to name the real one.
import { call, hookMethod } from '../hook.ts';
import { realm } from '../realm.ts';
import { mapUrl, unmapUrl } from '../urls.ts';
import { revoke } from './embedded.ts';

export function installBlobUrls(): void {
	const { URL } = realm.global;
	hookMethod(URL, 'createObjectURL', (native, self, args) => unmapUrl(call(native, self, args)));
	hookMethod(URL, 'revokeObjectURL', (native, self, args) => {
		if (!args.length) return call(native, self, args);
		const url = mapUrl(`${args[0]}`);
		revoke(url);
		return call(native, self, [url]);
	});
}
