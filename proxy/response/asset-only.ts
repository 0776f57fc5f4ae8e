// server only (Node).
// What comes out of an assets label: pictures, styles, fonts and media, by their type or by their first bytes. Such a label asks with the
// host's cookies, and a guest's program can claim any Sec-Fetch-Dest: pages and data of the host's accounts must not come out of it.
import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { TandemError } from '../../protocol/errors.ts';
import { toProxied } from '../../protocol/url.ts';
import { decodersFor } from '../body/decode.ts';
import type { Answer } from '../context.ts';
import { getHeader, mediaType, without } from '../headers.ts';
import { nameParameter } from './download.ts';

const TYPES =
	/^(?:(?:image|font|audio|video)\/.+|text\/(?:css|vtt)|application\/(?:(?:x-)?font-.+|vnd\.ms-(?:fontobject|opentype)|ogg|vnd\.apple\.mpegurl|x-mpegurl|dash\+xml))$/;

/** Signatures (MIME Sniffing section 6) in hexadecimal: PNG, JPEG, GIF; RIFF, BMP, ICO, JPEG XL; fonts; Ogg, MP3, FLAC, Matroska, MP4. None begins a text. */
const SIGNATURES = new RegExp(
	`^(?:${[
		'89504e470d0a1a0a|ffd8ff|474946383[79]61',
		'52494646.{8}(?:57454250|57415645|41564920)|424d.{8}00000000|00000100|00000200|0000000c4a584c20',
		'774f4632|774f4646|4f54544f|74746366|00010000',
		'4f676753|4944330[2-4]|ff(?:e[2-9a-f]|f[2-9ab])|664c6143|1a45dfa3|.{8}66747970',
	].join('|')})`,
);

/** Bytes of a coded body that say enough: a code's own tables are a few hundred. */
const CODED = 2048;

/** Stage. Throws 'asset-only'. */
export async function refuseOtherThanAssets(a: Answer): Promise<void> {
	if (a.info.grade !== 'assets') return;
	if (a.given !== undefined) return asFile(a, a.given);
	if (a.status !== 304 && !(await isAsset(a))) throw new TandemError('asset-only');
	if (a.redirected && a.dest === 'style') redirect(a);
}

/** Saved and never shown, whatever it is, under `name` where it says none itself. Throws 'asset-only' where it is no file any more (a page that asks to sign in, an error). */
function asFile(a: Answer, name: string): void {
	const disposition = getHeader(a.answer, 'content-disposition') ?? '';
	const attached = /^\s*attachment\b/i.test(disposition);
	if (a.status !== 200 || (!attached && /^text\/html\b/i.test(getHeader(a.answer, 'content-type') ?? '')))
		throw new TandemError('asset-only');
	if (!attached) a.answer = [...without(a.answer, 'content-disposition'), ['Content-Disposition', `attachment${nameParameter(name)}`]];
}

async function isAsset(a: Answer): Promise<boolean> {
	if (TYPES.test(mediaType(getHeader(a.answer, 'content-type')))) return true;
	const decoders = decodersFor(getHeader(a.answer, 'content-encoding'));
	if (!decoders || decoders.length > 1 || (a.status === 206 && !/^bytes 0-/.test(getHeader(a.answer, 'content-range') ?? ''))) return false;
	const bytes = await firstBytes(a.upstream);
	return SIGNATURES.test((decoders[0] ? await firstOf(bytes, decoders[0]) : bytes).toString('hex', 0, 16));
}

/** What the first bytes of a coded body are the code of; none where they don't suffice. */
function firstOf(coded: Buffer, decoder: Transform): Promise<Buffer> {
	return new Promise((resolve) => {
		const settle = () => {
			resolve((decoder.read() as Buffer | null) ?? Buffer.alloc(0));
			decoder.destroy();
		};
		decoder.once('readable', settle).on('error', settle);
		decoder.write(coded.subarray(0, CODED), settle);
	});
}

/** The first bytes of a body, which stays whole; none where it is empty. */
function firstBytes(body: IncomingMessage): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const look = () => {
			const chunk = body.read() as Buffer | null;
			if (chunk === null && !body.readableEnded) return;
			settle();
			if (chunk) body.unshift(chunk);
			resolve(chunk ?? Buffer.alloc(0));
		};
		const fail = () => {
			settle();
			reject(new TandemError('broken-answer'));
		};
		const settle = () => body.off('readable', look).off('end', look).off('error', fail).off('close', fail);
		body.on('readable', look).on('end', look).on('error', fail).on('close', fail);
	});
}

/** URLs in a style sheet are relative to where it came from in the end. */
function redirect(a: Answer): void {
	a.upstream.destroy();
	a.done = true;
	a.res.writeHead(302, {
		Location: toProxied(a.url.href, a.scope),
		'Cache-Control': 'no-store',
		'Access-Control-Allow-Origin': '*',
		'Cross-Origin-Resource-Policy': 'cross-origin',
	});
	a.res.end();
}
