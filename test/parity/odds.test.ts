// tests only (Node, Chromium).
// What the web platform tests found: URLs without slashes, where errors come from, policies that a script writes.
import { paritySuite } from './harness.ts';

paritySuite('odds', {
	'URLs with a scheme and no authority': {
		script: `
			const a = document.createElement('a');
			for (const url of ['http:foo.com', 'http:/foo.com/', 'http:foo:bar', 'http:?q', 'http:#f', 'http:', 'http::@c:29', ' http:x', 'http:\\\\\\\\cdn.localhost/y', 'https:foo', 'ht\\ntp:z', 'http:/\\n/host/', 'blob:https://cdn.localhost:443/', 'blob:HTTP://cdn.localhost/x', 'blob:http://cdn.localhost/x#y'])
				await record(url, () => { a.setAttribute('href', url); return [a.href, a.pathname, a.host, a.getAttribute('href'), a.outerHTML]; });
			await record('fetch', async () => (await fetch('http:json')).url);
			await record('other base', () => { const base = document.createElement('base'); base.href = 'https://shop.localhost/x/'; document.head.append(base); a.href = 'http:foo'; const out = [a.href]; for (const url of ['https:foo', 'http:', 'http:?q', 'http:/']) { a.href = url; out.push(a.href, a.getAttribute('href')); } base.remove(); return out; });
		`,
	},
	'what is in sight': {
		html: '<body style="margin:0"><div id=far style="position:absolute;top:1050px;height:10px;width:10px"></div><div id=here>x</div>',
		script: `
			await event(window, 'load');
			const seen = (options, el) => new Promise((r) => { const o = new IntersectionObserver((list, self) => { o.disconnect(); const e = list[0]; r([e.isIntersecting, e.rootBounds && [e.rootBounds.x, e.rootBounds.y, e.rootBounds.width === innerWidth, e.rootBounds.height === innerHeight, e.rootBounds.height - innerHeight], self === o, o.root === null ? 'null' : o.root?.nodeName, o.rootMargin, o.thresholds]); }, options); o.observe(el); });
			await record('plain', () => seen(undefined, here));
			await record('null', () => seen({root: null}, here));
			await record('margin', () => seen({rootMargin: '1000px'}, far));
			await record('document', () => seen({root: document}, here));
			await record('bad', () => new IntersectionObserver(() => {}, {root: 1}));
			await record('shape', () => [describe(window, 'IntersectionObserver'), describe(IntersectionObserver.prototype, 'root'), IntersectionObserver.length]);
			const f = document.createElement('iframe'); f.srcdoc = '<p>in'; document.body.prepend(f); await event(f, 'load');
			await record('in a frame', () => new Promise((r) => { const o = new f.contentWindow.IntersectionObserver(([e]) => r([e.isIntersecting, !!e.rootBounds, e.rootBounds?.height === innerHeight])); o.observe(f.contentDocument.querySelector('p')); }));
			await record('of a frame, from outside', () => new Promise((r) => { const o = new IntersectionObserver(([e]) => r([e.isIntersecting, !!e.rootBounds, e.rootBounds?.height === innerHeight])); o.observe(f.contentDocument.querySelector('p')); }));
			await record('no more', async () => { const seen = [], o = new IntersectionObserver((l) => seen.push(...l)), p = f.contentDocument.querySelector('p'); o.observe(p); o.unobserve(p); o.observe(here); o.observe(p); o.disconnect(); await new Promise((r) => setTimeout(r, 100)); return [seen.length, o.takeRecords().length]; });
			await record('a class of its own', () => new Promise((r) => { class Own extends IntersectionObserver {} const o = new Own(function (l, self) { r([this === o, self === o, o instanceof Own, l.length]); }); o.observe(here); o.observe(far); }));
		`,
	},
	'autofocus of the parser': {
		html: '<p>text<p><input id=off autofocus disabled><button id=first autofocus></button><input id=second autofocus>',
		script: `
			const frame = () => new Promise((r) => requestAnimationFrame(r));
			await event(window, 'load'); await frame();
			await record('first', () => document.activeElement.id);
			document.activeElement.blur(); document.body.insertAdjacentHTML('beforeend', '<input autofocus>'); await frame();
			await record('once', () => document.activeElement.localName);
		`,
	},
	'autofocus in their order': {
		html: '<p><input id=first autofocus><input id=second autofocus><script>first.remove(); second.before(first);</script>',
		script: `await event(window, 'load'); await new Promise((r) => requestAnimationFrame(r)); await record('the one put back is later', () => document.activeElement.id);`,
	},
	'autofocus by script': {
		script: `
			const frame = () => new Promise((r) => requestAnimationFrame(r));
			await event(window, 'load'); await frame(); await frame();
			document.body.append(Object.assign(document.createElement('p'), {autofocus: true}));
			const f = document.createElement('iframe'), loaded = event(f, 'load'); f.src = origins.cdn + '/case/focus'; document.body.append(f); await loaded; await frame();
			await record('nothing yet', () => document.activeElement.localName);
			const host = document.createElement('div'); host.attachShadow({mode: 'closed', delegatesFocus: true}).innerHTML = '<input>'; host.toggleAttribute('autofocus');
			document.body.append(host); await frame();
			await record('delegated', () => document.activeElement === host);
		`,
		files: { '/case/focus': { type: 'text/html', body: '<input autofocus>' } },
	},
	'autofocus in a frame': {
		script: `
			const frame = () => new Promise((r) => requestAnimationFrame(r));
			const f = document.createElement('iframe'); f.srcdoc = '<input autofocus>'; document.body.append(f); await event(f, 'load'); await frame(); await frame();
			await record('in both', () => [document.activeElement.localName, f.contentDocument.activeElement.localName]);
		`,
	},
	'autofocus and dialogs': {
		html: '<dialog><input><input autofocus id=inside></dialog><script>document.querySelector("dialog").show(); id = document.activeElement.id; document.activeElement.blur();</script>',
		script: `await event(window, 'load'); await new Promise((r) => requestAnimationFrame(r)); await record('not twice', () => [id, document.activeElement.localName]);`,
	},
	'what observers are told': {
		script: `
			await event(window, 'load');
			const seen = async (run, root = document.body) => { const list = [], o = new MutationObserver((l, self) => list.push(...l, self === o)); o.observe(root, {subtree: true, childList: true, attributes: true, attributeOldValue: true, characterData: true, characterDataOldValue: true}); await run(); await new Promise((r) => setTimeout(r, 60)); list.push(...o.takeRecords()); o.disconnect(); return list.map((r) => r === true || [r.type, r.target.nodeName, r.attributeName, r.oldValue, r.addedNodes.length, r.removedNodes.length]); };
			await record('code', () => seen(() => { const s = document.createElement('style'), t = document.createElement('script'); s.textContent = 'q{background:url(' + origins.cdn + '/j.png)}'; t.type = 'text/x'; t.textContent = 'x = location.href'; document.body.append(s, t); s.firstChild.data = 'q{background:url(' + origins.cdn + '/k.png)}'; t.firstChild.data = ''; const u = document.createElement('script'); u.text = 'x = location.href'; document.body.append(u); u.firstChild.data = 'x = 1'; }));
		`,
	},
	'forms whose action is code': {
		html: '<iframe name=there></iframe>',
		script: `
			const sent = [], send = (way, attributes) => new Promise((ok) => { const f = document.body.appendChild(document.createElement('form')), b = f.appendChild(document.createElement('button')); globalThis.done = (...said) => ok([said, f.action, b.formAction]); Object.assign(f, attributes.form); Object.assign(b, attributes.button); setTimeout(ok, 3000, 'nothing'); way(f, b); });
			const code = 'javascript:parent.done(location.href, top === self)';
			await record('submit', () => send((f) => f.submit(), {form: {action: code}}));
			await record('there', () => send((f) => f.submit(), {form: {action: code, target: 'there', method: 'post'}}));
			await record('click', () => send((f, b) => b.click(), {button: {formAction: code}}));
			await record('void', () => send((f) => { f.addEventListener('submit', () => setTimeout(done, 100, 'ran')); f.requestSubmit(); }, {form: {action: 'javascript:void(0)'}}));
			await record('still here', () => [location.pathname, document.body.lastChild.localName]);
		`,
	},
	'a page with an old library': {
		// What Prototype 1.6 and MooTools 1.4 put in the place of the language's own functions.
		html: `<script>
			Array.prototype.entries = function () { return this.slice(); };
			Array.from = function (item) { return item == null ? [] : typeof item.length === 'number' && typeof item !== 'string' ? Array.prototype.slice.call(item) : [item]; };
			Object.keys = function (object) { const keys = []; for (const key in object) keys.push(key); return keys; };
			Array.prototype.toJSON = function () { return '[' + this.join(', ') + ']'; };
			String.prototype.toJSON = function () { return '"' + this + '"'; };
			Array.prototype.each = Array.prototype.forEach; Function.prototype.argumentNames = function () { return []; };
		</script>`,
		script: `
			for (const list of [Array.prototype, String.prototype]) delete list.toJSON;
			await record('scripts', () => { const s = document.createElement('script'); s.append('ran = loc', 'ation.href'); document.body.append(s); const t = document.createElement('script'); t.appendChild(document.createTextNode('ran2 = top === window')); document.body.append(t); return [typeof ran, ran2]; });
			await record('copies', () => { const f = document.createElement('iframe'); f.setAttribute('srcdoc', '<a href="' + origins.cdn + '/x">'); const p = document.createElement('p'); p.append(f); const copy = p.cloneNode(true); return [p.innerHTML, copy.innerHTML, copy.firstChild.getAttribute('srcdoc')]; });
			await record('lists', () => { const list = document.createElement('div'); list.innerHTML = '<a href="' + origins.cdn + '/y">z</a>'; return [list.innerHTML, list.firstChild.host, Array.from(list.children).length]; });
			await record('answers', async () => { const r = await fetch(origins.cdn + '/json'); return [r.url, [...r.headers].length > 0, await r.json()]; });
		`,
	},
	'where errors come from': {
		script: `
			const caught = (run) => new Promise((ok) => { const seen = []; onerror = (...a) => { seen.push(a.slice(1, 4)); return true; }; addEventListener('error', (e) => { seen.push([e.filename, e.lineno, e.colno]); setTimeout(() => ok(seen)); }, {once: true}); setTimeout(run); });
			await record('plain', () => caught(() => { throw new Error('x'); }));
			await record('in a native', () => caught(() => { history.pushState({}, '', 'http://['); }));
			await record('in open', () => caught(() => { new XMLHttpRequest().open('GET', 'http://['); }));
			await record('in a constructor', () => caught(() => { new WebSocket('nothing://x'); }));
			await record('refused imports', async () => { const out = []; for (const spec of ['./none.js', '/none.js', origins.cdn + '/none.js', 'bare']) try { await import(spec); } catch (e) { out.push([e.name, e.message, e.stack.split('\\n')[0]]); } try { await import('./literal.js'); } catch (e) { out.push(e.message); } return out; });
			await record('a refused import that nobody catches', async () => { const e = event(window, 'unhandledrejection'); const p = import('./none2.js'); const { reason, promise } = await e; return [reason.message, promise === p, p instanceof Promise, String(() => import('./x.js'))]; });
			await record('in a worker', async () => { const w = new Worker('/case/bad-import.js'); return (await event(w, 'message')).data; });
		`,
		files: {
			'/case/bad-import.js': {
				type: 'text/javascript',
				body: `const seen = [];\nonerror = (m, url, line) => { seen.push(url, line); };\naddEventListener('error', (e) => { e.preventDefault(); postMessage([seen, e.filename, e.lineno]); });\nsetTimeout(() => {\n\timportScripts('http://cdn.localhost:PORT/none.js');\n});`,
			},
		},
	},
	'events of every type that are nothing but events': {
		html: '<form><input type="password" id="p"><input id="i"><button id="b">b</button></form><a id="a" href="/x">a</a>',
		script: `
			const types = 'keydown keypress keyup input beforeinput change submit reset formdata click auxclick dblclick mousedown mouseup mousemove mouseover mouseout pointerdown pointermove pointerover pointerout pointerup touchstart wheel focus focusin focusout blur scroll compositionstart compositionupdate compositionend copy cut paste dragstart dragover drop toggle animationstart transitionrun transitionend load message messageerror popstate hashchange storage beforeunload pagehide pageshow unhandledrejection securitypolicyviolation selectionchange visibilitychange fullscreenchange resize fetch navigate command'.split(' ');
			const errors = []; onerror = (message) => { errors.push(message); return true; };
			for (const type of types) await record(type, () => {
				const seen = [], hear = ({ target, isTrusted }) => seen.push([target.id || target.nodeName || 'window', isTrusted]);
				addEventListener(type, hear);
				for (const target of [window, document, document.forms[0], p, i, b, a]) for (const Kind of [Event, CustomEvent]) target.dispatchEvent(new Kind(type, { bubbles: true, cancelable: true }));
				removeEventListener(type, hear);
				return [seen, errors.splice(0)];
			});
			await record('navigation', () => { navigation.dispatchEvent(new Event('navigate')); return errors.splice(0); });
		`,
	},
	'a blob that nobody may read': {
		script: `
			document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'Content-Security-Policy', content: "connect-src 'self'" }));
			const seen = []; addEventListener('securitypolicyviolation', (e) => seen.push([e.blockedURI, e.effectiveDirective]));
			const url = URL.createObjectURL(new Blob(['globalThis.blobRan = 1'], {type: 'text/javascript'})), s = document.createElement('script'); s.src = url; document.body.append(s); await event(s, 'load');
			await record('runs', () => blobRan);
			const script = (text, type = 'text/javascript') => URL.createObjectURL(new Blob(['/* of two */', text], { type }));
			await record('where', async () => { const s = document.createElement('script'); s.src = script('globalThis.blobWhere = location.href'); document.body.append(s); await event(s, 'load'); return blobWhere; });
			await record('a worker', async () => { const w = new Worker(script('const ok = () => postMessage([location.protocol, self.origin]); import(self.origin + "/case/none.js").catch((e) => { postMessage(e.message); ok(); })')); const first = (await event(w, 'message')).data; return [first, (await event(w, 'message')).data]; });
			await record('a module worker', async () => { const w = new Worker(script('await import(self.origin + "/case/none.js").catch((e) => postMessage(e.message));', ''), { type: 'module' }); return (await event(w, 'message')).data; });
			await record('gone', async () => { const u = script(''); URL.revokeObjectURL(u); const s = document.createElement('script'); s.src = u; document.body.append(s); return (await event(s, 'error')).type; });
			await record('blobs', () => { class Own extends Blob {} const b = new Blob(['a', 'b']), own = new Own(['x'], { type: 'text/javascript' }); return [b.size, b instanceof Blob, own instanceof Own, own.type, Object.getPrototypeOf(File) === Blob, new File(['x'], 'n') instanceof Blob, b.constructor === Blob, Blob.name, Blob.length, String(Blob), (() => { try { Blob(); } catch (e) { return e.message; } })(), (() => { try { new Blob(1); } catch (e) { return e.message; } })(), new Blob(new Set(['abc'])).size, new Blob().size]; });
			await record('violations', async () => { await new Promise((r) => setTimeout(r, 100)); const own = await fetch(url).catch((e) => e.name); await new Promise((r) => setTimeout(r, 100)); return [own, seen]; });
		`,
	},
	'policies that a script writes': {
		script: `
			const image = (src) => new Promise((ok) => { const i = new Image(); i.onload = () => ok('loaded'); i.onerror = () => ok('blocked'); i.src = src; });
			await record('before', () => Promise.all([image(origins.cdn + '/image.png?1'), image('/image.png?1')]));
			const meta = document.createElement('meta');
			meta.setAttribute('content', 'img-src ' + origins.cdn);
			meta.setAttribute('http-equiv', 'Content-Security-Policy');
			document.head.append(meta);
			await record('reads', () => [meta.content, meta.getAttribute('content'), meta.outerHTML, meta.httpEquiv]);
			await record('after', () => Promise.all([image(origins.cdn + '/image.png?2'), image('/image.png?2')]));
		`,
	},
});
