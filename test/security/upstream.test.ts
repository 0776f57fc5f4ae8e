// tests only (Node).
// Sites that answer slowly, or not at all, or from an address that changes: sockets come free, and no name leads inside.
import type * as net from 'node:net';
import * as assert from 'uvu/assert';
import type { Resolve } from '../../proxy/address/guard.ts';
import { suite } from '../harness.ts';
import { startProxy, startSite, until } from '../proxy/fixture.ts';
import { rawSite } from './raw.ts';

const test = suite('security: upstream');
const SITE = 'https://slow.example';
type T = { defer(undo: () => unknown): void };

/** A site that says a byte every 20 ms, for ever: it never rests long enough for a timeout between two bytes. */
function drip(socket: net.Socket, first: string): void {
	socket.write(first);
	const timer = setInterval(() => socket.write('x'), 20);
	socket.on('close', () => clearInterval(timer));
}

for (const [what, first] of Object.entries({
	'a status line': 'HTTP/1.1 200 ',
	headers: 'HTTP/1.1 200 OK\r\nX: ',
	'nothing at all': '',
	'early hints for ever': 'HTTP/1.1 103 Hints\r\nX: ',
}))
	for (const upgrade of [false, true])
		test(`a site that drips ${what}${upgrade ? ' at a handshake' : ''} is left`, async (t) => {
			let closed = 0;
			const site = await rawSite((socket) => {
				socket.on('close', () => closed++);
				if (first) drip(socket, first);
			});
			t.defer(() => site.close());
			const s = await startProxy({ upstreamMap: `${SITE}=${site.url}`, timeouts: { connect: 300, answer: 300 } });
			t.defer(() => s.close());
			const headers = upgrade ? { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'x' } : {};
			const reply = await s.ask(SITE, '/', { headers });
			assert.is(reply.headers['x-tandem-error'], 'timeout');
			await until(() => closed === 1 && s.proxy.stats().open === 0);
		});

for (const dest of ['document', 'script', 'style', 'image'])
	test(`a ${dest} that drips for ever is left when the browser leaves`, async (t) => {
		let closed = 0;
		const site = await rawSite((socket) => {
			socket.on('close', () => closed++);
			drip(socket, `HTTP/1.1 200 OK\r\nContent-Type: ${dest === 'document' ? 'text/html' : 'text/x'}\r\nContent-Length: 99999999\r\n\r\n`);
		});
		t.defer(() => site.close());
		const s = await startProxy({ upstreamMap: `${SITE}=${site.url}` });
		t.defer(() => s.close());
		const request = s.open(SITE, '/', { dest });
		request.on('error', () => {}).end();
		await until(() => site.heard.length === 1 && (site.heard[0] as string).endsWith('\r\n\r\n'));
		request.destroy();
		await until(() => closed === 1 && s.proxy.stats().open === 0);
	});

/** A proxy for which `inside.example` has the addresses of `answers`, one look-up after the other. */
async function rebinding(t: T, answers: readonly (readonly string[])[], allowPrivate: readonly string[] = []) {
	let reached = 0;
	const site = await startSite((_req, res) => {
		reached++;
		res.setHeader('Connection', 'close').end('inside');
	});
	t.defer(() => site.close());
	let asked = 0;
	const resolve: Resolve = (_name, _options, callback) => {
		const now = answers[Math.min(asked++, answers.length - 1)] ?? [];
		callback(
			null,
			now.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
		);
	};
	const s = await startProxy({ resolve, allowPrivate, timeouts: { connect: 400, answer: 1000 } });
	t.defer(() => s.close());
	const origin = `http://inside.example:${site.port}`;
	return { ...s, origin, reached: () => reached, asked: () => asked };
}

