// server only (Node).
// Sends the request on and waits for the response to begin. Bodies stream with backpressure; whoever goes away first takes the other along.
import * as http from 'node:http';
import { type ClientHttp2Session, constants } from 'node:http2';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { Readable } from 'node:stream';
import { TandemError } from '../../protocol/errors.ts';
import { toProxied } from '../../protocol/url.ts';
import { HEADER_MAX, type Peer } from '../address/protocols.ts';
import type { Target } from '../address/upstream-map.ts';
import type { Asked, Exchange } from '../context.ts';
import { getHeader, toRaw } from '../headers.ts';
import { isKnownMethod } from '../odd-methods.ts';
import { answerOf, NotTaken, openStream } from './send-h2.ts';
import { KEPT, SentBody } from './sent-body.ts';

/** The options for a request to `x.target`; SNI and certificate are of the real name (RFC 9110 section 4.3.4). */
export function requestOptions(x: Exchange): https.RequestOptions {
	const { env, req, target } = x;
	if (!target) throw new TandemError('internal');
	return {
		agent: env.agents.for(target.protocol),
		...peerOf(x, target),
		method: req.method,
		path: pathOf(x),
		headers: toRaw(x.headers) as unknown as http.OutgoingHttpHeaders,
		setHost: false,
		maxHeaderSize: HEADER_MAX,
	} as https.RequestOptions;
}

function peerOf({ info, url }: Exchange, { host, port, trusted }: Target): Peer {
	const name = url.hostname.replace(/^\[|\]$/g, '');
	return { partition: info.jar, trusted, host, port, servername: /^[\d.]+$|:/.test(name) ? '' : name };
}

function pathOf({ redirected, url, req }: Exchange): string {
	return redirected ? url.pathname + url.search : (req.url ?? '/');
}

/** Opens the request; throws TandemError where the guard refuses an IP literal, TypeError never. */
export function openRequest(x: Exchange): http.ClientRequest {
	const options = requestOptions(x);
	const method = options.method ?? 'GET';
	const odd = !isKnownMethod(method);
	// Node writes every method in capitals, and gives one it doesn't know a body
	if (odd) options.method = hasBody(x) ? 'POST' : 'GET';
	const out = x.target?.protocol === 'https:' ? https.request(options) : http.request(options);
	if (odd) setMethod(out, method);
	return out;
}

/** Changes the head that Node made ready and hasn't sent yet. */
function setMethod(out: http.ClientRequest & { _header?: string }, method: string): void {
	if (typeof out._header !== 'string') throw new TandemError('internal');
	out._header = out._header.replace(/^\S+/, () => method);
}

/** Whether the request carries content (RFC 9112 section 6.3). */
export function hasBody({ req }: Asked): boolean {
	return req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
}

function bodyOf(x: Exchange): SentBody | undefined {
	return hasBody(x) ? new SentBody(x.sent ? Readable.from([x.sent]) : x.req) : undefined;
}

/** Stage: fills `upstream`. */
export async function send(x: Exchange): Promise<void> {
	frameBody(x);
	const body = bodyOf(x);
	for (let left = AGAIN; ; left--) {
		try {
			x.upstream = await attempt(x, body);
			body?.forget();
			return;
		} catch (error) {
			const again = error instanceof StaleConnection || error instanceof NotTaken;
			if (!again || !left || x.res.destroyed || body?.again === false) throw error;
		}
	}
}

/** A request that was not taken goes over another session, or over HTTP/1.1, and what has become stale meanwhile over a new connection. */
const AGAIN = 2;

async function attempt(x: Exchange, body: SentBody | undefined): Promise<http.IncomingMessage> {
	const { target, env } = x;
	if (target?.protocol === 'https:') {
		const session = await env.agents.protocols.session(peerOf(x, target), env.timeouts.connect);
		if (x.res.destroyed) throw new TandemError('broken-answer');
		if (session) return overHttp2(x, session, target, body);
	}
	return overHttp1(x, body);
}

/**
 * A kept connection was closed by the site just as we used it, before an answer began (RFC 9112 section 9.3.1). As browsers do with their own, what
 * was asked over it, forms too, is asked once more over a new one: to a browser its connection to us is fine, so that it won't.
 */
class StaleConnection extends Error {}

/** Sessions that a request has used: the site may have closed one just as it is used again. */
const used = new WeakSet<ClientHttp2Session>();

