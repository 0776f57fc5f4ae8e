// tests only (Node).
// Answers requests from folders and from pages made on the fly, as any static host does.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.mjs': 'text/javascript; charset=utf-8',
	'.jsx': 'text/jsx; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.gif': 'image/gif',
	'.jpg': 'image/jpeg',
	'.ico': 'image/x-icon',
	'.woff': 'font/woff',
	'.woff2': 'font/woff2',
	'.ttf': 'font/ttf',
	'.pdf': 'application/pdf',
	'.properties': 'text/plain; charset=utf-8',
	'.map': 'application/json',
	'.wasm': 'application/wasm',
};

/** A folder, a page's text, or a function that answers by itself. */
export type Place = { readonly folder: string } | { readonly html: () => string } | RequestListener;

/** The folder of an installed npm package, or a folder inside it. */
export function npm(path: string): { folder: string } {
	return { folder: fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url)) };
}

/** Answers by the longest path prefix of `places`; `cors` lets other origins load it, as a CDN does. */
export function files(places: Readonly<Record<string, Place>>, { cors = false } = {}): RequestListener {
	const prefixes = Object.keys(places).sort((a, b) => b.length - a.length);
	return (req, res) => {
		if (cors) res.setHeader('Access-Control-Allow-Origin', '*');
		const path = decodeURIComponent(new URL(req.url ?? '/', 'http://x').pathname);
		const prefix = prefixes.find((p) => path === p || (p.endsWith('/') && path.startsWith(p)));
		const place = prefix === undefined ? undefined : places[prefix];
		if (typeof place === 'function') return place(req, res);
		if (place && 'html' in place) return send(res, path === prefix ? place.html() : undefined);
		if (!place || path.includes('..')) return send(res, undefined);
		const rest = path.slice(prefix?.length ?? 0);
		return void sendFile(req, res, join(place.folder, rest.endsWith('/') || rest === '' ? `${rest}index.html` : rest));
	};
}

function send(res: ServerResponse, html: string | undefined): void {
	res.writeHead(html === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html ?? 'not found');
}

async function sendFile(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
	const info = await stat(path).catch(() => undefined);
	if (!info?.isFile()) return send(res, undefined);
	const type = TYPES[extname(path).toLowerCase()] ?? 'application/octet-stream';
	const range = /^bytes=(\d+)-(\d*)$/.exec(req.headers.range ?? '');
	const start = range ? Number(range[1]) : 0;
	const end = range?.[2] ? Math.min(Number(range[2]), info.size - 1) : info.size - 1;
	res.writeHead(range ? 206 : 200, {
		'Content-Type': type,
		'Content-Length': end - start + 1,
		'Accept-Ranges': 'bytes',
		...(range && { 'Content-Range': `bytes ${start}-${end}/${info.size}` }),
	});
	if (req.method === 'HEAD') return void res.end();
	createReadStream(path, { start, end })
		.on('error', () => res.destroy())
		.pipe(res);
}
