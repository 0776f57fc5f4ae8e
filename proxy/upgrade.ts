// server only (Node).
// WebSockets (RFC 6455): the handshake goes the same way as a request, then two sockets are joined and nothing is looked at.
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TandemError } from '../protocol/errors.ts';
import type { Answer, Environment, Exchange } from './context.ts';
import { awaitWrites } from './cookie-writes.ts';
import { toTandemError } from './errors.ts';
import { type HeaderList, without } from './headers.ts';
import { versionCookie } from './jar-version.ts';
import { aim } from './request/aim.ts';
import { askHeaders } from './request/ask-headers.ts';
import { addLogin } from './request/authorize.ts';
import { identify } from './request/identify.ts';
import { openRequest } from './request/send.ts';
import { isMixed, mustBeSecure } from './request/transport.ts';
import { beginAnswer } from './response/begin.ts';
import { mapHeaders } from './response/header-table.ts';
import { keepCookies } from './response/keep-cookies.ts';

/** Serves one upgrade; never rejects. */
export async function serveUpgrade(env: Environment, req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
	env.counts.upgrades++;
	env.guard.learnOwnPort(req.socket.localPort);
	const stop = () => socket.destroy();
	env.live.add(stop);
	socket.once('close', () => env.live.delete(stop));
	socket.on('error', stop);
	let x: Exchange | undefined;
	try {
		x = { ...identify(env, req), res: undefined as never, target: undefined, headers: [], upstream: undefined, done: false };
		if (x.info.grade !== 'run' || x.label.kind === 'mirror') throw new TandemError('asset-only');
		if (req.headers.upgrade?.toLowerCase() !== 'websocket' || req.method !== 'GET') throw new TandemError('bad-request');
		if (isMixed(x.url, x.initiator)) throw new TandemError('mixed-content', x.url.host);
		if (mustBeSecure(x)) x.url.protocol = 'https:';
		aim(x);
		await awaitWrites(x);
		askHeaders(x);
		addLogin(x);
		// a handshake has no body (RFC 6455 section 4.1), and what follows it must not be taken for one
		x.headers = without(x.headers, 'content-length');
		x.headers.push(['Connection', 'Upgrade'], ['Upgrade', 'websocket']);
		await join(x, socket, head);
	} catch (error) {
		const reason = toTandemError(error, x?.url.host ?? '');
		env.counts.errors++;
		if (reason.code === 'private-address') env.counts.refused++;
		const body = `${reason.message}\n`;
		writeResponse(socket, reason.status, STATUS_CODES[reason.status] ?? '', [
			['Content-Type', 'text/plain; charset=utf-8'],
			['Content-Length', String(Buffer.byteLength(body))],
			['X-Tandem-Error', reason.code],
			['Connection', 'close'],
		]);
		socket.end(body);
	}
}

function join(x: Exchange, socket: Duplex, head: Buffer): Promise<void> {
	return new Promise((resolve, reject) => {
		const out = openRequest(x);
		const timer = setTimeout(() => out.destroy(new TandemError('timeout')), x.env.timeouts.connect);
		socket.once('close', () => out.destroy());
		out.once('error', (error) => {
			clearTimeout(timer);
			reject(error);
		});
		out.once('upgrade', (answer, site, siteHead) => {
			clearTimeout(timer);
			try {
				accepted(x, answer, socket);
			} catch (error) {
				site.destroy();
				return reject(error);
			}
			if (siteHead.length) socket.write(siteHead);
			if (head.length) site.write(head);
			couple(socket, site);
			resolve();
		});
		out.once('response', (answer) => {
			clearTimeout(timer);
			try {
				refused(x, answer, socket);
				resolve();
			} catch (error) {
				answer.destroy();
				reject(error);
			}
		});
		out.end();
	});
}

function accepted(x: Exchange, answer: IncomingMessage, socket: Duplex): void {
	const a = mapped(x, answer);
	a.answer.push(['Connection', 'Upgrade'], ['Upgrade', 'websocket']);
	writeResponse(socket, 101, 'Switching Protocols', a.answer);
}

/** The site answered the handshake with an ordinary response: so does the browser get one. */
function refused(x: Exchange, answer: IncomingMessage, socket: Duplex): void {
	const a = mapped(x, answer);
	writeResponse(socket, a.status, answer.statusMessage ?? '', [...without(a.answer, 'content-length'), ['Connection', 'close']]);
	answer.on('error', () => socket.destroy());
	answer.pipe(socket);
}

function mapped(x: Exchange, answer: IncomingMessage): Answer {
	x.upstream = answer;
	const a = beginAnswer(x);
	keepCookies(a);
	mapHeaders(a);
	const cookie = versionCookie(x.req, x.env.zone, x.token, x.jar);
	if (cookie) a.answer.push(['Set-Cookie', cookie]);
	return a;
}

function couple(a: Duplex, b: Duplex): void {
	for (const [one, other] of [
		[a, b],
		[b, a],
	] as const) {
		one.on('error', () => other.destroy());
		// what was said last must still be heard
		one.on('close', () => (other as Socket).destroySoon());
		one.pipe(other);
	}
}

function writeResponse(socket: Duplex, status: number, message: string, headers: HeaderList): void {
	const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
	socket.write(`HTTP/1.1 ${status} ${message.replace(/[^\t\x20-\x7e\x80-\xff]/g, '')}\r\n${lines}\r\n`, 'latin1');
}
