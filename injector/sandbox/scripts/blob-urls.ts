// page and worker.
// URL.createObjectURL (File API section 8.4): a blob's URL names an origin, and has to name the real one.
import { call, hookMethod } from '../../hook.ts';
import { getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapAt, mapUrl, unmapUrl } from '../../urls.ts';
import { forgetEmbedded } from '../documents/embedded.ts';
import { madeOf } from './blob-code.ts';
import { dropText, installBlobTexts, keepText } from './blob-texts.ts';

/** Milliseconds for which what had begun before may still need what we made of a blob: ours begins later than the page's own would. */
const LEFT = 10_000;

/** What stands behind URLs of this window. The browser keeps it as long as the URL, so that to have it here costs no more. */
const blobs = new natives.Map<string, Blob>();
const sizeOf = getter<number>(realm.global.Blob?.prototype, 'size');

/** The blob of a URL that was made in this window and not revoked. */
export function blobBehind(url: string): Blob | undefined {
	return blobs.get(url);
}

export function installBlobUrls(): void {
	const { URL } = realm.global;
	installBlobTexts();
	hookMethod(URL, 'createObjectURL', (native, self, args) => {
		const url = call(native, self, args) as string;
		keepText(url, args[0]);
		if (isBlob(args[0])) blobs.set(url, args[0]);
		return unmapUrl(url);
	});
	hookMethod(URL, 'revokeObjectURL', (native, self, args) =>
		call(
			native,
			self,
			mapAt(args, 0, (url) => {
				const ours = mapUrl(url);
				dropText(ours);
				blobs.delete(ours);
				for (const next of [forgetEmbedded(ours), ...madeOf(ours)])
					if (next !== undefined) natives.setTimeout(() => natives.revokeObjectURL(next), LEFT);
				return ours;
			}),
		),
	);
}

/** Not a MediaSource, which may stand behind such a URL too. */
function isBlob(value: unknown): value is Blob {
	try {
		return sizeOf(value) >= 0;
	} catch {
		return false;
	}
}
