// tests only (Node, Chromium).
// Errors: what stacks say, and what a page may do about it.
import { paritySuite } from './harness.ts';

paritySuite('errors', {
	'the class': {
		script: `
			await record('members', () => [Reflect.ownKeys(Error), 'prepareStackTrace' in Error, Error.stackTraceLimit, Object.keys(Error), String(Error), describe(Error, 'stackTraceLimit')]);
			await record('a plain event', async () => { const told = (self) => new Promise((ok) => { self.onerror = function () { ok([arguments.length, typeof arguments[0]]); return true; }; self.dispatchEvent(new Event('error', {cancelable: true})); }); const w = new Worker(URL.createObjectURL(new Blob(['(' + told + ')(self).then(postMessage)']))); return [await told(window), (await event(w, 'message')).data]; });
			await record('family', () => [Object.getPrototypeOf(TypeError) === Error, Object.getPrototypeOf(WebAssembly.LinkError) === Error, Error.prototype.constructor === Error, new TypeError('x') instanceof Error, new DOMException('x') instanceof Error]);
			await record('made', () => [new Error('a', {cause: 1}).cause, Error('x').message, Object.prototype.toString.call(new Error), Reflect.ownKeys(new Error('x'))]);
			await record('heirs', () => { class X extends Error { constructor(m) { super(m); this.name = 'XX'; } } X.prepareStackTrace = 1; return [new X('q').stack.split('\\n')[0], new X instanceof X, Object.keys(X), 'prepareStackTrace' in Error]; });
			await record('limit', () => { const deep = (n) => n ? deep(n - 1) : new Error('x').stack.split('\\n').length; const out = [deep(20)]; for (const n of [2, 0, 50, 'no']) { Error.stackTraceLimit = n; out.push(deep(60)); } delete Error.stackTraceLimit; out.push(new Error('x').stack === undefined, 'stackTraceLimit' in Error); Error.stackTraceLimit = 10; return [out, deep(20)]; });
			await record('limit in a callback', () => { const deep = (n) => n ? deep(n - 1) : (() => { try { document.querySelector('['); } catch (e) { return e.stack.split('\\n').length; } })(); return deep(20); });
			await record('fixed', () => {
				const w = document.body.appendChild(document.createElement('iframe')).contentWindow, { Error: E, Object: O, Reflect: R } = w, out = [];
				const all = () => out.push(R.ownKeys(E).sort().join(), JSON.stringify(O.entries(O.getOwnPropertyDescriptors(E)).map(([k, d]) => [k, d.configurable, d.writable, typeof d.get]).sort()));
				const said = (run) => { try { out.push(String(run())); } catch (e) { out.push(e.name); } };
				let mine; all();
				said(() => O.defineProperty(E, 'prepareStackTrace', { configurable: false, get() { out.push(this === E); return mine; }, set(f) { mine = f; } }) === E); all();
				said(() => E.prepareStackTrace = (e, sites) => [e.message, typeof sites]); said(() => new E('x').stack); said(() => 'prepareStackTrace' in E); said(() => R.deleteProperty(E, 'prepareStackTrace'));
				said(() => O.defineProperty(E, 'stackTraceLimit', { configurable: false, writable: true, value: 1 }) === E); said(() => E.stackTraceLimit = 3); said(() => E.stackTraceLimit);
				said(() => O.defineProperty(E, 'one', { value: 1 }).one); said(() => { 'use strict'; E.one = 2; }); said(() => R.defineProperty(E, 'one', { value: 2 })); said(() => delete E.one);
				O.defineProperty(E, 'two', { get: () => 2, set(v) { out.push(v, this === E); }, configurable: true }); E.two = 5; all(); said(() => delete E.two); said(() => E.two);
				said(() => new E('a') instanceof E && E('b') instanceof w.Error && new (class X extends E {})('c').message); said(() => [E.name, E.length, E.toString(), typeof E, E.prototype.constructor === E, 'prototype' in E]);
				O.setPrototypeOf(E, { three: 3 }); said(() => [E.three, O.getPrototypeOf(E).three]); O.freeze(E); said(() => O.isFrozen(E)); said(() => R.set(E, 'four', 4)); all(); return out;
			});
			await record('frozen', () => { const w = document.body.appendChild(document.createElement('iframe')).contentWindow; w.Object.freeze(w.Error); return w.Object.isFrozen(w.Error); });
		`,
	},
	'of natives called in the wrong way': {
		script: `
			const said = (run) => { try { return run(); } catch (e) { return [e.message, e.constructor === window[e.name], e.stack.split('\\n').length]; } };
			const list = location.ancestorOrigins, { set } = Object.getOwnPropertyDescriptor(Document.prototype, 'domain');
			await record('lists', () => [[], [Symbol()], [{toString() { throw new RangeError('mine'); }}], ['x'], [0]].flatMap((args) => [said(() => list.item(...args)), said(() => list.contains(...args))]));
			await record('domain', () => [said(() => set.call({}, 'x')), said(() => set.call(document)), said(() => set.call(document, Symbol()))]);
		`,
	},
	'the stack': {
		script: `
			const plain = (text) => text.replace(/:\\d+:\\d+/g, '');
			await record('headings', () => [new Error('a\\n    at b').stack, new Error().stack, (() => { const e = new Error('q'); e.name = ''; return e.stack; })(), (() => { const e = new Error('x'); e.message = 'y'; e.name = 'Z'; return e.stack; })()].map(plain));
			await record('of a native', () => { try { document.createElement('a').setAttribute(); } catch (e) { e.message = 'y'; return plain(e.stack); } });
			await record('captured', () => { const one = {}, two = {name: 'D', message: 'M'}; Error.captureStackTrace(one); Error.captureStackTrace(two); return [plain(one.stack), plain(two.stack), describe(one, 'stack')]; });
			await record('after a wait', async () => { const f = async () => { await 1; return plain(new Error('x').stack); }; return f(); });
			await record('formatted by the page', () => { Error.prepareStackTrace = (e, sites) => [e.message, sites.map(String), sites[0].getFileName(), sites[0].getScriptNameOrSourceURL(), sites[0].getLineNumber(), sites[0].isToplevel(), String(sites[0].toString), Object.getOwnPropertyNames(Object.getPrototypeOf(sites[0]))]; const out = [new Error('q').stack, Object.keys(Error), 'prepareStackTrace' in Error]; try { [1].map(() => document.querySelector('[')); } catch (e) { out.push(e.stack); } delete Error.prepareStackTrace; return [out, 'prepareStackTrace' in Error, plain(new Error('after').stack)]; });
			await record('formatted in eval', () => { Error.prepareStackTrace = (e, sites) => sites[0].getEvalOrigin(); try { return eval('new Error("q").stack').replace(/:\\d+:\\d+/, ''); } finally { delete Error.prepareStackTrace; } });
			await record('in another window', () => { const w = document.body.appendChild(document.createElement('iframe')).contentWindow; const made = w.document.createElement('script'); made.textContent = 'f = () => { try { document.querySelector("["); } catch (e) { return e.stack; } }'; w.document.body.append(made); return plain(w.f()); });
			await record('another window', () => { const w = document.body.appendChild(document.createElement('iframe')).contentWindow; try { w.eval('null.x'); } catch (e) { return [e instanceof w.Error, e instanceof Error, e.stack.split('\\n')[0]]; } });
			await record('in a worker', async () => (await event(new Worker('/case/worker.js'), 'message')).data);
		`,
		files: {
			'/case/worker.js': {
				type: 'text/javascript',
				body: `try { null.x } catch (e) { postMessage(['prepareStackTrace' in Error, e.stack.replace(/:\\d+:\\d+/g, ''), Object.getOwnPropertyNames(self).length]) }`,
			},
		},
	},
	'documents that a page makes': {
		script: `
			const names = (w) => Object.getOwnPropertyNames(w).filter((name) => !/^show.*Picker$|^documentPictureInPicture/i.test(name)).length; // those no frame has
			await record('blank', () => { const w = document.body.appendChild(document.createElement('iframe')).contentWindow; return [names(w), w.eval('location.href'), w.eval('top === parent')]; });
			await record('a second document in the window', async () => { const f = document.createElement('iframe'); f.src = '/empty.html'; document.body.append(f); const w = f.contentWindow; w.mine = 1; await event(f, 'load'); return [names(f.contentWindow), f.contentWindow.mine, f.contentWindow.eval('location.pathname + (top === parent)'), f.contentWindow === w]; });
			await record('written', () => { const f = document.createElement('iframe'); document.body.append(f); const d = f.contentDocument; d.open(); d.write('<iframe id=q></iframe><script>x = location.href + (top === parent)</' + 'script>'); d.close(); return [f.contentWindow.x, d.getElementById('q').contentWindow.eval('top === parent.parent'), names(d.getElementById('q').contentWindow)]; });
			await record('under Trusted Types', async () => { const f = document.createElement('iframe'); f.src = '/case/trusted'; document.body.append(f); await event(f, 'load'); const g = f.contentDocument.body.appendChild(f.contentDocument.createElement('iframe')); return [names(f.contentWindow), names(g.contentWindow), g.contentWindow.location.href, f.contentWindow.seen]; });
		`,
		files: {
			'/case/trusted': {
				type: 'text/html',
				headers: { 'content-security-policy': "require-trusted-types-for 'script'; script-src 'nonce-abc'" },
				body: `<!doctype html><script nonce=abc>var seen = []; addEventListener('securitypolicyviolation', (e) => seen.push(e.effectiveDirective));</script>`,
			},
		},
	},
});
