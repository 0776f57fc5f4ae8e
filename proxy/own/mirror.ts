// server only (Node).
// A guest's mirror document: our script and nothing else may run in it; pictures, styles, fonts and media come from labels.
import { TandemError } from '../../protocol/errors.ts';
import { zoneOrigin } from '../../protocol/label.ts';
import { mirrorCsp } from '../../protocol/mirror-port.ts';
import type { Exchange } from '../context.ts';
import { framers } from './framers.ts';

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
	const small = /\bbr\b/.test(String(x.req.headers['accept-encoding'] ?? '')) ? mirror.packed : undefined;
	const body = small ?? Buffer.from(mirror.text);
	x.res.writeHead(200, {
		'Content-Type': 'text/javascript; charset=utf-8',
		'Content-Length': body.byteLength,
		...(small && { 'Content-Encoding': 'br' }),
		Vary: 'Accept-Encoding',
		'Cache-Control': 'private, max-age=31536000, immutable',
		'Cross-Origin-Resource-Policy': 'same-origin',
		'Origin-Agent-Cluster': '?1',
	});
	x.res.end(body);
}

function sendDocument(x: Exchange): void {
	const { zone, bundles } = x.env;
	const policy = mirrorCsp(zoneOrigin('*', zone), framers(x.env));
	const html = `<!doctype html><html><head><meta charset="utf-8"><script src="${bundles.mirror.path}"></script></head><body></body></html>`;
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
