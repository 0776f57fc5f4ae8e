// tests only (Node).
import * as net from 'node:net';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { hostOf, startProxy } from './fixture.ts';

const test = suite('methods that Node does not know (RFC 9110 section 9.1)');
const SHOP = 'http://shop.example';

/** A site that reads no HTTP: it notes what came and says OK. */
async function start(t: { defer(undo: () => unknown): void }) {
	const heads: string[] = [];
	const site = net.createServer((socket) => {
		let text = '';
		socket.on('error', () => {});
		socket.on('data', (chunk) => {
			text += chunk.toString('latin1');
			const end = text.indexOf('\r\n\r\n');
			const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0);
			if (end < 0 || text.length < end + 4 + length) return;
			heads.push(text);
			text = '';
			socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
		});
	});
	await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
	t.defer(() => new Promise((resolve) => site.close(resolve)));
	const s = await startProxy({ upstreamMap: `${SHOP}=http://127.0.0.1:${(site.address() as net.AddressInfo).port}` });
	t.defer(() => s.close());
	return { s, heads };
}

/** Sends text as it is and reads until the connection ends. */
function say(port: number, ...parts: string[]): Promise<string> {
	return new Promise((resolve, reject) => {
		const socket = net.connect(port, '127.0.0.1');
		let answer = '';
		socket.on('data', (chunk) => {
			answer += chunk.toString('latin1');
			const next = parts.shift();
			if (next) socket.write(next);
		});
		socket.on('error', reject).on('close', () => resolve(answer));
		socket.write(parts.shift() ?? '');
	});
}

const host = `Host: ${hostOf(SHOP)}\r\n`;

for (const method of ['XUNICORN', 'patch', 'PATCHY', 'get', '!#$%&']) {
	test(`${method} reaches the site as it is, without a body that nobody sent`, async (t) => {
		const { s, heads } = await start(t);
		const answer = await say(s.port, `${method} /x?y HTTP/1.1\r\n${host}X-Own: 1\r\n\r\n`);
		assert.match(answer, /^HTTP\/1\.1 200 [\s\S]*\r\n\r\nok$/);
		assert.match(answer, /\r\nConnection: close\r\n/i);
		assert.is(heads.length, 1);
		assert.ok(heads[0]?.startsWith(`${method} /x?y HTTP/1.1\r\n`), heads[0]);
		assert.match(heads[0] ?? '', /\r\nX-Own: 1\r\n/);
		assert.not.match(heads[0] ?? '', /transfer-encoding|content-length/i);
	});
}

test('a body goes along, also in a packet of its own', async (t) => {
	const { s, heads } = await start(t);
	const size = 300_000;
	const answer = await say(s.port, `XUNICORN / HTTP/1.1\r\n${host}Content-Length: ${size}\r\n\r\n${'b'.repeat(size)}`);
	assert.match(answer, /^HTTP\/1\.1 200 /);
	assert.ok(heads[0]?.endsWith(`\r\n\r\n${'b'.repeat(size)}`));
});

test('on a kept connection, after another request', async (t) => {
	const { s, heads } = await start(t);
	const answer = await say(s.port, `GET /1 HTTP/1.1\r\n${host}\r\n`, `XUNICORN /2 HTTP/1.1\r\n${host}\r\n`);
	assert.is(answer.match(/HTTP\/1\.1 200 /g)?.length, 2);
	assert.equal(
		heads.map((head) => head.split(' HTTP')[0]),
		['GET /1', 'XUNICORN /2'],
	);
});

test('what is no request is refused as Node refuses it', async (t) => {
	const { s, heads } = await start(t);
	for (const bad of ['\x16\x03\x01\x02\r\n\r\n', 'XUNI\x00CORN / HTTP/1.1\r\n\r\n', `XUNICORN / HTTP/1.1\r\n${host}Bad\r\n\r\n`])
		assert.match(await say(s.port, bad), /^HTTP\/1\.1 400 /);
	assert.is(heads.length, 0);
});

test.run();
