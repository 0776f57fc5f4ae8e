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

/** The decoders for a Content-Encoding, in the order to apply them; undefined where one is unknown. */
export function decodersFor(contentEncoding: string | undefined): Transform[] | undefined {
	const codings = (contentEncoding ?? '')
		.toLowerCase()
		.split(',')
		.map((coding) => coding.trim())
		.filter((coding) => coding && coding !== 'identity');
	if (codings.some((coding) => !Object.hasOwn(DECODERS, coding))) return undefined;
	return codings.reverse().map((coding) => (DECODERS[coding] as () => Transform)());
}
