// server only (Node).
// The document that the shell opens on a label before the page itself, when a tab's host has changed: it puts into storage what the old
// host's browser had there, so that the page's first script finds it. It listens to the app alone.
import { createHash } from 'node:crypto';
import type { Exchange } from '../context.ts';
import { framers } from './framers.ts';

const script = (app: string) => `addEventListener('message', ({ origin, source, data }) => {
	if (origin !== ${JSON.stringify(app)} || data?.tandem !== 1 || !data.carry) return;
	const put = (area, entries) => {
		if (data.clear) area.clear();
		for (const key of Object.keys(entries)) {
			try { area.setItem(key, entries[key]); } catch {}
		}
	};
	try { put(localStorage, data.carry.local); put(sessionStorage, data.carry.session); } catch {}
	source.postMessage({ tandem: 1, carried: true }, origin);
});`;

/** Answers `GET /.tandem/carry`. */
export function answerCarry(x: Exchange): void {
	const { appOrigin } = x.env;
	const text = script(appOrigin);
	const hash = createHash('sha256').update(text).digest('base64');
	const html = `<!doctype html><html><head><meta charset="utf-8"><script>${text}</script></head><body></body></html>`;
	x.res.writeHead(200, {
		'Content-Type': 'text/html; charset=utf-8',
		'Content-Length': Buffer.byteLength(html),
		'Content-Security-Policy': `default-src 'none'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors ${framers(x.env)}`,
		'Cache-Control': 'no-store',
		'Origin-Agent-Cluster': '?1',
		'Referrer-Policy': 'no-referrer',
	});
	x.res.end(html);
}
