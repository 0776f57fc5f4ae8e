// tests only (Node, Chromium).
// Content-Security-Policy: what a page is refused, and what the violation says, directive by directive; Subresource Integrity.
import { createHash } from 'node:crypto';
import { paritySuite } from './harness.ts';

/** A document that tells its parent each violation, and runs `does`. */
const page = (does: string, head = '') => `<!doctype html>${head}<script nonce=n>
	const seen = [], at = (url) => String(url).replace(/^blob:.*/, 'blob');
	addEventListener('securitypolicyviolation', (e) => seen.push([e.effectiveDirective, e.violatedDirective, at(e.blockedURI), e.originalPolicy, e.disposition, e.sample, e.statusCode, e.documentURI, e.referrer, /^(?:base-uri|require-)/.test(e.effectiveDirective) && at(e.sourceFile), e.target === document || e.target?.localName]));
	const all = (p) => Promise.all(p.map((q) => q.then((v) => v, (e) => [e.name, e.message])));
	const load = (tag, set, rel) => new Promise((ok) => { const el = document.createElement(tag); Object.assign(el, set); el.onload = () => ok('load'); el.onerror = () => ok('error'); (document.body ?? document.documentElement).append(el); setTimeout(() => ok('nothing'), 4000); });
	addEventListener('load', async () => { let out; try { out = await (async () => { ${does} })(); } catch (e) { out = [e.name, e.message]; } setTimeout(() => parent.postMessage({out, seen: seen.map((s) => JSON.stringify(s)).sort()}, '*'), 100); });
</script>`;

const CDN = 'http://cdn.localhost:PORT';
const EDITED = '/* é */ globalThis.ran = (globalThis.ran ?? 0) + 1; globalThis.where = [location.href, top === parent];';
const MODULE = "import 'http://cdn.localhost:PORT/sri/edited.js'; globalThis.moduleRan = import.meta.url; export default location.href;";
const SHEET = '@import url(http://cdn.localhost:PORT/style.css); p { outline: 1px solid red }';
const hash = (algorithm: string, text: string) => `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`;
const RIGHT = hash('sha256', EDITED);
const WRONG = hash('sha256', 'x');
const STRONG = hash('sha512', EDITED);

