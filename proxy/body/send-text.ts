// server only (Node).
// A rewritten body on its way out: other length, other ETag, coded anew for browsers that are far away.
import type { IncomingMessage } from 'node:http';
import type { Readable, Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import type { Answer } from '../context.ts';
import { getHeader, without } from '../headers.ts';
import { vouch } from './integrity.ts';
import { writeHead } from './raw.ts';

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;
/** Bytes below which coding costs more than it saves. */
const WORTH = 1400;

/** Whether the browser is on this machine: coding would cost more than it saves. */
export function isNear(req: IncomingMessage): boolean {
	return LOOPBACK.test(req.socket.remoteAddress ?? '');
}

/** Headers of the rewritten body: what described the old bytes goes. */
export function forRewritten(a: Answer): void {
	a.env.counts.rewritten++;
	a.answer = without(
		a.answer,
		'content-length',
		'content-encoding',
		'accept-ranges',
		'content-md5',
		'digest',
		'content-digest',
		'repr-digest',
		'unencoded-digest',
	);
}

/** Sends text that is whole, in so many pieces. */
export function sendText(a: Answer, text: readonly Buffer[]): void {
	forRewritten(a);
	vouch(a, text);
	const length = text.reduce((sum, piece) => sum + piece.length, 0);
	const coder = length > WORTH ? coderFor(a) : undefined;
	if (!coder) a.answer.push(['Content-Length', String(length)]);
	writeHead(a);
	const to = coder ?? a.res;
	coder?.pipe(a.res);
	for (const piece of text) to.write(piece);
	to.end();
}

/** Where to write text that comes bit by bit; each write is flushed on, so that the first byte does not wait. */
export function openText(a: Answer): NodeJS.WritableStream {
	forRewritten(a);
	const coder = coderFor(a);
	writeHead(a);
	if (!coder) return a.res;
	coder.pipe(a.res);
	a.res.once('close', () => coder.destroy());
	return coder;
}

function coderFor(a: Answer): (Transform & Readable) | undefined {
	if (isNear(a.req)) return undefined;
	const accepted = (a.req.headers['accept-encoding'] as string | undefined) ?? '';
	if (/no-transform/i.test(getHeader(a.answer, 'cache-control') ?? '')) return undefined;
	if (/\bbr\b/.test(accepted)) {
		a.answer.push(['Content-Encoding', 'br']);
		return zlib.createBrotliCompress({
			flush: zlib.constants.BROTLI_OPERATION_FLUSH,
			params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 3 },
		});
	}
	if (!/\bgzip\b/.test(accepted)) return undefined;
	a.answer.push(['Content-Encoding', 'gzip']);
	return zlib.createGzip({ level: 2, flush: zlib.constants.Z_SYNC_FLUSH });
}
