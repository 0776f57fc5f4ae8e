// tests only (Node).
// Requests and responses that two readers could read differently (RFC 9112 section 11.2): they are refused, or passed on in one reading only.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { hostOf, startProxy } from '../proxy/fixture.ts';
import { type RawSite, rawAsk, rawSite, statuses } from './raw.ts';

const test = suite('security: smuggling');
const SHOP = 'https://shop.example';
const HOST = hostOf(SHOP);

async function behind(t: { defer(undo: () => unknown): void }, answer: Parameters<typeof rawSite>[0] = whenComplete) {
	const site = await rawSite(answer);
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}`, timeouts: { connect: 1000, answer: 1000 } });
	t.defer(() => s.close());
	return { site, port: s.port, logged: s.logged };
}

/** Answers once a request's end can be told from what arrived, as a strict server would. */
function whenComplete(socket: import('node:net').Socket, first: string): void {
	let heard = first;
	const look = () => {
		const [head = '', body = ''] = heard.split(/\r\n\r\n(.*)/s);
		const length = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
		const complete = /^transfer-encoding: *chunked/im.test(head) ? body.endsWith('0\r\n\r\n') : body.length >= length;
		if (complete) socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
	};
	socket.on('data', (chunk) => {
		heard += chunk.toString('latin1');
		look();
	});
	look();
}

const REFUSED: Readonly<Record<string, string>> = {
	'Content-Length and Transfer-Encoding': 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
	'Transfer-Encoding and Content-Length': 'Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX',
	'an unknown transfer coding': 'Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
	'a coding under chunked': 'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
	'chunked twice': 'Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
	'chunked not last': 'Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n',
	'a space before the colon': 'Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n',
	'a folded line': 'Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n',
	'two lengths': 'Content-Length: 4\r\nContent-Length: 5\r\n\r\nbodyx',
	'a list of lengths': 'Content-Length: 4, 4\r\n\r\nbody',
	'a signed length': 'Content-Length: +4\r\n\r\nbody',
	'a hexadecimal length': 'Content-Length: 0x4\r\n\r\nbody',
	'a bare LF after a header': 'X: y\nContent-Length: 4\r\n\r\nbody',
	'a bare CR in a header': 'X: y\rContent-Length: 4\r\n\r\nbody',
	'NUL in a header': 'X: y\0\r\nContent-Length: 4\r\n\r\nbody',
	'bare LFs in chunks': 'Transfer-Encoding: chunked\r\n\r\n4\nbody\n0\n\n',
	'a chunk longer than it says': 'Transfer-Encoding: chunked\r\n\r\n2\r\nbody\r\n0\r\n\r\n',
	'a negative chunk': 'Transfer-Encoding: chunked\r\n\r\n-4\r\nbody\r\n0\r\n\r\n',
	'a chunk size past 64 bits': 'Transfer-Encoding: chunked\r\n\r\n10000000000000004\r\nbody\r\n0\r\n\r\n',
};

for (const [what, rest] of Object.entries(REFUSED))
	test(`a request with ${what} is refused, and nothing of it is taken for a second one`, async (t) => {
		const { site, port } = await behind(t);
		const text = await rawAsk(port, `POST /a HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n${rest}`, (got) => got.includes('\r\n\r\n'));
		assert.equal(statuses(text), [400], text);
		assert.not.ok(
			site.heard.some((heard) => /ok|0\r\n\r\n/.test(heard)),
			'the site got no whole request',
		);
	});

const FRAMED: Readonly<Record<string, string>> = {
	'DELETE with a chunked body': `DELETE /a HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nGET \r\n0\r\n\r\n`,
	'GET whose Connection names Content-Length': `GET /a HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 4\r\nConnection: content-length\r\n\r\nGET `,
	'POST whose Connection names Content-Length': `POST /a HTTP/1.1\r\nHost: ${HOST}\r\nContent-Length: 4\r\nConnection: content-length\r\n\r\nGET `,
	'POST with chunk extensions': `POST /a HTTP/1.1\r\nHost: ${HOST}\r\nTransfer-Encoding: chunked\r\n\r\n4;x="1\t2"\r\nGET \r\n0;y\r\n\r\n`,
};

for (const [what, bytes] of Object.entries(FRAMED))
	test(`${what}: the site is told where the body ends`, async (t) => {
		const { site, port } = await behind(t);
		assert.equal(statuses(await rawAsk(port, bytes, (text) => text.endsWith('ok'))), [200]);
		assert.match(site.heard[0] as string, /\r\nTransfer-Encoding: chunked\r\n(?:.*\r\n)*\r\n4\r\nGET \r\n0\r\n\r\n$/);
		assert.is(site.heard.length, 1);
	});

const BROKEN: Readonly<Record<string, string>> = {
	'both a length and chunks': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nok',
	'two lengths': 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nokx',
	'a negative length': 'HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nok',
	'a folded header': 'HTTP/1.1 200 OK\r\nX-A: a\r\n Set-Cookie: b=c\r\nContent-Length: 2\r\n\r\nok',
	'bare LFs': 'HTTP/1.1 200 OK\nX-A: a\nContent-Length: 2\n\nok',
	'a bare CR in a header': 'HTTP/1.1 302 Found\r\nLocation: /a\rSet-Cookie: x=1\r\nContent-Length: 0\r\n\r\n',
	'NUL in a header': 'HTTP/1.1 302 Found\r\nLocation: /a\0b\r\nContent-Length: 0\r\n\r\n',
	'a control character in a header': 'HTTP/1.1 302 Found\r\nLocation: /a\x01b\r\nContent-Length: 0\r\n\r\n',
	'a status below 100': 'HTTP/1.1 000 OK\r\nContent-Length: 2\r\n\r\nok',
	'no HTTP at all': '\x15\x03\x01\x00\x02\x02\x28',
};

for (const [what, answer] of Object.entries(BROKEN))
	test(`a response with ${what} is said to be broken`, async (t) => {
		const { port } = await behind(t, answer);
		const text = await rawAsk(port, `GET /a HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
		assert.equal(statuses(text), [502]);
		assert.match(text, /x-tandem-error: broken-answer/i);
		assert.not.match(text, /set-cookie/i);
	});

