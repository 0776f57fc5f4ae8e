// tests only (Node).
// Basic and Digest: asked for on a page of ours, kept with the jar, sent as a browser would.
import { createHash } from 'node:crypto';
import type * as http from 'node:http';
import * as assert from 'uvu/assert';
import { digest, pick } from '../../proxy/auth/answer.ts';
import { parseChallenges } from '../../proxy/auth/challenge.ts';
import { suite } from '../harness.ts';
import { ourOrigin, startProxy, startSite } from './fixture.ts';

const test = suite('login');
const SHOP = 'https://shop.example';
const OTHER = 'https://other.example';
const PAGE = { 'Sec-Fetch-Site': 'same-origin', Referer: `${ourOrigin(SHOP)}/` };
const FORM = { ...PAGE, 'Content-Type': 'application/x-www-form-urlencoded' };

async function serving(t: { defer(undo: () => unknown): void }, handler: http.RequestListener) {
	const seen: string[] = [];
	const site = await startSite((req, res) => {
		seen.push(`${req.method} ${req.url} ${req.headers.authorization ?? '-'}`);
		handler(req, res);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url}` });
	t.defer(() => s.close());
	return { s, seen };
}

const basic = (user: string, password: string) => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const RIGHT = basic('ann', 'ö:1');

/** Wants ann and ö:1 below /in/. */
const basicSite: http.RequestListener = (req, res) => {
	if (!req.url?.startsWith('/in/') || req.headers.authorization === RIGHT) return void res.setHeader('Content-Type', 'text/html').end('in');
	res.writeHead(401, { 'WWW-Authenticate': 'Basic realm="The \\"shop\\""', 'Content-Type': 'text/html' }).end('out');
};

test('challenges are read as RFC 9110 writes them', () => {
	assert.equal(parseChallenges('Basic realm="a, \\"b\\"", charset=UTF-8'), [
		{ scheme: 'basic', params: { realm: 'a, "b"', charset: 'UTF-8' } },
	]);
	assert.equal(parseChallenges('Negotiate, NTLM abc==, Digest realm=x , nonce="n",Basic realm=y'), [
		{ scheme: 'negotiate', params: {} },
		{ scheme: 'ntlm', params: {} },
		{ scheme: 'digest', params: { realm: 'x', nonce: 'n' } },
		{ scheme: 'basic', params: { realm: 'y' } },
	]);
	assert.is(
		pick(parseChallenges('Basic realm=y, Digest realm=x, nonce=n, Digest realm=x, nonce=n, algorithm=SHA-256'))?.params.algorithm,
		'SHA-256',
	);
	assert.is(pick(parseChallenges('Negotiate, Digest realm=x, nonce=n, algorithm=odd')), undefined);
});

test('the example of RFC 7616 section 3.9.1', () => {
	const login = { user: 'Mufasa', password: 'Circle of Life' };
	const params = {
		realm: 'http-auth@example.org',
		qop: 'auth, auth-int',
		nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
		opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
	};
	const answer = (algorithm: string) =>
		/response="(\w+)"/.exec(
			digest({ ...params, algorithm }, login, { method: 'GET', uri: '/dir/index.html' }, 1, 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'),
		)?.[1];
	assert.is(answer('SHA-256'), '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
	assert.is(answer('MD5'), '8ca523f5e9506fed4657c9700eebdbec');
});

test('a document that needs a password: our page asks, the login goes with what is below, and nowhere else', async (t) => {
	const { s, seen } = await serving(t, basicSite);
	const asked = await s.ask(SHOP, '/in/a?b', { dest: 'iframe' });
	assert.is(asked.status, 401);
	assert.is(asked.headers['www-authenticate'], undefined);
	assert.match(asked.text, 'name="to" value="/in/a?b"');
	assert.match(asked.text, 'shop.example: The &quot;shop&quot;');
	const login = await s.ask(SHOP, '/.tandem/login', {
		method: 'POST',
		headers: FORM,
		body: 'to=%2Fin%2Fa%3Fb&user=ann&password=%C3%B6%3A1',
	});
	assert.equal([login.status, login.headers.location], [303, '/in/a?b']);
	seen.length = 0;
	assert.is((await s.ask(SHOP, '/in/a?b', { dest: 'iframe' })).status, 200);
	assert.is((await s.ask(SHOP, '/in/c', { dest: 'iframe' })).status, 200);
	await s.ask(SHOP, '/x', { dest: 'iframe' });
	await s.ask(OTHER, '/in/a', { dest: 'iframe' });
	assert.equal(seen, ['GET /in/a?b -', `GET /in/a?b ${RIGHT}`, `GET /in/c ${RIGHT}`, 'GET /x -', 'GET /in/a -']);
});

test('a wrong password is asked for again and not sent twice; where to go must be a path', async (t) => {
	const { s, seen } = await serving(t, basicSite);
	await s.ask(SHOP, '/.tandem/login', { method: 'POST', headers: FORM, body: 'to=/in/a&user=ann&password=no' });
	assert.is((await s.ask(SHOP, '/in/a', { dest: 'iframe' })).status, 401);
	assert.is((await s.ask(SHOP, '/in/a', { dest: 'iframe' })).status, 401);
	assert.equal(seen, ['GET /in/a -', `GET /in/a ${basic('ann', 'no')}`, 'GET /in/a -']);
	for (const to of ['https://evil.test/', '//evil.test/', '/\\evil.test/'])
		assert.is((await s.ask(SHOP, '/.tandem/login', { method: 'POST', headers: FORM, body: `to=${encodeURIComponent(to)}` })).status, 400);
	const stranger = { ...FORM, 'Sec-Fetch-Site': 'same-site' };
	assert.is((await s.ask(SHOP, '/.tandem/login', { method: 'POST', headers: stranger, body: 'to=/' })).status, 403);
});

test('what a page fetches stays 401, without a prompt of the browser; a login of its own is left alone', async (t) => {
	const { s, seen } = await serving(t, basicSite);
	const got = await s.ask(SHOP, '/in/a', { dest: 'empty', headers: PAGE });
	assert.equal([got.status, got.text, got.headers['www-authenticate']], [401, 'out', undefined]);
	await s.ask(SHOP, '/in/a', { dest: 'empty', headers: { ...PAGE, Authorization: 'Bearer x' } });
	assert.is(seen[1], 'GET /in/a Bearer x');
});

test('a name and password in a redirect answer the challenge behind it', async (t) => {
	const { s, seen } = await serving(t, (req, res) =>
		req.url === '/go' ? void res.writeHead(302, { Location: 'https://ann:%C3%B6%3A1@shop.example/in/' }).end() : basicSite(req, res),
	);
	assert.is((await s.ask(SHOP, '/go', { dest: 'iframe' })).headers.location, `${ourOrigin(SHOP)}/in/`);
	assert.is((await s.ask(SHOP, '/in/', { dest: 'iframe' })).status, 200);
	assert.is(seen.at(-1), `GET /in/ ${RIGHT}`);
});

test('a script is not led to another origin with a name and password', async (t) => {
	const { s } = await serving(t, (_, res) => void res.writeHead(302, { Location: 'https://ann:pw@other.example/in/' }).end());
	const { location } = (await s.ask(SHOP, '/go', { dest: 'empty', headers: { ...PAGE, 'Sec-Fetch-Mode': 'cors' } })).headers;
	const as = (await s.ask(SHOP, '/go', { dest: 'image', headers: { ...PAGE, 'Sec-Fetch-Mode': 'no-cors' } })).headers;
	assert.is(location, `${ourOrigin('https://other.example').replace('//', '//ann:pw@')}/in/`);
	assert.is(as.location, location, 'nor a page to a picture');
});

test('Digest is computed here, counts its nonce, and takes a fresh one', async (t) => {
	const md5 = (text: string) => createHash('md5').update(text).digest('hex');
	let nonce = 'one';
	const { s, seen } = await serving(t, (req, res) => {
		const given = parseChallenges(req.headers.authorization ?? '')[0]?.params ?? {};
		const want = md5(`${md5('ann:r:pw')}:${nonce}:${given.nc}:${given.cnonce}:auth:${md5(`${req.method}:${req.url}`)}`);
		if (given.response === want) return void res.end(`in ${given.nc}`);
		const stale = given.nonce !== undefined && given.nonce !== nonce ? ', stale=true' : '';
		res.writeHead(401, { 'WWW-Authenticate': `Digest realm="r", nonce="${nonce}", qop="auth"${stale}` }).end();
	});
	await s.ask(SHOP, '/.tandem/login', { method: 'POST', headers: FORM, body: 'to=/&user=ann&password=pw' });
	assert.is((await s.ask(SHOP, '/a', { dest: 'iframe' })).text.match(/in 0{7}1/)?.length, 1);
	assert.match((await s.ask(SHOP, '/b?c', { dest: 'iframe' })).text, 'in 00000002');
	nonce = 'two';
	assert.match((await s.ask(SHOP, '/d', { dest: 'iframe' })).text, 'in 00000001');
	assert.is(seen.length, 5);
});

test.run();
