// tests only (Node, Chromium).
import { paritySuite } from './harness.ts';

paritySuite('windows', {
	names: {
		script: `
			await event(window, 'load');
			await record('open', () => [open.name, open.length, String(open), close.name]);
			await record('bad URL', () => open('http://['));
			await record('self', async () => { const f = document.createElement('iframe'); f.src = '/case/self'; document.body.append(f); await event(f, 'load'); const again = event(f, 'load'); f.contentWindow.eval("open('/empty.html?self', '_self')"); await again; return f.contentWindow.location.search; });
			await record('parent', async () => { const f = document.createElement('iframe'); f.src = '/case/outer'; document.body.append(f); await event(f, 'load'); const again = event(f, 'load'); f.contentWindow[0].eval("open('/empty.html?parent', '_parent')"); await again; return f.contentWindow.location.search; });
			await record('link target kept', () => { const a = document.createElement('a'); a.target = '_blank'; a.href = '#x'; a.onclick = (e) => e.preventDefault(); document.body.append(a); a.click(); return [a.target, a.outerHTML]; });
			await record('form target kept', () => { const f = document.createElement('form'); f.target = '_top'; f.onsubmit = (e) => e.preventDefault(); document.body.append(f); f.requestSubmit(); return f.outerHTML; });
			await record('prevented', () => { const a = document.createElement('a'); a.href = '/empty.html'; a.target = '_blank'; document.body.append(a); let seen; document.addEventListener('click', (e) => { seen = [e.target.target, e.defaultPrevented]; e.preventDefault(); }, {once: true}); a.click(); return [seen, location.pathname]; });
		`,
		files: {
			'/case/self': { type: 'text/html', body: 'self' },
			'/case/outer': { type: 'text/html', body: '<iframe src=/empty.html></iframe>' },
		},
	},
	events: {
		script: `
			await event(window, 'load');
			await record('MessageEvent', () => [describe(MessageEvent.prototype, 'origin'), String(Object.getOwnPropertyDescriptor(MessageEvent.prototype, 'origin').get)]);
			await record('trusted types', () => { const p = trustedTypes.createPolicy('p', {createHTML: (s) => s, createScript: (s) => s, createScriptURL: (s) => s}); const d = document.createElement('div'); d.innerHTML = p.createHTML('<a href="' + origins.cdn + '/t">'); const s = document.createElement('script'); s.src = p.createScriptURL(origins.cdn + '/script.js'); s.text = p.createScript('location'); return [d.innerHTML, s.src, s.text, eval(p.createScript('location.href'))]; });
			await record('click target', async () => { const a = document.createElement('a'); a.href = origins.cdn + '/x'; document.body.append(a); const e = event(document, 'click'); a.onclick = (ev) => ev.preventDefault(); a.click(); return [(await e).target.href, (await e).composedPath().length]; });
			await record('navigate', async () => { const a = document.createElement('a'); a.href = origins.shop + '/other?x'; document.body.append(a); const e = new Promise((r) => navigation.addEventListener('navigate', (ev) => { ev.preventDefault(); r([ev.destination.url, ev.navigationType, ev.cancelable, ev.hashChange, ev.formData]); }, {once: true})); a.click(); return e; });
			await record('navigate cross-origin', async () => { const e = new Promise((r) => navigation.addEventListener('navigate', (ev) => { ev.preventDefault(); r([ev.destination.url, ev.canIntercept]); }, {once: true})); location.href = origins.cdn + '/go'; return e; });
			await record('form navigate', async () => { const f = document.createElement('form'); f.method = 'post'; f.action = origins.cdn + '/post'; f.innerHTML = '<input name=a value=1>'; document.body.append(f); const e = new Promise((r) => navigation.addEventListener('navigate', (ev) => { ev.preventDefault(); r([ev.destination.url, [...ev.formData]]); }, {once: true})); f.submit(); return e; });
		`,
	},
});
