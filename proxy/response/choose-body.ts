// server only (Node).
// Which bodies are rewritten: decided by what the browser wants it for, and only then by what it says it is.
import type { Answer, BodyKind } from '../context.ts';
import { getHeader, mediaType, without } from '../headers.ts';

const SCRIPT_DEST = new Set(['script', 'worker', 'sharedworker', 'serviceworker', 'audioworklet', 'paintworklet']);
const HTML = new Set(['text/html', 'application/xhtml+xml']);
const JSON_TYPE = /^(?:application|text)\/(?:.*\+)?json$/;

/** Stage: fills `body`. */
export function chooseBody(a: Answer): void {
	const kind = kindOf(a);
	a.body = bodyless(a) ? 'none' : kind;
	// HEAD: how long the rewritten body would be is not known
	if (a.body === 'none' && kind !== 'raw') a.answer = without(a.answer, 'content-length');
}

/** RFC 9112 section 6.3. */
function bodyless({ req, status }: Answer): boolean {
	return req.method === 'HEAD' || status === 204 || status === 304 || status < 200;
}

function kindOf(a: Answer): BodyKind {
	const type = mediaType(getHeader(a.answer, 'content-type'));
	if (a.info.grade === 'assets') return a.dest === 'style' ? 'style' : 'raw';
	if (a.status === 206) return 'raw';
	if (a.navigation) return HTML.has(type) || (type === '' && !nosniff(a)) ? 'html' : 'raw';
	if (a.dest === 'style') return JSON_TYPE.test(type) ? 'raw' : 'style';
	return SCRIPT_DEST.has(a.dest) && !JSON_TYPE.test(type) && type !== 'text/css' && type !== 'application/wasm' ? 'script' : 'raw';
}

function nosniff(a: Answer): boolean {
	return getHeader(a.answer, 'x-content-type-options')?.trim().toLowerCase() === 'nosniff';
}
