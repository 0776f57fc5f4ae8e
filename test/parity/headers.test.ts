// tests only (Node, Chromium).
// Response headers, by whatever reads them: a page's own requests say what the site has said.
import { askForWhole } from '../browser.ts';
import { paritySuite } from './harness.ts';

// The bare program tells a worker the headers of the connection, or doesn't, by what its cache has.
askForWhole();
const SHOP = 'http://shop.localhost:PORT';
const CDN = 'http://cdn.localhost:PORT';

/** One of each kind that the proxy changes, drops or adds to. */
const SAID: Readonly<Record<string, string>> = {
	'cache-control': 'public, max-age=60, s-maxage=90',
	vary: 'Accept-Language',
	'content-security-policy': `img-src 'self' ${CDN}; report-uri ${SHOP}/r`,
	'content-security-policy-report-only': `default-src ${SHOP}`,
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-embedder-policy': 'unsafe-none',
	'cross-origin-resource-policy': 'cross-origin',
	'origin-agent-cluster': '?0',
	'document-isolation-policy': 'none',
	'integrity-policy': 'blocked-destinations=(script)',
	'report-to': `{"group":"g","max_age":1,"endpoints":[{"url":"${SHOP}/r"}]}`,
	'reporting-endpoints': `g="${SHOP}/r"`,
	nel: '{"report_to":"g","max_age":1}',
	'alt-svc': 'h3=":443"',
	'expect-ct': 'max-age=1',
	'permissions-policy': `camera=(self "${CDN}")`,
	'feature-policy': "camera 'self'",
	'x-frame-options': 'DENY',
	'x-content-type-options': 'nosniff',
	'server-timing': 'db;dur=1',
	'timing-allow-origin': `${SHOP}, ${CDN}`,
	'access-control-allow-origin': SHOP,
	'access-control-allow-credentials': 'true',
	link: `<${CDN}/style.css>; rel=preload; as=style; integrity="sha256-x"`,
	location: `${CDN}/elsewhere`,
	'content-location': `${CDN}/located`,
	refresh: `900; url=${CDN}/refreshed`,
	sourcemap: `${CDN}/map`,
	'x-sourcemap': `${CDN}/map`,
	'service-worker-allowed': `${SHOP}/sw/`,
	'clear-site-data': '"cookies", "none"',
	'speculation-rules': '"/rules.json"',
	'x-tandem-forged': 'of the site',
	'x-latin': 'caf\u00e9 "quoted" \\',
	'x-app': 'plain',
	etag: '"e1"',
	'last-modified': 'Mon, 05 Oct 2015 07:28:00 GMT',
};
/** Chromium keeps the last two in no cache. */
const FEW = { 'cache-control': 'no-store', 'strict-transport-security': 'max-age=60', 'www-authenticate': 'Basic realm="r"' };
const BARE = { 'cache-control': 'no-cache', etag: '"bare"' };

const KINDS: Readonly<Record<string, string>> = {
	html: 'text/html; charset=utf-8',
	js: 'text/javascript',
	css: 'text/css',
	json: 'application/json',
	svg: 'image/svg+xml',
	bin: 'application/octet-stream',
	wasm: 'application/wasm',
	none: '',
};

const LIST = `
	const kept = ([name]) => name !== 'date';
	const list = (headers) => [...headers].filter(kept);
	const viaFetch = async (url, init) => list((await fetch(url, init)).headers);
	const viaXhr = (url, credentials) => new Promise((ok) => { const x = new XMLHttpRequest(); x.open('GET', url); x.withCredentials = !!credentials; x.onloadend = () => ok([
		x.getAllResponseHeaders().replace(/^date: .*\\r\\n/m, ''),
		...['cache-control', 'Vary', 'X-Tandem-Said', 'link', 'strict-transport-security', 'connection', 'content-length', 'x-latin', 'none', 'b a d', ''].map((name) => x.getResponseHeader(name))]); x.send(); });
`;

