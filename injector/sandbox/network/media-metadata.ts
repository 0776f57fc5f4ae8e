// page.
// Pictures that the browser itself fetches and shows for a page: those of what is playing (Media Session section 8), and of notifications.
import { call, hookAccessor, hookConstructor, hookGetter } from '../../hook.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapUrl, unmapUrl } from '../../urls.ts';

type Images = readonly { readonly src: string }[];

const each = (images: Images, map: (url: string) => string): Images =>
	natives.freeze(images.map((image) => natives.freeze({ ...image, src: map(image.src) })));

export function installMediaMetadata(): void {
	const { global } = realm;
	for (const name of ['icon', 'image', 'badge']) hookGetter(global.Notification?.prototype, name, unmapUrl);
	const proto = global.MediaMetadata?.prototype;
	const artwork = proto && natives.getOwnPropertyDescriptor(proto, 'artwork');
	if (!artwork?.get || !artwork.set) return;
	const { get, set } = artwork as { get: Any; set: Any };
	const keep = (self: Any) => call(set, self, [each(call(get, self, []), mapUrl)]);
	hookConstructor(global, 'MediaMetadata', (native, args, newTarget) => {
		const metadata = natives.construct(native, args, newTarget) as object;
		keep(metadata);
		return metadata;
	});
	hookAccessor(proto, 'artwork', {
		get: (native, self) => each(call(native, self, []), unmapUrl),
		set(native, self, value) {
			call(native, self, [value]);
			keep(self);
		},
	});
	hookAccessor(global.ChapterInformation?.prototype, 'artwork', { get: (native, self) => each(call(native, self, []), unmapUrl) });
}
