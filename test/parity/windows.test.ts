// tests only (Node, Chromium).
import { paritySuite } from './harness.ts';

/**
 * Opens a window that is one at once: through Tandem the first may stand for one that is on its way (which a page can tell by its lack of a document).
 * `said` waits for a message of a window, `ends` for its end.
 */
const OPEN = `
	const pause = (ms) => new Promise((r) => setTimeout(r, ms));
	const win = async (...args) => { for (;;) { const w = open(...args); if (!w || w.document) return w; w.close(); await pause(300); } };
	const said = (w, find = () => true) => new Promise((resolve, reject) => { addEventListener('message', function on(e) { if (e.source !== w || !find(e.data)) return; removeEventListener('message', on); resolve(e); }); setTimeout(() => reject(new Error('nothing said')), 8000); });
	const until = async (find) => { for (let i = 0; i < 400; i++) { try { if (find()) return true; } catch {} await pause(20); } return false; };
	const popup = (w) => said(w, (data) => data.popup);
	await event(window, 'load');
	for (let real = false, ms = 300; !real; await pause(ms *= 2)) { const all = [open(''), open(''), open('')]; real = all.every((w) => w.document); for (const w of all) w.close(); }
`;
/** Says to its opener what it sees. */
const POPUP = `<!doctype html><title>popup</title><body><script>
	const tell = (more) => opener?.postMessage({popup: location.href, name, opener: !!opener, referrer: document.referrer, top: top === self, parent: parent === self, frame: frameElement, ...more}, '*');
	addEventListener('message', (e) => { const {data} = e; if (data.name !== undefined) name = data.name; if (data.close) close(); if (data.opener) opener.location.hash = data.opener; if (data.up) opener.location = data.up; tell({heard: data, from: e.origin, same: e.source === opener}); });
	addEventListener('load', () => tell());
</script>`;

const FILES = {
	'/case/step': { type: 'text/html', body: '<script>document.title = location.search.slice(1)</script>' },
	'/case/popup': { type: 'text/html', body: POPUP },
	'/case/goes-on': {
		type: 'text/html',
		body: `<script>if (location.search) { new BroadcastChannel('no').postMessage([location.search, name, !!window.opener]); setTimeout(close); } else onload = () => setTimeout(() => { location = '?on'; }, 400)</script>`,
	},
	'/case/tells': {
		type: 'text/html',
		body: `<script>new BroadcastChannel('no').postMessage([location.search, name, !!window.opener, document.referrer, history.length > 0, top === self]); setTimeout(close)</script>`,
	},
};

