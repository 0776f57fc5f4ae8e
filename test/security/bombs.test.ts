// tests only (Node).
// A few bytes that become very many, and texts that are slow to read: the server goes on, within its memory.
import type { RequestListener } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as zlib from 'node:zlib';
import * as assert from 'uvu/assert';
import { piecesOf } from '../../proxy/body/script-job.ts';
import { mapLink, mapRefresh } from '../../rewrite/headers/index.ts';
import { rewriteSrcset } from '../../rewrite/html/srcset.ts';
import { rewriteCss, rewriteHtml } from '../../rewrite/index.ts';
import { suite } from '../harness.ts';
import { ASSETS, RUN, startProxy, startSite, until, ZONE } from '../proxy/fixture.ts';

const test = suite('security: bombs', { limit: 60_000 });
const SITE = 'https://bomb.example';
const MB = 1024 * 1024;
type T = { defer(undo: () => unknown): void };

async function behind(t: T, listener: RequestListener) {
	const site = await startSite(listener);
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SITE}=${site.url}` });
	t.defer(() => s.close());
	return { ...s, site };
}

const CODERS: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
	gzip: (bytes) => zlib.gzipSync(bytes),
	deflate: (bytes) => zlib.deflateSync(bytes),
	br: (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 4 } }),
	zstd: (bytes) => zlib.zstdCompressSync(bytes),
};

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** The most memory that is held while `work` runs, above what was held before. */
async function grown(work: () => Promise<unknown>): Promise<number> {
	const used = () => {
		collect();
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	const before = used();
	let most = before;
	const timer = setInterval(() => {
		most = Math.max(most, used());
	}, 100);
	try {
		await work();
	} finally {
		clearInterval(timer);
	}
	return most - before;
}

for (const [coding, code] of Object.entries(CODERS))
	for (const [dest, type] of [
		['script', 'text/javascript'],
		['style', 'text/css'],
	] as const)
		test(`a ${coding} bomb as ${dest} goes on as it is, not blown up here`, async (t) => {
			const bomb = code(Buffer.alloc(100 * MB, ' '));
			const { ask, proxy } = await behind(t, (_req, res) =>
				res.writeHead(200, { 'Content-Type': type, 'Content-Encoding': coding }).end(bomb),
			);
			let status = 0;
			const most = await grown(async () => {
				const reply = await ask(SITE, '/', { dest });
				status = reply.status;
				assert.is(reply.body.length, bomb.length);
				assert.is(reply.headers['content-encoding'], coding);
			});
			assert.is(status, 200);
			assert.is(proxy.stats().rawFallbacks, 1);
			assert.ok(most < 90 * MB, `${most / MB} MB`);
		});

test('a document that unpacks for ever is cut off', async (t) => {
	const bomb = zlib.gzipSync(Buffer.alloc(260 * MB, `<p>${'x'.repeat(5000)}`));
	const { open } = await behind(t, (_req, res) =>
		res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }).end(bomb),
	);
	let got = 0;
	const most = await grown(
		() =>
			new Promise<void>((done) => {
				const request = open(SITE, '/', { dest: 'document' });
				request.on('response', (res) =>
					res
						.on('data', (chunk: Buffer) => (got += chunk.length))
						.on('error', () => {})
						.on('close', done),
				);
				request.end();
			}),
	);
	assert.ok(got > 200 * MB && got < 260 * MB, `${got / MB} MB`);
	assert.ok(most < 150 * MB, `${most / MB} MB`);
});

for (const [what, head] of Object.entries({
	'an attribute': '<a href="',
	'a comment': '<!--',
	'a script': '<script>',
	'a style': '<style>',
	'a doctype': '<!doctype ',
	'a tag name': '<a',
	'a text area': '<textarea>',
}))
	test(`${what} without an end does not fill the memory`, async (t) => {
		const { open, site } = await behind(t, (_req, res) => {
			res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
			res.write(head);
			const chunk = Buffer.alloc(MB, 'x');
			let left = 80;
			const more = () => {
				while (left-- > 0) if (!res.write(chunk)) return void res.once('drain', more);
				res.end();
			};
			more();
		});
		const most = await grown(
			() =>
				new Promise<void>((done) => {
					const request = open(SITE, '/', { dest: 'document' });
					request.on('response', (res) =>
						res
							.resume()
							.on('error', () => {})
							.on('close', done),
					);
					request.on('error', () => done());
					request.end();
				}),
		);
		assert.ok(most < 220 * MB, `${most / MB} MB`);
		await until(async () => (await site.connections()) <= 1);
	});

test('tags that are never closed cost no memory', async (t) => {
	const { open } = await behind(t, (_req, res) =>
		res.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(Buffer.alloc(10 * MB, '<p><svg>')),
	);
	const most = await grown(
		() =>
			new Promise<void>((done) => {
				const request = open(SITE, '/', { dest: 'document' });
				request.on('response', (res) => res.resume().on('close', done));
				request.end();
			}),
	);
	assert.ok(most < 40 * MB, `${most / MB} MB`);
});

test('codings upon codings are not unpacked', async (t) => {
	const { ask } = await behind(t, (_req, res) => {
		const codings = Array.from({ length: 500 }, () => 'gzip').join(', ');
		res.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': codings }).end('x');
	});
	for (const dest of ['document', 'script', 'style']) assert.is((await ask(SITE, '/', { dest })).text, 'x');
});

test('many large bodies at once: what would be too much together goes on as it is', async (t) => {
	const bomb = zlib.gzipSync(Buffer.alloc(40 * MB, ' '));
	const { ask, proxy } = await behind(t, (_req, res) =>
		res.writeHead(200, { 'Content-Type': 'text/css', 'Content-Encoding': 'gzip' }).end(bomb),
	);
	const most = await grown(async () => {
		const all = await Promise.all(Array.from({ length: 14 }, () => ask(SITE, '/', { dest: 'style' })));
		assert.ok(all.every(({ status }) => status === 200));
	});
	assert.ok(most < 600 * MB, `${most / MB} MB`);
	assert.is((await ask(SITE, '/', { dest: 'style' })).status, 200);
	assert.ok(proxy.stats().open <= 1);
});

const scope = { zone: ZONE, token: RUN };
const many = (text: string, times = 20_000) => text.repeat(times);

/** Each is a way to make a careless search go through all ways to cut a text. The suite's limit is the clock. */
const SLOW: Readonly<Record<string, () => unknown>> = {
	'comments before a directive': () => piecesOf({ source: `${many('/**/')}x`, variant: 'worker' }),
	'comments and lines before a directive': () => piecesOf({ source: `${many('/* */ //\n')}x`, variant: 'worker' }),
	'open comments': () => piecesOf({ source: many('/*'), variant: 'worker' }),
	'Link headers of open brackets': () => mapLink(many('<'), scope, SITE),
	'Link headers of parameters': () => mapLink(`<a>${many('; a')}"`, scope, SITE),
	'Link headers of spaces': () => mapLink(`<a>${many(' ; ')}${many(' ')}x`, scope, SITE),
	'Link headers of quotes': () => mapLink(`<a>; a="${many('\\"')}`, scope, SITE),
	'a Refresh of spaces': () => mapRefresh(`0;${many(' ')}url${many(' ')}x`, scope, SITE),
	'a Refresh of digits': () => mapRefresh(`${many('1')}x`, scope, SITE),
	'a srcset of commas': () => rewriteSrcset(many(','), scope, 'https'),
	'a srcset of brackets': () => rewriteSrcset(`a ${many('(')}`, scope, 'https'),
	'a style of open urls': () => rewriteCss(many('url('), scope, 'https'),
	'a style of escapes': () => rewriteCss(`url(${many('\\')}`, scope, 'https'),
	'a style of open strings': () => rewriteCss(many('"\\\n'), scope, 'https'),
	'a style of imports': () => rewriteCss(many('@import '), scope, 'https'),
	'a style of comments': () => rewriteCss(many('/*'), scope, 'https'),
	'a page of open tags': () => rewriteHtml(many('<a '), { scope, documentUrl: SITE }),
	'a page of attributes': () => rewriteHtml(`<a ${many('a ')}>`, { scope, documentUrl: SITE }),
	'a page of equal signs': () => rewriteHtml(`<a ${many('=')}>`, { scope, documentUrl: SITE }),
	'a page of comments': () => rewriteHtml(many('<!--'), { scope, documentUrl: SITE }),
	'a page of scripts in scripts': () => rewriteHtml(`<script>${many('<!--<script')}`, { scope, documentUrl: SITE }),
	'a page of ampersands': () => rewriteHtml(`<a href="${many('&')}">`, { scope, documentUrl: SITE }),
	'a page of deep elements': () => rewriteHtml(many('<svg><desc>'), { scope, documentUrl: SITE }),
	'a page of end tags after open elements': () => rewriteHtml(many('<p>', 150_000) + many('</x>', 150_000), { scope, documentUrl: SITE }),
	'a page of end tags after foreign elements': () =>
		rewriteHtml(many('<svg>', 150_000) + many('</x>', 150_000), { scope, documentUrl: SITE }),
	'a page of end tags in a foreign element': () =>
		rewriteHtml(`<svg><desc>${many('<p>', 150_000)}${many('</x>', 150_000)}`, { scope, documentUrl: SITE }),
	'a page of frames in frames': () => rewriteHtml(deepFrames(12), { scope, documentUrl: SITE, inject: '<script></script>' }),
};

function deepFrames(depth: number): string {
	let html = '<p>';
	for (let i = 0; i < depth; i++) html = `<iframe srcdoc="${html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`;
	return html;
}

for (const [what, run] of Object.entries(SLOW)) test(`${what} are read in time`, () => void run());

test('what a guest asks for is not unpacked at all', async (t) => {
	const bomb = zlib.gzipSync(Buffer.alloc(100 * MB, ' '));
	const { ask } = await behind(t, (_req, res) =>
		res.writeHead(200, { 'Content-Type': 'image/svg+xml', 'Content-Encoding': 'gzip' }).end(bomb),
	);
	assert.is((await ask(SITE, '/', { dest: 'image', token: ASSETS })).body.length, bomb.length);
});

test.run();
