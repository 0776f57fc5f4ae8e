// tests only (Node).
// From one session to another: labels, tokens, caches, jars and connections of one person are nobody else's.
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { APP, ASSETS, hostOf, ourOrigin, RUN, type Started, startProxy, startSite } from '../proxy/fixture.ts';

const test = suite('security: across sessions');
type T = { defer(undo: () => unknown): void };
const BANK = 'https://bank.example';
const EVIL = 'https://evil.example';
const OTHER = 'cccccccccccccccc';

/** A proxy with a second session, whose run token is OTHER. */
async function two(t: T, listener: Parameters<typeof startSite>[0]): Promise<Started> {
	const site = await startSite(listener);
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*.example=${site.url}` });
	t.defer(() => s.close());
	s.sessions.tokens.set(OTHER, { session: 's2', jar: 'j2', grade: 'run', owner: 'eve', holder: 'eve' });
	return s;
}

test('a page of another session, participant or grade can’t use a label, wherever it has it from', async (t) => {
	let reached = 0;
	const s = await two(t, (_req, res) => {
		reached++;
		res.end();
	});
	for (const from of [ourOrigin(EVIL, OTHER), ourOrigin(BANK, OTHER), ourOrigin(EVIL, ASSETS), ourOrigin('mirror', ASSETS)])
		for (const headers of [{ Origin: from }, { Referer: `${from}/page` }, { Origin: 'null', Referer: `${from}/` }])
			for (const dest of ['document', 'iframe', 'image', 'script', 'empty', undefined])
				for (const path of ['/', '/.tandem/blank', '/.tandem/cookie']) {
					const reply = await s.ask(BANK, path, { ...(dest ? { dest } : {}), headers: { 'Sec-Fetch-Site': 'same-site', ...headers } });
					assert.is(reply.headers['x-tandem-error'], 'forbidden', `${from} ${dest} ${path}`);
					assert.not.match(reply.text, 'tandem-boot');
				}
	assert.is(reached, 0);
	const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Key': 'x' };
	assert.is((await s.ask(BANK, '/', { headers: { ...upgrade, Origin: ourOrigin(EVIL, OTHER) } })).headers['x-tandem-error'], 'forbidden');
	assert.is((await s.ask(BANK, '/', { headers: { Origin: ourOrigin(EVIL) } })).status, 200, 'a page of the same token may');
	assert.is((await s.ask(BANK, '/', { dest: 'document', headers: { Referer: `${APP}/` } })).status, 200, 'and so may the shell');
});

test('a redirect, a link or a policy to a name of ours leads nowhere but to an error of ours', async (t) => {
	const names = [APP, `${APP}/api/auth/sign-out`, ourOrigin(BANK, OTHER), 'http://tandem.localhost:3000', '//app.tandem.localhost:3000/x'];
	const s = await two(t, (req, res) => {
		const to = names[Number(req.url?.slice(1))] ?? '';
		res.writeHead(302, {
			Location: to,
			Refresh: `0; url=${to}`,
			Link: `<${to}>; rel=preload; as=image`,
			'Content-Location': to,
			'Content-Type': 'text/html',
		});
		res.end(`<meta http-equiv=refresh content="0;url=${to}"><a href="${to}">x</a><iframe src="${to}"></iframe><form action="${to}">`);
	});
	for (const [i, name] of names.entries()) {
		const reply = await s.ask(EVIL, `/${i}`, { dest: 'document' });
		const { location, refresh, link } = reply.headers;
		for (const said of [location, refresh, link, reply.headers['content-location'], reply.text].map(String)) {
			assert.not.ok(said.includes(`${name}"`) || said.endsWith(name) || said.includes(`${name}>`), `${name}: ${said}`);
			assert.match(said, RUN);
		}
		const { host, pathname } = new URL(String(location), 'http://x');
		assert.is((await s.ask('', pathname, { host, dest: 'document' })).headers['x-tandem-error'], 'private-address');
	}
});

