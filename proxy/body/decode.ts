// server only (Node).
// Content codings off and on (RFC 9110 section 8.4.1, RFC 7932, RFC 8878). Only what is rewritten is ever decoded.
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { AnyInflate } from './inflate.ts';

const DECODERS: Readonly<Record<string, () => Transform>> = {
	gzip: () => zlib.createGunzip(),
	'x-gzip': () => zlib.createGunzip(),
	// `deflate` is zlib's format; some servers send it bare, and browsers read both
	deflate: () => new AnyInflate(),
	br: () => zlib.createBrotliDecompress(),
	zstd: () => zlib.createZstdDecompress(),
};

/** Codings one on top of the other: each holds buffers of its own, and nobody needs more. */
const CHAIN_MAX = 4;

/** The decoders for a Content-Encoding, in the order to apply them: none where one is unknown, since browsers then take the bytes as they are; undefined where there are too many. */
export function decodersFor(contentEncoding: string | undefined): Transform[] | undefined {
	const codings = (contentEncoding ?? '')
		.toLowerCase()
		.split(',')
		.map((coding) => coding.trim())
		.filter((coding) => coding && coding !== 'identity');
	if (codings.some((coding) => !Object.hasOwn(DECODERS, coding))) return [];
	if (codings.length > CHAIN_MAX) return undefined;
	return codings.reverse().map((coding) => (DECODERS[coding] as () => Transform)());
}