const PAGES: Readonly<Record<string, readonly [policy: string, does: string, head?: string]>> = {
	img: ["img-src 'self'; report-uri /r", `return all([load('img', {src: '/image.png'}), load('img', {src: '${CDN}/image.png'})])`],
	none: ["img-src 'none'; frame-ancestors *", `return load('img', {src: '/image.png'})`],
	host: [
		`img-src ${CDN}/image.png`,
		`return all([load('img', {src: '${CDN}/image.png'}), load('img', {src: '${CDN}/other.png'}), load('img', {src: 'data:image/gif;base64,R0lGODlhAQABAAAAACw='})])`,
	],
	hashed: [
		`script-src 'nonce-n' '${RIGHT}' '${WRONG}'`,
		`const script = (set) => load('script', {src: '/sri/edited.js', crossOrigin: '', ...set}); return [await script({integrity: '${RIGHT}'}), await script({integrity: '${WRONG}'}), await script({integrity: '${STRONG}'}), await script({}), await script({integrity: '${RIGHT} ${hash('sha256', 'y')}'}), await script({src: '${CDN}/sri/edited.js', integrity: '${RIGHT}'}), typeof ran, typeof parsed]`,
		`<script src="/sri/parsed.js" integrity="${hash('sha384', 'parsed = location.href')}"></script><script src="/sri/edited.js?parsed" integrity="${RIGHT}"></script>`,
	],
	script: [
		"script-src 'nonce-n'",
		`document.body.insertAdjacentHTML('beforeend', '<p onclick="1">'); document.querySelector('p').click(); return all([load('script', {src: '/script.js'}), document.body.append(Object.assign(document.createElement('script'), {text: 'seen.push("ran")'}))])`,
	],
	both: [
		"script-src 'nonce-n' 'sha256-FSRZotz4y83Ib8ZaoVj9eXKaeWXVUawM8zAPfYeYySs='",
		`location.href = 'javascript:seen.push(1)'; return all([load('script', {src: '/script.js'}), load('script', {nonce: 'n', src: '/script.js'})])`,
	],
	evaluated: [
		"script-src 'nonce-n' 'report-sample'",
		`const out = []; try { eval('1 + 1'); } catch (e) { out.push(e.name); } try { new Function('return 1')(); } catch (e) { out.push(e.name); } setTimeout('seen.push(1)'); return out`,
	],
	strict: [
		"script-src 'nonce-n' 'strict-dynamic'",
		`return all([load('script', {src: '${CDN}/script.js'}), load('script', {nonce: 'n', src: '/script.js'})])`,
	],
	styles: [
		"style-src 'self' 'sha256-FSRZotz4y83Ib8ZaoVj9eXKaeWXVUawM8zAPfYeYySs='",
		`const p = document.body.appendChild(document.createElement('p')); p.setAttribute('style', 'top: 1px'); p.style.left = '2px'; return [getComputedStyle(p).color, p.style.cssText, await load('link', {rel: 'stylesheet', href: '/style.css'}), await load('link', {rel: 'stylesheet', href: '${CDN}/style.css'})]`,
		'<style>p { color: green; }</style><style>p { color: red; }</style>',
	],
	frames: [
		"frame-src 'self'",
		`return all([load('iframe', {src: '/empty.html'}), load('iframe', {src: '${CDN}/empty.html'}), load('iframe', {src: 'data:text/html,x'}), load('iframe', {srcdoc: 'x'})])`,
	],
	children: [
		"child-src 'none'",
		`try { new Worker('/script.js'); } catch (e) { seen.push(e.name); } return load('iframe', {src: '/empty.html'})`,
	],
	connect: [
		"connect-src 'self'",
		`return all([fetch('/json').then((r) => r.status), fetch('${CDN}/json'), new Promise((ok) => { const x = new XMLHttpRequest(); x.onloadend = () => ok(x.status); x.open('GET', '${CDN}/json'); x.send(); }), new Promise((ok) => { const e = new EventSource('${CDN}/events'); e.onerror = () => ok(e.readyState); })])`,
	],
	unread: [
		"connect-src 'self', connect-src 'self' https:",
		`return all([load('script', {src: URL.createObjectURL(new Blob(['globalThis.ran = location']))}), new Promise((ok) => { new Worker('data:text/javascript;base64,' + btoa('postMessage([location.protocol, "caf\\xc3\\xa9"])')).onmessage = (e) => ok(e.data); })])`,
	],
	base: [
		"base-uri 'self'",
		`document.head.append(Object.assign(document.createElement('base'), {href: '${CDN}/'})); return document.baseURI`,
	],
	forms: [
		"form-action 'self'",
		`const f = document.body.appendChild(document.createElement('form')); f.action = '${CDN}/empty.html'; f.submit(); return new Promise((ok) => addEventListener('securitypolicyviolation', () => ok('refused')))`,
	],
	objects: ["object-src 'none'", `return all([load('object', {data: '/empty.html'}), load('embed', {src: '/image.png'})])`],
	media: [
		"media-src 'none'; font-src 'none'; manifest-src 'none'",
		`return all([load('audio', {src: '/a.mp3'}), new FontFace('f', 'url(/f.woff)').load()])`,
	],
	fallback: [
		"default-src 'self' 'nonce-n'",
		`return all([load('img', {src: '${CDN}/image.png'}), fetch('${CDN}/json'), load('iframe', {src: '${CDN}/empty.html'})])`,
	],
	trusted: [
		"require-trusted-types-for 'script'; trusted-types a",
		`const out = []; for (const f of [() => { document.body.innerHTML = '<b>'; }, () => trustedTypes.createPolicy('b', {}), () => trustedTypes.createPolicy('a', {}), () => document.createElement('script').src = '/x']) try { out.push(String(f())); } catch (e) { out.push(e.name, e.message); } return out`,
	],
	sandbox: [
		'sandbox allow-scripts',
		`const out = [origin]; for (const f of [() => localStorage.length, () => document.cookie, () => { document.domain = document.domain; }]) try { out.push(f()); } catch (e) { out.push(e.name); } return out`,
	],
	several: [`img-src 'none', script-src 'nonce-n'`, `return all([load('img', {src: '/image.png'}), load('script', {src: '/script.js'})])`],
};

