// tests only (Node).
// A guest's token asks sites with the host's cookies. Whatever a guest's program claims, nothing comes out but what a mirror shows.
import * as zlib from 'node:zlib';
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { ASSETS, ourOrigin, startProxy, startSite } from '../proxy/fixture.ts';

const test = suite('security: assets');
const MAIL = 'https://mail.example';
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
type T = { defer(undo: () => unknown): void };

interface File {
	readonly type?: string;
	readonly body?: string | Buffer;
	readonly status?: number;
	readonly headers?: Record<string, string>;
}

/** A site of these files that answers nobody who isn't signed in. */
async function mail(t: T, files: Readonly<Record<string, File>>) {
	const asked: string[] = [];
	const site = await startSite((req, res) => {
		const { type, body = '', status = 200, headers = {} } = files[req.url ?? ''] ?? { status: 404 };
		asked.push(`${req.url} ${req.headers.cookie}`);
		if (type !== undefined) res.setHeader('Content-Type', type);
		res.writeHead(status, headers).end(body);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*.example=${site.url}` });
	t.defer(() => s.close());
	s.sessions.jar('j1').setDocumentCookie(MAIL, 'login=secret');
	return { ...s, asked, get: (path: string, dest = 'image') => s.ask(MAIL, path, { token: ASSETS, dest }) };
}

const SECRET = 'the host’s letters';
const REFUSED: Readonly<Record<string, File>> = {
	'a page': { type: 'text/html', body: `<p>${SECRET}` },
	'a page with a parameter': { type: 'Text/HTML; charset=utf-8', body: SECRET },
	'a page without a type': { body: `<!doctype html>${SECRET}` },
	JSON: { type: 'application/json', body: `{"a":"${SECRET}"}` },
	'JSON of another name': { type: 'application/vnd.api+json', body: SECRET },
	'plain text': { type: 'text/plain', body: SECRET },
	'a script': { type: 'text/javascript', body: `a="${SECRET}"` },
	XML: { type: 'application/xml', body: SECRET },
	'a PDF': { type: 'application/pdf', body: `%PDF-1.4 ${SECRET}` },
	'an archive': { type: 'application/zip', body: SECRET },
	'bytes of any kind': { type: 'application/octet-stream', body: SECRET },
	'text that begins like a bitmap': { type: 'text/plain', body: `BM ${SECRET}` },
	'a page in UTF-16': { body: Buffer.from(`\ufeff<p>${SECRET}`, 'utf16le') },
	'coded bytes': { type: 'application/octet-stream', body: zlib.gzipSync(SECRET), headers: { 'Content-Encoding': 'gzip' } },
	'a part that begins in the middle': { status: 206, type: 'text/plain', body: PNG, headers: { 'Content-Range': 'bytes 9-24/99' } },
	'an error page': { status: 500, type: 'text/html', body: SECRET },
	'a page of no body': { status: 204, type: 'text/html', headers: { 'X-Account': SECRET } },
};

for (const [what, file] of Object.entries(REFUSED))
	test(`${what} is refused, whatever it is asked for as`, async (t) => {
		const s = await mail(t, { '/': { ...file, headers: { ...file.headers, 'X-Account': 'ann' } } });
		for (const dest of ['image', 'style', 'font', 'audio', 'video', 'track']) {
			const reply = await s.get('/', dest);
			assert.is(reply.status, 403, dest);
			assert.is(reply.headers['x-tandem-error'], 'asset-only');
			assert.not.match(reply.text, SECRET);
			assert.is(reply.headers['x-account'], undefined);
		}
	});

const ALLOWED: Readonly<Record<string, File>> = {
	'a picture': { type: 'image/png', body: PNG },
	'an SVG': { type: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
	'a picture of no type': { body: PNG },
	'a picture called text': { type: 'text/plain', body: PNG },
	'a font of no type': { type: 'application/octet-stream', body: 'wOF2....' },
	'a font by an old name': { type: 'application/x-font-woff', body: 'wOFF' },
	'a film of no type': { type: 'application/octet-stream', body: '\0\0\0\x20ftypisom' },
	'a style sheet': { type: 'text/css', body: 'p{color:red}' },
	captions: { type: 'text/vtt', body: 'WEBVTT' },
	'a picture for a page that is not there': { status: 404, type: 'image/png', body: PNG },
};

for (const [what, file] of Object.entries(ALLOWED))
	test(`${what} comes, whole, with the headers that a browser needs and no other`, async (t) => {
		const s = await mail(t, {
			'/': { ...file, headers: { 'X-Account': 'ann', 'Set-Cookie': 'a=b', Link: '</x>; rel=preload', ETag: '"1"' } },
		});
		const reply = await s.get('/', what === 'a style sheet' ? 'style' : 'image');
		assert.is(reply.status, file.status ?? 200);
		assert.equal(reply.body, Buffer.from(file.body ?? ''));
		for (const name of ['x-account', 'set-cookie', 'link']) assert.is(reply.headers[name], undefined, name);
		assert.is(reply.headers.etag, what === 'a style sheet' ? '"1~t3s"' : '"1"');
	});

test('redirects are followed here: no address on the way is told, and only what a mirror shows comes at the end', async (t) => {
	const s = await mail(t, {
		'/go': { status: 302, headers: { Location: 'https://id.example/authorize' } },
		'/authorize': { status: 307, headers: { Location: `${MAIL}/back?code=${encodeURIComponent(SECRET)}` } },
		[`/back?code=${encodeURIComponent(SECRET)}`]: { type: 'text/html', body: SECRET },
		'/logo': { status: 301, headers: { Location: '/logo.png' } },
		'/logo.png': { type: 'image/png', body: PNG },
		'/css': { status: 302, headers: { Location: 'https://cdn.example/1.2/a.css' } },
		'/1.2/a.css': { type: 'text/css', body: 'p{background:url(b.png)}' },
		'/loop': { status: 302, headers: { Location: '/loop' } },
		'/file': { status: 302, headers: { Location: 'file:///etc/passwd' } },
		'/inside': { status: 302, headers: { Location: 'http://169.254.169.254/' } },
	});
	const login = await s.get('/go');
	assert.is(login.status, 403);
	assert.is(login.headers.location, undefined);
	assert.equal((await s.get('/logo')).body, PNG);
	const style = await s.get('/css', 'style');
	assert.is(style.status, 302);
	assert.is(
		style.headers.location,
		`${ourOrigin('https://cdn.example', ASSETS)}/1.2/a.css`,
		'so that its URLs are relative to the right place',
	);
	assert.is((await s.get('/loop')).headers['x-tandem-error'], 'redirect-loop');
	assert.is((await s.get('/file')).headers['x-tandem-error'], 'asset-only');
	assert.is((await s.get('/inside')).headers['x-tandem-error'], 'private-address');
	assert.ok(s.asked.includes('/logo.png login=secret'), 'a site sees its own cookies');
	assert.ok(s.asked.includes('/1.2/a.css undefined'), 'and no other sees them');
});

test('paths of ours say nothing to a guest: they hold the owner’s cookies', async (t) => {
	const s = await mail(t, {});
	for (const path of ['/.tandem/blank', '/.tandem/cookie', '/.tandem/worker.js', '/.tandem/runtime-0.js'])
		for (const site of [undefined, 'same-origin', 'same-site', 'none']) {
			const reply = await s.ask(MAIL, path, { token: ASSETS, dest: 'image', headers: site ? { 'Sec-Fetch-Site': site } : {} });
			assert.is(reply.status, 404);
			assert.not.match(reply.text, 'login=secret');
		}
	assert.equal(s.asked, []);
});

test('no method but GET and HEAD, no WebSocket', async (t) => {
	const s = await mail(t, { '/': { type: 'image/png', body: PNG } });
	for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'FOO'])
		assert.is((await s.ask(MAIL, '/', { token: ASSETS, dest: 'image', method })).headers['x-tandem-error'], 'asset-only', method);
	const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'x', 'Sec-Fetch-Dest': 'image' };
	assert.is((await s.ask(MAIL, '/', { token: ASSETS, headers: upgrade })).headers['x-tandem-error'], 'asset-only');
	assert.equal(s.asked, []);
});

test.run();
