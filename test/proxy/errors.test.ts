// tests only (Node).
import * as net from 'node:net';
import * as assert from 'uvu/assert';
import { REASONS } from '../../protocol/errors.ts';
import { suite } from '../harness.ts';
import { ourOrigin, startProxy, startSite } from './fixture.ts';

const test = suite('errors');
const SHOP = 'https://shop.example';

async function rawSite(t: { defer(undo: () => unknown): void }, answer: (socket: net.Socket) => void): Promise<string> {
	const server = net.createServer((socket) => {
		socket.on('error', () => {});
		answer(socket);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	t.defer(() => server.close());
	return `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`;
}

test('what went wrong on the way is said, as a page or as a line', async (t) => {
	const closed = await startSite(() => {});
	await closed.close();
	const answers = {
		'refused.test': closed.url,
		'nohttp.test': await rawSite(t, (socket) => socket.end('this is not HTTP\r\n\r\n')),
		'silent.test': await rawSite(t, () => {}),
		'hangup.test': await rawSite(t, (socket) => socket.once('data', () => socket.destroy())),
		'smuggle.test': await rawSite(t, (socket) =>
			socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
		),
		'noname.test': 'http://nothing.invalid',
	};
	const upstreamMap = Object.entries(answers)
		.map(([host, url]) => `https://${host}=${url}`)
		.join(',');
	const s = await startProxy({ upstreamMap, timeouts: { answer: 300 } });
	t.defer(() => s.close());
	for (const [host, code] of [
		['refused.test', 'refused'],
		['nohttp.test', 'broken-answer'],
		['hangup.test', 'broken-answer'],
		['smuggle.test', 'broken-answer'],
		['silent.test', 'timeout'],
		['noname.test', 'no-such-host'],
	] as const) {
		const page = await s.ask(`https://${host}`, '/', { dest: 'document' });
		assert.is(page.headers['x-tandem-error'], code, host);
		assert.is(page.status, REASONS[code].status);
		assert.match(page.headers['content-type'] ?? '', 'text/html');
		for (const text of [REASONS[code].title, REASONS[code].advice, host, 'data-tandem-boot']) assert.match(page.text, text);
		const line = await s.ask(`https://${host}`, '/', { dest: 'image' });
		assert.match(line.headers['content-type'] ?? '', 'text/plain');
		assert.match(line.text, REASONS[code].title);
		assert.is(line.headers.location, undefined);
		// To a script it is no answer, which a browser understands by two places to go to.
		const none = await s.ask(`https://${host}`, '/', { dest: 'empty' });
		assert.is(none.status, REASONS[code].status);
		assert.is(none.raw.filter((text) => text.startsWith('/.tandem/none')).length, 2);
	}
});

test('a download from the address bar is a page with name, size and a button', async (t) => {
	const site = await startSite((_req, res) => {
		res.writeHead(200, {
			'Content-Type': 'application/zip',
			'Content-Length': 2_500_000,
			'Content-Disposition': `attachment; filename="<b>.zip"; filename*=UTF-8''gr%C3%BCn.zip`,
		});
		res.end(Buffer.alloc(2_500_000));
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	const page = await s.ask(SHOP, '/f.zip?x=1', { dest: 'iframe' });
	assert.is(page.headers['x-tandem-error'], 'download');
	assert.match(page.text, 'grün.zip (2.5 MB)');
	assert.match(page.text, 'href="/f.zip?x=1"');
	const own = { Referer: `${ourOrigin(SHOP)}/f.zip`, 'Sec-Fetch-Site': 'same-origin' };
	const file = await s.ask(SHOP, '/f.zip?x=1', { dest: 'iframe', headers: own });
	assert.is(file.body.length, 2_500_000);
	assert.match(file.headers['content-disposition'] ?? '', 'attachment');
});

test("a type no browser shows is a download; a PDF is one from the address bar, and the browser's to show from a page", async (t) => {
	const site = await startSite((req, res) =>
		res.writeHead(200, { 'Content-Type': req.url === '/pdf' ? 'application/pdf' : 'application/x-thing' }).end('x'),
	);
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	assert.is((await s.ask(SHOP, '/thing', { dest: 'iframe' })).headers['x-tandem-error'], 'download');
	assert.is((await s.ask(SHOP, '/pdf', { dest: 'iframe', headers: { 'Sec-Fetch-Site': 'none' } })).headers['x-tandem-error'], 'pdf');
	const pdf = await s.ask(SHOP, '/pdf', { dest: 'iframe', headers: { Referer: `${ourOrigin(SHOP)}/` } });
	assert.is(pdf.headers['content-type'], 'application/pdf');
	assert.is(pdf.text, 'x');
	const linked = await s.ask(SHOP, '/thing', { dest: 'iframe', headers: { Referer: `${ourOrigin(SHOP)}/` } });
	assert.is(linked.headers['content-disposition'], "attachment; filename*=UTF-8''thing");
});

test('odd requests are refused and do not get through', async (t) => {
	const site = await startSite((_req, res) => res.end('reached'));
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	const host = new URL(ourOrigin(SHOP)).host;
	const say = (text: string) =>
		new Promise<string>((resolve) => {
			let got = '';
			const socket = net.connect(s.port, '127.0.0.1', () => socket.write(text));
			socket.on('data', (data) => {
				got += data;
			});
			socket.on('close', () => resolve(got));
			socket.on('error', () => {});
		});
	for (const request of [
		`GET http://evil.test/ HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
		`POST / HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n`,
		`GET / HTTP/1.1\r\nHost: ${host}\r\nX: a\rb\r\n\r\n`,
		`GET / HTTP/1.1\r\nHost: ${host}\r\nHost: other\r\n\r\n`.replace('GET /', 'GET *'),
	]) {
		const answer = await say(request);
		assert.match(answer, /^HTTP\/1\.1 400/, request);
		assert.not.match(answer, 'reached');
	}
});

test.run();
