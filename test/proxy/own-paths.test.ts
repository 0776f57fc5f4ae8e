// tests only (Node).
import * as assert from 'uvu/assert';
import { encodeLabel, hashOrigin } from '../../protocol/label.ts';
import { suite } from '../harness.ts';
import { ourOrigin, RUN, startProxy, startSite } from './fixture.ts';

const test = suite('own paths');
const SHOP = 'https://shop.example';
const SELF = { 'Sec-Fetch-Site': 'same-origin' };

async function started(t: { defer(undo: () => unknown): void }) {
	const s = await startProxy();
	t.defer(() => s.close());
	return s;
}

test('cookie: reads and writes as document.cookie does, by path', async (t) => {
	const s = await started(t);
	const jar = s.sessions.jar('j1');
	jar.store('h=1; HttpOnly', { url: new URL(SHOP), site: 'same-site', method: 'GET' });
	const written = await s.ask(SHOP, '/.tandem/cookie?path=/x/y', { method: 'POST', body: '["ü=1; Path=/x"]', headers: SELF });
	const view = { cookie: 'ü=1', version: jar.version, keys: ['|/x'], hidden: ['h'], site: 'shop.example', marks: '' };
	assert.equal(JSON.parse(written.text), view);
	assert.match(written.headers['set-cookie']?.[0] ?? '', `=${jar.version};`);
	assert.is(JSON.parse((await s.ask(SHOP, '/.tandem/cookie?path=/', { headers: SELF })).text).cookie, '');
	assert.is(JSON.parse((await s.ask(SHOP, '/.tandem/cookie?path=/x', { headers: SELF })).text).cookie, 'ü=1');
});

test('cookie: writes are done in their order, and what was asked for after one waits for it', async (t) => {
	const site = await startSite((req, res) => void res.end(req.headers.cookie ?? ''));
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	const mark = (n: number) => ({ Cookie: `tandem-v-${RUN.slice(0, 6)}=0; tandem-w-${RUN.slice(0, 6)}=other.9x-doc.${n}` });
	const write = (n: number, text: string) =>
		s.ask(SHOP, `/.tandem/cookie?path=/&write=doc.${n}`, {
			method: 'POST',
			body: JSON.stringify([text]),
			headers: { ...SELF, ...mark(n) },
		});
	const order: string[] = [];
	const noted = (name: string, work: Promise<unknown>) => work.then(() => order.push(name));
	const asked = s.ask(SHOP, '/echo', { headers: mark(3) });
	const all = [
		noted('asked', asked),
		noted('read', s.ask(SHOP, '/.tandem/cookie?path=/&write=doc.2', { headers: SELF })),
		noted('third', write(3, 'a=3')),
		noted('second', write(2, 'a=2')),
	];
	await new Promise((done) => setTimeout(done, 100));
	assert.equal(order, [], 'the first is on its way');
	assert.is(s.sessions.jar('j1').documentCookie(SHOP), '');
	await Promise.all([...all, noted('first', write(1, 'a=1'))]);
	assert.is(s.sessions.jar('j1').documentCookie(SHOP), 'a=3');
	assert.match((await asked).text, 'a=3');
	// One that never comes is not waited for by everybody.
	const began = Date.now();
	await s.ask(SHOP, '/echo', { headers: mark(4) });
	const first = Date.now() - began;
	await s.ask(SHOP, '/echo', { headers: mark(4) });
	assert.ok(first > 1000 && Date.now() - began - first < first / 2, `${first} and ${Date.now() - began} ms`);
});

test('cookie: what is no list of texts is refused', async (t) => {
	const s = await started(t);
	for (const body of ['', 'a=1', '{}', '[1]'])
		assert.is((await s.ask(SHOP, '/.tandem/cookie?path=/', { method: 'POST', body, headers: SELF })).status, 400, body);
	assert.is(s.sessions.jar('j1').documentCookie(SHOP), '');
});

test('only the same label may ask', async (t) => {
	const s = await started(t);
	for (const site of ['same-site', 'cross-site'])
		assert.is((await s.ask(SHOP, '/.tandem/cookie?path=/', { headers: { 'Sec-Fetch-Site': site } })).status, 403, site);
	assert.is((await s.ask(SHOP, '/.tandem/nothing', { headers: SELF })).status, 404);
	assert.is((await s.ask(SHOP, '/.tandem/cookie', { method: 'PUT', headers: SELF })).status, 404);
});