/** What observers of reports are given, in a page and in a worker of its. */
const REPORTS = `<!doctype html><body><script>
	const bare = (text) => text.replace(/Number":[0-9]+/g, 'Number":0').replace(/blob:[^"]*/g, 'blob');
	const shown = (list) => list.map((r) => [r.type, r.url, r.body.blockedURL, r.body.documentURL, r.body.originalPolicy, r.body.sourceFile, bare(JSON.stringify(r))]);
	addEventListener('load', async () => {
		const given = [];
		const observer = new ReportingObserver(function (list, self) { given.push(...shown(list), [self === observer, this === observer]); });
		observer.observe();
		const later = new ReportingObserver(() => {}, { types: ['csp-violation'] }); later.observe();
		await new Promise((done) => { const image = new Image(); image.onerror = done; image.src = '/image.png?'; });
		const records = shown(later.takeRecords());
		await fetch('${CDN}/json').catch(() => {});
		await new Promise((done) => setTimeout(done, 100));
		new Worker(URL.createObjectURL(new Blob(['1'])));
		const worker = new Worker('/csp/reports.js');
		const inside = await Promise.race([new Promise((done) => { worker.onmessage = ({ data }) => done(bare(data)); }), new Promise((done) => setTimeout(done, 3000, 'nothing'))]);
		parent.postMessage({ given, records, inside }, '*');
	});
</script>`;

/** Who may show a document in a frame, by its headers. */
const FRAMED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
	deny: { 'x-frame-options': 'DENY' },
	same: { 'x-frame-options': 'sameorigin' },
	all: { 'x-frame-options': 'ALLOWALL' },
	two: { 'x-frame-options': 'SAMEORIGIN, DENY' },
	odd: { 'x-frame-options': 'ALLOW-FROM http://shop.localhost' },
	none: { 'content-security-policy': "frame-ancestors 'none'" },
	empty: { 'content-security-policy': "default-src * 'unsafe-inline'; frame-ancestors" },
	self: { 'content-security-policy': "frame-ancestors 'self'" },
	any: { 'content-security-policy': 'frame-ancestors *' },
	shop: { 'content-security-policy': 'frame-ancestors http://shop.localhost:PORT' },
	other: { 'content-security-policy': 'frame-ancestors http://other.localhost:PORT' },
	wild: { 'content-security-policy': 'frame-ancestors http://*.localhost:PORT' },
	both: { 'content-security-policy': 'frame-ancestors *', 'x-frame-options': 'DENY' },
	reported: { 'content-security-policy-report-only': "frame-ancestors 'none'" },
	plain: {},
};

