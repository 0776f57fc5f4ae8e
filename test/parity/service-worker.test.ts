// tests only (Node, Chromium).
// Service workers that answer for a page: whatever way the body came, the page runs as if nothing stood between.
import { createHash } from 'node:crypto';
import { type Case, paritySuite } from './harness.ts';

const SCRIPT = 'seen.script = [location.href, top === parent, document.currentScript.src, document.currentScript.integrity.length];';
const HASH = `sha256-${createHash('sha256').update(SCRIPT).digest('base64')}`;
const SHEET = 'i { color: rgb(4, 5, 6) }';

const PLAIN = `sha512-${createHash('sha512').update('seen.plain = 1;').digest('base64')}`;

/** Tells the parent what a page sees; scripts add to `seen`. */
const PAGE = `<!doctype html><head><link rel=stylesheet href="/sw/style.css"><script>seen = {}</script><script src="/sw/script.js?HOW" integrity="${HASH}"></script>
<script src="/sw/plain.js?HOW" integrity="sha384-x ${PLAIN}"></script>
<link rel=stylesheet href="/sw/sheet.css?HOW" integrity="sha256-${createHash('sha256').update(SHEET).digest('base64')}" onload="seen.sheet='load'" onerror="seen.sheet='error'">
<link rel=preload as=image crossorigin href="/image.png?HOW" integrity="${HASH}" onload="seen.image='load'" onerror="seen.image='error'">
<script type=module src="/sw/module.js?HOW"></script><script src="http://cdn.localhost:PORT/cdn.js"></script></head><body><p>x</p><script>
onload = async () => {
	for (const [tag, set] of [['script', {src: '/sw/script.js?HOW', integrity: 'sha384-x'}], ['link', {rel: 'stylesheet', href: '/sw/sheet.css?HOW', integrity: '${HASH}'}]])
		seen['wrong ' + tag] = await new Promise((ok) => { const e = Object.assign(document.createElement(tag), set); e.onload = () => ok('load'); e.onerror = () => ok('error'); document.body.append(e); });
	const worker = new Worker('/sw/worker.js?HOW');
	seen.worker = await new Promise((ok) => { worker.onmessage = (e) => ok(e.data); worker.onerror = (e) => ok('error ' + e.message); });
	seen.page = [location.href, document.URL, top === parent, document.referrer, document.cookie, document.head.querySelectorAll('script').length];
	seen.style = getComputedStyle(document.querySelector('p')).color;
	seen.text = (await (await fetch('/sw/script.js?HOW')).text());
	seen.late = [await (await fetch('/sw/late')).text(), await (await fetch('/sw/late-wait')).text()];
	seen.used = await (await fetch('/sw/used')).text();
	seen.line = await (await fetch('/sw/line')).text();
	seen.integrity = await (await fetch('/sw/integrity')).text();
	parent.postMessage(seen, '*');
};
</script>`;