test('origin: a hashed label becomes known', async (t) => {
	const s = await started(t);
	const long = `https://${'a'.repeat(60)}.example`;
	assert.match(encodeLabel(long, RUN), hashOrigin(long));
	assert.is((await s.ask(SHOP, '/.tandem/origin', { method: 'POST', body: long, headers: SELF })).status, 204);
	assert.is(s.sessions.table('s1').get(hashOrigin(long)), long);
	for (const bad of ['nonsense', 'https://a.example/path', 'javascript:1', 'https://A.example'])
		assert.is((await s.ask(SHOP, '/.tandem/origin', { method: 'POST', body: bad, headers: SELF })).status, 400, bad);
});

test('leak: reports are counted and handed on, also from sandboxed pages', async (t) => {
	const s = await started(t);
	const report = { 'csp-report': { 'blocked-uri': 'https://evil.example/' } };
	const reply = await s.ask(SHOP, '/.tandem/leak', {
		method: 'POST',
		body: JSON.stringify(report),
		headers: { 'Sec-Fetch-Site': 'cross-site' },
	});
	assert.is(reply.status, 204);
	assert.equal(s.leaks, [report]);
	assert.is(s.proxy.stats().leaks, 1);
	assert.is((await s.ask(SHOP, '/.tandem/leak', { method: 'POST', body: 'x'.repeat(100_000) })).status, 413);
});

test('a worker’s runtime is the same bytes whatever the jar holds: a service worker is compared with them', async (t) => {
	const s = await startProxy();
	t.defer(() => s.close());
	const ask = (referer: string) =>
		s.ask('https://shop.example', '/.tandem/worker.js', { headers: { 'Sec-Fetch-Site': 'same-origin', Referer: referer } });
	const before = await ask(`${ourOrigin('https://shop.example')}/1`);
	s.sessions.jar('j1').setDocumentCookie('https://shop.example', 'a=1');
	assert.is((await ask(`${ourOrigin('https://shop.example')}/2`)).text, before.text);
});

test('a document of opaque origin may read the runtimes, and nothing that is its origin’s', async (t) => {
	const s = await startProxy();
	t.defer(() => s.close());
	const headers = { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' };
	const worker = await s.ask('https://shop.example', '/.tandem/worker.js', { headers });
	assert.is(worker.status, 200);
	assert.is(worker.headers['access-control-allow-origin'], 'null');
	assert.not.match(worker.text, /"cookies?":/);
	assert.is((await s.ask('https://shop.example', '/.tandem/cookie?path=/', { headers })).status, 403);
	const other = await s.ask('https://shop.example', '/.tandem/worker.js', { headers: { ...headers, Origin: 'https://evil.example' } });
	assert.is(other.status, 403);
});

test('hits: what takes a parser to tell, short and long, and null for what is no script', async (t) => {
	const s = await started(t);
	const ask = async (body: string, query = '') => JSON.parse((await s.ask(SHOP, `/.tandem/hits${query}`, { method: 'POST', body })).text);
	assert.equal(await ask('location.href'), { wraps: [{ call: 'v', start: 0, end: 8 }], urls: [] });
	const long = await ask(`/*${'x'.repeat(100_000)}*/top`);
	assert.equal(long.wraps, [{ call: 'v', start: 100_004, end: 100_007 }]);
	assert.equal((await ask("import 'https://a.example/'", '?module=1')).urls, [{ start: 8, end: 26, url: 'https://a.example/' }]);
	assert.is(await ask('location ]'), null);
});

test('the runtime is named by its hash and kept for ever; the worker’s is not kept', async (t) => {
	const s = await started(t);
	const blank = await s.ask(SHOP, '/.tandem/blank', { dest: 'iframe' });
	const [, path, json] = /src="(\/\.tandem\/runtime-\w+\.js)" data-tandem-boot="([^"]*)"/.exec(blank.text) ?? [];
	const boot = JSON.parse((json ?? '').replace(/&quot;/g, '"'));
	assert.is(boot.origin, SHOP);
	assert.is(boot.zone, 'http://tandem.localhost:3000');
	assert.is(boot.token, RUN);
	const runtime = await s.ask(SHOP, path ?? '');
	assert.match(String(runtime.headers['cache-control']), 'immutable');
	assert.is(runtime.text, "globalThis.bundle='runtime';");
	assert.is((await s.ask(SHOP, '/.tandem/runtime-0ld.js')).headers['cache-control'], 'no-store');
	const worker = await s.ask(SHOP, '/.tandem/worker.js', { headers: SELF });
	assert.match(worker.text, /^globalThis\.\$tandemBoot=\{.*\};globalThis\.bundle='worker';const \$tandem\$=.*$/);
	assert.is(worker.headers['cache-control'], 'no-store');
});

test.run();
