// tests only (Node).
import { randomBytes } from 'node:crypto';
import type * as http from 'node:http';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { startProxy, startSite, until } from './fixture.ts';

const test = suite('streams', { limit: 60_000 });
const SHOP = 'https://shop.example';
const MB = 1024 * 1024;

async function both(t: { defer(undo: () => unknown): void }, handler: http.RequestListener) {
	const site = await startSite(handler);
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	return { site, s };
}

/** What is left after it ran is held by somebody. */
function garbageCollector(): () => void {
	setFlagsFromString('--expose-gc');
	return runInNewContext('gc') as () => void;
}

const answered = (request: http.ClientRequest) =>
	new Promise<http.IncomingMessage>((resolve, reject) => {
		request.on('response', resolve).on('error', reject);
	});

for (const type of ['text/html; charset=utf-8', 'application/octet-stream', 'text/event-stream'])
	test(`${type}: the first byte does not wait for the last`, async (t) => {
		let finish = () => {};
		const { s } = await both(t, (_req, res) => {
			res.writeHead(200, { 'Content-Type': type });
			res.write('<!doctype html><p>first</p>');
			finish = () => res.end('<p>last</p>');
		});
		const request = s.open(SHOP, '/', { dest: type.startsWith('text/html') ? 'iframe' : 'empty' });
		request.end();
		const res = await answered(request);
		let text = '';
		res.setEncoding('utf8').on('data', (chunk: string) => {
			text += chunk;
		});
		await until(() => text.includes('first'));
		assert.not.match(text, 'last');
		finish();
		await until(() => text.includes('last'));
	});

test('a browser that goes away takes the request to the site along', async (t) => {
	let gone = 0;
	const { site, s } = await both(t, (_req, res) => {
		res.on('close', () => gone++);
		res.writeHead(200, { 'Content-Type': 'application/octet-stream' });
		res.write('x');
	});
	for (let i = 0; i < 10; i++) {
		const request = s.open(SHOP, '/');
		request.on('error', () => {});
		request.end();
		await answered(request);
		request.destroy();
	}
	await until(() => gone === 10);
	await until(async () => (await site.connections()) === 0);
	await until(() => s.proxy.stats().open === 0);
});

test('a browser that goes away before the site answered, too', async (t) => {
	let asked = 0;
	const { site, s } = await both(t, () => void asked++);
	const request = s.open(SHOP, '/');
	request.on('error', () => {});
	request.end();
	await until(() => asked === 1);
	request.destroy();
	await until(async () => (await site.connections()) === 0);
});

test('a site that breaks off is not taken for the end', async (t) => {
	const { s } = await both(t, (req, res) => {
		res.writeHead(200, { 'Content-Type': req.url === '/html' ? 'text/html; charset=utf-8' : 'text/plain' });
		res.write('<p>half');
		setImmediate(() => res.destroy());
	});
	for (const [path, dest] of [
		['/', 'empty'],
		['/html', 'iframe'],
	] as const) {
		const outcome = await s.ask(SHOP, path, { dest }).then(
			() => 'whole',
			(error: NodeJS.ErrnoException) => error.code,
		);
		assert.is(outcome, 'ECONNRESET', path);
	}
});

test('200 MB down in constant memory, at the reader’s pace', async (t) => {
	const block = randomBytes(MB);
	const { s } = await both(t, (_req, res) => {
		res.setHeader('Content-Type', 'application/octet-stream');
		Readable.from(
			(function* () {
				for (let i = 0; i < 200; i++) yield block;
			})(),
		).pipe(res);
	});
	const request = s.open(SHOP, '/');
	request.end();
	const res = await answered(request);
	const collect = garbageCollector();
	const held = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
	collect();
	const before = held();
	let [size, peak, next] = [0, 0, 0];
	for await (const chunk of res as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size < next) continue;
		next = size + 10 * MB;
		collect();
		peak = Math.max(peak, held() - before);
	}
	assert.is(size, 200 * MB);
	assert.ok(peak < 80 * MB, `${Math.round(peak / MB)} MB`);
});

test('a reader that stops stops the site', async (t) => {
	let written = 0;
	const { s } = await both(t, (_req, res) => {
		const block = Buffer.alloc(MB);
		const more = () => {
			while (written < 200 * MB) {
				written += MB;
				if (!res.write(block)) return void res.once('drain', more);
			}
		};
		more();
	});
	const request = s.open(SHOP, '/');
	request.end();
	const res = await answered(request);
	res.pause();
	let last = -1;
	await until(async () => {
		const still = written === last;
		last = written;
		await new Promise((resolve) => setTimeout(resolve, 100));
		return still;
	});
	assert.ok(written < 40 * MB, `${written / MB} MB`);
	request.destroy();
});

test('256 MB up, streamed, in constant memory', async (t) => {
	const collect = garbageCollector();
	const held = () => process.memoryUsage().heapUsed + process.memoryUsage().external;
	let before = 0;
	let peak = 0;
	const { s } = await both(t, (req, res) => {
		let [size, next] = [0, 0];
		req.on('data', (chunk: Buffer) => {
			size += chunk.length;
			if (size < next) return;
			next = size + 16 * MB;
			collect();
			peak = Math.max(peak, held() - before);
		});
		req.on('end', () => res.end(`${size} ${req.headers['transfer-encoding'] ?? req.headers['content-length']}`));
	});
	const block = Buffer.alloc(MB);
	for (const headers of [{}, { 'Content-Length': 256 * MB }]) {
		collect();
		before = held();
		const request = s.open(SHOP, '/', { method: 'POST', headers });
		Readable.from(
			(function* () {
				for (let i = 0; i < 256; i++) yield block;
			})(),
		).pipe(request);
		const res = await answered(request);
		let text = '';
		for await (const chunk of res) text += chunk;
		assert.is(text, `${256 * MB} ${headers['Content-Length'] ?? 'chunked'}`);
	}
	assert.ok(peak < 80 * MB, `${Math.round(peak / MB)} MB`);
});