const files = {
	'/sw/worker-register.js': {
		type: 'text/javascript',
		body: `
			let integrity, late;
			const given = {};
			/** The event's promise has settled, and it waits for nothing any more. */
			function afterwards(e) {
				const answer = new Promise((ok) => setTimeout(ok)).then(() => new Response('late'));
				e.respondWith(answer);
				answer.then(() => void Promise.resolve().then(() => { try { e.waitUntil(1); late = 'waits'; } catch (error) { late = error.name; } }));
			}
			oninstall = (e) => e.waitUntil(caches.open('c').then((c) => c.addAll(['/sw/page?cached', '/sw/script.js?cached', '/sw/module.js?cached', '/sw/worker.js?cached', '/sw/plain.js?cached', '/sw/sheet.css?cached'])).then(() => skipWaiting()));
			onfetch = (e) => {
				const url = new URL(e.request.url);
				if (url.pathname === '/sw/script.js') integrity = e.request.integrity;
				if (url.pathname === '/sw/late') afterwards(e);
				if (url.pathname === '/sw/late-wait') e.respondWith(new Response(late));
				if (url.pathname === '/sw/line') e.respondWith(new Response(/:(\\d+):\\d+/.exec(new Error().stack)[1]));
				if (url.pathname === '/sw/integrity') e.respondWith(new Response(integrity));
				if (url.search === '?network') e.respondWith(fetch(e.request));
				if (url.search === '?again') e.respondWith(fetch(e.request.url).then((r) => given[url.pathname] = r));
				if (url.pathname === '/sw/used') e.respondWith(new Response(JSON.stringify(Object.keys(given).sort().map((path) => [path, given[path].bodyUsed]))));
				if (url.search === '?cached') e.respondWith(caches.match(e.request).then((r) => r.clone()));
				if (url.search === '?made') e.respondWith(fetch(e.request.url).then((r) => r.text()).then((text) => new Response(text, {status: 201, headers: {'content-type': url.pathname === '/sw/page' ? 'text/html' : url.pathname.endsWith('.css') ? 'text/css' : 'text/javascript', 'content-security-policy': url.pathname === '/sw/page' ? "script-src 'self' 'unsafe-inline' http://cdn.localhost:PORT" : ''}})));
				if (url.host.startsWith('cdn')) e.respondWith(fetch(e.request));
			};`,
	},
	'/sw/script.js': { type: 'text/javascript', body: SCRIPT },
	'/sw/plain.js': { type: 'text/javascript', body: 'seen.plain = 1;' },
	'/sw/sheet.css': { type: 'text/css', body: SHEET },
	'/sw/module.js': {
		type: 'text/javascript',
		body: 'import {a} from "http://cdn.localhost:PORT/cdn-module.js"; seen.module = [a, location.pathname, import.meta.url]; export {};',
	},
	'/sw/worker.js': { type: 'text/javascript', body: 'postMessage([location.href, origin, typeof importScripts])' },
	'/sw/style.css': { type: 'text/css', body: '@import url(http://cdn.localhost:PORT/cdn.css);' },
	'/cdn.js': { type: 'text/javascript', body: 'seen.cdn = [location.href, top === parent];' },
	'/cdn.css': { type: 'text/css', body: 'p { color: rgb(1, 2, 3) }' },
	'/cdn-module.js': { type: 'text/javascript', body: 'export const a = location.href;' },
	'/sw/page': { type: 'text/html', body: '' },
};

/** A worker's script is of its own origin, whatever a service worker answers with. */
const FAR: Case = {
	path: '/case-far',
	files: {
		'/far/service-worker.js': {
			type: 'text/javascript',
			body: `
				oninstall = () => skipWaiting();
				onfetch = (e) => {
					const how = new URL(e.request.url).search.slice(1);
					if (how) e.respondWith(fetch(how === 'own' ? '/sw/worker.js' : 'http://cdn.localhost:PORT/sw/worker.js', {mode: how === 'own' ? 'cors' : how}));
				};`,
		},
		...files,
	},
	script: `
		const r = await navigator.serviceWorker.register('/far/service-worker.js', {scope: '/far/'});
		const w = r.installing ?? r.waiting ?? r.active;
		await new Promise((ok) => { const look = () => w.state === 'activated' && ok(); w.addEventListener('statechange', look); look(); });
		for (const how of ['own', 'cors', 'no-cors']) {
			await record(how, () => new Promise((ok) => { const w = new Worker('/far/worker.js?' + how); w.onmessage = (e) => ok(e.data); w.onerror = (e) => ok('error ' + e.message); }));
			await record(how + ', shared', () => new Promise((ok) => { const w = new SharedWorker('/far/worker.js?' + how); w.port.onmessage = (e) => ok(e.data); w.onerror = (e) => ok('error ' + e.message); setTimeout(() => ok('nothing'), 2000); }));
		}
		await r.unregister();`,
};

/** The site is gone, and its worker has something to show. */
const GONE: Case = {
	path: '/case-gone',
	files: {
		'/gone/service-worker.js': {
			type: 'text/javascript',
			body: `
				oninstall = () => skipWaiting();
				onfetch = (e) => e.respondWith(fetch(e.request).catch((error) => new Response('<p>' + error.name + '<script>parent.postMessage([location.href, document.body.innerText], "*")</script>', {headers: {'content-type': 'text/html'}})));`,
		},
	},
	script: `
		const r = await navigator.serviceWorker.register('/gone/service-worker.js', {scope: '/gone/'});
		const w = r.installing ?? r.waiting ?? r.active;
		await new Promise((ok) => { const look = () => w.state === 'activated' && ok(); w.addEventListener('statechange', look); look(); });
		await record('page', async () => { const frame = document.createElement('iframe'); frame.src = '/gone/hangup'; document.body.append(frame); return (await event(window, 'message')).data; });
		await r.unregister();`,
};

