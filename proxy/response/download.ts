// server only (Node).
// A download or a PDF where a document was asked for. From a link on a page it is a download as ever: the page stays, the host saves the file.
// From the address bar nothing would be left to look at, so a page says what it is and offers it.
import { REASONS } from '../../protocol/errors.ts';
import { isUnknown } from '../body/sniff.ts';
import type { Answer } from '../context.ts';
import { getHeader, mediaType, without } from '../headers.ts';
import { bootTag } from '../own/boot.ts';
import { escapeHtml } from '../pages/escape.ts';
import { page, pagePolicy } from '../pages/page.ts';

/** What browsers show by themselves (HTML section 7.4.5, and the PDF viewer, in which nothing can be mirrored). */
const SHOWN =
	/^(?:text\/.*|image\/.*|audio\/.*|video\/.*|application\/(?:xhtml\+xml|xml|.*\+xml|json|.*\+json|pdf|(?:x-)?javascript|ogg))$/;

const PDF = 'application/pdf';

/** Stage. */
export function showDownload(a: Answer): void {
	if (!a.navigation || a.info.grade !== 'run' || a.status !== 200 || a.req.method !== 'GET') return;
	const disposition = getHeader(a.answer, 'content-disposition') ?? '';
	const type = mediaType(getHeader(a.answer, 'content-type'));
	const attached = /^\s*attachment\b/i.test(disposition);
	const pdf = !attached && type === PDF;
	if (!attached && (isUnknown(type) || SHOWN.test(type)) && !(pdf && a.initiator.kind === 'person')) return;
	const name = fileName(disposition) || a.url.pathname.split('/').pop() || a.url.hostname;
	if (a.initiator.kind === 'page') {
		a.env.onDownload?.(a.info, { url: a.url.href, name });
		if (!attached) a.answer = [...without(a.answer, 'content-disposition'), ['Content-Disposition', `attachment${nameParameter(name)}`]];
		return;
	}
	a.upstream.destroy();
	a.done = true;
	sendPage(a, name, pdf ? 'pdf' : 'download');
}

function sendPage(a: Answer, name: string, code: 'download' | 'pdf'): void {
	const { title, advice } = REASONS[code];
	const size = Number(getHeader(a.answer, 'content-length') ?? Number.NaN);
	// a link on this page makes the request come from a page, so it is answered with the file
	const action = `<a href="${escapeHtml(a.req.url ?? '/')}" download="${escapeHtml(name)}" data-tandem="download">Save ${escapeHtml(name)}</a>`;
	const detail = Number.isFinite(size) ? `${name} (${readable(size)})` : name;
	const body = page({ title, advice, detail, action, head: bootTag(a, a.nonce) });
	a.res.writeHead(200, {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': Buffer.byteLength(body),
		'Content-Security-Policy': pagePolicy(a.nonce),
		'Cache-Control': 'no-store',
		'Origin-Agent-Cluster': '?1',
		'X-Tandem-Error': code,
	});
	a.res.end(body);
}

/** RFC 6266 section 4.3: `filename*` before `filename`. The value's bytes are UTF-8 more often than not. */
function fileName(disposition: string): string {
	const extended = /;\s*filename\*\s*=\s*utf-8''([^;]+)/i.exec(disposition)?.[1];
	if (extended) {
		try {
			return decodeURIComponent(extended.trim());
		} catch {
			// fall through to the plain one
		}
	}
	const match = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/i.exec(disposition);
	const plain = match?.[1]?.replace(/\\(.)/g, '$1') ?? match?.[2] ?? '';
	return Buffer.from(plain, 'latin1').toString('utf8');
}

/** A file's name as a parameter of Content-Disposition (RFC 6266); nothing without one. */
export function nameParameter(name: string): string {
	return name ? `; filename*=UTF-8''${encodeURIComponent(name.toWellFormed())}` : '';
}

function readable(bytes: number): string {
	const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
	const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
	return `${power ? (bytes / 1000 ** power).toFixed(1) : bytes} ${units[power]}`;
}