test('what one session gets is not kept for another: neither the body nor what was made of it', async (t) => {
	const s = await two(t, (req, res) => {
		const kind = req.url === '/s.js' ? 'text/javascript' : req.url === '/s.css' ? 'text/css' : 'text/html';
		res.writeHead(200, { 'Content-Type': kind, 'Cache-Control': 'public, s-maxage=9999, max-age=60', ETag: '"same"', Vary: 'Cookie' });
		const who = req.headers.cookie ?? 'nobody';
		if (kind === 'text/javascript') res.end(`import 'https://cdn.example/${who}.js'; top.x = location;`);
		else if (kind === 'text/css') res.end(`p{background:url(https://cdn.example/${who}.png)}`);
		else res.end(`<a href="https://cdn.example/${who}">`);
	});
	s.sessions.jar('j1').setDocumentCookie(BANK, 'me=ann');
	s.sessions.jar('j2').setDocumentCookie(BANK, 'me=eve');
	for (const [path, dest] of [
		['/s.js', 'script'],
		['/s.css', 'style'],
		['/', 'document'],
	] as const)
		for (const [token, own, other] of [
			[RUN, 'me=ann', OTHER],
			[OTHER, 'me=eve', RUN],
			[RUN, 'me=ann', OTHER],
		] as const) {
			const native = { Cookie: `tandem-v-${token.slice(0, 6)}=0` };
			const reply = await s.ask(BANK, path, {
				dest,
				token,
				headers: { ...native, 'Sec-Fetch-Mode': dest === 'document' ? 'navigate' : 'cors', 'Sec-Fetch-Site': 'same-origin' },
			});
			assert.match(reply.text, own, `${path} for ${token}`);
			assert.match(reply.text, `${token}.tandem.localhost`);
			assert.not.match(reply.text, other);
			assert.match(String(reply.headers['cache-control']), /^private/);
			assert.not.match(String(reply.headers['cache-control']), /public|s-maxage/);
			assert.match(String(reply.headers.vary), /Sec-Fetch-Dest/i);
		}
});

test('one script of two sessions: rewritten once, with each session’s labels', async (t) => {
	const s = await two(t, (_req, res) =>
		res.writeHead(200, { 'Content-Type': 'text/javascript' }).end("import 'https://cdn.example/a.js'; top.x"),
	);
	for (const token of [RUN, OTHER, RUN]) {
		const { text } = await s.ask(EVIL, '/a.js', { dest: 'script', token, headers: { 'Sec-Fetch-Mode': 'cors' } });
		assert.match(text, ourOrigin('https://cdn.example', token));
		assert.not.match(text, token === RUN ? OTHER : RUN);
	}
	assert.is(s.proxy.stats().scriptCacheHits, 2);
});

test('headers that no cache is keyed by change nothing that a script becomes', async (t) => {
	const s = await two(t, (_req, res) => res.writeHead(200, { 'Content-Type': 'text/javascript' }).end('top.location'));
	const plain = await s.ask(BANK, '/a.js', { dest: 'script' });
	const odd = await s.ask(BANK, '/a.js', {
		dest: 'script',
		headers: {
			'X-Forwarded-Host': 'evil.example',
			'X-Forwarded-Proto': 'x',
			'X-Original-URL': '/b',
			Forwarded: 'host=evil',
			'X-Host': 'evil',
		},
	});
	assert.is(odd.text, plain.text);
});

test('connections to a site are kept apart', async (t) => {
	const ports = new Map<string, Set<number>>();
	const s = await two(t, (req, res) => {
		const who = req.headers.cookie ?? '';
		ports.set(who, (ports.get(who) ?? new Set()).add(req.socket.remotePort ?? 0));
		res.end();
	});
	s.sessions.jar('j1').setDocumentCookie(BANK, 'me=ann');
	s.sessions.jar('j2').setDocumentCookie(BANK, 'me=eve');
	for (let i = 0; i < 3; i++) for (const token of [RUN, OTHER]) await s.ask(BANK, '/', { dest: 'document', token });
	assert.equal([...ports.keys()].sort(), ['me=ann', 'me=eve']);
	for (const port of ports.get('me=ann') ?? []) assert.not.ok(ports.get('me=eve')?.has(port));
});

test('nobody can tell a token that is wrong from one that was', async (t) => {
	const s = await two(t, (_req, res) => res.end());
	s.sessions.tokens.delete(OTHER);
	const was = await s.ask(BANK, '/', { dest: 'document', token: OTHER });
	const never = await s.ask(BANK, '/', { dest: 'document', token: 'd'.repeat(16) });
	assert.is(was.status, 410);
	assert.equal([never.status, never.text], [was.status, was.text]);
});

test('endpoints of ours on a label answer its own pages alone, also where a browser sends no metadata', async (t) => {
	const s = await two(t, (_req, res) => res.end());
	const own = { Origin: ourOrigin(BANK) };
	for (const headers of [
		{ Origin: ourOrigin(EVIL) },
		{ Origin: APP },
		{ Origin: 'null' },
		{ Origin: 'https://bank.example' },
		{ ...own, 'Sec-Fetch-Site': 'same-site' },
		{ 'Sec-Fetch-Site': 'cross-site' },
		{ 'Sec-Fetch-Site': 'none' },
	])
		for (const [path, body] of [
			['/.tandem/cookie?path=/', '["tossed=1"]'],
			['/.tandem/origin', 'https://x.example'],
		] as const) {
			// A sandboxed document of the site's own may have a name put into the session's table, which says nothing and gives nothing.
			if (path === '/.tandem/origin' && headers.Origin === 'null') continue;
			const reply = await s.ask(BANK, path, { method: 'POST', headers: { 'Content-Type': 'text/plain', ...headers }, body });
			assert.is(reply.headers['x-tandem-error'], 'forbidden', JSON.stringify(headers));
		}
	const sandboxed = { 'Content-Type': 'text/plain', Origin: 'null' };
	const registered = await s.ask(BANK, '/.tandem/origin', { method: 'POST', headers: sandboxed, body: 'https://x.example' });
	assert.equal([registered.status, registered.text], [204, '']);
	assert.is(s.sessions.jar('j1').documentCookie(BANK), '');
	assert.is((await s.ask(BANK, '/.tandem/cookie?path=/', { method: 'POST', headers: own, body: '["mine=1"]' })).status, 200);
	assert.is(s.sessions.jar('j1').documentCookie(BANK), 'mine=1');
});

