// tests only (Node).
// Documents that aren't HTML: they get the runtime in a form that is valid there.
import type * as http from 'node:http';
import * as assert from 'uvu/assert';
import { ROOT_HINT } from '../../protocol/page.ts';
import { suite } from '../harness.ts';
import { ourOrigin, startProxy, startSite } from './fixture.ts';

const test = suite('documents');
const SHOP = 'https://shop.example';
const BOOT = /data-tandem-boot="([^"]*)"/;

interface Sent {
	readonly headers: http.OutgoingHttpHeaders;
	readonly body: string | Buffer;
}

async function serving(t: { defer(undo: () => unknown): void }, routes: Record<string, Sent>) {
	const site = await startSite((req, res) => {
		const route = routes[req.url ?? ''];
		if (!route) throw new Error(`no route ${req.url}`);
		res.writeHead(200, route.headers).end(route.body);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	return s;
}

const typed = (type: string, body: string | Buffer): Sent => ({ headers: { 'Content-Type': type }, body });
/** The contentType that the runtime is told. */
const contentType = (text: string) => JSON.parse((BOOT.exec(text)?.[1] ?? 'null').replaceAll('&quot;', '"'))?.contentType as unknown;

test('SVG and XML documents carry the runtime; as pictures and data they keep their bytes', async (t) => {
	const svg = '<svg xmlns="http://www.w3.org/2000/svg"><a href="https://other.example/"/></svg>';
	const s = await serving(t, {
		'/a.svg': typed('image/svg+xml', svg),
		'/a.xml': typed('text/xml', svg),
		'/a.rss': typed('application/x+xml', svg),
	});
	for (const path of ['/a.svg', '/a.xml', '/a.rss']) {
		const { text, headers } = await s.ask(SHOP, path, { dest: 'iframe' });
		assert.match(text, /^<svg xmlns="[^"]*"><script xmlns="http:\/\/www\.w3\.org\/1999\/xhtml" src=/, path);
		assert.match(text, ourOrigin('https://other.example'), path);
		assert.match(headers.vary ?? '', 'Sec-Fetch-Dest');
		assert.is((await s.ask(SHOP, path, { dest: 'image' })).text, svg);
		assert.is((await s.ask(SHOP, path, { dest: 'empty' })).text, svg);
	}
});

test('a drawing in a tab of its own keeps its size: it is sent as XML, and says what it is', async (t) => {
	const s = await serving(t, { '/a.svg': typed('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>') });
	const asked = async (more: object) => {
		const { text, headers } = await s.ask(SHOP, '/a.svg', { dest: 'iframe', ...more });
		return [headers['content-type'], contentType(text)];
	};
	assert.equal(await asked({}), ['application/xml', 'image/svg+xml']);
	const page = { 'Sec-Fetch-Site': 'same-origin', Referer: `${ourOrigin(SHOP)}/` };
	assert.equal(await asked({ headers: page }), ['image/svg+xml', undefined]);
});

test('a document that a frame holds to our policy takes it, says nothing of it to the site, and comes from no cache', async (t) => {
	const asked: http.IncomingHttpHeaders[] = [];
	const site = await startSite((req, res) => {
		asked.push(req.headers);
		res.writeHead(200, { 'Content-Type': 'text/html', ETag: '"a"', Refresh: '0; url=/b' }).end('<noscript>x</noscript>');
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `${SHOP}=${site.url}` });
	t.defer(() => s.close());
	const held = { 'sec-required-csp': "script-src 'nonce-sixteen_letters-'", 'if-none-match': '"a~t3d"' };
	const { text, headers } = await s.ask(SHOP, '/', { dest: 'iframe', headers: held });
	assert.match(text, '<script nonce="sixteen_letters-"');
	assert.match(text, '&quot;still&quot;:true');
	assert.equal(
		[headers['allow-csp-from'], headers['cache-control'], headers.refresh, /Sec-Required-CSP/.test(headers.vary ?? '')],
		['*', 'no-store', undefined, true],
	);
	assert.equal([asked[0]?.['sec-required-csp'], asked[0]?.['if-none-match']], [undefined, undefined]);
	const other = await s.ask(SHOP, '/', { dest: 'iframe', headers: { 'sec-required-csp': "script-src 'none'" } });
	assert.is(other.headers['allow-csp-from'], undefined);
	assert.is(asked[1]?.['sec-required-csp'], "script-src 'none'");
});

test('an XSLT style sheet puts the runtime into the result', async (t) => {
	const s = await serving(t, {
		'/a.xsl': typed('text/xsl', '<xsl:stylesheet><xsl:template><html><head/></html></xsl:template></xsl:stylesheet>'),
	});
	const { text } = await s.ask(SHOP, '/a.xsl', { dest: 'xslt' });
	assert.match(text, /<html><head><script [^>]*data-tandem-boot="\{\{&quot;/);
});

test('text and JSON get the document that Chromium builds, and say what they are', async (t) => {
	const s = await serving(t, {
		'/a.txt': typed('text/plain', '\n<b>&amp;</b>'),
		'/a.json': typed('application/json', '{"é":"<"}'),
		'/a.css': typed('text/css; charset=koi8-r', Buffer.from([0xc1])),
		'/a.rss': typed('application/rss+xml', '<rss/>'),
		'/a.ld': typed('application/ld+json; charset=gbk', '{}'),
		'/none.txt': typed('text/plain', ''),
		'/wide.txt': typed('text/plain', Buffer.from('\ufeffé', 'utf16le')),
	});
	const ask = async (path: string) => {
		const { text, headers } = await s.ask(SHOP, path, { dest: 'iframe' });
		return [contentType(text), headers['content-type'], /<pre.*$/s.exec(text)?.[0]];
	};
	const STYLED = '<pre style="word-wrap: break-word; white-space: pre-wrap;">\n';
	assert.equal(await ask('/a.txt'), ['text/plain', 'text/html', `${STYLED}\n&lt;b&gt;&amp;amp;&lt;/b&gt;</pre></body></html>`]);
	assert.equal(await ask('/a.json'), [
		'application/json', 'text/html; charset=utf-8', '<pre>\n{"é":"&lt;"}</pre><div class="json-formatter-container"></div></body></html>',
	]); // biome-ignore format: short
	assert.is((await ask('/a.css'))[1], 'text/html; charset=koi8-r');
	assert.is((await ask('/a.rss'))[0], 'text/plain');
	assert.is((await ask('/a.ld'))[1], 'text/html; charset=gbk');
	assert.equal(await ask('/none.txt'), ['text/plain', 'text/html', undefined], 'an empty one');
	assert.equal(await ask('/wide.txt'), ['text/plain', 'text/html; charset=utf-8', `${STYLED}é</pre></body></html>`]);
});

test('a document of unknown type is what its first bytes say, as in Chromium', async (t) => {
	const HTML = '<p>hi';
	const TYPES = { none: undefined, empty: '', star: '*/*', unknown: 'unknown/unknown', application: 'application/unknown', word: 'html' };
	const bodies = { html: HTML, text: 'no', empty: '', svg: '<svg xmlns="http://www.w3.org/2000/svg"/>', xml: '<?xml version="1.0"?><r/>' };
	const files = { pdf: '%PDF-1.4\n', binary: Buffer.from([0, 1, 2]), picture: Buffer.from('GIF89a\x01\0\x01\0', 'latin1') };
	const routes: Record<string, Sent> = {
		'/nosniff': { headers: { 'X-Content-Type-Options': 'nosniff' }, body: HTML },
		'/first': { headers: { 'X-Content-Type-Options': 'NOSNIFF , x' }, body: HTML },
		'/saved': { headers: { 'Content-Disposition': 'attachment' }, body: HTML },
	};
	for (const [name, type] of Object.entries(TYPES))
		routes[`/${name}`] = { headers: type === undefined ? {} : { 'Content-Type': type }, body: HTML };
	for (const [name, body] of Object.entries({ ...bodies, ...files })) routes[`/body/${name}`] = { headers: {}, body };
	const s = await serving(t, routes);
	const page = { 'Sec-Fetch-Site': 'same-origin', Referer: `${ourOrigin(SHOP)}/` };
	const ask = (path: string) => s.ask(SHOP, path, { dest: 'iframe', headers: page });
	for (const name of Object.keys(TYPES)) {
		const { text, headers } = await ask(`/${name}`);
		assert.equal([headers['content-type'], BOOT.test(text), contentType(text)], ['text/html', true, undefined], name);
	}
	const found: Record<string, unknown> = {};
	for (const name of Object.keys(bodies)) {
		const { text, headers } = await ask(`/body/${name}`);
		found[name] = [headers['content-type'], contentType(text)];
	}
	const asText = ['text/html', 'text/plain'];
	assert.equal(found, { html: ['text/html', undefined], text: asText, empty: asText, svg: asText, xml: ['text/xml', undefined] });
	for (const path of ['/nosniff', '/first']) assert.is(contentType((await ask(path)).text), 'text/plain', path);
	assert.is((await ask('/saved')).text, HTML);
	for (const [name, body] of Object.entries(files)) assert.is((await ask(`/body/${name}`)).text, `${body}`, name);
});

test('text that is none, text that browsers save, and attachments stay what they are', async (t) => {
	const s = await serving(t, {
		'/a': typed('text/plain', Buffer.from([80, 75, 3, 4, 0])),
		'/a.csv': typed('text/csv', 'a,b'),
		'/b.txt': { headers: { 'Content-Type': 'text/plain', 'Content-Disposition': 'attachment' }, body: 'b' },
	});
	const page = { 'Sec-Fetch-Site': 'same-origin', Referer: `${ourOrigin(SHOP)}/` };
	for (const [path, text] of [['/a', 'PK\x03\x04\0'], ['/a.csv', 'a,b'], ['/b.txt', 'b']] as const)
		assert.is((await s.ask(SHOP, path, { dest: 'iframe', headers: page })).text, text); // biome-ignore format: short
});

test('a picture in a tab of its own gets a page around it; in a frame of a page it is left to the browser', async (t) => {
	const s = await serving(t, { '/%ff.png?a="b': typed('image/png', 'png'), '/a.mp4': typed('video/mp4', 'mp4') });
	const { text, headers } = await s.ask(SHOP, '/%ff.png?a="b', { dest: 'iframe' });
	assert.is(headers['content-type'], 'text/html; charset=utf-8');
	assert.match(text, 'src="/%ff.png?a=&quot;b"');
	assert.is(contentType(text), 'image/png');
	const inObject = { 'Sec-Fetch-Mode': 'no-cors', [ROOT_HINT.header]: '"Desktop"' };
	assert.is((await s.ask(SHOP, '/%ff.png?a="b', { dest: 'object', headers: inObject })).text, 'png');
	assert.match((await s.ask(SHOP, '/a.mp4', { dest: 'iframe' })).text, '<source src="/a.mp4" type="video/mp4">');
	const page = { 'Sec-Fetch-Site': 'same-origin', Referer: `${ourOrigin(SHOP)}/` };
	assert.is((await s.ask(SHOP, '/a.mp4', { dest: 'iframe', headers: page })).text, 'mp4');
});

test.run();