paritySuite('windows', {
	names: {
		script: `
			await event(window, 'load');
			await record('open', () => [open.name, open.length, String(open), close.name]);
			await record('bad URL', () => open('http://['));
			await record('self', async () => { const f = document.createElement('iframe'); f.src = '/case/self'; document.body.append(f); await event(f, 'load'); const again = event(f, 'load'); f.contentWindow.eval("open('/empty.html?self', '_self')"); await again; return f.contentWindow.location.search; });
			await record('parent', async () => { const f = document.createElement('iframe'); f.src = '/case/outer'; document.body.append(f); await event(f, 'load'); const again = event(f, 'load'); f.contentWindow[0].eval("open('/empty.html?parent', '_parent')"); await again; return f.contentWindow.location.search; });
			await record('for another program', async () => { const f = document.createElement('iframe'); f.src = '/empty.html'; document.body.append(f); await event(f, 'load'); const w = f.contentWindow, a = w.document.body.appendChild(w.document.createElement('a')); a.href = 'x-nobody:1'; a.click(); await new Promise((r) => setTimeout(r, 300)); w.location = 'x-nobody:2'; await new Promise((r) => setTimeout(r, 300)); return f.contentDocument?.title; });
			await record('link target kept', () => { const a = document.createElement('a'); a.target = '_blank'; a.href = '#x'; a.onclick = (e) => e.preventDefault(); document.body.append(a); a.click(); return [a.target, a.outerHTML]; });
			await record('form target kept', () => { const f = document.createElement('form'); f.target = '_top'; f.onsubmit = (e) => e.preventDefault(); document.body.append(f); f.requestSubmit(); return f.outerHTML; });
			await record('prevented', () => { const a = document.createElement('a'); a.href = '/empty.html'; a.target = '_blank'; document.body.append(a); let seen; document.addEventListener('click', (e) => { seen = [e.target.target, e.defaultPrevented]; e.preventDefault(); }, {once: true}); a.click(); return [seen, location.pathname]; });
		`,
		files: {
			'/case/self': { type: 'text/html', body: 'self' },
			'/case/outer': { type: 'text/html', body: '<iframe src=/empty.html></iframe>' },
		},
	},
	'frames of another site, by their names': {
		script: `
			await event(window, 'load');
			const frame = async (name, to = document) => { const f = to.createElement('iframe'), loaded = event(f, 'load'); f.name = name; f.src = origins.cdn + '/empty.html'; to.body.append(f); await loaded; return f; };
			const goes = async (name, way, f) => { f ??= await frame(name); const loaded = event(f, 'load'); await way(name); await loaded; return f.contentWindow.location.pathname + f.contentWindow.location.search; };
			const form = (method) => (target) => { const f = document.body.appendChild(document.createElement('form')); Object.assign(f, {method, target, action: '/empty.html?form'}); f.append(Object.assign(document.createElement('input'), {name: 'a'})); f.submit(); };
			const link = (target) => { const a = document.body.appendChild(document.createElement('a')); Object.assign(a, {target, href: '/empty.html?link'}); a.click(); };
			await record('link', () => goes('one', link));
			await record('form', () => goes('two', form('get')));
			await record('post', () => goes('three', form('post')));
			await record('open', () => goes('four', (name) => open('/empty.html?open', name)));
			globalThis.five = 1;
			await record('beside a variable', () => goes('five', link));
			const below = document.body.appendChild(document.createElement('iframe'));
			await record('deeper', async () => goes('six', link, await frame('six', below.contentDocument)));
			await record('twice', async () => { const f = await frame('seven'), loaded = event(f, 'load'); f.src = origins.other + '/empty.html'; await loaded; return goes('seven', form('get'), f); });
			await record('windows', () => window.length);
		`,
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
	'opened at once': {
		script: `
			const w = open(''), named = open('/empty.html', 'at once');
			await record('both', () => [w.document?.URL, w.opener === window, named.name, named.document?.readyState, w !== named]);
			await event(window, 'load');
			await record('hidden', () => [document.scripts.length, document.documentElement.outerHTML.includes('hold'), performance.getEntriesByType('resource').length]);
			w.close(); named.close();
		`,
	},
	'closed at once': {
		files: {
			'/case/opens.js': {
				type: 'text/javascript',
				body: `const w = open(''), heard = []; w.onunload = () => { heard.push('unload', w.closed); setTimeout(() => heard.push(w.opener)); };
					w.addEventListener('pagehide', () => heard.push('pagehide')); w.close(); heard.push(w.closed, w.self === w);`,
			},
		},
		html: '<script src="/case/opens.js"></script>',
		script: `await record('heard', async () => { while (heard.length < 6) await new Promise((r) => setTimeout(r, 20)); return heard; });`,
	},
	opened: {
		script: `${OPEN}
			await record('blank', async () => { const w = await win(); const out = [w.location.href, w.document.URL, w.document.baseURI, w.document.compatMode, w.document.readyState, w.name, w.opener === window, w.closed, w.length, w.document.documentElement.outerHTML, w.origin, w.parent === w, w.document.referrer, w.document.defaultView === w, w.frameElement]; w.close(); return [...out, w.closed]; });
			await record('written', async () => { const w = await win('', 'written'); w.document.write('<p id=p>one</p>'); w.document.close(); const out = [w.document.body.innerHTML, w.name, w.document.getElementById('p').ownerDocument === w.document]; w.close(); return [...out, await until(() => w.closed)]; });
			await record('load', async () => { const w = await win('/case/popup', 'loads'); const m = popup(w); w.given = {a: 1}; const seen = []; w.onload = () => seen.push('handler'); w.addEventListener('load', () => seen.push('listener')); const {data, origin, source} = await m; await until(() => seen.length === 2); const out = [data, origin, source === w, seen, w.given, w.document.title, w.location.href, w.opener === window, open('', 'loads') === w, w.document.referrer, top === self, top.location.href === location.href, Object.getOwnPropertyDescriptor(window, 'top').get.call(window) === self]; w.close(); return out; });
			await record('history', async () => { const w = await win('/case/popup'); await popup(w); const out = [w.history.length]; w.history.pushState(1, ''); out.push(w.history.length); w.close(); return out; });
			await record('talks', async () => { const w = await win('/case/popup'); await popup(w); const m = said(w, ({heard}) => heard); w.postMessage({n: 1}, location.origin); const out = (await m).data; w.close(); return out; });
			await record('cross-origin', async () => { const w = await win(origins.cdn + '/case/popup', 'far'); const {data, origin} = await popup(w); const out = [data, origin, w.closed, w.length, w.opener === window]; try { w.document; } catch (e) { out.push(e.name); } const again = popup(w); w.location = '/case/popup?near'; out.push((await again).data.popup, w.document.title); w.close(); return [...out, await until(() => w.closed)]; });
			await record('named again, from elsewhere', async () => { const w = await win(origins.cdn + '/case/popup', 'again'); await popup(w); const m = popup(w); const same = open('/case/popup?2', 'again') === w; const out = [same, (await m).data.popup]; const link = document.createElement('a'); link.href = '/case/popup?3'; link.target = 'again'; document.body.append(link); const third = popup(w); link.click(); out.push((await third).data.popup); w.close(); return out; });
			await record('name', async () => { const w = await win('/case/popup', 'named'); await popup(w); const out = [w.name]; const m = said(w, ({heard}) => heard); w.postMessage({name: 'changed'}, '*'); await m; out.push(w.name, open('', 'changed') === w); w.close(); return out; });
			await record('closes itself', async () => { const w = await win('/case/popup'); await popup(w); w.postMessage({close: true}, '*'); return [await until(() => w.closed), await until(() => w.opener === null)]; });
			await record('leads its opener', async () => { const w = await win('/case/popup'); await popup(w); const turned = event(window, 'hashchange'); w.postMessage({opener: 'there'}, '*'); await turned; const out = location.hash; location.hash = ''; w.close(); return out; });
		`,
		files: FILES,
	},
	'opened apart': {
		script: `${OPEN}
			await record('features that mean no', () => ['noopener=error', 'noopener=0', 'noopener=no'].map((f) => { const w = open('', '', f); const out = [w !== null, w?.globalThis === w, w?.location.href, String(w?.location)]; w?.close(); return out; }));
			await record('noopener', async () => { const channel = new BroadcastChannel('no'); const m = event(channel, 'message'); const w = open('/case/tells', 'lonely', 'noopener'); const {data} = await m; channel.close(); return [w, data]; });
			await record('noreferrer', async () => { const channel = new BroadcastChannel('no'); const m = event(channel, 'message'); const w = open('/case/tells?r', '', 'noreferrer'); const {data} = await m; channel.close(); return [w, data]; });
			await record('link', async () => { const channel = new BroadcastChannel('no'); const a = document.createElement('a'); a.href = '/case/tells?link'; a.target = '_blank'; document.body.append(a); const one = event(channel, 'message'); a.click(); const out = [(await one).data]; a.rel = 'opener'; const two = event(channel, 'message'); a.click(); out.push((await two).data); channel.close(); return out; });
			await record('form', async () => { const channel = new BroadcastChannel('no'); const m = event(channel, 'message'); const f = document.createElement('form'); f.method = 'post'; f.action = '/case/tells?form'; f.target = '_blank'; f.innerHTML = '<input name=a value=1>'; document.body.append(f); f.submit(); const {data} = await m; channel.close(); return data; });
			await record('javascript', async () => { window.ran = undefined; const w = await win('javascript:opener.ran = [location.href, document.URL]; void 0'); await until(() => window.ran); w.close(); return window.ran; });
			await record('blob', async () => { const w = await win(URL.createObjectURL(new Blob(['<title>blob</title><p>b'], {type: 'text/html'}))); await until(() => w.document.title === 'blob'); const out = [w.document.title, w.location.protocol, w.opener === window]; w.close(); return out; });
			await record('storage', async () => { localStorage.setItem('k', '1'); const w = await win('/case/popup'); await popup(w); const m = event(window, 'storage'); w.localStorage.setItem('k', '2'); const e = await m; const out = [e.key, e.newValue, e.url, localStorage.getItem('k')]; w.close(); localStorage.clear(); return out; });
			await record('document.open', async () => { for (;;) { const w = document.open('/case/popup?d', 'by-document', ''); if (!w.document) { w.close(); await pause(100); continue; } const {data} = await popup(w); w.close(); return data; } });
			await record('several traversals', async () => { const w = await win('/case/step?1'), at = (n) => until(() => w.document.title === n && w.document.readyState === 'complete'), seen = []; for (const n of '1234') { if (n > 1) w.location = '/case/step?' + n; await at(n); await pause(50); }
				w.eval('history.go(-2); history.go(-1); history.back()'); await at('2'); await pause(400); seen.push(w.document.title); w.eval('history.go(90); history.forward(); history.go(2)'); await at('3'); await pause(400); seen.push(w.document.title); w.close(); return seen; });
			await record('not by a page that is left', async () => { const f = document.createElement('iframe'), seen = []; f.src = '/empty.html?left'; document.body.append(f); await event(f, 'load'); const w = f.contentWindow; for (const type of ['beforeunload', 'pagehide', 'unload']) w.addEventListener(type, () => seen.push(type, w.open('') === null)); f.src = '/empty.html?gone'; await event(f, 'load'); f.remove(); return seen; });
			await record('opener gone', async () => { const w = await win('/case/popup'); await popup(w); w.opener = null; const out = [w.opener]; w.close(); return out; });
			await record('goes on by itself, its opener cut', async () => { const channel = new BroadcastChannel('no'); let heard; channel.onmessage = ({data}) => { heard = data; }; const w = await win(''); w.opener = null; await pause(1500); w.location = '/case/goes-on'; await until(() => heard); channel.close(); return heard; });
			await record('bad', () => open('http://['));
			await record('many', async () => { const all = []; for (let i = 0; i < 3; i++) all.push(await win('/case/popup?' + i)); const out = []; for (const w of all) { await until(() => w.document.title === 'popup'); out.push(w.location.search); } for (const w of all) w.close(); return [out, new Set(all).size]; });
		`,
		files: FILES,
	},
});
