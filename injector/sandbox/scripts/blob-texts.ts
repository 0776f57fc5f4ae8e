// page and worker.
// What scripts behind blob: URLs are made of (File API sections 3.1 and 8.4): a page's policy may let nobody read such a URL (`connect-src`), us neither.
import { trimUrl } from '../../../protocol/url.ts';
import { hookConstructor } from '../../hook.ts';
import { getter, natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';
import { make } from '../network/network.ts';

export interface BlobText {
	readonly text: string;
	readonly type: string;
}

const typeOf = getter<string>(realm.global.Blob?.prototype, 'type');
const made: WeakMap<object, BlobText> = new natives.WeakMap();
const kept = new natives.Map<string, BlobText>();

export function installBlobTexts(): void {
	const { Blob, File } = realm.global;
	hookConstructor(realm.global, 'Blob', (native, args, newTarget) => {
		const blob = make(native, args, newTarget);
		// an iterator would be used up by a look
		if (args.length && natives.isArray(args[0]) && /script|^$/.test(typeOf(blob))) remember(blob, args[0]);
		return blob;
	});
	if (natives.getPrototypeOf(File) === Blob) natives.setPrototypeOf(File, realm.global.Blob);
}

/** Only what is made of strings: bytes and other blobs have no text yet. */
function remember(blob: object, parts: readonly unknown[]): void {
	let text = '';
	for (let i = 0; i < parts.length; i++) {
		if (typeof parts[i] !== 'string') return;
		text += parts[i];
	}
	made.set(blob, { text, type: typeOf(blob) });
}

/** `url` was made for `blob`: where there may be a policy its text lasts as long as the URL does. */
export function keepText(url: string, blob: object): void {
	const found = made.get(blob);
	if (found && !isUnpoliced()) kept.set(url, found);
}

export function dropText(url: string): void {
	kept.delete(url);
}

export function keptText(url: string): BlobText | undefined {
	return kept.get(trimUrl(url));
}

/** Whether nothing keeps this document, or a worker of its origin, from reading and importing what it likes. A worker's policies are the document's (CSP section 4.2.2). */
export function isUnpoliced(): boolean {
	const { document, origin } = realm.global;
	return !!realm.boot.unpoliced && origin !== 'null' && !queryAll(document, 'meta[http-equiv="content-security-policy" i]').length;
}
