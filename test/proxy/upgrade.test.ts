// tests only (Node).
import type { AddressInfo } from 'node:net';
import * as assert from 'uvu/assert';
import { WebSocket, WebSocketServer } from 'ws';
import { suite } from '../harness.ts';
import { APP, ASSETS, hostOf, ourOrigin, startProxy, startSite, until } from './fixture.ts';

const test = suite('websockets');
const CHAT = 'https://chat.test';

async function chat(t: { defer(undo: () => unknown): void }) {
	const site = await startSite((_req, res) => res.end());
	t.defer(() => site.close());
	const sockets = new WebSocketServer({ server: site.server, handleProtocols: (wanted) => [...wanted].at(-1) ?? false });
	t.defer(() => {
		for (const client of sockets.clients) client.terminate();
		sockets.close();
	});
	sockets.on('headers', (headers) => headers.push('Set-Cookie: ws=1'));
	sockets.on('connection', (socket, req) => {
		socket.send(JSON.stringify(req.headers));
		socket.on('message', (data, binary) => socket.send(data, { binary }));
		socket.on('close', (code, reason) => closes.push(`${code} ${reason}`));
	});
	const closes: string[] = [];
	const s = await startProxy({ upstreamMap: `wss://chat.test=ws://127.0.0.1:${(site.server.address() as AddressInfo).port}` });
	t.defer(() => s.close());
	const open = (headers: Record<string, string>, protocols: string[] = [], token?: string, origin = CHAT) =>
		new WebSocket(`ws://127.0.0.1:${s.port}/ws?x`, protocols, { headers: { Host: hostOf(origin, token), ...headers } });
	return { s, site, closes, open };
}

const once = <T>(socket: WebSocket, name: string) =>
	new Promise<T>((resolve, reject) => {
		socket.once(name, (...args: unknown[]) => resolve(args as T));
		socket.once('error', reject);
	});

test('text, binary, subprotocol and close code pass; Origin and cookies are the real ones', async (t) => {
	const { s, closes, open } = await chat(t);
	s.sessions.jar('j1').setDocumentCookie(CHAT, 'a=1');
	const socket = open({ Origin: ourOrigin(CHAT), Cookie: 'tandem-v-aaaaaa=0' }, ['one', 'two']);
	const [data] = await once<[Buffer]>(socket, 'message');
	const headers = JSON.parse(String(data));
	assert.equal([headers.origin, headers.host, headers.cookie], [CHAT, 'chat.test', 'a=1']);
	assert.is(socket.protocol, 'two');
	assert.is(s.sessions.jar('j1').documentCookie(CHAT), 'a=1; ws=1');
	const bytes = Buffer.alloc(300_000, 7);
	socket.send(bytes);
	const [back, binary] = await once<[Buffer, boolean]>(socket, 'message');
	assert.ok(binary && back.equals(bytes));
	socket.close(4001, 'bye');
	await once(socket, 'close');
	await until(() => closes.length === 1);
	assert.equal(closes, ['4001 bye']);
	await until(() => s.proxy.stats().open === 0);
});

test('a socket that is cut on one side is cut on the other', async (t) => {
	const { s, site, closes, open } = await chat(t);
	const socket = open({ Origin: APP });
	await once(socket, 'message');
	socket.terminate();
	await until(() => closes.length === 1);
	await until(async () => (await site.connections()) === 0);
	await until(() => s.proxy.stats().open === 0);
});

test('the guard, the grade and the token hold for sockets too', async (t) => {
	const { s, open } = await chat(t);
	const refusal = async (socket: WebSocket) => {
		const [, res] = await once<[unknown, { statusCode: number; headers: Record<string, string> }]>(socket, 'unexpected-response');
		socket.on('error', () => {});
		socket.terminate();
		return `${res.statusCode} ${res.headers['x-tandem-error']}`;
	};
	assert.is(await refusal(open({}, [], undefined, 'http://127.0.0.1:9')), '403 private-address');
	assert.is(await refusal(open({}, [], undefined, 'http://localhost:9')), '403 private-address');
	assert.is(await refusal(open({}, [], ASSETS)), '403 asset-only');
	s.sessions.tokens.clear();
	assert.is(await refusal(open({})), '410 label-revoked');
});

test('a site that does not upgrade answers as it likes', async (t) => {
	const site = await startSite((_req, res) => res.end());
	site.server.on('upgrade', (_req, socket) => socket.end('HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno'));
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://chat.test=${site.url}` });
	t.defer(() => s.close());
	const socket = new WebSocket(`ws://127.0.0.1:${s.port}/`, { headers: { Host: hostOf(CHAT) } });
	const [, res] = await once<[unknown, { statusCode: number }]>(socket, 'unexpected-response');
	assert.is(res.statusCode, 401);
	socket.on('error', () => {});
	socket.terminate();
});

test.run();
