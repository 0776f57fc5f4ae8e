// tests only (Node).
import * as http from 'node:http';
import * as assert from 'uvu/assert';
import { encodeLabel } from '../../protocol/label.ts';
import { Agents } from '../../proxy/address/agents.ts';
import { Guard, type Resolve } from '../../proxy/address/guard.ts';
import { suite } from '../harness.ts';
import { RUN, startProxy, startSite } from './fixture.ts';

const test = suite('guard');

/** Every way to write an address of this machine or a private network that a URL allows. */
const PRIVATE_HOSTS = [
	'127.0.0.1',
	'127.1',
	'127.0.1',
	'2130706433',
	'0x7f000001',
	'0x7f.0.0.1',
	'0177.0.0.1',
	'017700000001',
	'127.255.255.254',
	'0',
	'0.0.0.0',
	'10.1.2.3',
	'172.16.0.1',
	'172.31.255.255',
	'192.168.1.1',
	'169.254.169.254',
	'100.64.0.1',
	'192.0.0.1',
	'192.0.2.1',
	'198.18.0.1',
	'224.0.0.1',
	'240.0.0.1',
	'255.255.255.255',
	'[::1]',
	'[::]',
	'[::ffff:127.0.0.1]',
	'[::ffff:7f00:1]',
	'[::127.0.0.1]',
	'[::ffff:10.0.0.1]',
	'[64:ff9b::7f00:1]',
	'[64:ff9b:1::a00:1]',
	'[2002:7f00:1::]',
	'[2001:0:7f00:1::]',
	'[fe80::1]',
	'[fec0::1]',
	'[fc00::1]',
	'[fd12:3456::1]',
	'[ff02::1]',
	'[2001:db8::1]',
	'[100::1]',
	'①②⑦.0.0.1',
	'127。0。0。1',
];

test('refuses every form of a private address, before anything is sent', async (t) => {
	const site = await startSite((_req, res) => res.end('inside'));
	t.defer(() => site.close());
	const s = await startProxy();
	t.defer(() => s.close());
	for (const host of PRIVATE_HOSTS) {
		const { origin } = new URL(`http://${host}:${site.port}`);
		s.sessions.table('s1').set((encodeLabel(origin, RUN).match(/^[a-z2-7]{20}/) ?? [''])[0], origin);
		const reply = await s.ask(origin, '/');
		assert.is(reply.status, 403, `${host} (${origin})`);
		assert.is(reply.headers['x-tandem-error'], 'private-address', host);
	}
	assert.is(s.proxy.stats().refused, PRIVATE_HOSTS.length);
});

test('refuses a label whose host is not as URLs write it', async (t) => {
	const s = await startProxy();
	t.defer(() => s.close());
	for (const label of [`0x7f-1-b${RUN}`, `127-1-b${RUN}`, `2130706433-b${RUN}`]) {
		const reply = await s.ask('', '/', { host: `${label}.tandem.localhost` });
		assert.is(reply.status, 400, label);
		assert.is(reply.headers['x-tandem-error'], 'bad-url');
	}
});

test('lets public addresses through, of both families', () => {
	const guard = new Guard([]);
	for (const address of ['93.184.216.34', '1.1.1.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])
		assert.ok(guard.allows(address, 443), address);
});

test('lets through what the operator allows, and says which entry is no CIDR', () => {
	const guard = new Guard(['10.0.0.0/8', 'fd00::/8', '192.168.1.7']);
	for (const address of ['10.9.8.7', 'fd00::1', '192.168.1.7', '::ffff:10.0.0.1']) assert.ok(guard.allows(address, 80), address);
	for (const address of ['192.168.1.8', '127.0.0.1', 'fc00::1']) assert.not.ok(guard.allows(address, 80), address);
	assert.throws(() => new Guard(['ten']), /ten/);
});

test('a name that resolves to a private address is refused', async (t) => {
	const s = await startProxy();
	t.defer(() => s.close());
	const reply = await s.ask('http://localhost:9', '/');
	assert.is(reply.headers['x-tandem-error'], 'private-address');
});

test('rebinding: a name is judged by the address of each connection', async (t) => {
	let asked = 0;
	const resolve: Resolve = (_host, _options, callback) => callback(null, [{ address: asked++ ? '127.0.0.1' : '127.0.0.2', family: 4 }]);
	let reached = 0;
	const site = await startSite((_req, res) => {
		reached++;
		res.end();
	});
	t.defer(() => site.close());
	const agents = new Agents(new Guard(['127.0.0.2'], resolve));
	t.defer(() => agents.destroy());
	const ask = () =>
		new Promise<string>((done) => {
			const request = http.request({ agent: agents.for('http:'), host: 'rebind.example', port: site.port });
			request.on('response', (res) => res.resume().on('end', () => done('answered')));
			request.on('error', (error) => done(String((error as { code?: string }).code)));
			request.end();
		});
	assert.is(await ask(), 'ECONNREFUSED', 'the first answer is allowed, and connected to');
	assert.is(await ask(), 'private-address');
	assert.is(reached, 0);
});

test('of several addresses only the allowed ones are tried', async () => {
	const resolve: Resolve = (_host, _options, callback) =>
		callback(null, [
			{ address: '10.0.0.1', family: 4 },
			{ address: '93.184.216.34', family: 4 },
		]);
	const found = await new Promise((done) =>
		new Guard([], resolve).lookup(80)('mixed.example', { all: true }, (_error, addresses) => done(addresses)),
	);
	assert.equal(found, [{ address: '93.184.216.34', family: 4 }]);
});

test('never leads back to itself: by a name of ours, or by its own port where loopback is allowed', async (t) => {
	const s = await startProxy({ allowPrivate: ['127.0.0.0/8'] });
	t.defer(() => s.close());
	for (const origin of [
		'http://app.tandem.localhost:3000',
		'http://x.tandem.localhost',
		'http://tandem.localhost:3000',
		`http://127.0.0.1:${s.port}`,
		`http://localhost:${s.port}`,
	]) {
		s.sessions.table('s1').set((encodeLabel(origin, RUN).match(/^[a-z2-7]{20}/) ?? [''])[0], origin);
		const reply = await s.ask(origin, '/');
		assert.is(reply.headers['x-tandem-error'], 'private-address', origin);
	}
});

test('a redirect to a private address is not followed by us, and its label is refused', async (t) => {
	const site = await startSite((_req, res) => res.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data/' }).end());
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://shop.example=${site.url}` });
	t.defer(() => s.close());
	const reply = await s.ask('https://shop.example', '/');
	assert.is(reply.status, 302);
	assert.match(reply.headers.location ?? '', `http://169-254-169-254-b${RUN}.tandem.localhost:3000/latest/meta-data/`);
	const next = await s.ask('http://169.254.169.254', '/latest/meta-data/');
	assert.is(next.headers['x-tandem-error'], 'private-address');
});

test.run();
