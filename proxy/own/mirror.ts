// server only (Node).
// A guest's mirror document: our script and nothing else may run in it; pictures, styles, fonts and media come from labels.
import { randomBytes } from 'node:crypto';
import { TandemError } from '../../protocol/errors.ts';
import { zoneOrigin } from '../../protocol/label.ts';
import type { Exchange } from '../context.ts';

/** Stage: answers everything on a mirror label. Throws 'not-found'. */
export function answerMirror(x: Exchange): void {
	if (x.label.kind !== 'mirror') return;
	const { mirror } = x.env.bundles;
	if (x.info.grade !== 'assets' || x.req.method !== 'GET') throw new TandemError('not-found');
	x.done = true;
	if (x.req.url === '/' || x.req.url?.startsWith('/?')) sendDocument(x);
	else if (x.req.url === mirror.path) sendScript(x);
	else throw new TandemError('not-found');
}

function sendScript(x: Exchange): void {
	const { mirror } = x.env.bundles;
	x.res.writeHead(200, {
		'Content-Type': 'text/javascript; charset=utf-8',
		'Content-Length': Buffer.byteLength(mirror.text),
		'Cache-Control': 'private, max-age=31536000, immutable',
		'Cross-Origin-Resource-Policy': 'same-origin',
		'Origin-Agent-Cluster': '?1',
	});
	x.res.end(mirror.text);
}

function sendDocument(x: Exchange): void {
	const nonce = randomBytes(12).toString('base64url');
	const any = zoneOrigin('*', x.env.zone);
	const policy = [
		"default-src 'none'",
		`script-src 'nonce-${nonce}'`,
		`img-src ${any} data: blob:`,
		`style-src ${any} 'unsafe-inline' blob: data:`,
		`font-src ${any} data: blob:`,
		`media-src ${any} data: blob:`,
		"frame-src 'self' blob: data:",
		"base-uri 'none'",
		"form-action 'none'",
		`frame-ancestors ${x.env.appOrigin}`,
	].join('; ');
	const html = `<!doctype html><html><head><meta charset="utf-8"><script nonce="${nonce}" src="${x.env.bundles.mirror.path}"></script></head><body></body></html>`;
	x.res.writeHead(200, {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': Buffer.byteLength(html),
		'Content-Security-Policy': policy,
		'Cache-Control': 'no-store',
		'Origin-Agent-Cluster': '?1',
		'Referrer-Policy': 'no-referrer',
	});
	x.res.end(html);
}