test('endpoints of ours take hostile input: refused or harmless, never more than their own site', async (t) => {
	const s = await two(t, (_req, res) => res.end());
	const headers = { 'Sec-Fetch-Site': 'same-origin' };
	const post = (path: string, body: string) => s.ask(BANK, path, { method: 'POST', headers, body });
	for (const body of [
		'',
		'x',
		'http:',
		'file:///etc/passwd',
		'javascript:1',
		'https://a/b',
		'https://u:p@a.example',
		'[]',
		'\0',
		'https://a.example:443',
	])
		assert.is((await post('/.tandem/origin', body)).status, 400, body);
	assert.is((await post('/.tandem/origin', 'x'.repeat(5000))).status, 413);
	assert.is((await post('/.tandem/cookie', 'x'.repeat(70_000))).status, 413);
	for (const body of [
		'a=b; Domain=app.tandem.localhost',
		'a=b; Domain=example',
		'a=b; Domain=evil.example',
		'__Host-a=b; Path=/',
		'a=b; HttpOnly',
		'',
		';',
		'=',
		'\0=\0',
	])
		await post('/.tandem/cookie?path=//evil.example/..%2f', JSON.stringify([body]));
	for (const url of [EVIL, APP, 'https://example/', 'http://bank.example']) assert.is(s.sessions.jar('j1').documentCookie(url), '');
	for (const path of ['/.tandem/', '/.tandem/../x', '/.tandem/runtime-..js', '/.tandem/%2e%2e/secret', '/.tandem/mirror-0.js'])
		assert.is((await s.ask(BANK, path, { headers })).status, 404, path);
	for (const body of ['', '{', '{"__proto__":{"x":1}}', '[]', 'null', '"'.repeat(9)]) await post('/.tandem/leak', body);
	assert.is(({} as { x?: unknown }).x, undefined);
	assert.is((await post('/.tandem/leak', 'x'.repeat(70_000))).status, 413);
});

test('a hostile site can’t set cookies for us, nor take ours', async (t) => {
	const cookies: unknown[] = [];
	const s = await two(t, (req, res) => {
		cookies.push(req.headers.cookie);
		res.setHeader('Set-Cookie', [
			'a=1; Domain=tandem.localhost',
			'b=1; Domain=.localhost; Path=/',
			`c=1; Domain=${hostOf(EVIL).split(':')[0]}`,
			'__Host-tandem=evil; Secure; Path=/',
			'__Secure-x=1; Domain=example',
			'd=1; Domain=bank.example',
			'tandem=evil',
		]);
		res.setHeader('Clear-Site-Data', '"cookies", "storage"');
		res.end();
	});
	for (const dest of ['document', 'image', 'script', 'empty']) {
		const reply = await s.ask(EVIL, '/', { dest, headers: { Cookie: '__Host-tandem=login; tandem=x; tandem-v-aaaaaa=0' } });
		for (const set of reply.headers['set-cookie'] ?? [])
			assert.match(set, /^tandem-v-aaaaaa=\w+; Domain=tandem\.localhost; Path=\/; SameSite=Lax$/);
		assert.not.match(String(reply.headers['clear-site-data']), 'cookies');
	}
	assert.not.match(JSON.stringify(cookies), /login|tandem-v/);
	assert.is(s.sessions.jar('j1').documentCookie(BANK), '');
	assert.is(s.sessions.jar('j2').documentCookie(EVIL), '');
});

test('headers that are ours alone can’t be claimed by a site or by a page', async (t) => {
	const heard: unknown[] = [];
	const s = await two(t, (req, res) => {
		heard.push(req.headers);
		res.writeHead(200, {
			'X-Tandem-Error': 'internal',
			'Origin-Agent-Cluster': '?0',
			'Access-Control-Allow-Origin': APP,
			'Cross-Origin-Opener-Policy': 'unsafe-none',
			'Strict-Transport-Security': 'max-age=9; includeSubDomains',
			'Service-Worker-Allowed': '/',
		});
		res.end();
	});
	const { headers } = await s.ask(EVIL, '/', { dest: 'document' });
	assert.is(headers['x-tandem-error'], undefined);
	assert.is(headers['origin-agent-cluster'], '?1', 'document.domain stays off: labels of one zone could join otherwise');
	assert.is(headers['strict-transport-security'], undefined);
	assert.is.not(headers['access-control-allow-origin'], APP);
	assert.is(heard.length, 1);
});

test.run();
