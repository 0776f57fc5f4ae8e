// tests only (Node).
// Strict-Transport-Security, mixed content, and cross-origin isolation, as the real browser would have them.
import type * as http from 'node:http';
import * as assert from 'uvu/assert';
import { Hsts } from '../../proxy/hsts.ts';
import { Jar } from '../../proxy/index.ts';
import { suite } from '../harness.ts';
import { APP, ourOrigin, startProxy, startSite } from './fixture.ts';

const test = suite('transport');
const SHOP = 'https://shop.example';
const PLAIN = 'http://shop.example';

async function serving(t: { defer(undo: () => unknown): void }, headers: http.OutgoingHttpHeaders = {}) {
	const seen: string[] = [];
	const answer = (scheme: string) => (req: http.IncomingMessage, res: http.ServerResponse) => {
		seen.push(`${scheme} ${req.headers.host}${req.url}`);
		res.writeHead(200, { 'Content-Type': 'text/plain', ...headers }).end('ok');
	};
	const [secure, plain] = [await startSite(answer('https')), await startSite(answer('http'))];
	t.defer(() => Promise.all([secure.close(), plain.close()]));
	const s = await startProxy({ upstreamMap: `https://*=${secure.url},http://*=${plain.url}` });
	t.defer(() => s.close());
	return { s, seen };
}

const from = (origin: string) => ({ Referer: `${ourOrigin(origin)}/`, 'Sec-Fetch-Site': 'same-site' });

test('HSTS: subdomains where they are included, an end, and no addresses (RFC 6797)', () => {
	const hsts = new Hsts();
	assert.is(hsts.learn('a.example', 'max-age=10', 0), true);
	assert.equal([hsts.covers('a.example', 9999), hsts.covers('a.example', 10_000), hsts.covers('b.a.example', 1)], [true, false, false]);
	hsts.learn('a.example', 'includeSubDomains ; MAX-AGE="10"', 0);
	assert.equal([hsts.covers('c.b.a.example', 1), hsts.covers('xa.example', 1), hsts.covers('example', 1)], [true, false, false]);
	for (const bad of ['max-age', 'max-age=x', 'includeSubDomains', 'max-age=1; max-age=2'])
		assert.is(hsts.learn('b.example', bad, 0), false, bad);
	assert.is(hsts.learn('127.0.0.1', 'max-age=10', 0), false);
	assert.is(hsts.learn('a.example', 'max-age=0', 0), true);
	assert.is(hsts.covers('a.example', 1), false);
});

test('HSTS is kept with the jar', () => {
	const jar = new Jar();
	jar.learnHsts('a.example', 'max-age=1000');
	const copy = new Jar();
	copy.deserialize(jar.serialize());
	assert.is(copy.hsts.covers('a.example'), true);
	copy.deserialize(new Jar().serialize());
	assert.is(copy.hsts.covers('a.example'), false);
});

test('http of a host that asked for https is redirected before it is asked; over http nobody is believed', async (t) => {
	const { s, seen } = await serving(t, { 'Strict-Transport-Security': 'max-age=1000; includeSubDomains' });
	assert.is((await s.ask(PLAIN, '/a', { dest: 'iframe' })).status, 200);
	assert.is((await s.ask(PLAIN, '/a', { dest: 'iframe' })).status, 200);
	assert.is((await s.ask(SHOP, '/a', { dest: 'iframe' })).headers['strict-transport-security'], undefined);
	const moved = await s.ask('http://www.shop.example', '/b?c', { dest: 'iframe' });
	assert.equal([moved.status, moved.headers.location], [307, `${ourOrigin('https://www.shop.example')}/b?c`]);
	const fetched = await s.ask(PLAIN, '/d', {
		dest: 'empty',
		headers: { Origin: ourOrigin('http://b.example'), 'Sec-Fetch-Site': 'same-site' },
	});
	assert.equal([fetched.status, fetched.headers['access-control-allow-origin']], [307, ourOrigin('http://b.example')]);
	assert.is(seen.length, 3);
});

test('mixed content: scripts, fetches and frames get nothing, pictures go over https, a tab may go anywhere', async (t) => {
	const { s, seen } = await serving(t);
	const page = from(SHOP);
	for (const dest of ['script', 'style', 'empty', 'font']) {
		const failed = await s.ask('http://cdn.example', '/x', { dest, headers: page }).then(() => false, () => true); // biome-ignore format: short
		assert.ok(failed, dest);
	}
	assert.equal(seen, []);
	assert.is((await s.ask('http://cdn.example', '/a.png', { dest: 'image', headers: page })).status, 200);
	assert.is((await s.ask('http://10.1.2.3', '/b.png', { dest: 'image', headers: page })).status, 200);
	assert.is((await s.ask('http://localhost', '/x.js', { dest: 'script', headers: page })).status, 200);
	assert.is((await s.ask('http://cdn.example', '/x.js', { dest: 'script', headers: from('http://shop.example') })).status, 200);
	assert.is((await s.ask('http://cdn.example', '/', { dest: 'iframe', headers: page })).status, 200);
	assert.equal(seen, [
		'https cdn.example/a.png',
		'http 10.1.2.3/b.png',
		'http localhost/x.js',
		'http cdn.example/x.js',
		'http cdn.example/',
	]);
	// a browser that tells roots: this frame is none
	const hint = { 'Sec-CH-UA-Form-Factors': '"Desktop"' };
	await s.ask(SHOP, '/', { dest: 'iframe', headers: { ...hint, Referer: `${APP}/` } });
	const framed = await s.ask('http://cdn.example', '/', { dest: 'iframe', headers: page });
	assert.equal([framed.status, framed.headers['x-tandem-error']], [403, 'mixed-content']);
});

test('COOP and COEP become Document-Isolation-Policy', async (t) => {
	const COOP = { 'Cross-Origin-Opener-Policy': 'same-origin; report-to="x"' };
	const policy = async (origin: string, headers: http.OutgoingHttpHeaders) => {
		const { s } = await serving(t, headers);
		return (await s.ask(origin, '/', { dest: 'iframe' })).headers['document-isolation-policy'];
	};
	assert.is(await policy(SHOP, { ...COOP, 'Cross-Origin-Embedder-Policy': 'require-corp' }), 'isolate-and-require-corp');
	assert.is(await policy(SHOP, { ...COOP, 'Cross-Origin-Embedder-Policy': 'credentialless' }), 'isolate-and-credentialless');
	assert.is(await policy(SHOP, { 'Cross-Origin-Embedder-Policy': 'require-corp' }), undefined);
	assert.is(await policy(SHOP, COOP), undefined);
	assert.is(await policy(PLAIN, { ...COOP, 'Cross-Origin-Embedder-Policy': 'require-corp' }), undefined);
});

test.run();
