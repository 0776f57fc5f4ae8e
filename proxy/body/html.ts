// server only (Node).
// Documents: rewritten as they stream, one char a byte, so that every encoding that holds ASCII keeps its bytes. UTF-16 becomes UTF-8.
import { pipeline, Readable } from 'node:stream';
import { HtmlRewriter } from '../../rewrite/index.ts';
import type { Answer } from '../context.ts';
import { getHeader, mediaType, without } from '../headers.ts';
import { bootTag } from '../own/boot.ts';
import { bomCharset, headerCharset, metaCharset, PRESCAN, withCharset, xmlCharset } from './charset.ts';
import { decodersFor } from './decode.ts';
import { deliverRaw, pipeOn, writeHead } from './raw.ts';
import { openText } from './send-text.ts';
import { looksLikeHtml } from './sniff.ts';

/** Milliseconds to wait for the bytes that may name the charset, where no header does. */
const PRESCAN_WAIT = 100;

export async function deliverHtml(a: Answer): Promise<void> {
	const decoders = decodersFor(getHeader(a.answer, 'content-encoding'));
	if (!decoders) {
		a.env.counts.rawFallbacks++;
		return deliverRaw(a);
	}
	const source: Readable = decoders.length ? (pipeline([a.upstream, ...decoders], () => {}) as unknown as Readable) : a.upstream;
	const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const type = getHeader(a.answer, 'content-type') ?? '';
	const given = headerCharset(type);
	const first = await peek(chunks, given !== undefined && type !== '');
	if (type === '' && !looksLikeHtml(first.bytes)) return passOn(a, first, chunks);
	await stream(a, first, chunks, type, given);
}

interface Peeked {
	readonly bytes: Buffer;
	/** The next chunk, where it was asked for and is still awaited. */
	readonly next: Promise<IteratorResult<Buffer>> | undefined;
	readonly done: boolean;
}

/** The first bytes: any at all with `hasty`, else what the prescan wants, or what came in its time. */
async function peek(chunks: AsyncIterator<Buffer>, hasty: boolean): Promise<Peeked> {
	const { value, done = false } = await chunks.next();
	let bytes = (value as Buffer | undefined) ?? Buffer.alloc(0);
	const late = Symbol('late');
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<typeof late>((resolve) => {
		timer = setTimeout(() => resolve(late), PRESCAN_WAIT);
	});
	try {
		while (!done && !hasty && bytes.length < PRESCAN && !metaCharset(bytes)) {
			const next = chunks.next();
			const came = await Promise.race([next, patience]);
			if (came === late) return { bytes, next, done: false };
			if (came.done) return { bytes, next: undefined, done: true };
			bytes = Buffer.concat([bytes, came.value]);
		}
		return { bytes, next: undefined, done };
	} finally {
		clearTimeout(timer);
	}
}

async function* all(first: Peeked, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	if (first.bytes.length) yield first.bytes;
	if (first.done) return;
	for (let step = await (first.next ?? chunks.next()); !step.done; step = await chunks.next()) yield step.value;
}

async function stream(a: Answer, first: Peeked, chunks: AsyncIterator<Buffer>, type: string, given: string | undefined): Promise<void> {
	const xml = mediaType(type) === 'application/xhtml+xml';
	const charset = bomCharset(first.bytes) ?? given ?? (xml ? xmlCharset(first.bytes) : metaCharset(first.bytes));
	const wide = charset !== undefined && /^(?:utf-16(?:le|be)?|ucs-2|unicode(?:feff|fffe)?|iso-10646-ucs-2|csunicode)$/i.test(charset);
	const shown = type || 'text/html';
	a.answer = [...without(a.answer, 'content-type'), ['Content-Type', charset ? withCharset(shown, wide ? 'utf-8' : charset) : shown]];
	const rewriter = new HtmlRewriter({ scope: a.scope, documentUrl: a.url.href, inject: bootTag(a, a.nonce), nonce: a.nonce, xml });
	const decoder = wide ? new TextDecoder(charset) : undefined;
	const out = openText(a);
	try {
		for await (const chunk of all(first, chunks)) {
			const text = decoder ? Buffer.from(decoder.decode(chunk, { stream: true })).toString('latin1') : chunk.toString('latin1');
			await put(out, rewriter.write(text));
			if (a.res.destroyed) return void a.upstream.destroy();
		}
		if (!a.upstream.complete) return void a.res.destroy();
		const rest = decoder ? Buffer.from(decoder.decode()).toString('latin1') : '';
		await put(out, (rest ? rewriter.write(rest) : '') + rewriter.end());
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
function passOn(a: Answer, first: Peeked, chunks: AsyncIterator<Buffer>): void {
	a.answer = without(a.answer, 'content-encoding', 'content-length');
	writeHead(a);
	pipeOn(a, Readable.from(all(first, chunks)));
}