const files = {
	...Object.fromEntries(Object.entries(KINDS).map(([kind, type]) => [`/h/${kind}`, { type, body: '/**/', headers: SAID }])),
	'/h/few': { type: 'application/json', body: '{}', headers: FEW },
	'/h/stored': { type: 'text/javascript', body: '1', headers: { ...SAID, 'cache-control': 'max-age=600' } },
	'/h/renewed': { type: 'text/javascript', body: '1', headers: { ...SAID, 'cache-control': 'no-cache', etag: '"e2"' } },
	'/h/renewed-few': { type: 'text/javascript', body: '1', headers: { ...BARE, 'content-security-policy': `img-src ${CDN}` } },
	...Object.fromEntries(
		['', 'Vary, link, X-App', '*', 'date'].map((expose, i) => [
			`/h/exposed-${i}`,
			{ type: 'application/json', body: '{}', headers: { ...SAID, ...(expose ? { 'access-control-expose-headers': expose } : {}) } },
		]),
	),
	'/h/sw/worker.js': {
		type: 'text/javascript',
		body: `${LIST}
			oninstall = () => skipWaiting();
			onactivate = (e) => e.waitUntil(registration.navigationPreload.enable().then(() => clients.claim()));
			let asked = [], preloaded;
			onfetch = (e) => {
				const {pathname, search} = new URL(e.request.url);
				if (pathname === '/h/sw/asked') e.respondWith(new Response(JSON.stringify({asked, preloaded})));
				if (search === '?on') e.respondWith(fetch(e.request).then((r) => { asked.push(list(r.headers)); return r; }));
				if (search === '?preloaded') e.respondWith(e.preloadResponse.then((r) => { preloaded = list(r.headers); return r; }));
				if (search === '?again') e.respondWith(fetch(e.request.url.replace('?again', '')));
				if (search === '?copied') e.respondWith(fetch(e.request.url.replace('?copied', '')).then(async (r) => new Response(await r.text(), {headers: r.headers})));
				if (search === '?kept') e.respondWith(caches.open('sw').then(async (c) => { await c.add(pathname); return c.match(pathname); }));
			};`,
	},
	// what it may load tells which policy holds
	'/h/sw/page': {
		type: 'text/html',
		body: `<!doctype html><script>
			const violations = [];
			addEventListener('securitypolicyviolation', (e) => violations.push([e.effectiveDirective, e.blockedURI, e.originalPolicy]));
			const load = (url) => new Promise((ok) => { const img = new Image(); img.onload = () => ok('loaded'); img.onerror = () => ok('refused'); img.src = url; });
			onload = async () => {
				const images = [await load('/image.png'), await load('${CDN}/image.png'), await load('http://other.localhost:PORT/image.png')];
				const worker = new Worker('/h/sw/dedicated.js' + location.search);
				const told = await new Promise((ok) => { worker.onmessage = (e) => ok(e.data); worker.onerror = (e) => ok(e.message); });
				parent.postMessage([images, violations, told], '*');
			};
		</script>`,
		headers: { 'content-security-policy': `img-src 'self' ${CDN}`, 'cache-control': 'public, max-age=60', 'x-frame-options': 'SAMEORIGIN' },
	},
	'/h/sw/dedicated.js': {
		type: 'text/javascript',
		body: `const seen = []; addEventListener('securitypolicyviolation', (e) => seen.push([e.blockedURI, e.originalPolicy]));
			Promise.all(['/json', '${CDN}/json', 'http://other.localhost:PORT/json'].map((url) => fetch(url).then((r) => r.status, (e) => e.name))).then((all) => setTimeout(() => postMessage([all, seen]), 100));`,
		headers: { 'content-security-policy': `connect-src 'self' ${CDN}`, 'cache-control': 'public, max-age=60' },
	},
	'/h/worker.js': {
		type: 'text/javascript',
		body: `${LIST} onmessage = async () => postMessage([await viaFetch('/h/json'), await viaXhr('/h/html'), await viaFetch('${CDN}/h/exposed-1')]);`,
	},
};

