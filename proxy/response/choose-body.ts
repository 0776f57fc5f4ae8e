// server only (Node).
// Which bodies are rewritten: decided by what the browser wants it for, and only then by what it says it is.
import { isUnknown } from '../body/sniff.ts';
import type { Answer, BodyKind } from '../context.ts';
import { getHeader, mediaType, without } from '../headers.ts';
import { REWRITTEN } from '../request/ask-headers.ts';
import { isTabRoot } from '../request/tab-root.ts';

const SCRIPT_DEST = new Set(['script', 'worker', 'sharedworker', 'serviceworker', 'audioworklet', 'paintworklet']);
/** What browsers build an XML document of (HTML section 7.4.5); feeds are shown as text. */
const XML = /^(?:(?:text|application)\/xml|(?!application\/(?:rss|atom|rdf)\+)[^/]+\/.*\+xml)$/;
/** MIME Sniffing section 4.6. */
const SCRIPT = /^(?:application|text)\/(?:x-)?(?:java|ecma|j|live)script(?:1\.\d)?$/;
const JSON_TYPE = /^(?:application|text)\/(?:.*\+)?json$/;
/** What browsers show as preformatted text, and can't in every case (the last are downloads in Chromium). */
const TEXT =
	/^(?:text\/(?!html$|xml$|.*\+xml$|xsl$|calendar$|x-v?calendar$|x?-?vcard$|x-vc(?:ard|f)$|directory$|ldif$|x?-?qif$|rtf$|(?:x-)?csv$|comma-separated-values$|tab-separated-values$|tsv$|ofx$).+|application\/(?:(?:x-)?(?:java|ecma)script|json|(?:rss|atom|rdf)\+xml|.*\+json))$/;
const MEDIA = /^(?:image\/(?:png|apng|jpeg|gif|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)|audio\/.+|video\/.+)$/;

/** Stage: fills `body`. */
export function chooseBody(a: Answer): void {
	const kind = a.wanted && kindOf(a) === 'raw' ? 'whole' : kindOf(a);
	a.body = bodyless(a) ? 'none' : kind;
	// HEAD: how long the rewritten body would be is not known
	if (a.body === 'none' && kind !== 'raw' && kind !== 'whole') a.answer = without(a.answer, 'content-length');
}

/** RFC 9112 section 6.3. */
function bodyless({ req, status }: Answer): boolean {
	return req.method === 'HEAD' || status === 204 || status === 304 || status < 200;
}

function kindOf(a: Answer): BodyKind {
	const type = mediaType(getHeader(a.answer, 'content-type'));
	if (a.info.grade === 'assets') return a.dest === 'style' ? 'style' : 'raw';
	// of what is rewritten no part was asked for, so the whole came (request/ask-headers.ts)
	if (a.status === 206 && !REWRITTEN.has(a.dest)) return 'raw';
	if (a.navigation) return documentKind(a, type);
	if (a.dest === 'xslt') return 'html';
	if (a.dest === 'style') return JSON_TYPE.test(type) ? 'raw' : 'style';
	if (isOpaqueToWorker(a)) return SCRIPT.test(type) ? 'script' : type === 'text/css' ? 'style' : 'raw';
	return SCRIPT_DEST.has(a.dest) && !JSON_TYPE.test(type) && type !== 'text/css' && type !== 'application/wasm' ? 'script' : 'raw';
}

function documentKind(a: Answer, type: string): BodyKind {
	if (/^\s*attachment\b/i.test(getHeader(a.answer, 'content-disposition') ?? '')) return 'raw';
	const unknown = isUnknown(type);
	if (type === 'text/html' || XML.test(type) || (unknown && !nosniff(a))) return 'html';
	if (unknown || TEXT.test(type)) return 'text';
	return MEDIA.test(type) && a.status === 200 && a.req.method === 'GET' && isTabRoot(a) ? 'media' : 'raw';
}

/** Whether the browser builds a document of its own around the body, in which the page around it runs our runtime (injector/children.ts). */
export function isShown(a: Answer): boolean {
	return a.navigation && a.body === 'raw' && MEDIA.test(mediaType(getHeader(a.answer, 'content-type')));
}

/** Asked for by a service worker that may not read it, and answers a page with it: only here can it be rewritten. */
function isOpaqueToWorker({ req, dest, mode }: Answer): boolean {
	return dest === 'empty' && mode === 'no-cors' && req.headers['sec-fetch-site'] !== 'same-origin';
}

function nosniff(a: Answer): boolean {
	// of several values the first counts (Fetch section 3.6, "determine nosniff")
	return getHeader(a.answer, 'x-content-type-options')?.split(',', 1)[0]?.trim().toLowerCase() === 'nosniff';
}
