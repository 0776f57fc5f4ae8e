// tests only (Node, Chromium).
import { paritySuite } from './harness.ts';

paritySuite('state', {
	cookies: {
		path: '/case/cookies',
		script: `
			await record('none', () => document.cookie);
			document.cookie = 'a=1'; document.cookie = 'b=2; path=/'; document.cookie = 'c=3; path=/case'; document.cookie = 'd=4; path=/elsewhere';
			await record('set', () => document.cookie.split('; ').sort());
			await record('expire', () => { document.cookie = 'a=; max-age=0'; return document.cookie.includes('a='); });
			await record('overwrite', () => { document.cookie = 'b=5; path=/'; return document.cookie.includes('b=5'); });
			await record('other domain', () => { document.cookie = 'e=1; domain=cdn.localhost'; return document.cookie.includes('e='); });
			await record('HttpOnly', () => { document.cookie = 'h=1; HttpOnly'; return document.cookie.includes('h='); });
			await record('no name', () => { document.cookie = 'bare'; return document.cookie.includes('bare'); });
			await record('utf-8', () => { document.cookie = 'u=\\u00fc\\u4e16'; return document.cookie.includes('u=\\u00fc\\u4e16'); });
			await record('secure', () => { document.cookie = 's=1; Secure'; return document.cookie.includes('s=1'); });
			await record('host prefix', () => { document.cookie = '__Host-x=1; Secure; Path=/'; document.cookie = '__Host-y=1; Secure; Path=/case'; return document.cookie.match(/__Host-./g); });
			await record('sent', async () => { const { cookie } = await (await fetch('/case/echo')).json(); return cookie.split('; ').sort(); });
			await record('Set-Cookie at once', async () => { await fetch('/case/setter'); return document.cookie.split('; ').filter((c) => /^from/.test(c)); });
			await record('in a frame', () => { const f = document.createElement('iframe'); document.body.append(f); const out = f.contentDocument.cookie.split('; ').filter((c) => /^b=/.test(c)); f.contentDocument.cookie = 'fr=1; path=/'; return out; });
			await fetch('/json');
			await record('from a frame', () => document.cookie.includes('fr=1'));
			await record('in frames without a path of their own', async () => { document.cookie = 'deep=1'; const f = document.createElement('iframe'); document.body.append(f); f.contentDocument.cookie = 'made=1'; const g = f.contentDocument.createElement('iframe'); g.srcdoc = '<script>said = document.cookie</' + 'script>'; f.contentDocument.body.append(g); await event(g, 'load'); const out = [f.contentDocument.cookie, g.contentWindow.said, document.cookie].map((text) => [text.includes('deep=1'), text.includes('made=1')]); f.remove(); document.cookie = 'deep=; max-age=0'; document.cookie = 'made=; max-age=0'; return out; });
			await record('cookieStore get', async () => (await cookieStore.get('b'))?.value);
			await record('cookieStore missing', () => cookieStore.get('nope'));
			await record('cookieStore set', async () => { await cookieStore.set('cs', 'v'); return [document.cookie.includes('cs=v'), (await cookieStore.getAll('cs')).map((c) => [c.name, c.value])]; });
			await record('cookieStore delete', async () => { await cookieStore.delete('cs'); return document.cookie.includes('cs='); });
			await record('cookieStore change', async () => { const e = event(cookieStore, 'change'); await cookieStore.set('ch', '1'); const { changed, deleted } = await e; return [changed.map((c) => [c.name, c.value]), deleted.length]; });
			await record('cookieStore changes', async () => { const seen = [], settle = () => new Promise((r) => setTimeout(r, 200)); const on = (e) => seen.push([e.changed.map((c) => [c.name, c.value, Object.keys(c)]), e.deleted.map((c) => [c.name, c.value])]); cookieStore.addEventListener('change', on); const out = []; for (const act of [() => fetch('/case/setter?'), () => fetch('/case/setter?'), () => { document.cookie = 'dc=1'; document.cookie = 'dd=2'; }, () => { document.cookie = 'dc=; max-age=0'; }, () => cookieStore.set('s', '1'), () => cookieStore.set('s', '1'), () => cookieStore.delete('s')]) { await act(); await settle(); out.push(seen.splice(0)); } cookieStore.removeEventListener('change', on); document.cookie = 'dd=; max-age=0'; return out; });
			await record('cookieStore bad', () => cookieStore.set('a;b', 'x'));
			const sent = async () => (await (await fetch('/case/echo')).json()).cookie;
			await record('sent at once', async () => { const seen = []; for (let i = 0; i < 4; i++) { document.cookie = 'at=' + i; seen.push((await sent()).match(/at=[0-9]/)[0]); } return seen; });
			await record('sent at once to who waits', () => { document.cookie = 'sync=1'; const x = new XMLHttpRequest(); x.open('GET', '/case/echo', false); x.send(); return x.responseText.includes('sync=1'); });
			await record('many in a row', async () => { const read = []; for (let i = 0; i < 20; i++) { document.cookie = 'many=' + i; read.push(document.cookie.match(/many=[0-9]+/g)); } return [read, (await sent()).match(/many=[0-9]+/g)]; });
			await record('at once in other frames', async () => { const f = document.createElement('iframe'); f.src = '/empty.html'; document.body.append(f); await event(f, 'load'); document.cookie = 'fa=1; path=/'; const out = [f.contentDocument.cookie.includes('fa=1')]; f.contentDocument.cookie = 'fa=2; path=/'; out.push(document.cookie.match(/fa=[0-9]/g)); f.contentWindow.addEventListener('pagehide', () => { f.contentDocument.cookie = 'left=1; path=/'; }); const d = f.contentDocument; f.remove(); await new Promise((r) => setTimeout(r, 150)); return [...out, document.cookie.includes('left=1'), d.cookie]; });
			await record('for a host alone and for its domain', () => { document.cookie = 'dm=1; domain=shop.localhost; path=/'; document.cookie = 'dm=2; path=/'; const out = [document.cookie.match(/dm=[0-9]/g)]; document.cookie = 'dm=; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT'; return [...out, document.cookie.match(/dm=[0-9]/g)]; });
			await record('over by itself', async () => { document.cookie = 'short=1; max-age=1'; const out = document.cookie.includes('short'); await new Promise((r) => setTimeout(r, 1300)); return [out, document.cookie.includes('short')]; });
			await record('in the order of their paths', () => { for (const path of ['/', '/case', '/']) document.cookie = 'order=' + path + '; path=' + path; document.cookie = 'order=/case/x; path=/case/'; return document.cookie.match(/order=[^;]+/g); });
			await record('unmarked', () => [performance.getEntriesByType('resource').filter((e) => e.name.includes('cookie?')).length, document.cookie.includes('tandem')]);
			await record('enabled', () => navigator.cookieEnabled);
		`,
		files: {
			'/case/echo': { type: 'application/json', body: '{"cookie":""}' },
			'/case/setter': { type: 'text/plain', body: 'ok', headers: { 'set-cookie': 'from=server; Path=/' } },
		},
	},
	storage: {
		script: `
			localStorage.setItem('k', 'v');
			await record('local', () => [localStorage.k, localStorage.length, Object.keys(localStorage)]);
			sessionStorage.s = '1';
			await record('session', () => [sessionStorage.s, Object.keys(sessionStorage)]);
			await record('event', async () => { const f = document.createElement('iframe'); f.src = '/empty.html'; document.body.append(f); await event(f, 'load'); const e = event(f.contentWindow, 'storage'); localStorage.setItem('k', 'w'); const { key, newValue, url } = await e; return [key, newValue, url]; });
			await record('IndexedDB', () => new Promise((r, j) => { const q = indexedDB.open('d'); q.onsuccess = () => r(q.result.name); q.onerror = j; }));
			await record('databases', async () => (await indexedDB.databases()).map((d) => d.name));
			await record('caches', async () => { const c = await caches.open('c'); await c.put(origins.cdn + '/x', new Response('x')); await c.add('/json'); return [await caches.keys(), (await c.keys()).map((r) => r.url), await (await c.match(origins.cdn + '/x')).text(), (await c.match('/json')).url]; });
			await record('BroadcastChannel', async () => { const a = new BroadcastChannel('n'), b = new BroadcastChannel('n'); const e = event(b, 'message'); a.postMessage(1); const { data, origin } = await e; a.close(); b.close(); return [data, origin]; });
			await record('locks', () => navigator.locks.request('l', (l) => l.name));
			await record('name', () => { window.name = 'n'; return window.name; });
		`,
	},
	messages: {
		script: `
			const f = document.createElement('iframe'); f.src = origins.cdn + '/child.html';
			const ready = event(window, 'message'); document.body.append(f);
			await record('ready', async () => { const e = await ready; return [e.data, e.origin, e.source === f.contentWindow]; });
			const ask = async (...args) => { const e = event(window, 'message'); f.contentWindow.postMessage(...args); return (await e).data; };
			await record('child', () => ask('hi', origins.cdn));
			await record('star', () => ask('hi', '*'));
			await record('options', () => ask({x: 1}, {targetOrigin: origins.cdn}));
			await record('bad origin', () => f.contentWindow.postMessage(1, 'zz'));
			await record('wrong origin', async () => { f.contentWindow.postMessage('lost', origins.other); return ask('kept', origins.cdn); });
			const own = async (send) => { const e = event(window, 'message'); send(); const { data, origin, source } = await e; return [data, origin, source === window]; };
			await record('self', () => own(() => postMessage('s', location.origin)));
			await record('slash', () => own(() => window.postMessage('s', '/')));
			await record('self options', () => own(() => self.postMessage('s')));
			await record('bound', () => own(() => { const send = window.postMessage.bind(window); send('b', origins.shop); }));
			await record('call', () => own(() => postMessage.call(window, 'c', origins.shop)));
			await record('port', async () => { const c = new MessageChannel(); const e = event(c.port2, 'message'); c.port2.start(); c.port1.postMessage('p'); return [(await e).data, (await e).origin]; });
			await record('transfer', async () => { const c = new MessageChannel(); const e = event(window, 'message'); window.postMessage('t', '*', [c.port1]); return (await e).ports.length; });
			await record('constructed', () => new MessageEvent('message', {origin: 'http://x.example', data: 1}).origin);
			await record('cross-origin parts', () => [f.contentWindow.parent === window, f.contentWindow.top === window, f.contentWindow.length, f.contentWindow.closed, f.contentWindow.window === f.contentWindow]);
			await record('cross-origin get', () => { try { return f.contentWindow.document; } catch (e) { return e.name; } });
			await record('no stray messages', async () => { const seen = []; addEventListener('message', (e) => seen.push(e.data)); const g = document.createElement('iframe'); g.src = '/empty.html'; document.body.append(g); await event(g, 'load'); await new Promise((r) => setTimeout(r, 300)); return seen; });
		`,
	},
	frames: {
		script: `
			const blank = document.createElement('iframe'); document.body.append(blank);
			const w = blank.contentWindow;
			await record('blank', () => [w.location.href, w.document.URL, w.document.baseURI, w.origin, w.parent === window, w.top === window, w.frameElement === blank, w.document.referrer]);
			await record('blank eval', () => w.eval('[location.href, document.URL, parent === top, self.origin].join()'));
			await record('blank fetch', async () => (await w.fetch('/json')).url);
			await record('blank Request', async () => [(await w.fetch(new Request(origins.cdn + '/json?1'))).url, (await fetch(new w.Request('/json?2'))).url, new w.Request(new Request('/json?3')).url, new XMLSerializer().serializeToString(w.document.body)]);
			await record('blank XHR', () => { const x = new w.XMLHttpRequest(); x.open('GET', origins.cdn + '/json', false); x.send(); return x.responseURL; });
			await record('blank link', () => { const a = w.document.createElement('a'); a.href = origins.cdn + '/x'; return [a.href, a.outerHTML]; });
			await record('blank innerHTML', () => { w.document.body.innerHTML = '<a href="' + origins.cdn + '/x">'; return [w.document.body.innerHTML, w.document.body.firstChild.href]; });
			await record('blank script', () => { const s = w.document.createElement('script'); s.text = 'got = location.href + (top === parent)'; w.document.body.append(s); return w.got; });
			await record('blank natives', () => [String(w.fetch), String(w.Element.prototype.setAttribute), w.Function.prototype.toString.call(fetch), Function.prototype.toString.call(w.fetch)]);
			await record('blank globals', () => Object.getOwnPropertyNames(w).filter((n) => n !== 'got').sort().join() === Object.getOwnPropertyNames(window).filter((n) => !['recorded', 'got'].includes(n)).sort().join());
			await record('window[0]', () => { const f = document.createElement('iframe'); document.body.prepend(f); const out = [window[0].location.href, frames[0].eval('location.href')]; f.remove(); return out; });
			await record('blank, without scripts', async () => {
				const out = [];
				for (const again of [false, true]) {
					const boxed = document.createElement('iframe'); boxed.sandbox = 'allow-same-origin'; document.body.append(boxed);
					if (again) { boxed.src = 'about:blank'; await event(boxed, 'load'); }
					const d = boxed.contentDocument, link = d.createElement('link'), img = d.createElement('img');
					link.href = origins.shop + '/style.css'; link.rel = 'stylesheet'; img.src = origins.cdn + '/image.png';
					d.body.innerHTML = '<p>x</p><img src="' + origins.cdn + '/image.png?2">'; d.head.append(link); d.body.append(img);
					await Promise.all([event(link, 'load'), event(img, 'load'), event(d.images[0], 'load')]);
					out.push([d.images[0].naturalWidth, img.naturalWidth, boxed.contentWindow.getComputedStyle(d.querySelector('p')).color, link.outerHTML, d.body.innerHTML]);
					boxed.remove();
				}
				return out;
			});
			const doc = document.createElement('iframe'); doc.srcdoc = '<title>t</title><script>ran = [location.href, document.URL, document.baseURI, parent === top, self.origin, document.referrer]<' + '/script><a href="' + origins.cdn + '/s">s</a>';
			document.body.append(doc); await event(doc, 'load');
			await record('srcdoc', () => [doc.contentWindow.ran, doc.contentDocument.documentElement.outerHTML, doc.contentDocument.querySelector('a').href]);
			await record('srcdoc in one whose window was asked for before it came', async () => { const outer = document.createElement('iframe'); outer.srcdoc = '<p>'; document.body.append(outer); const had = outer.contentWindow; if (had.location.href !== 'about:srcdoc') await event(outer, 'load');
				const inner = had.document.createElement('iframe'); inner.srcdoc = '<script>ran = [location.href, document.URL, document.baseURI, parent.parent === top, self.origin, document.scripts.length]<' + '/script>'; had.document.body.append(inner); await event(inner, 'load'); const out = [had === outer.contentWindow, inner.contentWindow.ran]; outer.remove(); return out; });
			const js = document.createElement('iframe'); js.src = 'javascript:"<p>" + location.href'; document.body.append(js);
			const spelled = document.createElement('iframe'); spelled.src = 'javascript:%20parent.spelled%20=%20[location.href,%20"%2525"];%20undefined'; document.body.append(spelled); await new Promise((r) => setTimeout(r, 200));
			await record('javascript:', () => js.contentDocument.body.innerHTML);
			await record('javascript: with escapes', () => [window.spelled, spelled.src, spelled.outerHTML]);
			const net = document.createElement('iframe'); net.src = '/child.html'; document.body.append(net); await event(net, 'load');
			await record('network', () => [net.contentWindow.location.href, net.contentDocument.referrer, net.contentWindow.parent === window, net.contentWindow.frameElement === net, net.contentDocument.URL]);
			const data = document.createElement('iframe'); data.src = 'data:text/html,<script>parent.postMessage([location.href.slice(0,10), origin], "*")<' + '/script>';
			const said = event(window, 'message'); document.body.append(data);
			await record('data', async () => [(await said).data, (await said).origin]);
			const box = document.createElement('iframe'); box.sandbox = 'allow-scripts'; box.src = '/child.html';
			const boxed = event(window, 'message'); document.body.append(box);
			await record('sandboxed', async () => [(await boxed).data, (await boxed).origin]);
			const up = document.createElement('iframe'); up.src = '/case/up'; document.body.append(up); await event(up, 'load');
			await record('up', () => up.contentWindow.up);
			const heard = []; addEventListener('message', (e) => { if (e.data?.to) heard.push([e.data, e.origin]); });
			for (const host of [origins.shop, origins.cdn]) { const f = document.createElement('iframe'); f.src = host + '/case/to-top.html'; document.body.append(f); await event(f, 'load'); }
			await record('to the top', async () => { for (let i = 0; heard.length < 10 && i < 100; i++) await new Promise((r) => setTimeout(r, 20)); return heard; });
			await record('open into frame', async () => { net.name = 'net'; net.contentWindow.name = 'net'; const o = open(origins.shop + '/empty.html?named', 'net'); await event(net, 'load'); return [o === net.contentWindow, net.contentWindow.location.search]; });
			await record('target', async () => { const a = document.createElement('a'); a.href = origins.shop + '/empty.html?link'; a.target = 'net'; document.body.append(a); a.click(); await event(net, 'load'); return net.contentWindow.location.search; });
			await record('form', async () => { const f = document.createElement('form'); f.action = origins.shop + '/empty.html'; f.target = 'net'; f.innerHTML = '<input name=q value=1>'; document.body.append(f); f.submit(); await event(net, 'load'); return net.contentWindow.location.href; });
		`,
		files: {
			'/case/to-top.html': {
				type: 'text/html',
				body: `<script>top.postMessage({to: 1}, '*'); window.top.postMessage({to: 2}, '*'); const {top: t} = self; t.postMessage({to: 3}, '*'); window['top']?.postMessage({to: 4}, '*'); parent.parent.postMessage({to: 5}, '*');</script>`,
			},
			'/case/up': {
				type: 'text/html',
				body: '<script>up = [parent.location.href, top.location.href, top === parent, parent.document.URL, parent === window.top, location.ancestorOrigins.length, location.ancestorOrigins[0], document.referrer, frameElement.src, parent.parent === parent, self !== top]</script>',
			},
		},
	},
	workers: {
		script: `
			const said = async (target) => (await event(target, 'message')).data;
			await record('dedicated', () => said(new Worker('/case/worker.js')));
			await record('absolute', () => said(new Worker(origins.shop + '/case/worker.js')));
			await record('module', () => said(new Worker('/case/worker.js', {type: 'module'})));
			await record('blob', async () => { const u = URL.createObjectURL(new Blob(['postMessage([location.protocol, origin, location.href.startsWith("blob:" + origin), typeof $tandemBoot])'])); return said(new Worker(u)); });
			await record('blob strict', async () => { const u = URL.createObjectURL(new Blob(['// it is\\n"use strict"; postMessage([(function () { return this === undefined })(), new Error("e").stack.split("\\\\n")[1].replace(/.*:(\\\\d+):\\\\d+/, "$1"), performance.getEntriesByType("resource").length])'])); return said(new Worker(u)); });
			await record('blob under a policy', async () => { const meta = document.createElement('meta'); meta.httpEquiv = 'content-security-policy'; meta.content = "object-src 'none'"; const u = URL.createObjectURL(new Blob(['"use strict"; postMessage([origin, (function () { return this === undefined })()])'])); const w = document.body.appendChild(document.createElement('iframe')).contentWindow; w.document.head.append(meta); return said(new w.Worker(u)); });
			await record('blob module', async () => { const u = URL.createObjectURL(new Blob(['export {}; postMessage([location.protocol, origin])'])); return said(new Worker(u, {type: 'module'})); });
			await record('data', async () => said(new Worker('data:text/javascript,postMessage([location.href, origin])')));
			await record('shared', async () => { const w = new SharedWorker('/case/shared.js'); w.port.start(); return said(w.port); });
			await record('cross-origin', () => new Worker(origins.cdn + '/case/worker.js'));
			await record('errors', async () => { const w = new Worker('/case/bad.js'); const e = await event(w, 'error'); return [e.message, e.filename]; });
			await record('globals', () => said(new Worker('/case/globals.js')));
			await record('service worker', async () => { const r = await navigator.serviceWorker.register('/case/sw.js', {scope: '/case/sw/'}); const w = r.installing ?? r.waiting ?? r.active; const out = [r.scope, w.scriptURL]; await new Promise((ok) => { const check = () => w.state === 'activated' && ok(); w.addEventListener('statechange', check); check(); });
				const c = new MessageChannel(); w.postMessage('x', [c.port1]); c.port2.start(); const answer = await said(c.port2); const all = (await navigator.serviceWorker.getRegistrations()).map((x) => x.scope); await r.unregister(); return [out, answer, all]; });
			await record('sw cross-origin', () => navigator.serviceWorker.register(origins.cdn + '/sw.js'));
		`,
		files: {
			'/case/worker.js': {
				type: 'text/javascript',
				body: `(async () => {
					const r = await fetch('/json'), c = await fetch('http://cdn.localhost:PORT/json');
					const x = new XMLHttpRequest(); x.open('GET', '/json?x', false); x.send();
					let imported = 'module'; try { importScripts('http://cdn.localhost:PORT/script.js'); imported = scriptRan; } catch (e) { imported = e.name; }
					postMessage([location.href, location.host, location.origin, self.origin, String(location), self.location.pathname, isSecureContext, r.url, c.url, x.responseURL, imported,
						eval('location.href'), new Function('return location.port')(), String(fetch), JSON.stringify(location), new Request('/q').url, new Error('e').stack.replace(/:\\d+:\\d+/g, '').split('\\n')[1],
						performance.getEntriesByType('resource').map((e) => e.name), name]);
				})();`,
			},
			'/case/shared.js': { type: 'text/javascript', body: 'onconnect = (e) => e.ports[0].postMessage([location.href, origin, e.origin]);' },
			'/case/bad.js': { type: 'text/javascript', body: 'throw new Error("bad " + location.href)' },
			'/case/globals.js': {
				type: 'text/javascript',
				body: 'postMessage(Object.getOwnPropertyNames(self).concat(Object.getOwnPropertyNames(WorkerGlobalScope.prototype)).sort().join())',
			},
			'/case/sw.js': {
				type: 'text/javascript',
				body: 'onmessage = (e) => e.ports[0].postMessage([location.href, registration.scope, origin, self.serviceWorker?.scriptURL]); oninstall = () => skipWaiting();',
			},
		},
	},
});
