// page and worker.
// URLs as a page writes and reads them. Relative ones need nothing: the document's own URL is one of ours already.
import { toProxied, toReal } from '../protocol/url.ts';
import { givenData } from '../rewrite/data.ts';
import { wrapMarkup } from '../rewrite/js/wrap.ts';
import { mapUrl as mapWritten, mended, SCHEME_ONLY, schemeOf, schemeRelative, unmapUrl as unmapWritten } from '../rewrite/url.ts';
import { give } from './handing.ts';
import { changeAt, late } from './late.ts';
import { type Any, natives } from './natives.ts';
import { realm } from './realm.ts';
import { rewriteScriptBehind, scriptSource } from './rewriting.ts';
import { common } from './shared.ts';

/** What a URL may begin with and not be relative to ours (URL standard section 4.4: leading C0 controls and spaces don't count). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters the URL standard strips.
const HEAD = /^[\x00-\x20]*(?:(https?|wss?):|(blob):|(javascript):|[\\/]{2})/i;

/** Scheme and host of the plainest kind of URL, which nearly all are: no user, no port tricks, no white space. */
const PLAIN = /^(?:https?|wss?):\/\/[^/?#\\@\s]+(?=[/?#]|$)/i;
/** What stands in front of a URL's path, mapped, either way. Pages meet few origins, so it is forgotten only when it grows. */
const forth = new natives.Map<string, string>();
const back = new natives.Map<string, string>();

function memo(map: Map<string, string>, url: string, make: (head: string) => string): string | undefined {
	const head = PLAIN.exec(url)?.[0];
	if (!head) return undefined;
	let other = map.get(head);
	if (other === undefined) {
		if (map.size > 500) map.clear();
		other = make(head);
		map.set(head, other);
	}
	return other + url.slice(head.length);
}

/** Our form of a URL that the page gives. */
export function mapUrl(url: string): string {
	const match = HEAD.exec(url);
	if (!match) {
		const whole = mended(url);
		return whole !== url && HEAD.test(whole) ? mapUrl(whole) : url;
	}
	const [head, network, blob, script] = match;
	if (blob) return head + blobOf(url.slice(head.length));
	if (script) return head + (wrapMarkup(url.slice(head.length)) ?? rewriteScriptBehind(url.slice(head.length)));
	if (!network) return protocolRelative(url);
	give(url, url);
	const relative = SCHEME_ONLY.test(url) ? schemeRelative(url, realBase().replace(/:.*/s, '')) : undefined;
	if (relative !== undefined) return relative;
	const ours = memo(forth, url, (text) => toProxied(text, realm.scope)) ?? toProxied(url, realm.scope);
	if (ours !== url || url.includes(realm.mark)) return ours;
	// nothing behind the scheme: relative to a label, whose scheme may be that one, and to the page's own base no URL at all
	if (!natives.URL.canParse(url)) return SCHEME_ONLY.test(url) ? `${network}://` : url;
	// `https:/host`, `https:/\n/host`: the parser of the browser is more lenient than a look at the text.
	return toProxied(new natives.URL(url).href, realm.scope);
}

/** What a blob URL names is an origin as browsers write one; any other text is a path (URL standard section 4.4, "opaque path state"). */
function blobOf(named: string): string {
	const ours = toProxied(named, realm.scope);
	return toReal(ours, realm.zone, common.shared.table) === named ? ours : named;
}

/** Arguments of a native of which one is a URL. */
export function mapAt(args: readonly unknown[], at: number, map: (url: string) => string = mapUrl): Any[] {
	return changeAt(args, at, (url) => late(url, map));
}

let embedded = (url: string): string => url;

/** Sets what becomes of a data: or blob: URL that a window is sent to. */
export function onTarget(map: (url: string) => string): void {
	embedded = map;
}

/** Our form of a URL that a window is sent to: a document behind it is rewritten, wherever it stands. */
export function mapTarget(url: string): string {
	return embedded(mapUrl(url));
}

/** `//host/path` has the scheme of the document's base, which a base element may have made another. */
function protocolRelative(url: string): string {
	const base = realBase();
	return /^https?:/.test(base) ? mapWritten(url, realm.scope, schemeOf(base)) : url;
}

function realBase(): string {
	const { document } = realm.global;
	return document ? unmapUrl(natives.baseURI(document)) : realm.boot.origin;
}

/** The real form of a URL of ours, of any URL attribute or getter. */
export function unmapUrl(url: string): string {
	if (url.startsWith('data:')) return givenData(url);
	if (!url.includes(realm.mark)) return url.includes('$tandem$') && HEAD.exec(url)?.[3] ? scriptSource(url) : url;
	if (url.startsWith('blob:')) return madeFrom(url) ?? `blob:${toReal(url.slice(5), realm.zone, common.shared.table)}`;
	return memo(back, url, (text) => toReal(text, realm.zone, common.shared.table)) ?? unmapWritten(url, realm.zone, common.shared.table);
}

/** The real URL of the blob that one of ours was made from. */
export function madeFrom(url: string): string | undefined {
	if (!common.shared.blobs.size) return undefined;
	const hash = url.indexOf('#');
	const from = common.shared.blobs.get(hash < 0 ? url : url.slice(0, hash));
	return from && from + (hash < 0 ? '' : url.slice(hash));
}

/** All URLs of ours inside a text (a message, a stack) as real ones. */
export function unmapText(text: string): string {
	if (!text.includes(realm.mark)) return text;
	return text.replace(/(?:https?|wss?):\/\/[\w.-]+(?::\d+)?/g, (origin) => toReal(origin, realm.zone, common.shared.table));
}

/** The same error as the browser threw, but speaking of real URLs. */
export function realError(error: unknown): unknown {
	const { message } = error as Error;
	return typeof message === 'string' ? reworded(error as Error, unmapText(message)) : error;
}

/** An error of the browser with another text, from where the page called, not where we caught it. */
export function reworded(error: Error, text: string): Error {
	const { message, name, stack } = error;
	if (text === message) return error;
	const next =
		error instanceof natives.DOMException
			? new natives.DOMException(text, name)
			: new natives[name === 'SyntaxError' ? name : 'TypeError'](text);
	const value = typeof stack === 'string' && unmapText(stack.replace(message, () => text));
	if (value) natives.defineProperty(next, 'stack', { value, writable: true, configurable: true });
	return next;
}