test('what follows a response on the wire is no second response', async (t) => {
	const evil = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil';
	let connections = 0;
	const { port } = await behind(t, (socket: import('node:net').Socket) => {
		connections++;
		socket.write(`HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok${connections === 1 ? evil : ''}`);
	});
	const ask = `GET /a HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`;
	assert.match(await rawAsk(port, ask, (text) => text.endsWith('ok')), /ok$/);
	const second = await rawAsk(port, ask, (text) => /\r\n\r\n..$/s.test(text) || text.includes('evil'));
	assert.not.match(second, 'evil');
	assert.is(connections, 2, 'the connection that said too much is not used again');
});

test('trailers and hop-by-hop headers of a response end here', async (t) => {
	const { port } = await behind(
		t,
		'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: Set-Cookie, X-T\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nProxy-Authenticate: Basic\r\n\r\n2\r\nok\r\n0\r\nSet-Cookie: a=b\r\nX-T: 1\r\n\r\n',
	);
	const text = await rawAsk(port, `GET /a HTTP/1.1\r\nHost: ${HOST}\r\nConnection: close\r\n\r\n`);
	// what the site said is told to a page, inside a header of ours
	assert.not.match(text.replace(/^x-tandem-said:.*$/im, ''), /x-hop|x-t:|a=b|proxy-authenticate/i);
});

const HOSTILE: Readonly<Record<string, string>> = {
	'a 103 whose Link is none': 'HTTP/1.1 103 Early Hints\r\nLink: nonsense\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
	'a 103 with odd parameters': 'HTTP/1.1 103 x\r\nLink: <a>; x="a b, c"\r\nLink: <b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok',
	'a hundred 1xx': `${'HTTP/1.1 103 x\r\nLink: </a>; rel=preload\r\n\r\n'.repeat(100)}HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok`,
	'a control character in the reason': 'HTTP/1.1 200 O\x01K\r\nContent-Length: 2\r\n\r\nok',
	'cookies of every broken kind':
		'HTTP/1.1 200 OK\r\nSet-Cookie: =\r\nSet-Cookie: ;\r\nSet-Cookie:\r\nSet-Cookie: \xff=\xfe; Path=%00; Expires=xx; Max-Age=99999999999999999999\r\nSet-Cookie: __proto__=1; Domain=constructor\r\nContent-Length: 2\r\n\r\nok',
	'an encoding nobody knows': 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-16garbage\r\nContent-Length: 2\r\n\r\nok',
	'a policy of garbage':
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Security-Policy: script-src \xff http://[ 'nonce-\x85' https://a:b@c:99999/, ;;,\r\nContent-Length: 2\r\n\r\nok",
	'an upgrade nobody asked for': 'HTTP/1.1 101 Switching\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
};

for (const [what, answer] of Object.entries(HOSTILE))
	for (const dest of ['document', 'script', 'style', 'websocket'])
		test(`a site that sends ${what} for a ${dest} gets an answer through or an error, and the server goes on`, async (t) => {
			const thrown: unknown[] = [];
			const note = (error: unknown) => thrown.push(error);
			process.on('uncaughtException', note).on('unhandledRejection', note);
			t.defer(() => process.off('uncaughtException', note).off('unhandledRejection', note));
			const { port, site } = await behind(t, answer);
			const upgrade =
				'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n';
			const head = dest === 'websocket' ? upgrade : `Sec-Fetch-Dest: ${dest}\r\nConnection: close\r\n`;
			const text = await rawAsk(port, `GET /a HTTP/1.1\r\nHost: ${HOST}\r\n${head}\r\n`);
			assert.match(text, /^HTTP\/1\.1 (?:10[13]|200|504) /);
			assert.equal(thrown, []);
			assert.ok((site as RawSite).heard.length > 0);
		});

test('a handshake carries no body', async (t) => {
	const { site, port } = await behind(t, 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
	await rawAsk(
		port,
		`GET /a HTTP/1.1\r\nHost: ${HOST}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 30\r\n\r\nGET /b HTTP/1.1\r\nHost: x.test\r\n\r\n`,
	);
	assert.not.match(site.heard[0] as string, /content-length|\/b HTTP/i);
});

test.run();
