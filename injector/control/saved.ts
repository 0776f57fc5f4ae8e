// page (host).
// What the page downloads while a guest acts (`<a download>`). The browser saves it at the host; the shell is told, which may give it to that guest. A file that
// the page made itself (`blob:`, `data:`: an export, a picture of a canvas) is had at no address, and may be gone at once: its bytes go along.
import { readData } from '../../rewrite/data.ts';
import { type Any, getter, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { bytes } from '../sandbox/documents/embedded.ts';
import { destination, destinationUrl, downloadRequest } from '../sandbox/history/navigation.ts';
import { blobBehind } from '../sandbox/scripts/blob-urls.ts';
import { unmapUrl } from '../urls.ts';
import { dom } from './dom.ts';
import { isGuests, type Stage } from './stage.ts';

const g = realm.global as Any;
const nameOf = getter<string>(g.File?.prototype, 'name');
/** How long after a guest's gesture a file is theirs, milliseconds: to make it may take its time. */
const MADE_FOR = 15_000;
/** Characters of a file's name. */
const NAME = 255;

let current: Stage | undefined;

/** Tells the shell of files that the page saves while a guest acts. Needs a browser with the Navigation API. */
export function watchSaved(stage: Stage): void {
	const first = !current;
	current = stage;
	if (!first || !g.navigation) return;
	natives.addEventListener(g.navigation, 'navigate', (event: Event) => {
		if (!current || !event.isTrusted || !isGuests(current, MADE_FOR)) return;
		const asked = downloadRequest(event);
		if (asked === null) return;
		const url = destinationUrl(destination(event));
		const file = fileAt(url);
		const name = (asked || file?.name || '').slice(0, NAME);
		if (file) current.ctx.send({ t: 'saved', name, file: file.blob });
		else if (/^https?:/.test(url)) current.ctx.send({ t: 'saved', name: name || lastOf(url), url: unmapUrl(url) });
	});
}

/** The last part of a path. */
function lastOf(url: string): string {
	const { pathname } = new natives.URL(url);
	return pathname.slice(pathname.lastIndexOf('/') + 1).slice(0, NAME) || 'download';
}

/** What a URL holds whose content stands in this window. */
function fileAt(url: string): { readonly blob: Blob; readonly name?: string } | undefined {
	const blob = blobBehind(url);
	if (blob) return { blob, name: blob instanceof dom.File ? nameOf(blob) : '' };
	const data = readData(unmapUrl(url));
	return data && { blob: new dom.Blob([bytes(data.text)], { type: data.type }) };
}