test('ranges and conditions go through untouched where nothing is rewritten', async (t) => {
	const { s } = await both(t, (req, res) => {
		assert.is(req.headers.range, 'bytes=2-4');
		assert.is(req.headers['if-range'], '"e"');
		res.writeHead(206, { 'Content-Range': 'bytes 2-4/10', 'Content-Type': 'video/mp4', ETag: '"e"', 'Content-Length': 3 });
		res.end('cde');
	});
	const reply = await s.ask(SHOP, '/', { dest: 'video', headers: { Range: 'bytes=2-4', 'If-Range': '"e"' } });
	assert.is(reply.status, 206);
	assert.is(reply.headers['content-range'], 'bytes 2-4/10');
	assert.is(reply.headers.etag, '"e"');
	assert.is(reply.text, 'cde');
});

test('304, 204 and HEAD have no body, and keep the connection', async (t) => {
	const { site, s } = await both(t, (req, res) => {
		if (req.url === '/304') res.writeHead(304, { ETag: '"e"' }).end();
		else if (req.url === '/204') res.writeHead(204).end();
		else res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': 5 }).end('<p>x<');
	});
	assert.is((await s.ask(SHOP, '/304', { headers: { 'If-None-Match': '"e"' } })).status, 304);
	assert.is((await s.ask(SHOP, '/204')).status, 204);
	const head = await s.ask(SHOP, '/', { method: 'HEAD', dest: 'iframe' });
	assert.is(head.status, 200);
	assert.is(head.headers['content-length'], undefined);
	assert.is(await site.connections(), 1, 'one connection for all three');
});

test('early hints come early, mapped', async (t) => {
	const { s } = await both(t, (_req, res) => {
		res.writeEarlyHints({ link: '<https://cdn.example/a.css>; rel=preload; as=style' });
		setImmediate(() => res.end('x'));
	});
	const request = s.open(SHOP, '/', { dest: 'document' });
	const hints = new Promise<http.InformationEvent>((resolve) => request.once('information', resolve));
	const answer = answered(request);
	request.end();
	assert.match(String((await hints).headers.link), /<http:\/\/cdn-example-a[a-z]+\.tandem\.localhost:3000\/a\.css>/);
	(await answer).resume();
});

test('a request on a kept connection that the site has just closed is tried again', async (t) => {
	let asked = 0;
	const { s } = await both(t, (req, res) => {
		asked++;
		if (asked === 2) req.socket.destroy();
		else res.end('x');
	});
	assert.is((await s.ask(SHOP, '/')).status, 200);
	assert.is((await s.ask(SHOP, '/')).status, 200);
	assert.is(asked, 3);
});

for (const size of [10, 3_000_000])
	test(`so is one with a body of ${size} octets, as browsers do`, async (t) => {
		const old = new Set<unknown>();
		let taken = 0;
		const { s } = await both(t, (req, res) => {
			if (old.has(req.socket)) return void req.socket.destroy();
			old.add(req.socket);
			req.on('data', (chunk: Buffer) => {
				taken += chunk.length;
			});
			req.on('end', () => res.end('x'));
		});
		assert.is((await s.ask(SHOP, '/')).status, 200);
		assert.is((await s.ask(SHOP, '/', { method: 'POST', body: 'b'.repeat(size) })).status, 200);
		assert.is(taken, size);
	});

test('one with a body that breaks off on a new connection is not: the site may have acted on it', async (t) => {
	let asked = 0;
	const { s } = await both(t, (req) => {
		asked++;
		req.socket.destroy();
	});
	assert.is((await s.ask(SHOP, '/', { method: 'POST', body: 'b' })).status, 502);
	assert.is(asked, 1);
});

test('a connection is given up before the time is over that the site says it keeps it', async (t) => {
	let closed = false;
	const { s } = await both(t, (req, res) => {
		req.socket.once('close', () => {
			closed = true;
		});
		res.writeHead(200, { Connection: 'keep-alive', 'Keep-Alive': 'timeout=2' }).end('x');
	});
	assert.is((await s.ask(SHOP, '/')).status, 200);
	await sleep(600);
	assert.not(closed);
	await sleep(1200);
	assert.ok(closed);
});

test('also where the site has closed all that were kept, as one does after a while', async (t) => {
	const old = new Set<unknown>();
	let waiting: (() => void)[] = [];
	const { s } = await both(t, (req, res) => {
		if (old.has(req.socket)) return void req.socket.destroy();
		if (req.url !== '/many') return void res.end('x');
		old.add(req.socket);
		waiting.push(() => res.end('x'));
		if (waiting.length < 6) return;
		for (const go of waiting) go();
		waiting = [];
	});
	await Promise.all(Array.from({ length: 6 }, () => s.ask(SHOP, '/many')));
	assert.is((await s.ask(SHOP, '/')).status, 200);
});

test.run();
