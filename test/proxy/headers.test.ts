// tests only (Node).
import type * as http from 'node:http';
import * as assert from 'uvu/assert';
import { parseZone } from '../../protocol/label.ts';
import { suite } from '../harness.ts';
import { APP, ASSETS, ourOrigin, RUN, startProxy, startSite, ZONE } from './fixture.ts';

const test = suite('headers');
const SHOP = 'https://www.shop.test';
const API = 'https://api.shop.test';
const EVIL = 'https://evil.test';
const VERSION = `tandem-v-${RUN.slice(0, 6)}`;

/** A site that answers with what it was asked. */
async function echo(t: { defer(undo: () => unknown): void }) {
	const site = await startSite((req, res) => {
		res.setHeader('Content-Type', 'text/html');
		res.end(JSON.stringify(req.headers));
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url},http://plain.test=${site.url}` });
	t.defer(() => s.close());
	const seen = async (origin: string, headers: http.OutgoingHttpHeaders) =>
		JSON.parse((await s.ask(origin, '/', { headers })).text.replace(/^[^{]*<script[\s\S]*?<\/script>/, '')) as Record<string, string>;
	return { s, seen };
}

/** One response with these headers. */
async function answering(t: { defer(undo: () => unknown): void }, headers: http.OutgoingHttpHeaders, status = 200, zone = ZONE) {
	const site = await startSite((_req, res) => res.writeHead(status, headers).end());
	t.defer(() => site.close());
	const s = await startProxy({ zone, upstreamMap: `https://*=${site.url},http://*=${site.url}` });
	t.defer(() => s.close());
	return s;
}

test('a page that a redirect leads back to from elsewhere is asked from there, as far as that was', async (t) => {
	const site = await startSite((req, res) => {
		if (req.url?.startsWith('/to?')) res.writeHead(302, { Location: decodeURIComponent(req.url.slice(4)) }).end();
		else res.writeHead(200, { 'Content-Type': 'text/plain' }).end(`${req.headers['sec-fetch-site']} ${req.headers.origin}`);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url}` });
	t.defer(() => s.close());
	const page = (mode: string, from: string) => ({
		Referer: `${ourOrigin(SHOP)}/`,
		'Sec-Fetch-Site': from,
		'Sec-Fetch-Mode': mode,
		'Sec-Fetch-Dest': mode === 'navigate' ? 'document' : 'image',
	});
	for (const mode of ['navigate', 'no-cors']) {
		const ask = async (origin: string, path: string, from: string) => (await s.ask(origin, path, { headers: page(mode, from) })).text;
		for (const [by, seen] of [
			[EVIL, 'cross-site'],
			[API, 'same-site'],
		] as const) {
			await ask(SHOP, `/to?${by}/to?${SHOP}/back`, 'same-origin');
			await ask(by, `/to?${SHOP}/to?${SHOP}/back`, 'same-site');
			await ask(SHOP, `/to?${SHOP}/back`, 'same-site');
			assert.match(await ask(SHOP, '/back', 'same-site'), new RegExp(`${seen} undefined`), mode);
			assert.match(await ask(SHOP, '/back', 'same-origin'), /same-origin undefined/, mode);
		}
	}
});

test('Origin, Referer and Sec-Fetch-Site are the real ones', async (t) => {
	const { seen } = await echo(t);
	const from = (origin: string) => ({ Origin: ourOrigin(origin), Referer: `${ourOrigin(origin)}/p?q`, 'Sec-Fetch-Site': 'same-site' });
	const table = [
		[API, from(SHOP), SHOP, `${SHOP}/p?q`, 'same-site'],
		[API, from(EVIL), EVIL, `${EVIL}/p?q`, 'cross-site'],
		[SHOP, { ...from(SHOP), 'Sec-Fetch-Site': 'same-origin' }, SHOP, `${SHOP}/p?q`, 'same-origin'],
		[SHOP, { Referer: `${ourOrigin(SHOP)}/.tandem/runtime-1.js`, 'Sec-Fetch-Site': 'same-origin' }, undefined, `${SHOP}/`, 'same-origin'],
		[SHOP, { Referer: `${APP}/s/1`, 'Sec-Fetch-Site': 'same-site' }, undefined, undefined, 'none'],
		// A tab's icon, shown by the shell: the page itself asks for it.
		[SHOP, { Referer: `${APP}/`, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Dest': 'image' }, undefined, undefined, 'same-origin'],
		[SHOP, { Origin: 'null', 'Sec-Fetch-Site': 'cross-site' }, 'null', undefined, 'cross-site'],
		[SHOP, { Origin: 'null', 'Sec-Fetch-Site': 'same-origin' }, 'null', undefined, 'same-origin'],
		[SHOP, { 'Sec-Fetch-Site': 'same-site' }, undefined, undefined, 'cross-site'],
	] as const;
	for (const [target, headers, origin, referer, site] of table) {
		const got = await seen(target, headers);
		assert.equal([got.origin, got.referer, got['sec-fetch-site']], [origin, referer, site], JSON.stringify(headers));
	}
});

test('what browsers keep to secure origins does not go to others, nor an https Referer', async (t) => {
	const { seen } = await echo(t);
	const got = await seen('http://plain.test', {
		Referer: `${ourOrigin(SHOP)}/`,
		'Sec-Fetch-Site': 'same-site',
		'Sec-Fetch-Dest': 'iframe',
		'Sec-CH-UA': '"x"',
	});
	assert.equal(
		Object.keys(got).filter((name) => /^(?:sec-|referer)/.test(name)),
		[],
	);
});

test('no header of ours or of a proxy before us gets out', async (t) => {
	const { s, seen } = await echo(t);
	s.sessions.jar('j1').store('real=1', { url: new URL(SHOP), site: 'same-site', method: 'GET' });
	const got = await seen(SHOP, {
		Cookie: `${VERSION}=0; tandem-x=1; other=2`,
		'X-Forwarded-For': '10.0.0.1',
		'X-Forwarded-Host': 'x',
		Forwarded: 'for=1',
		Via: '1.1 x',
		'X-Real-IP': '10.0.0.1',
		Connection: 'close, X-Hop',
		'X-Hop': '1',
		'Accept-Encoding': 'gzip, dcb, br, zstd;q=0.5',
	});
	for (const name of ['x-forwarded-for', 'x-forwarded-host', 'forwarded', 'via', 'x-real-ip', 'x-hop'])
		assert.is(got[name], undefined, name);
	assert.is(got.cookie, 'real=1');
	assert.is(got['accept-encoding'], 'gzip, br, zstd;q=0.5');
	assert.not.match(JSON.stringify(got), 'tandem');
});

test('cookies go where the browser sends credentials, as SameSite lets them', async (t) => {
	const { s, seen } = await echo(t);
	const jar = s.sessions.jar('j1');
	for (const header of ['l=1', 'n=1; SameSite=None; Secure']) jar.store(header, { url: new URL(SHOP), site: 'same-site', method: 'GET' });
	const native = { Cookie: `${VERSION}=0` };
	const from = (origin: string) => ({ Origin: ourOrigin(origin), 'Sec-Fetch-Site': 'same-site' });
	assert.is((await seen(SHOP, from(API))).cookie, undefined, 'fetch without credentials');
	assert.is((await seen(SHOP, { ...from(API), ...native })).cookie, 'l=1; n=1');
	assert.is((await seen(SHOP, { ...from(EVIL), ...native })).cookie, 'n=1');
	assert.is((await seen(SHOP, { ...from(EVIL), 'Sec-Fetch-Dest': 'iframe' })).cookie, 'l=1; n=1', 'a navigation');
});

test('a fetch that is sent on keeps the cookies of the page that began it', async (t) => {
	const site = await startSite((req, res) => {
		if (req.url?.startsWith('/go/')) res.writeHead(302, { Location: decodeURIComponent(req.url.slice(4)) }).end();
		else res.end(JSON.stringify(req.headers));
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url}` });
	t.defer(() => s.close());
	s.sessions.jar('j1').store('l=1', { url: new URL(SHOP), site: 'same-site', method: 'GET' });
	const page = { Cookie: `${VERSION}=0`, Referer: `${ourOrigin(SHOP)}/`, 'Sec-Fetch-Site': 'same-site', 'Sec-Fetch-Mode': 'cors' };
	const after = { ...page, Origin: 'null' };
	const seen = async (method = 'GET', more = {}) => {
		const got = JSON.parse((await s.ask(SHOP, '/x', { headers: { ...after, ...more }, dest: 'empty', method })).text) as Record<
			string,
			string
		>;
		return [got.cookie, got.origin, got['sec-fetch-site']];
	};
	const go = (over: string) =>
		s.ask(over, `/go/${encodeURIComponent(`${SHOP}/x#y`)}`, { headers: { ...page, Origin: ourOrigin(SHOP) }, dest: 'empty' });
	assert.equal(await seen(), [undefined, 'null', 'cross-site'], 'a sandboxed page');
	await go(API);
	assert.equal(
		await seen('GET', { Referer: `${ourOrigin(EVIL)}/` }),
		[undefined, 'null', 'cross-site'],
		'a sandboxed page of another site, meanwhile',
	);
	assert.equal(await seen('OPTIONS'), ['l=1', 'null', 'same-site'], 'a preflight');
	assert.equal(await seen(), ['l=1', 'null', 'same-site'], 'over an origin of the site');
	assert.equal(await seen(), [undefined, 'null', 'cross-site'], 'once');
	await go(EVIL);
	assert.equal(await seen(), ['l=1', 'null', 'cross-site'], 'over another site');
});

test('where a redirect hides its page, what it leads to is asked by that page all the same', async (t) => {
	const asked: string[] = [];
	const site = await startSite((req, res) => {
		const { host, cookie = '', 'sec-fetch-site': far } = req.headers;
		if (req.url?.startsWith('/to/'))
			res.writeHead(302, { Location: decodeURIComponent(req.url.slice(4)), 'Referrer-Policy': 'no-referrer' });
		else asked.push(`${host} ${far} ${cookie}`);
		res.end();
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url},http://*=${site.url}` });
	t.defer(() => s.close());
	s.sessions.jar('j1').store('l=1', { url: new URL(API), site: 'same-site', method: 'GET' });
	const headers = { Cookie: `${VERSION}=0`, 'Sec-Fetch-Mode': 'no-cors', 'Sec-Fetch-Site': 'same-site' };
	const picture = { dest: 'image', headers };
	const led = async (over: string, to: string) => {
		await s.ask(over, `/to/${encodeURIComponent(`${to}/x`)}`, { dest: 'image', headers: { ...headers, Referer: `${ourOrigin(SHOP)}/` } });
		await s.ask(to, '/x', picture);
		return asked.at(-1);
	};
	assert.is(await led('https://cdn.shop.test', API), 'api.shop.test same-site l=1');
	await s.ask(API, '/x', picture);
	assert.is(asked.at(-1), 'api.shop.test cross-site ', 'once');
	assert.is(await led(EVIL, API), 'api.shop.test cross-site l=1', 'over another site');
	assert.is(await led(EVIL, 'http://api.shop.test'), 'api.shop.test cross-site l=1', 'over https, as what it is in a page of https');
});

test('Set-Cookie goes to the jar, and the browser learns that it changed', async (t) => {
	const s = await answering(t, { 'Set-Cookie': ['a=1', 'b=2; HttpOnly'] });
	const reply = await s.ask(SHOP, '/', { dest: 'iframe' });
	const version = s.sessions.jar('j1').version;
	assert.equal(reply.headers['set-cookie'], [`${VERSION}=${version}; Domain=tandem.localhost; Path=/; SameSite=Lax`]);
	assert.is(s.sessions.jar('j1').documentCookie(SHOP), 'a=1');
	const again = await s.ask(SHOP, '/', { headers: { Cookie: `${VERSION}=${version}` } });
	assert.is(again.headers['set-cookie'], undefined, 'it knows already');
	await (await answering(t, {})).ask(SHOP, '/');
});

test('Set-Cookie without credentials is ignored', async (t) => {
	const s = await answering(t, { 'Set-Cookie': 'a=1' });
	await s.ask(SHOP, '/', { headers: { Origin: ourOrigin(API), 'Sec-Fetch-Site': 'same-site' }, dest: 'empty' });
	assert.is(s.sessions.jar('j1').documentCookie(SHOP), '');
});

const OTHER = ourOrigin('https://other.test');
/** Name, what the site sends, what the browser gets. */
const RESPONSE: readonly (readonly [string, string, string | undefined])[] = [
	['location', 'https://other.test/x?y#z', `${OTHER}/x?y#z`],
	['location', '/x', '/x'],
	['location', '//other.test/x', `${OTHER}/x`],
	['location', '///b\xc3\xbccher.test/\xe4', `${ourOrigin('https://xn--bcher-kva.test')}/%E4`],
	['location', 'htt\tps:/y?z', `${ourOrigin(SHOP)}/y?z`],
	['location', 'https:', `${ourOrigin(SHOP)}/`],
	['location', 'http:', 'http://:/'],
	['location', '', ''],
	['content-location', 'https://other.test/', `${OTHER}/`],
	['refresh', '3; url=https://other.test/', `3; url=${OTHER}/`],
	['link', '<https://other.test/a.css>; rel=preload; as=style', `<${OTHER}/a.css>; rel=preload; as=style`],
	['access-control-allow-origin', 'https://other.test', OTHER],
	['access-control-allow-origin', '*', '*'],
	['timing-allow-origin', 'https://other.test', OTHER],
	['sourcemap', 'https://other.test/x.map', `${OTHER}/x.map`],
	['permissions-policy', 'camera=(self "https://other.test")', `camera=(self "${OTHER}")`],
	['permissions-policy', 'camera=("https://*.other.test")', 'camera=("http://*.tandem.localhost:3000")'],
	['service-worker-allowed', '/', '/'],
	['x-frame-options', 'DENY', 'DENY'],
	['strict-transport-security', 'max-age=1', undefined],
	['alt-svc', 'h3=":443"', undefined],
	['public-key-pins', 'x', undefined],
	['report-to', '{"group":"g","endpoints":[{"url":"https://other.test/r"}]}', undefined],
	['reporting-endpoints', 'g="https://other.test/r"', undefined],
	['nel', '{}', undefined],
	['expect-ct', 'x', undefined],
	['clear-site-data', '"cookies"', undefined],
	['clear-site-data', '"cookies", "storage"', '"storage"'],
	['cross-origin-opener-policy', 'same-origin', undefined],
	['cross-origin-embedder-policy', 'require-corp', undefined],
	['cache-control', 'public, max-age=60, s-maxage=90', 'private, max-age=60'],
	['cache-control', 'no-store', 'no-store'],
	['x-tandem-error', 'forged', undefined],
	['origin-agent-cluster', '?0', '?1'],
	['www-authenticate', 'Basic realm="x"', undefined],
	['etag', 'W/"x"', 'W/"x"'],
];

test('response headers are mapped, kept or dropped', async (t) => {
	for (const [name, sent, got] of RESPONSE) {
		const s = await answering(t, { [name]: sent });
		assert.is((await s.ask(SHOP, '/', { dest: 'image' })).headers[name], got, `${name}: ${sent}`);
	}
});

/** Names by which the app is reached over https. */
const SAFE = parseZone('https://tandem.localhost:3000');
const safe = (origin: string) => ourOrigin(origin).replace('http:', 'https:');

test('where browsers send what is reported by name, a page of https has the names', async (t) => {
	const headers = {
		'Content-Type': 'text/html',
		'Report-To': '{"group":"g","endpoints":[{"url":"https://other.test/r"}]}',
		'Reporting-Endpoints': 'g="https://other.test/r"',
		'Content-Security-Policy': "img-src 'none'; report-to g; report-uri /r",
		'Permissions-Policy-Report-Only': 'camera=("https://other.test");report-to=g',
		NEL: '{"report_to":"g"}',
	};
	const s = await answering(t, headers, 200, SAFE);
	const got = async (origin: string, dest: string, token = RUN) => {
		const { headers } = await s.ask(origin, '/', { dest, token });
		assert.is(headers.nel, undefined);
		return [headers['report-to'], headers['reporting-endpoints']];
	};
	const there = safe('https://other.test');
	const group = `{"group":"g","endpoints":[{"url":"${there}/r"}]}`;
	assert.equal(await got(SHOP, 'iframe'), [group, `g="${there}/r"`]);
	assert.equal(await got(SHOP, 'empty'), [group, undefined], 'what a script reads');
	assert.equal(await got(SHOP, 'image', ASSETS), [undefined, undefined], "a guest's");
	assert.equal(await got('http://plain.test', 'iframe'), [undefined, undefined], 'of a page of http browsers tell nobody');
	const reply = await s.ask(SHOP, '/', { dest: 'iframe' });
	assert.match(String(reply.headers['content-security-policy']), "img-src 'none'; report-to g; report-uri /r#tandem=");
	assert.is(reply.headers['permissions-policy-report-only'], `camera=("${there}");report-to=g`);
	assert.is((await s.ask(SHOP, '/.tandem/unheard', { method: 'POST', body: '{}' })).status, 204);
});

test("reports by name are the site's, in its own words", async (t) => {
	const told: { type: string | undefined; whole: boolean; body: unknown }[] = [];
	const site = await startSite((req, res) => {
		let text = '';
		req.setEncoding('utf8').on('data', (part) => {
			text += part;
		});
		req.on('end', () => {
			told.push({
				type: req.headers['content-type'],
				whole: Buffer.byteLength(text) === Number(req.headers['content-length']),
				body: text,
			});
			res.end();
		});
	});
	t.defer(() => site.close());
	const s = await startProxy({ zone: SAFE, upstreamMap: `https://*=${site.url}` });
	t.defer(() => s.close());
	const type = 'application/reports+json';
	const send = async (text: string, headers: http.OutgoingHttpHeaders = {}) => {
		const body = { method: 'POST', body: text, headers: { 'Content-Type': type, Origin: safe(SHOP), ...headers } };
		const { status } = await s.ask(API, '/r', body);
		return [status, told.pop()];
	};
	const url = `${safe(SHOP)}/p?q`;
	const policy = "img-src 'none'; report-to g; report-uri /.tandem/unheard#tandem=img-src%20'none'%3Breport-to%20g";
	const violation = {
		effectiveDirective: 'img-src',
		blockedURL: `${safe(API)}/x`,
		documentURL: url,
		referrer: 'https://app.tandem.localhost:3000/',
	};
	const ours = `${safe(SHOP)}/.tandem/runtime-x.js`;
	const wait = { id: 'XMLHttpRequestSynchronousInNonWorkerOutsideBeforeUnload', sourceFile: ours };
	const place = { lineNumber: 1, columnNumber: 2 };
	const reports = [
		{ age: 1, type: 'csp-violation', url, body: { ...violation, originalPolicy: policy, sourceFile: ours, ...place } },
		{ type: 'deprecation', url, body: wait },
		{ type: 'deprecation', url, body: { id: 'x', sourceFile: ours, ...place } },
		{ type: 'deprecation', url, body: { ...wait, sourceFile: url, ...place } },
		{ type: 'crash', url, body: null },
	];
	const real = `${SHOP}/p?q`;
	const words = { effectiveDirective: 'img-src', blockedURL: `${API}/x`, documentURL: real, referrer: '' };
	const body = [
		{ age: 1, type: 'csp-violation', url: real, body: { ...words, originalPolicy: "img-src 'none';report-to g", sourceFile: `${SHOP}/p` } },
		{ type: 'deprecation', url: real, body: { id: 'x', sourceFile: real } },
		{ type: 'deprecation', url: real, body: { ...wait, sourceFile: real, ...place } },
		{ type: 'crash', url: real, body: null },
	];
	assert.equal(await send(JSON.stringify(reports)), [200, { type, whole: true, body: JSON.stringify(body) }]);
	assert.equal(await send(JSON.stringify(reports.slice(1, 2))), [204, undefined], 'of ours nobody is told');
	for (const odd of ['[', '1', '{"x":"y"}']) assert.equal(await send(odd), [200, { type, whole: true, body: odd }]);
	const script = JSON.stringify(reports);
	assert.equal(await send(script, { 'Sec-Fetch-Dest': 'empty' }), [200, { type, whole: true, body: script }], "a script's own");
});

test('a page keeps its policy, with our guard beside it', async (t) => {
	const s = await answering(t, {
		'Content-Type': 'text/html',
		'Content-Security-Policy': "default-src 'self' https://other.test; frame-ancestors 'none'",
	});
	const reply = await s.ask(SHOP, '/', { dest: 'iframe' });
	const policies = reply.raw.filter((_, i) => reply.raw[i - 1]?.toLowerCase() === 'content-security-policy');
	assert.is(policies.length, 2);
	assert.match(policies[0] ?? '', OTHER);
	assert.match(policies[0] ?? '', `frame-ancestors ${APP};`);
	const nonce = /nonce="([\w-]+)"/.exec(reply.text)?.[1];
	assert.match(policies[0] ?? '', `'nonce-${nonce}'`);
	assert.match(policies[1] ?? '', 'http://*.tandem.localhost:3000');
});

test('X-Frame-Options of a document becomes a policy with the app in it, where no policy says who may frame it', async (t) => {
	const said = async (headers: http.OutgoingHttpHeaders) => {
		const { raw } = await (await answering(t, { 'Content-Type': 'text/html', ...headers })).ask(SHOP, '/', { dest: 'iframe' });
		assert.not.ok(raw.some((name, i) => i % 2 === 0 && /^x-frame-options$/i.test(name)));
		const policies = raw.filter((_, i) => raw[i - 1]?.toLowerCase() === 'content-security-policy');
		return policies.flatMap((policy) => /frame-ancestors ([^;]*)/.exec(policy)?.[1] ?? []);
	};
	assert.equal(await said({ 'X-Frame-Options': 'deny' }), [APP]);
	assert.equal(await said({ 'X-Frame-Options': ' SameOrigin' }), [`'self' ${APP}`]);
	assert.equal(await said({ 'X-Frame-Options': ['SAMEORIGIN', 'DENY'] }), [APP], 'values that contradict each other');
	for (const value of ['ALLOWALL', 'ALLOW-FROM https://x.example', '']) assert.equal(await said({ 'X-Frame-Options': value }), [], value);
	assert.equal(await said({ 'X-Frame-Options': 'DENY', 'Content-Security-Policy': "img-src *; frame-ancestors 'self'" }), [
		`'self' ${APP}`,
	]);
});

test('CORP is judged by real sites', async (t) => {
	for (const [policy, from, dest, told] of [
		['same-site', ourOrigin(API), 'image', 'same-site'],
		['same-site', ourOrigin(EVIL), 'image', 'same-origin'],
		['same-origin', ourOrigin(EVIL), 'image', 'same-origin'],
		// a tab's icon is shown by the shell, as by a browser
		['same-origin', APP, 'image', undefined],
		['same-origin', APP, 'iframe', 'same-origin'],
	] as const) {
		const s = await answering(t, { 'Cross-Origin-Resource-Policy': policy });
		const { headers } = await s.ask(SHOP, '/', { dest, headers: { Referer: `${from}/`, 'Sec-Fetch-Site': 'same-site' } });
		assert.is(headers['cross-origin-resource-policy'], told, `${policy} ${from} ${dest}`);
	}
});

test('Clear-Site-Data empties the jar of that site', async (t) => {
	const s = await answering(t, { 'Clear-Site-Data': '"cookies"' });
	const jar = s.sessions.jar('j1');
	jar.setDocumentCookie(API, 'a=1; Domain=shop.test');
	await s.ask(SHOP, '/', { dest: 'iframe' });
	assert.is(jar.documentCookie(API), '');
	const odd = await answering(t, { 'Clear-Site-Data': '"cookies" "storage"' });
	odd.sessions.jar('j1').setDocumentCookie(API, 'a=1; Domain=shop.test');
	await odd.ask(SHOP, '/', { dest: 'iframe' });
	assert.is(odd.sessions.jar('j1').documentCookie(API), 'a=1', 'what is no list says nothing');
});

test('a 304 carries no new policy: the stored body has the old nonce', async (t) => {
	const s = await answering(t, { 'Content-Security-Policy': "script-src 'nonce-x'", ETag: '"e"' }, 304);
	const reply = await s.ask(SHOP, '/', { dest: 'iframe', headers: { 'If-None-Match': '"e~t3d"' } });
	assert.is(reply.status, 304);
	assert.is(reply.headers['content-security-policy'], undefined);
	assert.is(reply.headers.etag, '"e~t3d"');
});

test('a browser’s copy counts for the destination that it was made for, and for this build', async (t) => {
	const site = await startSite((req, res) => {
		res.writeHead(200, { ETag: '"a"', 'Content-Type': 'text/javascript' }).end(`/* ${req.headers['if-none-match']} */`);
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url}` });
	t.defer(() => s.close());
	const asked = async (list: string, dest: string, mode: string, from = 'same-origin') => {
		const headers = { 'If-None-Match': list, 'Sec-Fetch-Mode': mode, 'Sec-Fetch-Site': from };
		const reply = await s.ask(SHOP, '/', { dest, headers });
		return [/[/][*] (.*) [*][/]/.exec(reply.text)?.[1], reply.headers.etag];
	};
	const all = '"a", W/"b~t3c", "c~t3m", "d~t3w", "e~t3s", "f~t3o", "g~t1", "h~t3d"';
	assert.equal(await asked(all, 'empty', 'cors'), ['"a"', '"a"']);
	assert.equal(await asked(all, 'script', 'no-cors'), ['W/"b"', '"a~t3c"']);
	assert.equal(await asked(all, 'script', 'cors'), ['"c"', '"a~t3m"']);
	assert.equal(await asked(all, 'worker', 'same-origin'), ['"d"', '"a~t3w"']);
	assert.equal(await asked(all, 'style', 'no-cors'), ['"e"', '"a~t3s"']);
	assert.equal(await asked(all, 'empty', 'no-cors', 'same-site'), ['"f"', '"a~t3o"']);
	assert.equal(await asked('"a"', 'script', 'no-cors'), ['undefined', '"a~t3c"']);
	assert.equal(await asked('x, y z', 'empty', 'cors'), ['x, y z', '"a"']);
	assert.equal(await asked('*', 'script', 'no-cors'), ['*', '"a~t3c"']);
});

test('a frame that leads the tab’s root is who asks, for the URL it named, once', async (t) => {
	const { s, seen } = await echo(t);
	const self = { 'Sec-Fetch-Site': 'same-origin', Referer: `${ourOrigin(EVIL)}/frame?x` };
	const lead = (to: string, headers: Record<string, string> = self) => s.ask(EVIL, '/.tandem/lead', { method: 'POST', body: to, headers });
	const led = (origin: string, key: string) =>
		s.ask(origin, `/.tandem/led?${key}`, { dest: 'iframe', headers: { 'Sec-Fetch-Site': 'same-site' } });
	const root = {
		Origin: 'null',
		Referer: `${ourOrigin(SHOP)}/`,
		'Sec-Fetch-Site': 'same-site',
		'Sec-Fetch-Mode': 'navigate',
		'Sec-Fetch-Dest': 'iframe',
	};
	const came = async () => {
		const { origin, referer, 'sec-fetch-site': site } = await seen(SHOP, root);
		return [origin, referer, site];
	};
	const to = `${ourOrigin(SHOP)}/`;
	const { text: key } = await lead(to);
	assert.is((await led(SHOP, key)).status, 404, 'at another label');
	assert.is((await led(EVIL, 'x')).status, 404);
	assert.equal(await came(), ['null', undefined, 'cross-site'], 'before');
	const on = await led(EVIL, key);
	assert.equal([on.status, on.headers.location], [307, to]);
	assert.equal(await came(), [EVIL, `${EVIL}/`, 'cross-site']);
	assert.equal(await came(), ['null', undefined, 'cross-site'], 'once');
	assert.is((await led(EVIL, key)).status, 404, 'once');
	assert.is((await lead(to, { 'Sec-Fetch-Site': 'same-site' })).status, 403);
	for (const bad of ['https://elsewhere.example/', APP, '/x', '']) assert.is((await lead(bad)).status, 400, bad);
});

test('of several content types the last that is one counts', async (t) => {
	const table = [
		[['application/json', 'text/html; charset=utf-8'], 'text/html; charset=utf-8'],
		['text/html;charset=gbk, text/plain', 'text/plain'],
		['text/html;charset=gbk;x=",text/plain"', 'text/html;charset=gbk;x=",text/plain"'],
		[['text/html;charset=gbk', 'text/html', '*/*', 'nonsense'], 'text/html;charset=gbk'],
		[['text/plain;"', 'x/x'], 'text/plain;", x/x'],
		[['text/plain;charset=gbk', '', 'text/plain'], 'text/plain;charset=gbk'],
		[['x/x;"', 'x/y;\\"', 'text/plain;charset=gbk;"', 'text/plain'], 'text/plain'],
	] as const;
	for (const [given, want] of table) {
		const s = await answering(t, { 'Content-Type': given as string | string[] });
		const { headers } = await s.ask(SHOP, '/', { dest: 'image' });
		assert.is(headers['content-type'], want);
	}
});

test.run();