/** What stands in `integrity`, as authors write it and as they shouldn't. */
// biome-ignore format: short
const HASHES: readonly string[] = [
	RIGHT, WRONG, RIGHT.toUpperCase(), WRONG.replace('sha256', 'SHA256'), RIGHT.replace('sha256', 'sha-256'), WRONG.replace('sha256', 'sha-256'), RIGHT.replace('=', ''),
	`${RIGHT}==`, RIGHT.replace(/\+/g, '-').replace(/\//g, '_'), 'sha256-abc', 'sha256-abcd', 'sha256-', 'sha256-=', 'sha256-@', `${WRONG}@`, `${RIGHT}?ct=x`, `${WRONG}?ct=x`, 'foo', 'md5-abcd', 'sha256',
	`${WRONG} ${RIGHT}`, `${WRONG} ${hash('sha256', 'y')} ${WRONG}`, `${RIGHT} ${hash('sha512', 'x')}`, `${WRONG} ${STRONG}`, `${WRONG} ${hash('sha384', EDITED)}`, `${RIGHT} sha512-@`, `${RIGHT} sha512-abcd`,
	`\t\f ${RIGHT}\v`, `${WRONG}\v${RIGHT}`, `${WRONG}\u00a0`, `${WRONG},${RIGHT}`, `'${WRONG}'`, `${WRONG}?é`, STRONG.replace('==', ''), `${hash('sha384', EDITED)}=`, `${RIGHT.slice(0, -2)}${'='.repeat(9)}`,
	` ${hash('sha384', 'x')}\n${STRONG} ${hash('sha512', 'y')} ${hash('sha512', 'z')} `,
];

paritySuite('policies', {
	'hashes of subresources': {
		files: {
			'/sri/edited.js': { type: 'text/javascript', body: EDITED },
			'/sri/kept.js': { type: 'text/javascript', body: EDITED, headers: { 'cache-control': 'max-age=600', etag: '"kept"' } },
			'/sri/stale.js': { type: 'text/javascript', body: EDITED, headers: { 'cache-control': 'no-cache', etag: '"stale"' } },
			'/sri/module.js': { type: 'text/javascript', body: MODULE },
			'/sri/sheet.css': { type: 'text/css', body: SHEET },
			'/sri/empty.js': { type: 'text/javascript', body: '' },
			'/sri/digest.js': { type: 'text/javascript', body: EDITED, headers: { 'unencoded-digest': `sha-256=:${RIGHT.slice(7)}:` } },
			'/sri/markup': {
				type: 'text/html',
				headers: {
					link: `</sri/edited.js?link>; rel=preload; as=script; integrity="${STRONG}", </sri/edited.js?bare>; rel=preload; as=script; integrity=${WRONG.replace(/=$/, '')}`,
				},
				body: `<!doctype html><script>seen = []; said = (e) => seen.push([e.type, e.target.src ?? e.target.href, e.target.integrity, e.target.outerHTML]); addEventListener('load', () => parent.postMessage([...seen.map((s) => s.join()).sort(), ran, getComputedStyle(document.querySelector('p')).outline], '*'))</script>
					<link rel=stylesheet href="/sri/sheet.css" integrity="${WRONG}" onload=said(event) onerror=said(event)><script src="/sri/edited.js?link" integrity="${STRONG}" onload=said(event) onerror=said(event)></script>
					<script src="/sri/edited.js?bare" integrity="${WRONG}" onload=said(event) onerror=said(event)></script><script type=importmap>{"imports": {"m": "/sri/module.js?m"}, "integrity": {"/sri/module.js?m": "${WRONG.replaceAll('/', '\\/')}"}}</script>
					<script type=module>import('m').then(() => seen.push('ran'), (e) => seen.push(e.message))</script><p>x`,
			},
		},
		script: `
			const port = location.port, put = (tag, set) => new Promise((ok) => { const e = document.createElement(tag); for (const [k, v] of Object.entries(set)) e.setAttribute(k, v); e.onload = () => ok('load'); e.onerror = () => ok('error'); document.head.append(e); setTimeout(() => ok('nothing'), 3000); });
			const ran = async (set) => { globalThis.ran = 0; return [await put('script', set), globalThis.ran]; };
			const hash = async (text, how = 'sha-256') => how.replace('-', '') + '-' + btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest(how, new TextEncoder().encode(text)))));
			const sheet = await hash(${JSON.stringify(SHEET)}.replaceAll('PORT', port), 'sha-384'), module = await hash(${JSON.stringify(MODULE)}.replaceAll('PORT', port), 'sha-512');
			const hashes = ${JSON.stringify(HASHES)};
			for (const [i, integrity] of hashes.entries()) await record('hash ' + i, async () => [await ran({src: '/sri/edited.js?' + i, integrity}), await ran({src: origins.cdn + '/sri/edited.js?' + i, integrity})]);
			for (const [how, integrity] of [['right', ${JSON.stringify(RIGHT)}], ['wrong', ${JSON.stringify(WRONG)}]]) {
				await record(how + ' script elsewhere', async () => [await ran({src: origins.cdn + '/sri/edited.js?' + how, integrity, crossorigin: ''}), await ran({src: '/redirect?to=' + encodeURIComponent(origins.cdn + '/sri/edited.js?to' + how), integrity, crossorigin: 'anonymous'}), where]);
				await record(how + ' module', async () => { globalThis.moduleRan = ''; return [await put('script', {type: 'module', src: origins.cdn + '/sri/module.js?' + how, integrity: how === 'right' ? module : integrity}), moduleRan]; });
				await record(how + ' sheet', async () => { const p = document.body.appendChild(document.createElement('p')), before = getComputedStyle(p).outline; const said = await put('link', {rel: 'stylesheet', href: '/sri/sheet.css?' + how, integrity: how === 'right' ? sheet : integrity}); const link = document.head.lastChild; return [said, before === getComputedStyle(p).outline, link.remove()]; });
				await record(how + ' preloads', async () => [await put('link', {rel: 'preload', as: 'script', href: '/sri/edited.js?pre' + how, integrity}), await ran({src: '/sri/edited.js?pre' + how, integrity}), await put('link', {rel: 'modulepreload', href: '/sri/module.js?pre' + how, integrity: how === 'right' ? module : integrity}), await put('link', {rel: 'preload', as: 'style', href: '/sri/sheet.css?pre' + how, integrity: how === 'right' ? sheet : integrity}), await put('link', {rel: 'preload', as: 'fetch', crossorigin: '', href: '/json?' + how, integrity: how === 'right' ? await hash('{"a":1}') : integrity})]);
				await record(how + ' fetch', async () => [await fetch('/sri/edited.js?f' + how, {integrity}).then((r) => r.text(), (e) => e.message), await fetch(origins.cdn + '/sri/edited.js?f' + how, {integrity}).then((r) => r.text(), (e) => e.message)]);
				await record(how + ' data', async () => [await ran({integrity: how === 'right' ? await hash('globalThis.ran = 7') : integrity, src: 'data:text/javascript,globalThis.ran = 7'})]);
				await record(how + ' of nothing', async () => [await put('script', {src: '/sri/empty.js?' + how, integrity: how === 'right' ? await hash('') : integrity})]);
				for (const kept of ['kept', 'stale']) await record(how + ' ' + kept, async () => [await ran({src: '/sri/' + kept + '.js?' + how}), await ran({src: '/sri/' + kept + '.js?' + how, integrity}), await ran({src: '/sri/' + kept + '.js?' + how, integrity}), await ran({src: '/sri/' + kept + '.js?' + how, integrity: integrity + ' sha256-abcd'}), await ran({src: '/sri/' + kept + '.js?' + how})]);
			}
			await record('blob', async () => { const src = URL.createObjectURL(new Blob([${JSON.stringify(EDITED)}])); const s = Object.assign(document.createElement('script'), {integrity: ${JSON.stringify(RIGHT)}, src}), said = event(s, 'load'); document.head.append(s); return (await said).target.integrity; });
			await record('digest of a site', () => ran({src: '/sri/digest.js'}));
			const map = document.createElement('script'); map.type = 'importmap'; map.text = JSON.stringify({integrity: {'/sri/module.js?right': module, '/sri/module.js?wrong': ${JSON.stringify(WRONG)}, [origins.cdn + '/sri/edited.js']: 'x ' + ${JSON.stringify(RIGHT)}}}).replaceAll('/', '\\/');
			await record('map', () => { const text = map.text; document.head.append(map); return [text, map.text, map.textContent, map.outerHTML]; });
			for (const how of ['right', 'wrong']) await record(how + ' import', () => import('/sri/module.js?' + how).then((m) => m.default, (e) => [e.name, e.message]));
			await record('markup', async () => { const said = event(window, 'message'), f = document.createElement('iframe'); f.src = '/sri/markup'; document.body.append(f); return (await said).data; });
			await record('headers', async () => [...(await fetch('/sri/digest.js', {integrity: ${JSON.stringify(RIGHT)}})).headers.keys()]);
		`,
	},
	framing: {
		files: {
			...Object.fromEntries(
				Object.entries(FRAMED).map(([name, headers]) => [
					`/framed/${name}`,
					{ type: 'text/html', body: `<!doctype html><script>top.postMessage('shown ${name}', '*')</script>`, headers },
				]),
			),
			'/framed/around': { type: 'text/html', body: '<!doctype html><iframe src="http://shop.localhost:PORT/framed/same"></iframe>' },
		},
		script: `
			const shown = new Set(); addEventListener('message', (e) => shown.add(e.data));
			const look = async (src) => {
				shown.clear(); const f = document.createElement('iframe'); f.src = src;
				await new Promise((ok) => { f.onload = ok; document.body.append(f); });
				await new Promise((ok) => setTimeout(ok, 200));
				const out = [...shown, f.contentDocument ? 'readable' : 'closed']; f.remove(); return out;
			};
			for (const name of ${JSON.stringify(Object.keys(FRAMED))}) {
				await record(name + ' in its own', () => look('/framed/' + name));
				await record(name + ' in another', () => look(origins.cdn + '/framed/' + name));
			}
			await record('same in its own in another', () => look(origins.cdn + '/framed/around'));
		`,
	},
	headers: {
		script: `
			const told = (path) => new Promise((ok) => { const f = document.createElement('iframe'); f.src = path; addEventListener('message', function on(e) { if (e.source !== f.contentWindow) return; removeEventListener('message', on); f.remove(); ok(e.data); }); document.body.append(f); });
			const names = ${JSON.stringify(Object.keys(PAGES))};
			const all = [];
			for (let i = 0; i < names.length; i += 4) all.push(...(await Promise.all(names.slice(i, i + 4).map((name) => told('/csp/' + name)))));
			for (const [i, name] of names.entries()) { await record(name, () => all[i].out); await record(name + ' violations', () => all[i].seen); }
			for (const name of ['img', 'script']) await record(name + ', reported only', async () => told('/csp/report-only/' + name));
		`,
		files: Object.fromEntries([
			['/sri/edited.js', { type: 'text/javascript', body: EDITED }],
			...Object.entries(PAGES).flatMap(([name, [policy, does, head]]) => [
				[`/csp/${name}`, { type: 'text/html', body: page(does, head), headers: { 'content-security-policy': policy } }],
				[
					`/csp/report-only/${name}`,
					{ type: 'text/html', body: page(does, head), headers: { 'content-security-policy-report-only': policy } },
				],
			]),
		]),
	},
	reports: {
		files: {
			'/csp/reports.js': {
				type: 'text/javascript',
				body: `new ReportingObserver((list) => postMessage(JSON.stringify(list)), {buffered: true}).observe(); fetch('${CDN}/json').catch(() => {});`,
				headers: { 'content-security-policy': `connect-src 'self'` },
			},
			'/csp/reports': { type: 'text/html', body: REPORTS, headers: { 'content-security-policy': `img-src ${CDN}; connect-src 'self'` } },
		},
		script: `
			const said = event(window, 'message'), f = document.createElement('iframe'); f.src = '/csp/reports?q'; document.body.append(f);
			for (const [name, value] of Object.entries((await said).data)) await record(name, () => value);
			await record('no function', () => new ReportingObserver(1));
			await record('shape', () => [describe(window, 'ReportingObserver'), ReportingObserver.length, new ReportingObserver(() => {}).takeRecords()]);
		`,
	},
	'reports that a site is sent': {
		files: Object.fromEntries(
			[
				['content-security-policy', `img-src ${CDN} 'report-sample'; script-src 'unsafe-inline'; report-uri /told?a`],
				[
					'content-security-policy-report-only',
					`connect-src 'none'; img-src *; script-src 'nonce-x' 'report-sample'; report-uri told?b#x ${CDN}/told?c`,
				],
				['content-security-policy', `img-src 'none'; frame-ancestors *; report-to none; report-uri ;`],
			].map(([header = '', policy = ''], i) => [
				`/csp/told-${i}`,
				{
					type: 'text/html',
					headers: { [header]: policy },
					body: `<!doctype html><p id=told onclick="1"></p><img src="/image.png?q#f"><img src="${CDN}/redirect?to=/other.png"><script>fetch('${CDN}/json?q').catch(() => {}); eval('1'); setTimeout(() => told.click())</script><script src="/script.js"></script>`,
				},
			]),
		),
		script: `
			document.cookie = 'told=1';
			await fetch('/told');
			for (const i of [0, 1, 2]) {
				const f = document.createElement('iframe'), loaded = event(f, 'load'); f.src = '/csp/told-' + i; document.body.append(f); await loaded;
				let told = [];
				for (let tries = 0, was = -1; tries < 12 && (was !== told.length || !told.length); tries++) { was = told.length; await new Promise((ok) => setTimeout(ok, 300)); told = told.concat(await (await fetch('/told')).json()); }
				await record('policy ' + i, () => told.map((one) => JSON.stringify(one)).sort());
			}
		`,
	},
	meta: {
		files: {
			'/csp/meta': {
				type: 'text/html',
				body: `<!doctype html><head><meta http-equiv="Content-Security-Policy" content="img-src ${CDN} 'unsafe-inline'; report-uri /x"></head><body>`,
			},
		},
		script: `
			const f = document.createElement('iframe'), loaded = event(f, 'load'); f.src = '/csp/meta'; document.body.append(f); await loaded;
			const doc = f.contentDocument, meta = doc.querySelector('meta');
			await record('reads', () => [meta.content, meta.getAttribute('content'), meta.outerHTML]);
			await record('violation', async () => { const e = event(doc, 'securitypolicyviolation'); doc.body.append(Object.assign(doc.createElement('img'), {src: '/image.png'})); const v = await e; return [v.originalPolicy, v.blockedURI, v.effectiveDirective]; });
			await record('written', async () => { const m = document.createElement('meta'); m.httpEquiv = 'Content-Security-Policy'; m.content = "frame-src 'self'"; document.head.append(m); const e = event(document, 'securitypolicyviolation'); document.body.append(Object.assign(document.createElement('iframe'), {src: 'data:text/html,x'})); const v = await e; return [m.content, m.outerHTML, v.originalPolicy, v.blockedURI]; });
		`,
	},
});
