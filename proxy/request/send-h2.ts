// server only (Node).
// A request over HTTP/2 (RFC 9113): the stream's answer passes for one of HTTP/1.1, so that no stage after this one knows the difference.
import { type IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type ClientHttp2Session, type ClientHttp2Stream, constants } from 'node:http2';
import { TandemError } from '../../protocol/errors.ts';
import type { HeaderList } from '../headers.ts';

/** Fields of a connection of HTTP/1.1, which no request of HTTP/2 may have (RFC 9113 section 8.2.2), and Host, which is `:authority` there. */
const NOT_HERE: ReadonlySet<string> = new Set([
	'connection',
	'host',
	'http2-settings',
	'keep-alive',
	'proxy-connection',
	'te',
	'transfer-encoding',
	'upgrade',
]);

export interface H2Request {
	readonly method: string;
	/** The real name and port. */
	readonly authority: string;
	/** Path and query. */
	readonly path: string;
	readonly headers: HeaderList;
}

/** The site took nothing of the request, so that it may be sent again: over another session, or over HTTP/1.1 (`downgrade`). */
export class NotTaken extends Error {
	readonly downgrade: boolean;
	constructor(downgrade: boolean) {
		super('not taken');
		this.downgrade = downgrade;
	}
}

/** Opens the stream. Throws NotTaken where the session is over. */
export function openStream(session: ClientHttp2Session, { method, authority, path, headers }: H2Request, body: boolean): ClientHttp2Stream {
	const fields: Record<string, string | string[]> = { ':method': method, ':scheme': 'https', ':authority': authority, ':path': path };
	for (const [name, value] of headers) {
		const key = name.toLowerCase();
		if (NOT_HERE.has(key)) continue;
		const before = fields[key];
		fields[key] = before === undefined ? value : ([] as string[]).concat(before, value);
	}
	// A list of one header only where there may be one: Node refuses others, and cookies are one list (section 8.2.3).
	if (Array.isArray(fields.cookie)) fields.cookie = fields.cookie.join('; ');
	if (session.closed || session.destroyed) throw new NotTaken(false);
	return session.request(fields, { endStream: !body });
}

/**
 * The answer to a stream. `onHint` gets the headers of 103 responses; `answer`: milliseconds until it begins, once `sent` has resolved (the
 * request's body is out). Rejects with NotTaken, TandemError 'timeout', or the stream's own error.
 */
export function answerOf(
	stream: ClientHttp2Stream,
	answer: number,
	sent: Promise<unknown>,
	onHint: (headers: IncomingHttpHeaders) => void,
): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		let timer: NodeJS.Timeout | undefined;
		let settled = false;
		const settle = () => {
			settled = true;
			clearTimeout(timer);
		};
		void sent.then(() => {
			if (!settled) timer = setTimeout(() => stream.destroy(new TandemError('timeout')), answer);
		});
		stream.on('headers', (headers) => {
			if (headers[':status'] === 103) onHint(headers as IncomingHttpHeaders);
		});
		stream.once('response', (headers, _flags, raw: readonly string[] = []) => {
			settle();
			resolve(new H2Answer(stream, Number(headers[':status']), raw));
		});
		stream.on('error', (error) => {
			settle();
			reject(notTaken(stream) ?? error);
		});
		stream.once('close', () => {
			settle();
			reject(notTaken(stream) ?? new TandemError('broken-answer'));
		});
	});
}

function notTaken(stream: ClientHttp2Stream): NotTaken | undefined {
	const { rstCode } = stream;
	if (rstCode === constants.NGHTTP2_HTTP_1_1_REQUIRED) return new NotTaken(true);
	return rstCode === constants.NGHTTP2_REFUSED_STREAM ? new NotTaken(false) : undefined;
}

/** An answer of HTTP/2 in the shape of one of HTTP/1.1; its reason phrase is empty, as a page sees it (Fetch, `statusText`). */
class H2Answer extends IncomingMessage {
	readonly #stream: ClientHttp2Stream;

	constructor(stream: ClientHttp2Stream, status: number, raw: readonly string[]) {
		super(null as never);
		this.#stream = stream;
		this.statusCode = status;
		this.statusMessage = '';
		this.httpVersion = '2.0';
		this.httpVersionMajor = 2;
		this.httpVersionMinor = 0;
		const rows: string[] = [];
		for (let i = 0; i + 1 < raw.length; i += 2) if (!raw[i]?.startsWith(':')) rows.push(raw[i] as string, raw[i + 1] as string);
		// What Node's own parser calls: `headers` and `headersDistinct` are made of it when they are first asked for.
		(this as unknown as { _addHeaderLines(rows: string[], count: number): void })._addHeaderLines(rows, rows.length);
		stream.on('data', (chunk: Buffer) => {
			if (!this.push(chunk)) stream.pause();
		});
		stream.once('end', () => {
			this.complete = stream.rstCode === constants.NGHTTP2_NO_ERROR && !stream.aborted;
			if (this.complete) this.push(null);
		});
		stream.once('close', () => {
			if (!this.complete && !this.destroyed) this.destroy(new TandemError('broken-answer'));
		});
		stream.pause();
	}

	override _read(): void {
		this.#stream.resume();
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		if (!this.#stream.destroyed) this.#stream.close(constants.NGHTTP2_CANCEL);
		callback(error);
	}
}
