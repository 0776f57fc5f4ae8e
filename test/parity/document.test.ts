// tests only (Node, Chromium).
import { paritySuite } from './harness.ts';

paritySuite('document', {
	'what it says of itself': {
		path: '/case/self?x=1',
		script: `
			for (const name of ['URL', 'documentURI', 'baseURI', 'domain', 'referrer', 'title', 'readyState', 'characterSet', 'compatMode', 'contentType', 'visibilityState'])
				await record('document.' + name, () => document[name]);
			await record('origin', () => [origin, self.origin, window.origin]);
			await record('frame tree', () => [parent === window, top === window, self === window, window.top === top, frames === window, window.length, frameElement, opener]);
			await record('tops', () => [window['top'] === self, self.top === self.parent, (() => { const {top: t} = window; return t === window; })()]);
			await record('patterns', () => { const {location: l, top: t = 0, ...rest} = window, {location: {href}} = document; let a, b; [{top: a} = self, {location: b}] = [undefined, window]; const f = ({location} = window) => location.host; return [l.href, t === self, 'top' in rest, rest.location.href, href, a === window, b.href, f(), (({top, left}) => [top, left])({top: 1, left: 2})]; });
			await record('isSecureContext', () => isSecureContext);
			await record('crossOriginIsolated', () => crossOriginIsolated);
			await record('globals', () => Object.getOwnPropertyNames(globalThis).filter((n) => n !== 'recorded' && !/^(puppeteer|__aria|show\\w+Picker$|documentPicture)/.test(n)).sort().join());
			await record('enumerable globals', () => { const out = []; for (const k in globalThis) if (!/^(puppeteer|__aria|show\\w+Picker$|documentPicture)/.test(k)) out.push(k); return out.join(); });
			await record('symbols', () => Object.getOwnPropertySymbols(globalThis).map(String));
			for (const name of ['parent', 'origin', 'isSecureContext', 'location', 'top', 'open', 'fetch', 'postMessage', 'eval', 'setTimeout', 'Worker', 'WebSocket', 'Function', 'FontFace', 'getComputedStyle', 'close', 'Request', 'EventSource'])
				await record('descriptor ' + name, () => [describe(window, name), String(window[name]?.name)]);
			await record('classes', () => [WebSocket.prototype.constructor === WebSocket, Worker.prototype.constructor === Worker, Function.prototype.constructor === Function, (() => {}).constructor === Function, (async () => {}).constructor.name]);
			await record('texts', () => [fetch, open, setTimeout, WebSocket, Worker, Function, Request, eval, postMessage, Function.prototype.toString].map(String));
			await record('domain =', () => { document.domain = 'shop.localhost'; return document.domain; });
			await record('domain of a document in no window', () => [new Document(), document.implementation.createHTMLDocument(), document.createElement('template').content.ownerDocument].map((d) => { try { d.domain = document.domain; } catch (e) { return [e.name, e.message]; } }));
			await record('domain = other', () => { document.domain = 'q.example'; });
			await record('base', () => { const b = document.head.appendChild(document.createElement('base')); b.href = origins.cdn + '/dir/'; const a = document.createElement('a'); a.href = 'x'; const out = [document.baseURI, a.href, b.href]; b.remove(); return [...out, document.baseURI]; });
			await record('currentScript', () => document.currentScript);
			await record('implementation', () => { const d = document.implementation.createHTMLDocument('t'); return [d.URL, d.baseURI, d.location, d.domain, d.referrer, d.cookie]; });
			await record('stack', () => new Error('x').stack.replace(/:\\d+:\\d+/g, ''));
			await record('native stack', () => { try { document.createElement('a').setAttribute(); } catch (e) { return e.stack.replace(/:\\d+:\\d+/g, ''); } });
			await record('callback stack', () => { try { [1].map(() => document.querySelector('[')); } catch (e) { return e.stack.replace(/:\\d+:\\d+/g, ''); } });
			await record('error event', async () => { const e = event(window, 'error'); setTimeout(() => { throw new Error('late'); }); return [(await e).filename, (await e).message]; });
			await record('onerror', () => new Promise((r) => { onerror = (m, u) => { r([m, u]); return true; }; setTimeout(() => { throw new Error('late'); }); }));
			await record('prepareStackTrace', () => 'prepareStackTrace' in Error);
			await record('named access', () => { const f = document.createElement('iframe'); f.name = 'kid'; document.body.append(f); const out = [window.kid === f.contentWindow, frames.length]; f.remove(); return out; });
		`,
	},
	'code from text': {
		script: `
			globalThis.x = 1;
			await record('eval', () => eval('var y = location.host; y'));
			await record('local eval', () => { const local = location.pathname; return eval('local + top.location.search'); });
			await record('indirect', () => { const e = eval; return e('typeof x + location.href'); });
			await record('window.eval', () => window.eval('location.hash'));
			await record('eval value', () => eval(5));
			await record('eval is', () => [eval.name, eval.length, eval === window.eval, String(eval)]);
			await record('Function', () => [Function('return location.href')(), new Function('a', 'b = location.host', 'return a + b')(1)]);
			await record('Function text', () => String(new Function('a', 'return location')));
			await record('Function bad', () => new Function('return ('));
			await record('async Function', () => new (async () => {}).constructor('return location.href')());
			await record('generator', () => [...new (function* () {}).constructor('yield location.host')()]);
			await record('subclass', () => { class F extends Function {} ; const f = new F('return location.pathname'); return [f(), f instanceof F, f.constructor === F]; });
			await record('timer', () => new Promise((r) => { globalThis.cb = r; setTimeout('cb(location.href)', 1); }));
			await record('interval', () => new Promise((r) => { globalThis.cb = r; const id = setInterval('clearInterval(' + 0 + '); cb(location.href)', 1); setTimeout(() => clearInterval(id), 50); }));
			await record('timer arguments', () => new Promise((r) => setTimeout((a, b) => r([a, b]), 1, 1, 2)));
			const a = document.createElement('script'); a.src = '/case/deep/compiles.js'; document.body.append(a); await event(a, 'load');
			await record('import() in text', async () => Promise.all([compiles.own, (0, eval)("import('./deep/compiled.js')"), Function("return import('./deep/compiled.js')")(), Promise.resolve("import('./deep/compiled.js')").then(eval), compiles.eval(), compiles.function()].map(async (m) => (await m).default)));
			await record('import() in a timer', () => new Promise((r) => { globalThis.cb3 = r; setTimeout("import('./deep/compiled.js').then((m) => cb3(m.default), cb3)"); }));
			await record('import() in text shown', () => [Function("return import('./deep/compiled.js')").toString(), (0, eval)("(() => import('./compiled.js'))").toString()]);
			await record('script', () => { const s = document.createElement('script'); s.textContent = 'globalThis.z = location.href'; document.body.append(s); return [z, s.textContent, s.text]; });
			await record('script text node', () => { const s = document.createElement('script'); s.append('globalThis.z2 = [location.host, top === window]'); document.body.append(s); return [z2, s.text, s.firstChild.data]; });
			await record('script appendChild', () => { const s = document.createElement('script'); s.appendChild(document.createTextNode('z3 = location.hash + 3')); document.body.appendChild(s); return [z3, s.innerHTML]; });
			await record('function text', () => String(function f() { return location.href + top; }));
			await record('class text', () => String(class { m() { return location; } static s = top }));
			await record('method text', () => ({ m() { return window.location; } }).m.toString());
			await record('import()', async () => (await import('data:text/javascript,export default import.meta.url')).default);
			await record('import() blob', async () => (await import(URL.createObjectURL(new Blob(['export default location.href'], {type: 'text/javascript'})))).default);
			await record('script blob', async () => { const s = document.createElement('script'); s.src = URL.createObjectURL(new Blob(['z4 = location.href'])); document.body.append(s); await event(s, 'load'); return [z4, s.src.slice(0, s.src.lastIndexOf('/'))]; });
			await record('module', async () => { const s = document.createElement('script'); s.type = 'module'; s.src = '/case/module.js'; document.body.append(s); await event(s, 'load'); return meta; });
			await record('javascript:', () => new Promise((r) => { globalThis.cb1 = r; const a = document.createElement('a'); a.href = 'javascript:void cb1(location.href)'; document.body.append(a); a.click(); }));
			await record('location = javascript:', () => new Promise((r) => { globalThis.cb2 = r; location.href = 'javascript:void cb2(location.href + " " + 1)'; }));
		`,
		path: '/case/',
		files: {
			'/case/deep/compiled.js': { type: 'text/javascript', body: 'export default import.meta.url' },
			'/case/deep/compiles.js': {
				type: 'text/javascript',
				body: `globalThis.compiles = {own: import('./compiled.js'), eval: () => (0, eval)("import('./compiled.js')"), function: () => new Function('a', "return import('../deep/compiled.js')")()};`,
			},
			'/case/module.js': {
				type: 'text/javascript',
				body: 'globalThis.meta = [import.meta.url, import.meta.resolve("./x"), import.meta.resolve("http://cdn.localhost:PORT/y"), Object.keys(import.meta), location.href, String(import.meta === import.meta)];',
			},
		},
	},
	'documents of strings': {
		script: `
			const says = "<!doctype html><title>made</title><scr" + "ipt>parent.postMessage([document.URL, top === parent, parent.location.href === top.location.href, name, document.title, document.scripts.length, location.href, document.baseURI], '*')</scr" + "ipt><a href=" + origins.cdn + "/x>x</a>";
			const made = async (to) => { const f = document.createElement('iframe'), m = event(window, 'message'); f.name = 'made'; document.body.append(f); to(f); const {data, source} = await m; const out = [data, source === f.contentWindow, f.contentDocument.links[0].href, f.contentDocument.body.innerHTML]; f.remove(); return out; };
			const url = 'javascript:' + JSON.stringify(says) + ';';
			await record('src', () => made((f) => { f.src = url; }));
			await record('reads', () => { const f = document.createElement('iframe'); f.src = url; return [f.src === url, f.getAttribute('src') === url, f.outerHTML.includes('tandem')]; });
			await record('src before', async () => { const m = event(window, 'message'), f = document.createElement('iframe'); f.name = 'made'; f.src = url; document.body.append(f); return (await m).data; });
			await record('location', () => made((f) => { f.contentWindow.location = url; }));
			await record('frame in it', async () => { const m = event(window, 'message'), f = document.body.appendChild(document.createElement('iframe')), inner = "<script>top.postMessage([top === parent.parent, document.URL], '*')</scr" + "ipt>"; f.src = 'javascript:' + JSON.stringify('<iframe srcdoc="' + inner + '">'); return (await m).data; });
		`,
	},
	'document.write, halves of tags': {
		html: `<div id=a><script>queueMicrotask(() => document.write('<'))</script>!--c--><b>x</b></div><div id=b><script>document.write('<');</script>!--d--></div><div id=c><script>document.write('<i title="');document.write('http://cdn.localhost/">1</');</script>i></div>`,
		script: `
			await record('parsed', () => ['a', 'b', 'c'].map((id) => document.getElementById(id)?.innerHTML));
			await record('in a frame', () => { const d = document.body.appendChild(document.createElement('iframe')).contentDocument; d.open(); d.write('<a hr'); return Promise.resolve().then(() => { d.write('ef="' + origins.cdn + '/x">l</a'); d.write('>'); d.close(); return [d.body.innerHTML, d.links[0].href]; }); });
		`,
	},
	'document.write': {
		html: `<script>document.write('<a id=w1 href="http://cdn.localhost:PORT/w">w</a><scr' + 'ipt>w2 = location.href</scr' + 'ipt>'); document.write('<a id=w3 hr'); document.writeln('ef="http://cdn.localhost:PORT/w3">3</a>');</script>`,
		script: `
			await record('written', () => [w1.outerHTML, w1.href, w2, w3.outerHTML]);
			await record('frame', () => { const f = document.createElement('iframe'); document.body.append(f); const d = f.contentDocument; d.open(); d.write('<p id=p><a href="' + origins.cdn + '/q">q</a><script>document.title = location.href + " " + document.URL + (parent === top)<' + '/script>'); d.close(); return [d.getElementById('p').innerHTML, d.title, d.URL, d.querySelector('a').href, f.contentWindow.location.href]; });
			await record('text at once', () => { const f = document.createElement('iframe'); document.body.append(f); const d = f.contentDocument; d.open(); d.write('<p>one'); const a = d.body.textContent; d.write(' two &am'); d.write('p; three<b'); const b = d.body.textContent; d.write('>x</b>'); d.close(); return [a, b, d.body.innerHTML]; });
			await record('written again', async () => { const f = document.createElement('iframe'); f.src = '/empty.html'; document.body.append(f); await event(f, 'load'); const d = f.contentDocument; d.write('<title>new</title><script>document.title += location.pathname + (top === parent)<' + '/script>'); d.close(); const one = d.title; d.write('<p>third'); d.close(); return [one, d.body.innerHTML, d.title, f.contentWindow.location.pathname]; });
			await record('of other than text', () => { const d = document.body.appendChild(document.createElement('iframe')).contentDocument, link = '<a href="' + origins.cdn + '/o">o</a>', asked = []; return [null, undefined, 5, new String(link), [link], {toString() { asked.push(1); return link; }}].map((value) => ['write', 'writeln'].map((name) => { d.open(); d[name](value); d.close(); return [d.body.innerHTML, d.links[0]?.href, asked.length]; })); });
			await record('names', () => [document.write.name, document.write.length, document.open.length]);
		`,
	},
	performance: {
		script: `
			await fetch(origins.cdn + '/json'); await fetch('/json?own');
			const img = new Image(); img.src = origins.cdn + '/image.png'; await event(img, 'load');
			await record('resources', () => performance.getEntriesByType('resource').map((e) => e.name));
			await record('navigation', () => performance.getEntriesByType('navigation').map((e) => e.name));
			await record('by name', () => performance.getEntriesByName(origins.cdn + '/json').length);
			await record('JSON', () => performance.getEntriesByType('resource')[0].toJSON().name);
			await record('observer', () => new Promise((r) => { new PerformanceObserver((l) => r(l.getEntries().map((e) => e.name))).observe({type: 'resource', buffered: true}); }));
			await record('mark', () => [performance.mark('m').name, performance.getEntriesByName('m').length]);
		`,
	},
});
