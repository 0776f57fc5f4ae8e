// tests only (Node).
// Answers requests from folders and from pages made on the fly, as static hosts do: files have an ETag and a date, and are asked about again.
import type { RequestListener, ServerResponse } from 'node:http';
import { fileURLToPath } from 'node:url';
import express, { type Request, type Response } from 'express';

/** A folder, a page's text, or a function that answers by itself. */
export type Place = { readonly folder: string } | { readonly html: () => string } | RequestListener;

/** The folder of an installed npm package, or a folder inside it. */
export function npm(path: string): { folder: string } {
	return { folder: fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url)) };
}

/** Answers by the longest path prefix of `places`; `cors` lets other origins load it, as a CDN does. */
export function files(places: Readonly<Record<string, Place>>, { cors = false } = {}): RequestListener {
	const prefixes = Object.keys(places).sort((a, b) => b.length - a.length);
	const folders = new Map(
		Object.values(places).flatMap((place) => ('folder' in place ? [[place, express.static(place.folder)] as const] : [])),
	);
	return (req, res) => {
		if (cors) res.setHeader('Access-Control-Allow-Origin', '*');
		const path = decodeURIComponent(new URL(req.url ?? '/', 'http://x').pathname);
		const prefix = prefixes.find((p) => path === p || (p.endsWith('/') && path.startsWith(p)));
		const place = prefix === undefined ? undefined : places[prefix];
		if (typeof place === 'function') return place(req, res);
		if (place && 'html' in place) return send(res, path === prefix ? place.html() : undefined);
		const folder = place && folders.get(place);
		if (!folder) return send(res, undefined);
		const mounted = Object.assign(req, { originalUrl: req.url, url: `/${req.url?.slice(prefix?.length ?? 0)}` });
		folder(mounted as Request, res as Response, () => send(res, undefined));
	};
}

function send(res: ServerResponse, html: string | undefined): void {
	res.writeHead(html === undefined ? 404 : 200, { 'Content-Type': 'text/html; charset=utf-8' }).end(html ?? 'not found');
}
