// server only (Node).
// What HTML, XML and text documents have in common: decoded, looked at, edited as they stream, one char a byte, so that every encoding that
// holds ASCII keeps its bytes. UTF-16 becomes UTF-8.
import { pipeline, Readable } from 'node:stream';
import type { Answer } from '../context.ts';
import { getHeader, without } from '../headers.ts';
import { withCharset } from './charset.ts';
import { decodersFor } from './decode.ts';
import { all, type Peeked } from './peek.ts';
import { pipeOn, writeHead } from './raw.ts';
import { openText } from './send-text.ts';

/** Bytes that a coded document may become: a few of them can stand for any number, and each has to be read. */
const DECODED_MAX = 256 * 1024 * 1024;

/** Text goes in chunk by chunk and comes out edited. */
export interface Editor {
	write(chunk: string): string;
	end(): string;
}

/** The body without its codings, chunk by chunk; undefined where we know them not. */
export function decoded(a: Answer): AsyncIterator<Buffer> | undefined {
	const decoders = decodersFor(getHeader(a.answer, 'content-encoding'));
	if (!decoders) return undefined;
	const source: Readable = decoders.length ? (pipeline([a.upstream, ...decoders], () => {}) as unknown as Readable) : a.upstream;
	return source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
}

/** Sends the document as `type`, in `charset` where it is known. */
export async function streamDocument(
	a: Answer,
	first: Peeked,
	chunks: AsyncIterator<Buffer>,
	{ type, charset, editor }: { readonly type: string; readonly charset: string | undefined; readonly editor: Editor },
): Promise<void> {
	const wide = charset !== undefined && /^(?:utf-16(?:le|be)?|ucs-2|unicode(?:feff|fffe)?|iso-10646-ucs-2|csunicode)$/i.test(charset);
	a.answer = [...without(a.answer, 'content-type'), ['Content-Type', charset ? withCharset(type, wide ? 'utf-8' : charset) : type]];
	const decoder = wide ? new TextDecoder(charset) : undefined;
	let left = getHeader(a.answer, 'content-encoding') ? DECODED_MAX : Infinity;
	const out = openText(a);
	try {
		for await (const chunk of all(first, chunks)) {
			left -= chunk.length;
			if (left < 0) throw new RangeError('decoded, the document is too large');
			const text = decoder ? Buffer.from(decoder.decode(chunk, { stream: true })).toString('latin1') : chunk.toString('latin1');
			await put(out, editor.write(text));
			if (a.res.destroyed) return void a.upstream.destroy();
		}
		if (!a.upstream.complete) return void a.res.destroy();
		const rest = decoder ? Buffer.from(decoder.decode()).toString('latin1') : '';
		await put(out, (rest ? editor.write(rest) : '') + editor.end());
		out.end();
	} catch (error) {
		a.env.log.warn({ err: error, host: a.url.host }, 'a document broke off');
		a.upstream.destroy();
		a.res.destroy();
	}
}

/** Writes, and waits while the reader is slower. */
function put(out: NodeJS.WritableStream, text: string): Promise<void> | undefined {
	if (!text || out.write(text, 'latin1')) return undefined;
	return new Promise((resolve) => {
		const settle = () => {
			out.off('drain', settle).off('close', settle);
			resolve();
		};
		out.once('drain', settle).once('close', settle);
	});
}

/** No document after all: on as it is, decoded. */
export function passOn(a: Answer, first: Peeked, chunks: AsyncIterator<Buffer>): void {
	a.answer = without(a.answer, 'content-encoding', 'content-length');
	writeHead(a);
	pipeOn(a, Readable.from(all(first, chunks)));
}
