// page.
// Documents and style sheets behind data: and blob: URLs, which no proxy sees: read at once, rewritten, and given a URL of their own.
import { trimUrl } from '../../../protocol/url.ts';
import { mapData } from '../../../rewrite/data.ts';
import { natives } from '../../natives.ts';
import { common } from '../../shared.ts';
import { unmapUrl } from '../../urls.ts';
import { ownLook } from '../policies/violations.ts';
import type { BlobText } from '../scripts/blob-texts.ts';

/** URL of a page's blob → the one that is loaded instead. */
const made = new natives.Map<string, string>();

/** The URL to load instead of `url`, whose text goes through `map` where it is of `type`; the same where nothing changes. */
export function embeddedUrl(url: string, type: RegExp, map: (text: string, type: string) => string): string {
	if (!/^\s*blob:/i.test(url)) return mapData(url, type, map);
	const hash = url.indexOf('#');
	const plain = hash < 0 ? url : url.slice(0, hash);
	const next = made.get(plain) ?? remade(plain, type, map);
	return next === undefined ? url : next + url.slice(plain.length);
}

/** Forgets what was made of a blob whose URL the page revokes; answers its URL. */
export function forgetEmbedded(url: string): string | undefined {
	const next = made.get(url);
	made.delete(url);
	return next;
}

function remade(url: string, type: RegExp, map: (text: string, type: string) => string): string | undefined {
	const found = readBytes(url);
	if (!found || !type.test(found.type)) return undefined;
	const text = map(found.text, found.type);
	if (text === found.text) return undefined;
	const next = natives.createObjectURL(new natives.Blob([bytes(text)], { type: found.type }));
	made.set(url, next);
	common.shared.blobs.set(next, unmapUrl(trimUrl(url)));
	return next;
}

/** A blob's bytes, a char each, and its type. */
function readBytes(url: string): BlobText | undefined {
	const found = readNow(url, 'x-user-defined');
	return found && { ...found, text: found.text.replace(/[\u0100-\uffff]/g, (c) => String.fromCharCode(c.charCodeAt(0) & 0xff)) };
}

/** The text behind a blob: URL; undefined where it is gone, or where there is no synchronous way to it (service workers). */
export function readNow(url: string, charset: string): BlobText | undefined {
	ownLook();
	try {
		const xhr = new natives.XMLHttpRequest();
		natives.xhrOpen(xhr, 'GET', url, false);
		natives.xhrMime(xhr, `text/plain;charset=${charset}`); // else a blob without a type is tried as XML
		natives.xhrSend(xhr, null);
		return { text: natives.xhrText(xhr), type: natives.xhrHeader(xhr, 'content-type') ?? '' };
	} catch {
		return undefined;
	}
}

/** A binary string's. */
export function bytes(text: string): Uint8Array<ArrayBuffer> {
	const out = new natives.Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
	return out;
}
