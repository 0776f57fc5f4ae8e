// tests only (Node).
// What a site said stands in a header of ours beside what the browser is told: only where a script may read it, and only as much as it may.
import type * as http from 'node:http';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { ASSETS, type AskOptions, hostOf, ourOrigin, startProxy, startSite } from './fixture.ts';

const test = suite('headers as said');
type T = { defer(undo: () => unknown): void };
const SHOP = 'https://www.shop.test';
const API = 'https://api.shop.test';
const SECRET = 'a-secret-of-the-site';
const NATIVE = { Cookie: 'tandem-v-aaaaaa=0' };

/** A site that answers with these headers. */
async function answering(t: T, headers: http.OutgoingHttpHeaders, status = 200) {
	const site = await startSite((_req, res) => res.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end());
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url}` });
	t.defer(() => s.close());
	return s;
}

/** A page's own request, from its own origin or from another. */
function asking(from: string, headers: http.OutgoingHttpHeaders = {}): AskOptions {
	const own = from === SHOP;
	const site = { 'Sec-Fetch-Site': own ? 'same-origin' : 'same-site', 'Sec-Fetch-Mode': 'cors' };
	return { dest: 'empty', headers: { ...site, ...(own ? {} : { Origin: ourOrigin(from) }), ...headers } };
}

const said = (headers: http.IncomingHttpHeaders, name = 'x-tandem-said') =>
	JSON.parse(String(headers[name] ?? 'null')) as Record<string, string | 0> | null;

test('a page of the same origin learns all that differs', async (t) => {
	const s = await answering(t, {
		'Cache-Control': 'public',
		'Content-Security-Policy': "img-src 'self'",
		'Set-Cookie': 'a=1',
		'X-App': 'x',
		'Clear-Site-Data': '"cookies"',
	});
	const { headers } = await s.ask(SHOP, '/', asking(SHOP));
	const { connection, 'transfer-encoding': _, ...rest } = said(headers) ?? {};
	assert.equal(rest, {
		'cache-control': 'public',
		'content-security-policy': "img-src 'self'",
		'keep-alive': 'timeout=5',
		vary: 0,
	});
	assert.is(connection, 'keep-alive');
	assert.is(headers['cache-control'], 'private');
	assert.is(headers['content-security-policy'], undefined, 'what is only read holds nowhere');
	assert.is(headers['access-control-expose-headers'], undefined, 'no other origin may read ours');
});

test('a page of another origin learns what it may read, and of nothing else that it is there', async (t) => {
	const list = { 'Cache-Control': 'public', 'Strict-Transport-Security': SECRET, Link: `<https://x.test/${SECRET}>`, 'Alt-Svc': SECRET };
	const learnt = async (expose: string | undefined, headers = {}) => {
		const s = await answering(t, { ...list, ...(expose === undefined ? {} : { 'Access-Control-Expose-Headers': expose }) });
		const reply = await s.ask(SHOP, '/', asking(API, headers));
		assert.match(String(reply.headers['access-control-expose-headers']), /x-tandem-said, x-tandem-renewed$/);
		return said(reply.headers) ?? {};
	};
	assert.equal(await learnt(undefined), { 'cache-control': 'public' });
	assert.equal(await learnt('link, X-Other'), { 'cache-control': 'public', link: list.Link });
	const all = await learnt('*');
	assert.is(all['alt-svc'], SECRET);
	assert.is(all['access-control-expose-headers'], '*');
	assert.equal(await learnt('*', NATIVE), { 'cache-control': 'public' }, 'with credentials * is a name');
});

test('a page of unknown origin is none of the same', async (t) => {
	const s = await answering(t, { 'Strict-Transport-Security': SECRET });
	for (const headers of [{ Origin: 'null' }, { Origin: ourOrigin(API), 'Sec-Fetch-Site': undefined }]) {
		const reply = await s.ask(SHOP, '/', asking(SHOP, { 'Sec-Fetch-Site': 'cross-site', ...headers }));
		assert.not.match(JSON.stringify(said(reply.headers)), SECRET);
	}
});

