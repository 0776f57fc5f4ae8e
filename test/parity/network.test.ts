// tests only (Node, Chromium).
import { paritySuite } from './harness.ts';

paritySuite('network', {
	fetch: {
		path: '/case/fetch',
		script: `
			await record('url', async () => (await fetch('/json')).url);
			await record('absolute', async () => { const r = await fetch(origins.cdn + '/json?x#f'); return [r.url, r.type, r.ok, r.redirected, await r.json()]; });
			await record('URL object', async () => (await fetch(new URL('/json', location))).url);
			await record('Request', () => { const r = new Request(origins.cdn + '/x', {method: 'POST', body: 'b'}); return [r.url, r.method, r.referrer, new Request(r).url, r.clone().url]; });
			await record('fetch(Request)', async () => (await fetch(new Request('/json?2'))).url);
			await record('redirect', async () => { const r = await fetch('/redirect?to=' + encodeURIComponent(origins.cdn + '/json')); return [r.url, r.redirected]; });
			await record('what the site sees', async () => { const r = await (await fetch(origins.cdn + '/echo?q', {method: 'POST', body: 'x'})).json(); return r; });
			await record('same-origin', async () => { const r = await (await fetch('/echo?q')).json(); return r; });
			await record('referrer', () => { const r = new Request('/x', {referrer: origins.shop + '/other'}); return r.referrer; });
			await record('bad URL', () => fetch('http://['));
			await record('bad argument', () => fetch());
			await record('blob', async () => { const u = URL.createObjectURL(new Blob(['hi'])); const r = await fetch(u); return [u.slice(0, u.lastIndexOf('/')), r.url.slice(0, r.url.lastIndexOf('/')), await r.text()]; });
			await record('data', async () => { const r = await fetch('data:,hi'); return [r.url, await r.text()]; });
			await record('Response.redirect', () => Response.redirect(origins.cdn + '/z').headers.get('location'));
			await record('subclass', () => { class R extends Request {} ; const r = new R('/s'); return [r instanceof R, r.url]; });
			await record('wrong this', () => Object.getOwnPropertyDescriptor(Request.prototype, 'url').get.call({}));
			await record('sendBeacon', () => [navigator.sendBeacon('/echo', 'x'), navigator.sendBeacon(origins.cdn + '/echo')]);
			await record('bad beacon', () => navigator.sendBeacon('http://['));
		`,
	},
	XMLHttpRequest: {
		script: `
			const go = (url, async = true) => new Promise((r) => { const x = new XMLHttpRequest(); x.onloadend = () => r(x); x.open('GET', url, async); x.send(); });
			await record('responseURL', async () => (await go('/json')).responseURL);
			await record('absolute', async () => (await go(origins.cdn + '/json#f')).responseURL);
			await record('redirect', async () => (await go('/redirect?to=' + encodeURIComponent(origins.cdn + '/json'))).responseURL);
			await record('sync', async () => { const x = await go('/json?s', false); return [x.responseURL, x.responseText]; });
			await record('document', async () => { const x = new XMLHttpRequest(); x.open('GET', '/empty.html'); x.responseType = 'document'; x.send(); await event(x, 'load'); return [x.response.URL, x.response.title, x.responseXML.baseURI]; });
			await record('bad', () => new XMLHttpRequest().open('GET', 'http://['));
			await record('one argument', () => new XMLHttpRequest().open('GET'));
		`,
	},
	'a site that does not answer': {
		script: `
			const settled = (make) => new Promise((ok) => { const x = make(); for (const type of ['load', 'error', 'timeout']) x['on' + type] = (e) => ok([e.type, x.status, x.readyState, x.responseText, x.statusText]); });
			await record('fetch', () => fetch('/hangup').then((r) => r.status));
			await record('no-cors', () => fetch(origins.cdn + '/hangup', {mode: 'no-cors'}).then((r) => r.type));
			await record('POST', () => fetch('/hangup', {method: 'POST', body: 'x'}).then((r) => r.status));
			await record('not followed', () => fetch('/hangup', {redirect: 'manual'}).then((r) => r.type));
			await record('XMLHttpRequest', () => settled(() => { const x = new XMLHttpRequest(); x.open('GET', '/hangup'); x.send(); return x; }));
			await record('synchronous', () => { const x = new XMLHttpRequest(); x.open('GET', '/hangup', false); try { x.send(); return x.status; } catch (e) { return [e.name, x.readyState]; } });
			await record('EventSource', () => new Promise((ok) => { const s = new EventSource('/hangup'); s.onerror = () => { ok(s.readyState); s.close(); }; }));
			await record('image', () => new Promise((ok) => { const i = new Image(); i.onload = i.onerror = (e) => ok(e.type); i.src = '/hangup'; }));
			await record('then again', async () => (await fetch('/json')).status);
		`,
	},
	sockets: {
		script: `
			await record('url', () => { const w = new WebSocket(origins.shop.replace('http', 'ws') + '/none'); w.onerror = () => {}; return [w.url, w.readyState]; });
			await record('http URL', () => new WebSocket(origins.cdn + '/none').url);
			await record('relative', () => new WebSocket('/none').url);
			await record('bad', () => new WebSocket('http://['));
			await record('bad scheme', () => new WebSocket('ftp://x/'));
			await record('constants', () => [WebSocket.OPEN, WebSocket.name, WebSocket.length]);
			await record('call', () => WebSocket('ws://x'));
			await record('EventSource', async () => { const s = new EventSource('/events'); const e = await event(s, 'message'); s.close(); return [s.url, e.data, e.origin]; });
			await record('EventSource absolute', () => { const s = new EventSource(origins.cdn + '/events'); s.close(); return s.url; });
			await record('EventSource bad', () => new EventSource('http://['));
		`,
	},
	elements: {
		files: {
			'/worklet.js': {
				type: 'text/javascript',
				body: 'import "http://cdn.localhost:PORT/worklet-part.js"; registerProcessor("p", class extends AudioWorkletProcessor { process() { return false; } });',
			},
			'/wrong.js': { type: 'text/javascript', body: 'location.href; )' },
			'/worklet-part.js': { type: 'text/javascript', body: 'export {};' },
			'/far-worker.js': {
				type: 'text/javascript',
				body: "import { far } from 'http://cdn.localhost:PORT/far.js'; postMessage([far, location.href]);",
			},
			'/far.js': { type: 'text/javascript', body: 'export const far = [location.host, import.meta.url];' },
			'/csp-worker.js': {
				type: 'text/javascript',
				body: 'addEventListener("securitypolicyviolation", (e) => postMessage([e.blockedURI, e.documentURI, e.sourceFile, e.effectiveDirective])); fetch("http://cdn.localhost:PORT/json").catch(() => {});',
				headers: { 'content-security-policy': "connect-src 'self'" },
			},
		},
		script: `
			await record('worklet', async () => { const a = new AudioContext(); await a.audioWorklet.addModule(origins.cdn + '/worklet.js'); return new AudioWorkletNode(a, 'p') instanceof AudioNode; });
			await record('worklet, data', async () => { const a = new AudioContext(); await a.audioWorklet.addModule('data:text/javascript,import "' + origins.cdn + '/worklet-part.js"; registerProcessor("q", class extends AudioWorkletProcessor { process() { return !globalThis.location; } });'); return new AudioWorkletNode(a, 'q') instanceof AudioNode; });
			await record('worklet, wrong', async () => { const a = new AudioContext(), said = await a.audioWorklet.addModule('/wrong.js').catch((e) => e); return [said.constructor === SyntaxError, said.message]; });
			await record('worklet, none', async () => { const a = new AudioContext(); await a.audioWorklet.addModule(origins.cdn + '/none.js'); });
			await record('a name and a password', async () => { const out = []; for (const [url, ...login] of [['/private', 'ann', 'secret'], [origins.shop.replace('//', '//bob:pass%20word@') + '/private?b'], ['/private?c', 'cy', null], ['/private?d', undefined, undefined]]) { const x = new XMLHttpRequest(); x.open('GET', url, false, ...login); x.send(); out.push([x.status, x.responseText]); } return out; });
			await record('a module from elsewhere in a worker', async () => { const w = new Worker('/far-worker.js', {type: 'module'}); return Promise.race([event(w, 'message').then((e) => e.data), event(w, 'error').then(() => 'failed')]); });
			await record('violation in a worker', async () => (await event(new Worker('/csp-worker.js'), 'message')).data);
			const img = new Image(); img.src = origins.cdn + '/image.png'; await event(img, 'load');
			await record('img', () => [img.src, img.currentSrc, img.complete, img.naturalWidth]);
			const set = new Image(); set.srcset = origins.cdn + '/image.png 1x'; await event(set, 'load');
			await record('srcset', () => [set.srcset, set.currentSrc, set.src]);
			await record('Audio', () => new Audio(origins.cdn + '/a.mp3').src);
			const link = document.createElement('link'); link.rel = 'stylesheet'; link.href = origins.cdn + '/style.css'; document.head.append(link); await event(link, 'load');
			await record('link', () => [link.href, link.sheet.href, document.styleSheets[0].href]);
			const s = document.createElement('script'); s.src = origins.cdn + '/script.js'; document.head.append(s); await event(s, 'load');
			await record('script', () => [s.src, scriptRan]);
			const p = document.createElement('script'); p.src = '//cdn.localhost:' + location.port + '/script.js'; document.head.append(p); await event(p, 'load');
			await record('scheme-relative', () => [p.src, p.getAttribute('src'), scriptRan]);
			const bg = document.body.appendChild(document.createElement('div')); bg.style.backgroundImage = 'url(' + origins.cdn + '/image.png)';
			await record('style', () => [bg.style.backgroundImage, getComputedStyle(bg).backgroundImage, bg.getAttribute('style'), bg.style.getPropertyValue('background-image'), getComputedStyle(bg).getPropertyValue('background-image')]);
			bg.style.backgroundImage = 'url(/image.png)';
			await record('relative style', () => [bg.style.backgroundImage, getComputedStyle(bg).backgroundImage]);
			await record('escaped', async () => {
				const shown = document.body.appendChild(document.createElement('span'));
				shown.style.content = "url('" + CSS.escape(origins.cdn + '/image.png?escaped') + "')";
				for (let i = 0; i < 40 && !shown.offsetWidth; i++) await new Promise((r) => setTimeout(r, 50));
				return [shown.offsetWidth, shown.style.content];
			});
			await record('cssText', () => { bg.style.cssText = 'background: url("' + origins.cdn + '/x.png") red'; return [bg.style.cssText, bg.style.background, bg.outerHTML]; });
			await record('setProperty', () => { bg.style.setProperty('--u', 'url(' + origins.cdn + '/x.png)'); return bg.style.getPropertyValue('--u'); });
			await record('style object', () => [bg.style instanceof CSSStyleDeclaration, String(bg.style), bg.style === bg.style, bg.style.length, bg.style[0], bg.style.item(0), [...bg.style].length, 'color' in bg.style, Object.keys(bg.style).length, bg.style.parentRule]);
			await record('style keys', () => { const d = document.createElement('p'); d.style.color = 'red'; d.style.foo = 1; const out = [JSON.stringify(Object.entries(d.style).filter(([, v]) => v)), Object.getOwnPropertyDescriptor(d.style, 'color'), Object.hasOwn(d.style, 'foo'), delete d.style.foo, d.style.foo]; for (const k in d.style) if (k === 'setProperty') out.push(k); Object.assign(d.style, {width: '1px'}); return [...out, d.outerHTML]; });
			await record('style =', () => { bg.style = 'color: red'; return bg.getAttribute('style'); });
			await record('camel', () => { bg.style.webkitTransform = 'rotate(3deg)'; bg.style['margin-top'] = '3px'; return bg.style.cssText; });
			await record('delete', () => { bg.style.removeProperty('color'); return bg.style.color; });
			const style = document.head.appendChild(document.createElement('style'));
			await record('insertRule', () => { style.sheet.insertRule('p{background:url(' + origins.cdn + '/image.png)}'); return [style.sheet.cssRules[0].cssText, style.sheet.cssRules[0].style.backgroundImage, style.sheet.href]; });
			await record('rule style', () => { const r = style.sheet.cssRules[0]; r.style.backgroundImage = 'url(' + origins.cdn + '/y.png)'; return [r.cssText, r.style.parentRule === r]; });
			await record('replaceSync', () => { const c = new CSSStyleSheet(); c.replaceSync('a{background:url(' + origins.cdn + '/z.png)}'); return c.cssRules[0].cssText; });
			await record('style text', () => { style.textContent = '@import "' + origins.cdn + '/style.css"; b{color:red}'; return [style.textContent, style.sheet.cssRules[0].href, style.sheet.cssRules[0].cssText]; });
			await record('FontFace', () => { const f = new FontFace('x', 'url(' + origins.cdn + '/f.woff)'); return [f.family, f instanceof FontFace, FontFace.name, FontFace.length]; });
		`,
	},
	'modules behind blob URLs import each other': {
		script: `
			const url = (text) => URL.createObjectURL(new Blob([text], {type: 'text/javascript'}));
			const inner = url('export const where = self.location.href; export const me = import.meta.url;');
			const outer = url('import { where, me } from "' + inner + '"; export * from "' + inner + '"; export default [where, me === "' + inner + '", import.meta.url]');
			await record('import()', async () => { const [where, same, me] = (await import(outer)).default; return [where, same, me === outer]; });
			const trusted = 'trustedTypes.createPolicy("modules", {createScriptURL: (s) => s}).createScriptURL("' + inner + '")';
			await record('import() of an object', async () => { const out = []; for (const spec of [(0, eval)(trusted), { toString: () => inner }, { [Symbol.toPrimitive]: (hint) => hint === 'string' && inner }, [inner], new URL(inner)]) out.push((await import(spec)).me === inner); return out; });
			await record('import() of what has no text', async () => { const out = []; for (const spec of [{ toString() { throw new RangeError('mine'); } }, Object.create(null), Symbol('s')]) await import(spec).catch((e) => out.push(e.name, e.message)); return out; });
			await record('import() of an object in a worker', async () => { const w = new Worker(url('const { where } = await import(' + trusted + '); postMessage(where === self.location.href)'), {type: 'module'}); return (await event(w, 'message')).data; });
			const run = async (more) => { const s = Object.assign(document.createElement('script'), {type: 'module', ...more}); document.head.append(s); await event(globalThis, 'ran'); return s; };
			const code = 'import { where as w } from "' + inner + '"; globalThis.ran = w; dispatchEvent(new Event("ran"))';
			await record('inline', async () => { const s = await run({textContent: code}); return [ran, s.textContent === code, s.text === code]; });
			await record('src', async () => { globalThis.ran = 0; await run({src: url(code)}); return ran; });
			await record('worker', async () => { const w = new Worker(url('import { where } from "' + inner + '"; postMessage(where === self.location.href)'), {type: 'module'}); return (await event(w, 'message')).data; });
		`,
	},
	'blob URLs': {
		script: `
			const u = URL.createObjectURL(new Blob(['<p>hi'], {type: 'text/html'}));
			await record('origin', () => [u.startsWith('blob:' + origins.shop), new URL(u).origin]);
			const own = (path) => path.slice(0, path.lastIndexOf('/'));
			await record('a.href', () => { const a = document.createElement('a'); a.href = u + '?s#h'; return [a.href === u + '?s#h', a.getAttribute('href') === u + '?s#h', a.origin, own(a.pathname), a.search, a.hash]; });
			await record('javascript:', () => { const a = document.createElement('a'); a.href = 'javascript:x = location.href ? location : location.hash + "#" + top'; return [a.pathname, a.search, a.hash, a.host]; });
			await record('worker', async () => { const w = new Worker(URL.createObjectURL(new Blob(['postMessage(location.pathname)']))); return own((await event(w, 'message')).data); });
			const f = document.createElement('iframe'); f.src = u; document.body.append(f); await event(f, 'load');
			await record('frame', () => [f.src === u, f.contentWindow.location.href === u, f.contentDocument.body.innerHTML, f.contentWindow.origin, f.contentDocument.URL === u, own(f.contentWindow.location.pathname)]);
			const i = new Image(); i.src = URL.createObjectURL(await (await fetch('/image.png')).blob()); await event(i, 'load');
			await record('img', () => [i.naturalWidth, i.currentSrc === i.src]);
			await record('revoke', async () => { URL.revokeObjectURL(u); try { await fetch(u); return 'alive'; } catch { return 'gone'; } });
		`,
	},
});