const LONG = 'a-name-that-no-label-of-ours-is-long-enough-for.and-then-some';

/** Hosts whose name fits into no label: what a page asks there, and what the worker asks by itself. */
const NAMES: Case = {
	path: '/case-names',
	files: {
		'/names/service-worker.js': {
			type: 'text/javascript',
			body: `
				oninstall = () => skipWaiting();
				onactivate = (e) => e.waitUntil(clients.claim());
				const heard = [];
				addEventListener('fetch', (e) => {
					const url = new URL(e.request.url);
					if (!url.host.startsWith('a')) return;
					heard.push([url.href, e.request.destination, e.type, e.cancelable, e.clientId !== '', e.target === self]);
					if (url.pathname === '/made') e.respondWith(new Response(JSON.stringify(heard), {headers: {'access-control-allow-origin': '*'}}));
					if (url.pathname === '/waits') { e.waitUntil(Promise.resolve()); heard.push('waits'); e.respondWith(fetch(e.request)); }
					if (url.pathname === '/twice') { e.respondWith(new Response('made', {headers: {'access-control-allow-origin': '*'}})); try { e.respondWith(new Response('')); } catch (error) { heard.push(error.name); } }
					if (url.pathname === '/style.css') e.respondWith(new Response('p { color: rgb(7, 8, 9) }', {headers: {'content-type': 'text/css'}}));
					if (url.pathname === '/refused') e.preventDefault();
				});
				addEventListener('fetch', (e) => { if (new URL(e.request.url).pathname.startsWith('/names/ask')) e.respondWith(fetch('http://' + new URL(e.request.url).search.slice(1) + '.localhost:PORT/echo').then(async (r) => new Response(r.url + (await r.json()).host))); });`,
		},
		'/names/page': {
			type: 'text/html',
			body: `<!doctype html><p>p</p><script>onmessage = async () => {
				const seen = {}; const get = (url) => fetch(url).then((r) => r.text()).catch((e) => e.name);
				seen.style = await new Promise((ok) => { const l = document.createElement('link'); l.rel = 'stylesheet'; l.onload = () => ok(getComputedStyle(document.querySelector('p')).color); l.onerror = () => ok('error'); l.href = 'http://${LONG}.localhost:PORT/style.css'; document.head.append(l); });
				for (const path of ['waits', 'twice', 'refused', 'json', 'made']) seen[path] = await get('http://${LONG}.localhost:PORT/' + path);
				seen.own = await get('/names/ask?another-${LONG}'); seen.both = await Promise.all([get('/names/ask?b-${LONG}'), get('/names/ask?c-${LONG}')]);
				parent.postMessage(seen, '*'); };</script>`,
		},
	},
	script: `
		const r = await navigator.serviceWorker.register('/names/service-worker.js', {scope: '/names/'});
		const w = r.installing ?? r.waiting ?? r.active;
		await new Promise((ok) => { const look = () => w.state === 'activated' && ok(); w.addEventListener('statechange', look); look(); });
		const frame = document.createElement('iframe'); frame.src = '/names/page'; document.body.append(frame);
		await event(frame, 'load'); frame.contentWindow.postMessage('go', '*');
		const {data} = await event(window, 'message');
		for (const [name, value] of Object.entries(data)) await record(name, () => value);
		await r.unregister();`,
};

paritySuite('service workers', {
	names: NAMES,
	far: FAR,
	gone: GONE,
	...Object.fromEntries(
		['network', 'again', 'cached', 'made'].map((how) => [
			how,
			{
				path: `/case-${how}`,
				files: { ...files, '/sw/page': { type: 'text/html', body: PAGE.replaceAll('HOW', how) } },
				script: `
					await record('page', async () => {
						const r = await navigator.serviceWorker.register('/sw/worker-register.js', {scope: '/sw/'});
						const w = r.installing ?? r.waiting ?? r.active;
						await new Promise((ok) => { const look = () => w.state === 'activated' && ok(); w.addEventListener('statechange', look); look(); });
						const frame = document.createElement('iframe'); frame.src = '/sw/page?${how}'; document.body.append(frame);
						const {data} = await event(window, 'message');
						await r.unregister();
						return Object.entries(data).sort();
					});`,
			},
		]),
	),
});
