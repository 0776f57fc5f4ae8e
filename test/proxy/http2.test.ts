// tests only (Node).
// Sites that speak HTTP/2 (RFC 9113), and those that don't: what is found out costs no connection, and a page can't tell the version.
import * as http2 from 'node:http2';
import * as https from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { buffer } from 'node:stream/consumers';
import * as tls from 'node:tls';
import * as assert from 'uvu/assert';
import { suite, type TestContext } from '../harness.ts';
import { startProxy } from './fixture.ts';
import { CERT, KEY } from './self-signed.ts';

const test = suite('http/2');
const SHOP = 'https://shop.example';
const TLS = { key: KEY, cert: CERT };
tls.setDefaultCACertificates([...tls.getCACertificates('default'), CERT]);

async function behind(t: TestContext, server: http2.Http2SecureServer | https.Server) {
	let connections = 0;
	const open = new Set<tls.TLSSocket>();
	server.on('secureConnection', (socket: tls.TLSSocket) => {
		connections++;
		open.add(socket);
	});
	await new Promise<void>((done) => (server as Server).listen(0, '127.0.0.1', () => done()));
	const s = await startProxy({ upstreamMap: `https://*=https://127.0.0.1:${((server as Server).address() as AddressInfo).port}` });
	t.defer(() => {
		for (const socket of open) socket.destroy();
		server.close();
	});
	t.defer(() => s.close());
	return { s, connections: () => connections, cut: () => [...open].map((socket) => socket.destroy()) };
}

type Answer = (stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders) => void;
const h2 = (answer: Answer, options: http2.SecureServerOptions = {}) =>
	http2.createSecureServer({ ...TLS, ...options }).on('stream', (stream, headers) => {
		stream.on('error', () => {});
		answer(stream, headers);
	});

test('requests, bodies and headers go both ways over one connection', async (t) => {
	const big = Buffer.alloc(3_000_000, 'tandem ');
	const { s, connections } = await behind(
		t,
		h2(async (stream, headers) => {
			const sent = await buffer(stream);
			stream.respond({ ':status': 201, 'set-cookie': ['a=1', 'b=2; HttpOnly'], 'x-a': 'é', 'content-type': 'application/octet-stream' });
			stream.end(
				headers[':path'] === '/big'
					? big
					: `${headers[':method']} ${headers[':authority']}${headers[':path']} ${sent.length} ${headers.cookie ?? ''}`,
			);
		}),
	);
	const first = await s.ask(SHOP, '/x?y=1', { dest: 'iframe', headers: { Connection: 'keep-alive' } });
	assert.equal([first.status, first.text], [201, 'GET shop.example/x?y=1 0 ']);
	const { body } = await s.ask(SHOP, '/big');
	assert.ok(body.equals(big));
	const post = await s.ask(SHOP, '/post', { method: 'POST', body: big, dest: 'iframe', headers: { 'Content-Type': 'text/plain' } });
	assert.is(post.text, `POST shop.example/post ${big.length} a=1; b=2`);
	assert.is((await s.ask(SHOP, '/h', { method: 'HEAD' })).text, '');
	assert.is((await s.ask(SHOP, '/o', { method: 'PURGE' })).text.slice(0, 5), 'PURGE');
	await Promise.all(Array.from({ length: 20 }, (_, i) => s.ask(SHOP, `/many/${i}`)));
	assert.is(connections(), 1);
});

test('a site of HTTP/1.1 is asked over the connection that found that out', async (t) => {
	const { s, connections } = await behind(
		t,
		https.createServer(TLS, (req, res) => res.end(`${req.httpVersion} ${req.url}`)),
	);
	for (const path of ['/a', '/b']) assert.is((await s.ask(SHOP, path)).text, `1.1 ${path}`);
	assert.is(connections(), 1);
});

test('an answer that breaks off is not taken for a whole one', async (t) => {
	const { s } = await behind(
		t,
		h2((stream, headers) => {
			stream.respond({ 'content-type': 'image/png' });
			stream.write('half', () => (headers[':path'] === '/reset' ? stream.destroy(new Error('broken')) : stream.session?.destroy()));
		}),
	);
	for (const path of ['/reset', '/cut']) {
		const outcome = await s.ask(SHOP, path).then(
			() => 'whole',
			() => 'broken',
		);
		assert.is(outcome, 'broken', path);
	}
});

test('a connection that is gone is opened anew', async (t) => {
	const { s, connections, cut } = await behind(
		t,
		h2((stream) => stream.respond({ ':status': 204 }, { endStream: true })),
	);
	assert.is((await s.ask(SHOP, '/')).status, 204);
	cut();
	assert.is((await s.ask(SHOP, '/')).status, 204);
	cut();
	assert.is((await s.ask(SHOP, '/', { method: 'POST', body: 'b' })).status, 204);
	assert.is(connections(), 3);
});

test('a site that requires HTTP/1.1 gets it (section 7)', async (t) => {
	const server = h2((stream) => stream.close(http2.constants.NGHTTP2_HTTP_1_1_REQUIRED), { allowHTTP1: true });
	server.on('request', (req, res) => req.httpVersion === '1.1' && req.pipe(res));
	const { s } = await behind(t, server);
	assert.is((await s.ask(SHOP, '/', { method: 'POST', body: 'old' })).text, 'old');
	assert.is((await s.ask(SHOP, '/')).status, 200);
});

test('early hints arrive, and there is no reason phrase', async (t) => {
	const { s } = await behind(
		t,
		h2((stream) => {
			stream.additionalHeaders({ ':status': 103, link: '<https://cdn.example/a.css>; rel=preload; as=style' });
			stream.respond({ ':status': 200, 'content-type': 'text/plain' });
			stream.end('ok');
		}),
	);
	const request = s.open(SHOP, '/', { dest: 'iframe' });
	const hints: unknown[] = [];
	request.on('information', (info) => hints.push(info.statusCode));
	const phrase = await new Promise((done) => request.on('response', (answer) => done(answer.resume().statusMessage)).end());
	assert.equal([phrase, hints], ['', [103]]);
});

test.run();
