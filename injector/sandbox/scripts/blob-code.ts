// page and worker.
// Scripts behind blob: and data: URLs, which no proxy sees: read at once, rewritten, and given a URL of their own.
import { trimUrl } from '../../../protocol/url.ts';
import { readData, withGiven } from '../../../rewrite/data.ts';
import { method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { rewriteScript } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { unmapUrl } from '../../urls.ts';
import { bytes, readNow } from '../documents/embedded.ts';
import { type BlobText, keptText } from './blob-texts.ts';

const { TextDecoder } = realm.global;
const decode = method<string>(TextDecoder?.prototype, 'decode');

/** URL of a blob and kind → the URL that is loaded instead. Shared workers find each other by it, and a module that was loaded is found after its URL is revoked. */
const made = new natives.Map<string, string>();

/** The URL to load a script from; `frontOf` makes of its source what goes before it. Network URLs come back as they are. */
export function codeUrl(url: string, module: boolean, frontOf?: (source: string) => string): string {
	if (!/^\s*(?:blob|data):/i.test(url)) return url;
	const key = `${module} ${url}`;
	const known = made.get(key);
	if (known) return known;
	const found = keptText(url) ?? read(url);
	if (found === undefined) return url;
	const text = rewriteScript(found.text, module);
	const next = frontOf || text !== found.text ? urlOf((frontOf?.(found.text) ?? '') + text, found.type, url) : url;
	if (/^\s*blob:/i.test(url)) {
		made.set(key, next);
		if (next !== url) common.shared.blobs.set(next, unmapUrl(trimUrl(url)));
	}
	return next;
}

/** What was made of a blob's URL, for each kind. */
export function madeOf(url: string): string[] {
	return [made.get(`true ${url}`), made.get(`false ${url}`)].filter((next) => next !== undefined && next !== url) as string[];
}

/** A URL of the same kind and type: a data: worker has an opaque origin, a blob: one its maker's. */
function urlOf(text: string, type: string, like: string): string {
	if (/^\s*data:/i.test(like)) return `data:${type}${withGiven(like)},${encodeURIComponent(text)}`;
	return natives.createObjectURL(new natives.Blob([text], { type }));
}

/** The text behind a blob: or data: URL. The latter asked for would be a request of the page's own, which its policy may forbid (`connect-src`). */
function read(url: string): BlobText | undefined {
	const data = readData(url);
	return data ? { text: decode(new TextDecoder(), bytes(data.text)), type: data.type } : readNow(url, 'utf-8');
}
