// page and worker.
// URL.createObjectURL (File API section 8.4): a blob's URL names an origin, and has to name the real one.
import { call, hookMethod } from '../../hook.ts';
import { natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapAt, mapUrl, unmapUrl } from '../../urls.ts';
import { forgetEmbedded } from '../documents/embedded.ts';
import { madeOf } from './blob-code.ts';
import { dropText, installBlobTexts, keepText } from './blob-texts.ts';

/** Milliseconds for which what had begun before may still need what we made of a blob: ours begins later than the page's own would. */
const LEFT = 10_000;

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
				dropText(ours);
				for (const next of [forgetEmbedded(ours), ...madeOf(ours)])
					if (next !== undefined) natives.setTimeout(() => natives.revokeObjectURL(next), LEFT);
				return ours;
			}),
		),
	);
}
