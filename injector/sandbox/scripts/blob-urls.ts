// page and worker.
// URL.createObjectURL (File API section 8.4): a blob's URL names an origin, and has to name the real one.
import { call, hookMethod } from '../../hook.ts';
import { realm } from '../../realm.ts';
import { mapAt, mapUrl, unmapUrl } from '../../urls.ts';
import { revoke } from '../documents/embedded.ts';

export function installBlobUrls(): void {
	const { URL } = realm.global;
	hookMethod(URL, 'createObjectURL', (native, self, args) => unmapUrl(call(native, self, args)));
	hookMethod(URL, 'revokeObjectURL', (native, self, args) =>
		call(
			native,
			self,
			mapAt(args, 0, (url) => {
				const ours = mapUrl(url);
				revoke(ours);
				return ours;
			}),
		),
	);
}