paritySuite('response headers', {
	'same origin': {
		path: '/case-same',
		files,
		script: `${LIST}
			for (const kind of ${JSON.stringify(Object.keys(KINDS))}) {
				await record(kind, () => viaFetch('/h/' + kind));
				await record(kind + ', XHR', () => viaXhr('/h/' + kind));
			}
			await record('few', () => viaFetch('/h/few'));
			await record('none', () => viaFetch('/none'));
			await record('no-cors', () => viaFetch('/h/js?no-cors', {mode: 'no-cors'}));
			await record('HEAD', () => viaFetch('/h/html', {method: 'HEAD'}));
			await record('POST', () => viaFetch('/h/html', {method: 'POST', body: 'x'}));
			await record('redirected', () => viaFetch('/redirect?to=/h/json'));
			await record('a case', () => viaFetch('/case-same'));
			await record('sync', () => { const x = new XMLHttpRequest(); x.open('GET', '/h/js', false); x.send(); return [x.getAllResponseHeaders().includes('tandem'), x.getResponseHeader('cache-control')]; });
			await record('a worker', async () => { const w = new Worker('/h/worker.js'); w.postMessage(1); return (await event(w, 'message')).data; });
		`,
	},
	readers: {
		path: '/case-readers',
		files,
		script: `${LIST}
			const r = await fetch('/h/json'), h = r.headers;
			const names = ['cache-control', 'Vary', 'origin-agent-cluster', 'strict-transport-security', 'x-tandem-said', 'X-Tandem-Forged', 'connection', 'link', 'none'];
			await record('get', () => names.map((name) => h.get(name)));
			await record('has', () => names.map((name) => h.has(name)));
			await record('keys', () => [...h.keys()]);
			await record('values', () => [...h.values()].length);
			await record('entries', () => list(h.entries()));
			await record('forEach', () => { const out = []; h.forEach(function (value, name, all) { out.push([name, name !== 'date' && value, all === h, this.t]); }, {t: 1}); return out; });
			await record('bad forEach', () => h.forEach());
			await record('bad forEach, 2', () => h.forEach(1));
			await record('Object.fromEntries', () => Object.keys(Object.fromEntries(h)));
			await record('an iterator', () => { const i = h.keys(), I = Object.getPrototypeOf(i); return [String(i), I === Object.getPrototypeOf(new Headers().keys()), Object.getOwnPropertyNames(I), i.next()]; });
			await record('one function', () => [Headers.prototype.entries === Headers.prototype[Symbol.iterator], Headers.prototype[Symbol.iterator].name]);
			await record('described', () => [...['get', 'has', 'forEach', 'entries', 'keys', 'values', Symbol.iterator].map((k) => describe(Headers.prototype, k)), describe(XMLHttpRequest.prototype, 'getAllResponseHeaders'), describe(XMLHttpRequest.prototype, 'getResponseHeader')]);
			await record('source', () => [Headers.prototype.get, Headers.prototype.entries, XMLHttpRequest.prototype.getResponseHeader].map(String));
			await record('wrong this', () => Headers.prototype.get.call({}, 'x'));
			await record('wrong this, forEach', () => Headers.prototype.forEach.call(null, () => {}));
			await record('wrong this, entries', () => Headers.prototype.entries.call(r));
			await record('no name', () => h.get());
			await record('bad name', () => h.get('b a d'));
			await record('wide name', () => h.has('\\u0416'));
			for (const change of ['h.set("a", "b")', 'h.append("cache-control", "b")', 'h.delete("vary")']) await record(change, () => eval(change));
			await record('the same', () => [r.headers === h, r.clone().headers === h]);
			await record('clone', () => list(r.clone().headers));
			await record('new Headers', () => { const n = new Headers(h); n.append('vary', 'x'); n.set('cache-control', 'y'); n.delete('link'); return list(n); });
			await record('new Response', () => list(new Response('', {headers: h}).headers));
			await record('new Response, again', () => list(new Response('', {headers: new Response('', r).headers}).headers));
			await record('new Request', async () => list(new Request('/echo', {headers: h}).headers));
			await record('stringify', () => JSON.stringify(h));
			await record('made', () => { const n = new Headers([['b', '1'], ['a', '2'], ['b', '3']]); n.append('Set-Cookie', 'x'); n.append('Set-Cookie', 'y'); return [[...n], n.getSetCookie(), n.get('b'), [...n.keys()]]; });
			await record('live', () => { const n = new Headers({a: '1'}), out = []; for (const [k] of n) { out.push(k); if (k === 'a') n.set('b', '2'); } return out; });
			await record('another window', () => { const f = document.body.appendChild(document.createElement('iframe')); return [f.contentWindow.Headers.prototype.get.call(h, 'cache-control'), [...f.contentWindow.Headers.prototype.keys.call(h)], list(new f.contentWindow.Headers(h))]; });
			await record('its own window', async () => { const f = document.body.appendChild(document.createElement('iframe')); return list((await f.contentWindow.fetch('/h/html')).headers); });
			await record('opened', () => { const x = new XMLHttpRequest(); x.open('GET', '/h/json'); return [x.getAllResponseHeaders(), x.getResponseHeader('vary')]; });
			await record('XHR, wrong', () => XMLHttpRequest.prototype.getResponseHeader.call({}, 'x'));
			await record('XHR, none', () => new XMLHttpRequest().getResponseHeader());
			await record('XHR, wide', () => new XMLHttpRequest().getResponseHeader('\\u0416'));
		`,
	},
	'cross origin': {
		path: '/case-cross',
		files,
		script: `${LIST}
			for (const i of [0, 1, 2, 3]) for (const credentials of ['omit', 'include']) {
				await record(i + ' ' + credentials, () => viaFetch(origins.cdn + '/h/exposed-' + i + '?' + credentials, {credentials}));
				await record(i + ' ' + credentials + ', XHR', () => viaXhr(origins.cdn + '/h/exposed-' + i + '?xhr' + credentials, credentials === 'include'));
			}
			await record('none', () => viaFetch(origins.cdn + '/none'));
			await record('preflight', () => viaFetch(origins.cdn + '/none', {method: 'POST', headers: {'content-type': 'text/plain'}}));
			await record('no-cors', () => viaFetch(origins.cdn + '/h/exposed-2', {mode: 'no-cors'}));
			await record('redirected', () => viaFetch('/redirect?to=' + origins.cdn + '/h/exposed-1?redirected'));
		`,
	},
	'service worker': {
		path: '/h/sw/case',
		files,
		script: `${LIST}
			const r = await navigator.serviceWorker.register('/h/sw/worker.js', {scope: '/h/sw/'});
			if (!navigator.serviceWorker.controller) await event(navigator.serviceWorker, 'controllerchange');
			for (const how of ['on', 'again', 'copied', 'kept']) {
				await record(how, async () => { const out = await viaFetch('/h/json?' + how); return [out, await viaXhr('/h/js?' + how)]; });
				await record(how + ', policies', async () => { const f = document.createElement('iframe'); f.src = '/h/sw/page?' + how; document.body.append(f); return (await event(window, 'message')).data; });
			}
			await record('preload', async () => { const f = document.createElement('iframe'); f.src = '/h/sw/page?preloaded'; document.body.append(f); return (await event(window, 'message')).data; });
			await record('image', async () => { const i = new Image(); i.src = '/h/css?on'; await event(i, 'error'); const s = document.createElement('script'); s.src = '/h/bin?on'; document.body.append(s); await event(s, 'error'); return 1; });
			await record('cross', () => viaFetch(origins.cdn + '/h/exposed-1?on'));
			await record('in the worker', async () => (await fetch('/h/sw/asked')).json());
			await caches.delete('sw');
			await r.unregister();
		`,
	},
	stored: {
		path: '/case-stored',
		files,
		script: `${LIST}
			const twice = async (url, init) => { const out = []; for (let i = 0; i < 3; i++) { const r = await fetch(url, init); await r.text(); out.push(list(r.headers)); } return out; };
			await record('out of the cache', () => twice('/h/stored'));
			await record('renewed', () => twice('/h/renewed'));
			await record('renewed, few', () => twice('/h/renewed-few'));
			await record('renewed by another reader', async () => { await (await fetch('/h/renewed?x')).text(); return viaXhr('/h/renewed?x'); });
			await record('304', async () => { const r = await fetch('/h/renewed-few?y', {headers: {'if-none-match': '"bare"'}}); return [r.status, list(r.headers)]; });
			const c = await caches.open('h');
			await record('Cache', async () => { await c.put('/h/json', await fetch('/h/json')); await c.add('/h/js'); return [list((await c.match('/h/json')).headers), list((await caches.match('/h/js')).headers), list((await c.matchAll())[0].clone().headers)]; });
			await record('Cache, far', async () => { const url = origins.cdn + '/h/exposed-1?c'; await c.put(url, await fetch(url)); return list((await c.match(url)).headers); });
			await caches.delete('h');
		`,
	},
});
