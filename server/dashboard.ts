// server only (Node).
// The dashboard's built files as the build has compressed them (scripts/build.mjs): read once each, and kept; they are a few, and small.
import { readFileSync } from 'node:fs';
import { extname, join, normalize, sep } from 'node:path';
import type { RequestHandler } from 'express';

const TYPES: Readonly<Record<string, string>> = {
	'.js': 'text/javascript; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.svg': 'image/svg+xml',
};

/** Answers GET for scripts, styles and pictures under `folder` to whoever takes brotli (RFC 7932); everything else is left to what follows. */
export function packedFiles(folder: string, lifeOf: (path: string) => string): RequestHandler {
	const kept = new Map<string, Buffer | undefined>();
	return (req, res, next) => {
		const type = TYPES[extname(req.path)];
		const path = normalize(join(folder, req.path));
		if (req.method !== 'GET' || !type || !path.startsWith(folder + sep) || !/\bbr\b/.test(req.headers['accept-encoding'] ?? ''))
			return next();
		if (!kept.has(path)) kept.set(path, read(path));
		const body = kept.get(path);
		if (!body) {
			kept.delete(path);
			return next();
		}
		res.set({ 'Content-Type': type, 'Content-Encoding': 'br', Vary: 'Accept-Encoding', 'Cache-Control': lifeOf(path) }).send(body);
	};
}

function read(path: string): Buffer | undefined {
	try {
		return readFileSync(`${path}.br`);
	} catch {
		return undefined;
	}
}