test('a name that leads inside is refused, for documents, assets of a page, and handshakes', async (t) => {
	for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1', '10.0.0.1', '0.0.0.0', '169.254.169.254', '64:ff9b::7f00:1']) {
		const { ask, origin, reached } = await rebinding(t, [[address]]);
		for (const dest of ['document', 'image', 'script'])
			assert.is((await ask(origin, '/', { dest })).headers['x-tandem-error'], 'private-address', address);
		const headers = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'x' };
		assert.is((await ask(origin, '/', { headers })).headers['x-tandem-error'], 'private-address', address);
		assert.is(reached(), 0);
	}
});

test('rebinding: outside at the first look, inside at the next', async (t) => {
	// 127.0.0.2 stands for the outside; nothing of the site listens there
	const { ask, origin, reached, asked } = await rebinding(t, [['127.0.0.2'], ['127.0.0.1']], ['127.0.0.2/32']);
	assert.is.not((await ask(origin, '/', { dest: 'document' })).status, 200);
	for (let i = 0; i < 3; i++) assert.is((await ask(origin, '/', { dest: 'document' })).headers['x-tandem-error'], 'private-address');
	assert.is(reached(), 0);
	assert.is(asked(), 4, 'each connection is judged by its own look-up');
});

test('rebinding: an address outside and one inside in one answer', async (t) => {
	const { ask, origin, reached } = await rebinding(t, [['127.0.0.2', '127.0.0.1', '::1']], ['127.0.0.2/32']);
	assert.is.not((await ask(origin, '/', { dest: 'document' })).status, 200);
	assert.is(reached(), 0);
});

test('what the operator allows is reached', async (t) => {
	const { ask, origin, reached } = await rebinding(t, [['127.0.0.1']], ['127.0.0.1/32']);
	assert.is((await ask(origin, '/', { dest: 'image' })).text, 'inside');
	assert.is(reached(), 1);
});

test('redirects, by header, by document, by chain, lead no way inside, and to no other scheme', async (t) => {
	const targets = ['http://127.0.0.1:9/', 'http://[::1]:9/', 'http://10.0.0.1/', 'http://169.254.169.254/latest/'];
	const schemes = [
		'file:///etc/passwd',
		'ftp://10.0.0.1/',
		'gopher://x/',
		'javascript:alert(1)',
		'data:text/html,x',
		'view-source:http://10.0.0.1',
	];
	const site = await startSite((req, res) => {
		const to = decodeURIComponent(req.url?.slice(1) ?? '');
		res.writeHead(302, { Location: to, 'Content-Type': 'text/html' }).end(`<meta http-equiv=refresh content="0;url=${to}">`);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*.example=${site.url}` });
	t.defer(() => s.close());
	/** Goes on as a browser would, as long as labels lead on. */
	const follow = async (path: string) => {
		let reply = await s.ask('https://a.example', path, { dest: 'document' });
		for (let hops = 0; reply.status === 302 && hops < 5; hops++) {
			const location = String(reply.headers.location);
			const from = new URL(location, 'http://none.test');
			if (!from.host.endsWith('.tandem.localhost:3000')) return { reply, location };
			reply = await s.ask('', from.pathname + from.search, { host: from.host, dest: 'document' });
		}
		return { reply, location: '' };
	};
	for (const target of targets) {
		const once = encodeURIComponent(target);
		const chain = encodeURIComponent(`https://b.example/${encodeURIComponent(`https://c.example/${once}`)}`);
		for (const path of [`/${once}`, `/${chain}`]) {
			const { reply } = await follow(path);
			assert.is(reply.headers['x-tandem-error'], 'private-address', `${target} ${path}`);
		}
		const { text } = await s.ask('https://a.example', `/${once}`, { dest: 'document' });
		assert.not.match(text, `url=${target}`);
	}
	for (const scheme of schemes) {
		const { reply, location } = await follow(`/${encodeURIComponent(scheme)}`);
		// nothing is asked here; a browser follows none of them from http (Fetch section 4.4, step 5)
		assert.is(reply.status, 302);
		assert.is(location, scheme);
	}
});

test.run();
