// tests only (Node).
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { APP, ASSETS, ourOrigin, RUN, startProxy, startSite } from './fixture.ts';

const test = suite('grades');
const SHOP = 'https://shop.example';

async function shop(t: { defer(undo: () => unknown): void }, cookies: unknown[] = []) {
	const site = await startSite((req, res) => {
		res.setHeader('Set-Cookie', 'set=1');
		cookies.push(req.headers.cookie);
		res.setHeader('Content-Type', req.url === '/a.css' ? 'text/css' : 'image/svg+xml');
		res.end(
			req.url === '/a.css'
				? 'a{background:url(https://cdn.example/x)}'
				: '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>',
		);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	return s;
}

test('an assets label answers pictures, styles, fonts and media, nothing else', async (t) => {
	const s = await shop(t);
	for (const dest of ['image', 'style', 'font', 'audio', 'video', 'track'])
		assert.is((await s.ask(SHOP, '/', { token: ASSETS, dest })).status, 200, dest);
	for (const dest of ['document', 'iframe', 'script', 'worker', 'serviceworker', 'object', 'embed', 'empty', 'manifest', undefined]) {
		const reply = await s.ask(SHOP, '/', { token: ASSETS, ...(dest ? { dest } : {}) });
		assert.is(reply.status, 403, dest);
		assert.is(reply.headers['x-tandem-error'], 'asset-only');
		assert.not.match(reply.text, 'tandem-boot');
	}
	for (const method of ['POST', 'PUT', 'OPTIONS'])
		assert.is((await s.ask(SHOP, '/', { token: ASSETS, dest: 'image', method })).status, 403, method);
	assert.is((await s.ask(SHOP, '/.tandem/cookie', { token: ASSETS })).status, 403);
});

test('an asset that a site calls none is known by its first bytes, compressed or not', async (t) => {
	const font = Buffer.concat([Buffer.from('00010000000b0080', 'hex'), Buffer.alloc(90_000, 'glyph')]);
	const page = Buffer.from('<!doctype html>'.padEnd(90_000, 'secret '));
	const codings: Record<string, (bytes: Buffer) => Buffer> = {
		identity: (bytes) => bytes,
		gzip: (bytes) => gzipSync(bytes),
		br: (bytes) => brotliCompressSync(bytes),
		zstd: (bytes) => zstdCompressSync(bytes),
		// to browsers a coding that they don't know is none
		none: (bytes) => bytes,
	};
	const site = await startSite((req, res) => {
		const [, what, coding = ''] = (req.url ?? '').split('/');
		res.writeHead(200, { 'Content-Type': 'text/plain', 'Content-Encoding': coding });
		res.end(codings[coding]?.(what === 'font' ? font : page));
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	for (const coding of Object.keys(codings)) {
		assert.is((await s.ask(SHOP, `/font/${coding}`, { token: ASSETS, dest: 'font' })).status, 200, coding);
		assert.is((await s.ask(SHOP, `/page/${coding}`, { token: ASSETS, dest: 'font' })).status, 403, coding);
	}
});

test('an asset comes with the owner’s cookies, sets none, and can not become a document', async (t) => {
	const cookies: unknown[] = [];
	const s = await shop(t, cookies);
	s.sessions.jar('j1').setDocumentCookie(SHOP, 'login=1');
	const reply = await s.ask(SHOP, '/', { token: ASSETS, dest: 'image' });
	assert.equal(cookies, ['login=1']);
	assert.is(reply.headers['set-cookie'], undefined);
	assert.is(s.sessions.jar('j1').documentCookie(SHOP), 'login=1');
	assert.is(reply.headers['access-control-allow-origin'], '*');
	assert.match(reply.headers['content-security-policy'] as string, /^sandbox; default-src 'none'/);
});

test('an asset is asked for as the host’s page asked for it, whatever the guest’s browser says of the mirror', async (t) => {
	const asked: Record<string, unknown>[] = [];
	const site = await startSite((req, res) => {
		const { origin, referer, 'sec-fetch-site': from } = req.headers;
		asked.push({ url: req.url, origin, referer, from });
		res.setHeader('Content-Type', 'font/woff2');
		res.end('font');
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url},https://cdn.example=${site.url}` });
	t.defer(() => s.close());
	const page = { origin: ourOrigin(SHOP), referer: `${ourOrigin(SHOP)}/page`, 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-site' };
	const mirror = { origin: 'null', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-site' };
	for (const [origin, site] of [
		[SHOP, 'same-origin'],
		['https://cdn.example', 'cross-site'],
	] as const) {
		asked.length = 0;
		const same = { ...page, ...(site === 'same-origin' && { 'sec-fetch-site': site }) };
		await s.ask(origin, '/f.woff2', { dest: 'font', headers: same });
		await s.ask(origin, '/f.woff2', { dest: 'font', token: ASSETS, headers: mirror });
		await s.ask(origin, '/f.woff2', { dest: 'font', token: ASSETS, headers: { ...mirror, origin: undefined } });
		const said = { url: '/f.woff2', origin: SHOP, referer: `${SHOP}/page`, from: site };
		assert.equal(asked, [said, said, { ...said, origin: undefined }]);
	}
	// What the host's page has not asked for yet, nobody is kept from by a stranger's name.
	await s.ask(SHOP, '/new.woff2', { dest: 'font', token: ASSETS, headers: mirror });
	assert.equal(asked.at(-1), { url: '/new.woff2', origin: SHOP, referer: undefined, from: 'same-origin' });
});

test('styles of an assets label lead to assets labels', async (t) => {
	const s = await shop(t);
	const reply = await s.ask(SHOP, '/a.css', { token: ASSETS, dest: 'style' });
	assert.is(reply.text, `a{background:url(${ourOrigin('https://cdn.example', ASSETS)}/x)}`);
});

test('the mirror document runs our script alone, for the app alone', async (t) => {
	const s = await shop(t);
	const reply = await s.ask('mirror', '/', { token: ASSETS, dest: 'iframe' });
	assert.is(reply.status, 200);
	const policy = reply.headers['content-security-policy'] as string;
	assert.match(policy, "default-src 'none'");
	assert.match(policy, `frame-ancestors ${APP}`);
	assert.match(policy, "script-src 'self';");
	const [, path] = /<script src="(\/\.tandem\/mirror-\w+\.js)">/.exec(reply.text) ?? [];
	const script = await s.ask('mirror', path ?? '', { token: ASSETS, dest: 'script' });
	assert.is(script.text, "globalThis.bundle='mirror';");
	assert.match(String(script.headers['cache-control']), 'immutable');
	assert.is((await s.ask('mirror', '/else', { token: ASSETS })).status, 404);
	assert.is((await s.ask('mirror', '/', { token: RUN })).status, 404, 'a run token has no mirror');
	assert.is((await s.ask('mirror', '/', { token: ASSETS, method: 'POST' })).status, 404);
});

test('a revoked token is answered 410 at once, an unknown name 404', async (t) => {
	const s = await shop(t);
	assert.is((await s.ask(SHOP, '/')).status, 200);
	s.sessions.tokens.delete(RUN);
	const page = await s.ask(SHOP, '/', { dest: 'document' });
	assert.is(page.status, 410);
	assert.is(page.headers['x-tandem-error'], 'label-revoked');
	assert.match(page.text, 'This page belongs to a session that has ended.');
	assert.is((await s.ask(SHOP, '/.tandem/cookie')).status, 410);
	assert.is((await s.ask('', '/', { host: 'something.tandem.localhost:3000' })).status, 404);
	assert.is((await s.ask('', '/', { host: `aaaaaaaaaaaaaaaaaaaa-i${ASSETS}.tandem.localhost:3000` })).status, 404, 'a hash in no table');
});

test('owns every name under the zone but the app’s', async (t) => {
	const { proxy } = await shop(t);
	for (const host of [`shop-example-a${RUN}.tandem.localhost:3000`, 'x.tandem.localhost', 'X.TANDEM.LOCALHOST:1'])
		assert.ok(proxy.owns(host), host);
	for (const host of ['app.tandem.localhost:3000', 'tandem.localhost:3000', 'localhost', 'xtandem.localhost', undefined])
		assert.not.ok(proxy.owns(host), host);
});

test.run();
