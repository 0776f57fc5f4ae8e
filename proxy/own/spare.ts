// server only (Node).
// The document that a window begins with which a page opens by script: the shell keeps a frame of it at the page's own label, under a name
// that nobody can guess, and the page finds it by that name (docs/decisions/0017). It holds nothing, and only the app may frame it. Also the one
// that stands in a tab's frame before its page (docs/decisions/0010).
import { createHash } from 'node:crypto';
import { EARLY_PATH, SPARE_PATH } from '../../protocol/page.ts';
import type { Exchange } from '../context.ts';
import { newNonce } from '../nonce.ts';
import { rehearsalTag } from './boot.ts';
import { framers } from './framers.ts';

const SCRIPT = 'name=location.hash.slice(1)';
const HASH = createHash('sha256').update(SCRIPT).digest('base64');
const HTML = `<!doctype html><title></title><script>${SCRIPT}</script>`;

/** Answers `GET /.tandem/spare#<name>`. The same bytes for every label, so that a browser asks once. */
export function answerSpare(x: Exchange): void {
	answer(x, HTML, `'sha256-${HASH}'`);
}

/**
 * Answers `GET /.tandem/early`: the document that a tab's frame holds until its page is opened there. In it the runtime rehearses its start, so
 * that the page's renderer has compiled what that takes.
 */
export function answerEarly(x: Exchange): void {
	const nonce = newNonce();
	answer(x, `<!doctype html><title></title>${rehearsalTag(x, nonce)}`, `'self' 'nonce-${nonce}'`);
}

function answer(x: Exchange, html: string, scripts: string): void {
	x.res.writeHead(200, {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': Buffer.byteLength(html),
		'Content-Security-Policy': `default-src 'none'; script-src ${scripts}; base-uri 'none'; form-action 'none'; frame-ancestors ${framers(x.env)}`,
		'Cache-Control': 'private, max-age=31536000, immutable',
		'Origin-Agent-Cluster': '?1',
		'Referrer-Policy': 'no-referrer',
	});
	x.res.end(html);
}

/** Whether a path is that of such a document: it is no page's, so nothing is learnt from where it stands. */
export function isSpare(path: string | undefined): boolean {
	return path === SPARE_PATH || path === EARLY_PATH;
}