test('nothing is said where no script reads it', async (t) => {
	const s = await answering(t, { 'Cache-Control': 'public', 'X-Tandem-Said': '{"x-forged":"1"}', 'X-Tandem-Renewed': '{}' });
	const { headers } = asking(SHOP);
	const none: readonly AskOptions[] = [
		{ dest: 'image' },
		{ dest: 'script' },
		{ dest: 'iframe' },
		{ dest: 'empty', token: ASSETS },
		{ dest: 'empty', headers: { ...headers, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'no-cors' } },
		{ ...asking(API, { 'Access-Control-Request-Method': 'PUT' }), method: 'OPTIONS' },
	];
	for (const ask of none) {
		const reply = await s.ask(SHOP, '/', ask);
		assert.not.match(reply.raw.join(' '), /x-tandem-(?:said|renewed)/i, JSON.stringify(ask));
	}
	const moved = await answering(t, { Location: 'https://x.test/' }, 302);
	assert.is((await moved.ask(SHOP, '/', asking(SHOP))).headers['x-tandem-said'], undefined);
	assert.is(said((await s.ask(SHOP, '/', asking(SHOP))).headers)?.['x-forged'], undefined, 'the site speaks not for us');
});

test('a navigation that a service worker passes on says all, from whatever site it came', async (t) => {
	const s = await answering(t, { 'Content-Type': 'text/html', 'Cache-Control': 'public', 'Content-Security-Policy': "img-src 'none'" });
	const headers = { 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'navigate', Referer: `${ourOrigin(API)}/` };
	for (const ask of [
		{ dest: 'empty', headers },
		{ dest: 'iframe', headers: { ...headers, 'Service-Worker-Navigation-Preload': 'true' } },
	]) {
		const reply = await s.ask(SHOP, '/', ask);
		assert.is(said(reply.headers)?.['content-security-policy'], "img-src 'none'");
		assert.match(String(reply.headers['content-security-policy']), 'report-uri /.tandem/leak');
		assert.is(reply.headers['x-tandem-document'], '1');
	}
});

test('a 304 says all that it renews, and changes nothing else of what is stored', async (t) => {
	const renewing = async (headers: http.OutgoingHttpHeaders, ask = asking(SHOP)) =>
		(await (await answering(t, { ETag: '"e"', ...headers }, 304)).ask(SHOP, '/', ask)).headers;
	const few = await renewing({ 'X-App': 'new' });
	assert.is(few['cache-control'], undefined);
	assert.is(few.vary, undefined);
	assert.is(few['x-tandem-said'], undefined);
	assert.is(said(few, 'x-tandem-renewed')?.['x-app'], 'new');
	const more = await renewing({ 'Cache-Control': 'max-age=5', Vary: 'Accept' });
	assert.is(more['cache-control'], 'private, max-age=5');
	assert.is(more.vary, 'Accept, Accept-Signature, Sec-Fetch-Dest, Sec-Fetch-Mode');
	assert.is(said(more, 'x-tandem-renewed')?.['cache-control'], 'max-age=5');
	assert.is((await renewing({}, asking(API)))['access-control-expose-headers'], undefined, 'the stored list stays');
});

test('a list of headers for a document that a service worker made has to be one', async (t) => {
	const s = await answering(t, {});
	const asked = async (list: string) =>
		s.ask(SHOP, '/.tandem/document?path=/x', {
			method: 'POST',
			headers: { Host: hostOf(SHOP), 'Sec-Fetch-Site': 'same-origin', 'X-Tandem-Said': list },
			body: '<p>x',
		});
	for (const list of ['x', '{}', '[1]', '[["a b", "c"]]', '[["a", "b\\r\\nSet-Cookie: c"]]', '[["a", "\\u0416"]]'])
		assert.is((await asked(list)).headers['x-tandem-error'], 'bad-request', list);
	const { headers } = await asked(
		JSON.stringify([
			['content-type', 'text/html'],
			['content-security-policy', "img-src 'self' https://cdn.test"],
			['strict-transport-security', 'max-age=1'],
			['x-frame-options', 'DENY'],
			['set-cookie', 'a=1'],
			['refresh', '9; url=https://cdn.test/'],
			['x-app', 'x'],
		]),
	);
	assert.match(String(headers['content-security-policy']), ourOrigin('https://cdn.test'));
	assert.match(String(headers['content-security-policy']), 'frame-ancestors');
	assert.equal(
		[headers['strict-transport-security'], headers['x-frame-options'], headers['x-app'], headers.refresh],
		[undefined, undefined, 'x', `9; url=${ourOrigin('https://cdn.test')}/`],
	);
});

test.run();
