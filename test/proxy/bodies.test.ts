// tests only (Node).
import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type * as http from 'node:http';
import * as zlib from 'node:zlib';
import * as assert from 'uvu/assert';
import { KEY, maskIntegrity, PKCS8, SEED, unsigned } from '../../rewrite/integrity.ts';
import { suite } from '../harness.ts';
import { ourOrigin, startProxy, startSite } from './fixture.ts';

const test = suite('bodies');
const SHOP = 'https://shop.example';
const CDN = ourOrigin('https://cdn.example');
const HTML = '<!doctype html><html><head></head><body><img src="https://cdn.example/a.png">é</body></html>';
const JS = 'var a = location.href;\n';
const PLAIN_JS = 'var a = 1;\n';

interface Sent {
	readonly status?: number;
	readonly headers: http.OutgoingHttpHeaders;
	readonly body: string | Buffer;
}

async function serving(t: { defer(undo: () => unknown): void }, routes: Record<string, Sent>) {
	let asked = 0;
	const site = await startSite((req, res) => {
		asked++;
		const route = routes[req.url ?? ''];
		if (!route) throw new Error(`no route ${req.url}`);
		res.writeHead(route.status ?? 200, route.headers).end(route.body);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	return { s, asked: () => asked };
}

const CODINGS: Readonly<Record<string, (text: Buffer) => Buffer>> = {
	identity: (text) => text,
	gzip: (text) => zlib.gzipSync(text),
	deflate: (text) => zlib.deflateSync(text),
	'deflate ': (text) => zlib.deflateRawSync(text),
	br: (text) => zlib.brotliCompressSync(text),
	zstd: (text) => zlib.zstdCompressSync(text),
	'gzip, br': (text) => zlib.brotliCompressSync(zlib.gzipSync(text)),
};

test('documents and scripts are read through every content coding', async (t) => {
	const big = Buffer.from(HTML.replace('é', 'é'.repeat(200_000)));
	for (const [coding, encode] of Object.entries(CODINGS)) {
		const headers = { 'Content-Encoding': coding.trim() };
		const { s } = await serving(t, {
			'/': { headers: { ...headers, 'Content-Type': 'text/html; charset=utf-8' }, body: encode(big) },
			'/a.js': { headers: { ...headers, 'Content-Type': 'text/javascript' }, body: encode(Buffer.from(JS)) },
		});
		const html = await s.ask(SHOP, '/', { dest: 'iframe' });
		assert.match(html.text, `${CDN}/a.png`, coding);
		assert.ok(html.text.endsWith('é</body></html>'), coding);
		assert.is(html.headers['content-encoding'], undefined);
		const js = await s.ask(SHOP, '/a.js', { dest: 'script' });
		assert.match(js.text, '$tandem$', coding);
	}
});

test('what is not rewritten keeps its coding and its bytes', async (t) => {
	const body = zlib.gzipSync(PLAIN_JS);
	const headers = { 'Content-Encoding': 'gzip', 'Content-Type': 'text/javascript', ETag: '"e"', 'Content-Length': body.length };
	const { s } = await serving(t, {
		'/a.js': { headers, body },
		'/b.js': { headers: { 'Content-Type': 'text/javascript', ETag: '"e"' }, body: JS },
	});
	const reply = await s.ask(SHOP, '/a.js', { dest: 'script', headers: { 'Accept-Encoding': 'gzip' } });
	assert.equal(reply.body, body);
	assert.is(reply.headers.etag, '"e~t3m"', 'who fetches it has another');
	assert.is(reply.headers['content-encoding'], 'gzip');
	assert.is(reply.headers['content-length'], String(body.length));
	const fetched = await s.ask(SHOP, '/b.js', { dest: 'empty' });
	assert.is(fetched.text, JS, 'a script that is fetched, not run');
	assert.is(fetched.headers.vary, 'Accept-Signature, Sec-Fetch-Dest, Sec-Fetch-Mode');
	assert.is((await s.ask(SHOP, '/b.js', { dest: 'script' })).headers.etag, '"e~t3m"');
	assert.is(s.proxy.stats().unchanged, 1);
});

test('a script is rewritten once, whoever asks', async (t) => {
	const { s } = await serving(t, { '/a.js': { headers: { 'Content-Type': 'text/javascript' }, body: JS } });
	const one = await s.ask(SHOP, '/a.js', { dest: 'script' });
	const two = await s.ask(SHOP, '/a.js', { dest: 'script' });
	assert.is(one.text, two.text);
	assert.is(s.proxy.stats().scriptCacheHits, 1);
});

test('absolute imports of a cached module are each session’s own', async (t) => {
	const source = "import x from 'https://cdn.example/x.js'; console.log(location); import 'https://cdn.example/y.js';";
	const { s } = await serving(t, { '/m.js': { headers: { 'Content-Type': 'text/javascript' }, body: source } });
	const other = 'cccccccccccccccc';
	s.sessions.tokens.set(other, { session: 's2', jar: 'j2', grade: 'run', owner: 'x', holder: 'x' });
	const module = { dest: 'script', headers: { 'Sec-Fetch-Mode': 'cors' } };
	const one = await s.ask(SHOP, '/m.js', module);
	const two = await s.ask(SHOP, '/m.js', { ...module, token: other });
	assert.match(one.text, `'${CDN}/x.js'`);
	assert.match(two.text, `'${ourOrigin('https://cdn.example', other)}/y.js'`);
	assert.is(s.proxy.stats().scriptCacheHits, 1);
});

test('workers load the runtime on their first line', async (t) => {
	const headers = { 'Content-Type': 'text/javascript' };
	const { s } = await serving(t, {
		'/c.js': { headers, body: 'postMessage(1);\n' },
		'/s.js': { headers, body: "/* x */ 'use strict';\npostMessage(1);\n" },
		'/m.js': { headers, body: "import './x.js';\n" },
		'/w.js': { headers, body: 'registerProcessor(1, location);' },
	});
	assert.ok((await s.ask(SHOP, '/c.js', { dest: 'worker' })).text.startsWith("try{importScripts('/.tandem/worker.js')}"));
	assert.ok(
		(await s.ask(SHOP, '/s.js', { dest: 'sharedworker' })).text.startsWith("'use strict';try{importScripts('/.tandem/worker.js')}"),
	);
	assert.ok((await s.ask(SHOP, '/m.js', { dest: 'serviceworker' })).text.startsWith("import '/.tandem/worker.js';import './x.js';"));
	assert.is((await s.ask(SHOP, '/w.js', { dest: 'audioworklet' })).text, 'registerProcessor(1, location);', 'a worklet has no runtime');
});

test('a large script is rewritten in another thread; one that can not be read goes out raw', async (t) => {
	const headers = { 'Content-Type': 'text/javascript' };
	const large = `${'a = location.href;\n'.repeat(30_000)}`;
	const broken = 'x'.repeat(100);
	const { s } = await serving(t, {
		'/large.js': { headers, body: large },
		'/broken.js': { headers: { ...headers, 'Content-Encoding': 'gzip' }, body: broken },
	});
	const reply = await s.ask(SHOP, '/large.js', { dest: 'script' });
	assert.is(reply.text.split('$tandem$.v(').length, 30_001);
	assert.is((await s.ask(SHOP, '/broken.js', { dest: 'script' })).text, broken);
	assert.is(s.proxy.stats().rawFallbacks, 1);
});

test('a body that unpacks without end is not unpacked to the end', async (t) => {
	const bomb = zlib.gzipSync(Buffer.alloc(64 * 1024 * 1024, 32));
	const { s } = await serving(t, { '/a.js': { headers: { 'Content-Type': 'text/javascript', 'Content-Encoding': 'gzip' }, body: bomb } });
	const reply = await s.ask(SHOP, '/a.js', { dest: 'script' });
	assert.equal(reply.body, bomb);
	assert.is(s.proxy.stats().rawFallbacks, 1);
});

test('styles are rewritten for style, JSON modules and fetches are not', async (t) => {
	const css = 'a{background:url(https://cdn.example/a.png)}';
	const { s } = await serving(t, {
		'/a.css': { headers: { 'Content-Type': 'text/css' }, body: css },
		'/a.json': { headers: { 'Content-Type': 'application/json' }, body: '{"location":1}' },
	});
	assert.is((await s.ask(SHOP, '/a.css', { dest: 'style' })).text, `a{background:url(${CDN}/a.png)}`);
	assert.is((await s.ask(SHOP, '/a.css', { dest: 'empty' })).text, css);
	assert.is((await s.ask(SHOP, '/a.json', { dest: 'script' })).text, '{"location":1}');
});

/** Accept-Signature as Chromium makes it of an `integrity` attribute that says `hashes`. */
const asking = (hashes: string) =>
	[...maskIntegrity(hashes).matchAll(/ ed25519-(\S+)/g)]
		.map(([, key], i) => `sig${i}=("unencoded-digest";sf);keyid="${key}";tag="ed25519-integrity"`)
		.join(', ');
const hashOf = (algorithm: string, text: string | Buffer) => `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
const PRIVATE = createPrivateKey({ key: Buffer.from(PKCS8 + SEED, 'latin1'), format: 'der', type: 'pkcs8' });

/** Whether a browser takes the answer for one that was vouched for. */
function isVouched({ headers, body }: { readonly headers: http.IncomingHttpHeaders; readonly body: Buffer }): boolean {
	const [digest, input, signature] = ['unencoded-digest', 'signature-input', 'signature'].map(
		(name) => headers[name] as string | undefined,
	);
	if (!signature) return false;
	const base = `"unencoded-digest";sf: ${digest}\n"@signature-params": ${input?.replace(/^\w+=/, '')}`;
	assert.is(digest, `sha-256=:${createHash('sha256').update(body).digest('base64')}:`, 'the bytes that go out');
	assert.match(input ?? '', `keyid="${KEY}"`);
	return verify(null, Buffer.from(base), createPublicKey(PRIVATE), Buffer.from(/:(.*):/.exec(signature)?.[1] ?? '', 'base64'));
}

test('bytes that are asked for by hash are compared as the site sent them, and signed as they go out', async (t) => {
	assert.is(createPublicKey(PRIVATE).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'), KEY);
	const css = 'a{background:url(https://cdn.example/a.png)}';
	const seen: http.IncomingHttpHeaders[] = [];
	const forged = unsigned(createHash('sha256').update(JS).digest('base64'));
	const bodies: Readonly<Record<string, readonly [type: string, body: string]>> = {
		'/a.js': ['text/javascript', JS],
		'/plain.js': ['text/javascript', PLAIN_JS],
		'/a.css': ['text/css', css],
		'/a.json': ['application/json', '{}'],
		'/none.js': ['text/javascript', ''],
	};
	const site = await startSite((req, res) => {
		seen.push(req.headers);
		const [type, body] = bodies[req.url ?? ''] ?? ['text/plain', ''];
		// a site that knows the key signs for itself
		const signature = `x=:${sign(null, Buffer.from(forged.base), PRIVATE).toString('base64')}:`;
		res.setHeader('Content-Type', type).setHeader('Content-Encoding', 'gzip').setHeader('ETag', '"e"');
		res.setHeader('Unencoded-Digest', forged.digest).setHeader('Signature-Input', `x=${forged.input}`).setHeader('Signature', signature);
		res.end(zlib.gzipSync(body));
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	const dests: Readonly<Record<string, string>> = { css: 'style', json: 'empty', js: 'script' };
	for (const [path, [, body]] of Object.entries(bodies)) {
		const dest = dests[path.split('.')[1] ?? ''];
		const ask = (hashes: string) =>
			s.ask(SHOP, path, {
				...(dest ? { dest } : {}),
				headers: { 'Accept-Signature': asking(hashes), 'If-None-Match': '"e"', 'If-Modified-Since': 'Mon, 30 Nov 2026 12:00:00 GMT' },
			});
		const decoded = async (hashes: string) => {
			const reply = await ask(hashes);
			return { ...reply, body: reply.headers['content-encoding'] ? zlib.gunzipSync(reply.body) : reply.body };
		};
		for (const algorithm of ['sha256', 'sha384', 'sha512']) {
			assert.ok(isVouched(await decoded(hashOf(algorithm, body))), `${path} ${algorithm}`);
			assert.not.ok(isVouched(await decoded(hashOf(algorithm, `${body}!`))), `${path} ${algorithm}, other bytes`);
		}
		assert.ok(isVouched(await decoded(`${hashOf('sha256', 'x')} ${hashOf('sha512', 'x')} ${hashOf('sha512', body)}`)), path);
		assert.not.ok(isVouched(await decoded(`${hashOf('sha256', body)} ${hashOf('sha512', 'x')}`)), path);
	}
	for (const name of ['accept-signature', 'if-none-match', 'if-modified-since'])
		assert.ok(
			seen.every((headers) => !headers[name]),
			name,
		);
	assert.is((await s.ask(SHOP, '/a.js', { dest: 'script' })).headers['unencoded-digest'], undefined, 'of other bytes than go out');
	assert.is((await s.ask(SHOP, '/plain.js', { dest: 'script' })).headers['unencoded-digest'], forged.digest);
	await s.ask(SHOP, '/a.json', { dest: 'empty', headers: { 'Accept-Signature': 'sig0=("unencoded-digest";sf);keyid="x"' } });
	assert.match(seen.at(-1)?.['accept-signature'] as string, 'keyid="x"');
});

test('a coding that nobody knows is none, and a part that nobody asked for is the whole, as to browsers', async (t) => {
	const html = { 'Content-Type': 'text/html; charset=utf-8' };
	const { s } = await serving(t, {
		'/odd.js': { headers: { 'Content-Type': 'text/javascript', 'Content-Encoding': 'gzip, aws-chunked' }, body: JS },
		'/odd': { headers: { ...html, 'Content-Encoding': 'utf-8' }, body: '<p>é' },
		'/part': { status: 206, headers: { ...html, 'Content-Range': 'bytes 0-4/5' }, body: '<p>é' },
	});
	assert.match((await s.ask(SHOP, '/odd.js', { dest: 'script' })).text, '$tandem$');
	for (const path of ['/odd', '/part']) {
		const { text, headers } = await s.ask(SHOP, path, { dest: 'iframe' });
		assert.match(text, /data-tandem-boot.*<p>é/s, path);
		assert.is(headers['content-encoding'], undefined, path);
	}
	assert.is(s.proxy.stats().rawFallbacks, 0);
});

/** Content-Type, bytes, Content-Type that goes out, a piece of the text. */
const CHARSETS: readonly (readonly [string, Buffer, string, Buffer])[] = [
	['text/html; charset=utf-8', Buffer.from('<p>é'), 'text/html; charset=utf-8', Buffer.from('<p>é')],
	[
		'text/html',
		Buffer.from('<meta charset=windows-1251><p>\xcf', 'latin1'),
		'text/html; charset=windows-1251',
		Buffer.from('<p>\xcf', 'latin1'),
	],
	[
		'text/html',
		Buffer.from('<meta http-equiv=Content-Type content="text/html; charset=gbk"><p>'),
		'text/html; charset=gbk',
		Buffer.from('<p>'),
	],
	['text/html', Buffer.from('<meta charset=utf-8"><p>'), 'text/html', Buffer.from('<p>')],
	['text/html', Buffer.from("<meta charset=none><meta charset='gbk'><p>"), 'text/html; charset=gbk', Buffer.from('<p>')],
	['text/html; charset=utf8mb4', Buffer.from('<meta charset=utf-8><p>é'), 'text/html; charset=utf-8', Buffer.from('<p>é')],
	['text/html', Buffer.from('<!-- <meta charset=gbk> --><p>'), 'text/html', Buffer.from('<p>')],
	['text/html', Buffer.from('<?xml <meta charset=gbk encoding="utf-8"?><p>'), 'text/html', Buffer.from('<p>')],
	['text/html', Buffer.from('<meta charset=X-User-Defined><p>'), 'text/html; charset=windows-1252', Buffer.from('<p>')],
	['text/html;charset=gbk;charset=utf-8', Buffer.from('<p>'), 'text/html; charset=gbk', Buffer.from('<p>')],
	['text /html;charset=gbk', Buffer.from('<p><meta charset=utf-8>'), 'text/html; charset=utf-8', Buffer.from('<p>')],
	['text/html; charset=gbk', Buffer.from('\xef\xbb\xbf<p>', 'latin1'), 'text/html; charset=utf-8', Buffer.from('<p>')],
	['text/html', Buffer.from('\ufeff<p>é', 'utf16le'), 'text/html; charset=utf-8', Buffer.from('<p>é')],
	['text/html; charset=utf-16be', Buffer.from('<p>é', 'utf16le').swap16(), 'text/html; charset=utf-8', Buffer.from('<p>é')],
];

test('every charset arrives as it is, and is said before our script', async (t) => {
	for (const [type, body, out, piece] of CHARSETS) {
		const { s } = await serving(t, { '/': { headers: { 'Content-Type': type }, body } });
		const reply = await s.ask(SHOP, '/', { dest: 'iframe' });
		assert.is(reply.headers['content-type'], out, type);
		assert.ok(reply.body.includes(piece), `${type}: ${reply.text}`);
		assert.match(reply.text, 'data-tandem-boot', type);
	}
});

test.run();
