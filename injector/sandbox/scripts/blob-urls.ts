// page and worker.
// URL.createObjectURL (File API section 8.4): a blob's URL names an origin, and has to name the real one.
import { call, hookMethod } from '../../hook.ts';
import { realm } from '../../realm.ts';
import { mapAt, mapUrl, unmapUrl } from '../../urls.ts';
import { revoke } from '../documents/embedded.ts';
import { dropText, installBlobTexts, keepText } from './blob-texts.ts';

export function installBlobUrls(): void {
	const { URL } = realm.global;
	installBlobTexts();
	hookMethod(URL, 'createObjectURL', (native, self, args) => {
		const url = call(native, self, args) as string;
		keepText(url, args[0]);
		return unmapUrl(url);
	});
	hookMethod(URL, 'revokeObjectURL', (native, self, args) =>
		call(
			native,
			self,
			mapAt(args, 0, (url) => {
				const ours = mapUrl(url);
				revoke(ours);
				dropText(ours);
				return ours;
			}),
		),
	);
}