async function overHttp2(
	x: Exchange,
	session: ClientHttp2Session,
	target: Target,
	body: SentBody | undefined,
): Promise<http.IncomingMessage> {
	const { req, res, env } = x;
	const reused = used.has(session);
	used.add(session);
	let leave = () => {};
	try {
		const authority = getHeader(x.headers, 'host') ?? x.url.host;
		const stream = openStream(session, { method: req.method ?? 'GET', authority, path: pathOf(x), headers: x.headers }, body !== undefined);
		leave = () => stream.close(constants.NGHTTP2_CANCEL);
		res.once('close', leave);
		const sent = body ? new Promise((done) => stream.once('finish', done)) : Promise.resolve();
		body?.pour(stream);
		const upstream = await answerOf(stream, env.timeouts.answer, sent, (headers) => earlyHints(x, 103, headers.link));
		upstream.once('close', () => res.off('close', leave));
		return upstream;
	} catch (error) {
		res.off('close', leave);
		if (error instanceof NotTaken && error.downgrade) env.agents.protocols.downgrade(peerOf(x, target));
		const stale = reused && session.destroyed && !(error instanceof TandemError) && !res.destroyed;
		throw stale ? new StaleConnection('stale', { cause: error }) : error;
	}
}

function overHttp1(x: Exchange, body: SentBody | undefined): Promise<http.IncomingMessage> {
	const { res, env } = x;
	if (Number(x.req.headers['content-length']) > KEPT) forgetKept(x);
	return new Promise((resolve, reject) => {
		const out = openRequest(x);
		const timer = watch(out, env.timeouts, reject);
		const leave = () => out.destroy();
		res.once('close', leave);
		out.once('response', (upstream) => {
			timer.stop();
			upstream.once('close', () => res.off('close', leave));
			resolve(upstream);
		});
		out.on('information', (info) => earlyHints(x, info.statusCode, info.headers.link));
		out.on('error', (error: NodeJS.ErrnoException) => {
			timer.stop();
			res.off('close', leave);
			const stale = out.reusedSocket && /^(?:ECONNRESET|EPIPE)$/.test(error.code ?? '') && !res.destroyed;
			// the others have been idle for longer
			if (stale) forgetKept(x);
			reject(stale ? new StaleConnection('stale', { cause: error }) : error);
		});
		if (body) body.pour(out);
		else out.end();
	});
}

/** The next request to this site has a connection of its own. */
function forgetKept(x: Exchange): void {
	if (x.target) x.env.agents.forget(x.target.protocol, requestOptions(x));
}

/**
 * Makes sure that the site can tell where the request's body ends, whatever the method and whatever `Connection` named
 * (RFC 9112 section 6.3). Throws 'bad-request' for a transfer coding that is not ours to take off (section 6.1).
 */
function frameBody(x: Exchange): void {
	const coding = x.req.headers['transfer-encoding'];
	if (coding !== undefined && coding.trim().toLowerCase() !== 'chunked') throw new TandemError('bad-request');
	const framed = x.headers.some(([name]) => /^(?:content-length|transfer-encoding)$/i.test(name));
	if (hasBody(x) && !framed) x.headers.push(['Transfer-Encoding', 'chunked']);
}

/** Two clocks: to connect, then to answer once the request's body is sent. */
function watch(out: http.ClientRequest, limits: { connect: number; answer: number }, reject: (error: Error) => void): { stop(): void } {
	const end = () => {
		const error = new TandemError('timeout');
		reject(error);
		out.destroy(error);
	};
	let timer = setTimeout(end, limits.connect);
	const answerClock = () => {
		clearTimeout(timer);
		timer = setTimeout(end, limits.answer);
	};
	const connected = () => {
		clearTimeout(timer);
		if (out.writableFinished) answerClock();
		else out.once('finish', answerClock);
	};
	out.once('socket', (socket) => {
		if (out.reusedSocket || isOpen(socket)) connected();
		else socket.once('encrypted' in socket ? 'secureConnect' : 'connect', connected);
	});
	return {
		stop() {
			clearTimeout(timer);
			out.off('finish', answerClock);
		},
	};
}

/** Whether a socket is connected, and past its handshake where it has one. */
function isOpen(socket: Socket & { secureConnecting?: boolean }): boolean {
	return !socket.connecting && !socket.secureConnecting;
}

/** 103 Early Hints (RFC 8297), with its links mapped. */
function earlyHints(x: Exchange, status: number, link: string | readonly string[] | undefined): void {
	if (status !== 103 || typeof link !== 'string' || x.res.headersSent || !x.navigation) return;
	try {
		x.res.writeEarlyHints({ link: mapLinkTargets(link, x) });
	} catch {
		// no list of links that Node takes; a hint may be lost
	}
}

/** Absolute targets of a Link header to labels. */
function mapLinkTargets(link: string, x: Asked): string {
	return link.replace(/<([^>]*)>/g, (_, url: string) => `<${toProxied(url, x.scope)}>`);
}
