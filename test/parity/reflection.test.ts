// tests only (Node, Chromium).
// `location`, `top`, `parent`, `postMessage` by every other way than their names.
import { paritySuite } from './harness.ts';

/** Says to its parent what it finds as a frame of another site. */
const INNER = `<!doctype html><script>
	const name = (k) => k, out = [], at = (get) => { try { out.push(get()); } catch (error) { out.push(error.name); } };
	at(() => window[name('top')] === parent); at(() => top[name('top')] === top); at(() => parent[name('parent')] === parent); at(() => self[name('parent')] === top);
	at(() => { let w = window; while (w.parent !== w) w = w.parent; return w === top; });
	at(() => { let w = window, n = 0; for (; w !== w.parent && n < 9; w = w.parent) n++; return n; });
	at(() => { const w = top; return w.parent.location.href; }); at(() => parent[name('location')][name('href')]); at(() => parent[name('document')]);
	at(() => Reflect.get(window, 'top') === parent); at(() => Object.getOwnPropertyDescriptor(window, 'top').get.call(window) === parent);
	at(() => { const {[name('top')]: t, ...rest} = window; return [t === parent, rest.top === parent, {...window}.top === parent]; });
	at(() => Object.values(window).includes(parent)); at(() => Object.getOwnPropertyDescriptor(parent, 'location') !== undefined);
	addEventListener('message', (e) => { parent[name('postMessage')]({out, got: e.data, origin: e.origin}, e.origin); });
	const w = parent; w.parent.postMessage({ready: 1}, '*');
</script>`;

paritySuite('reflection', {
	'computed members': {
		path: '/case/self?x=1',
		script: `
			const key = (k) => k;
			await record('reads', () => [window[key('location')].href, self[key('location')] === location, globalThis[key('top')] === window, frames[key('parent')] === self, document[key('location')] === location, top[key('location')].search, document[key('defaultView')] === window, window[key('self')] === self, parent[key('origin')]]);
			await record('calls', () => { globalThis.mine = function () { return this === window; }; const k = 'mine'; return [window[k](), self[k]?.(), window?.[k](), window[key('parseInt')]('12'), document[key('querySelector')]('script').localName, new window[key('Array')](3).length, new (window[key('Date')])(0).getTime(), window[key('eval')]('location.pathname'), window[key('String')].raw\`a\`]; });
			await record('writes', () => { window[key('made')] = 1; window[key('made')] += 2; window[key('made')]++; ++self[key('made')]; const out = [made]; out.push(delete window[key('made')], typeof window[key('made')], key('made') in window); [window[key('a1')], {b: self[key('b1')]}] = [1, {b: 2}]; for (window[key('c1')] of [3]); out.push(a1, b1, c1); return out; });
			await record('navigates', async () => { const turned = event(window, 'hashchange'); window[key('location')] = '#one'; await turned; const again = event(window, 'hashchange'); document[key('location')] = '#two'; await again; window[key('location')][key('hash')] += 'x'; return location.hash; });
			await record('keys', () => { const seen = []; const odd = {toString() { seen.push(1); return 'location'; }}; const symbol = Symbol('s'); window[symbol] = 5; const out = [window[odd].pathname, seen.length, window[symbol], window[['loc', 'ation'].join('')].pathname, window[\`\${'to'}p\`] === top, window[new String('location')].pathname, window[0], window[-1], window[null], window[undefined]]; delete window[symbol]; return out; });
			await record('order', () => { const seen = []; const k = (n) => { seen.push(n); return window[key('String')](n); }; window[k('o1')] = window[k('o2')] = seen.push('value'); return seen; });
			await record('nothing there', () => { let n = 0; const count = () => { n++; return 'x'; }; const f = (parent, self) => [parent?.[count()], self?.[count()]?.y, parent?.[count()].z.q]; return [f(null, undefined), n, (() => { try { return ((top) => top[count()])(undefined); } catch (e) { return e.name; } })(), n]; });
			await record('variables of these names', () => { const f = (parent, self, frames, document, window, top) => [parent[1], self[key('a')], frames[frames.length - 1], document[key('location')], window[key('top')], top[key('location')]]; return f([1, 2], {a: 3}, [4, 5], {location: 6}, {top: 7}, {location: 8}); });
			await record('recursive', () => { const f = (parent, i) => i ? parent[f(parent, i - 1) % 3] + parent[key(i % 3)] : 1; return f([5, 7, 9], 6); });
			await record('awaits', async () => [window[await key('location')].pathname, self[await Promise.resolve('top')] === self]);
			await record('generators', () => { function* g() { return window[yield 1][yield 2]; } const it = g(); it.next(); it.next('location'); return it.next('pathname').value; });
			await record('texts', () => [String(() => window[key('a')]), String(() => self?.[key('b')].c), String(function (parent) { return new parent[key](1); }), (() => { const {[key('a')]: b} = window; }).toString()]);
			await record('loop', () => { const out = []; for (const k in window) if (k === 'location' || k === 'top') out.push(k, String(window[k].location ?? window[k])); return out; });
			await record('eval', () => [eval("window[key('location')].pathname"), new Function('k', 'return self[k].pathname')('location'), eval("parent[key('top')] === top")]);
			await record('messages', async () => { const e = event(window, 'message'); window[key('postMessage')]('m', location.origin); const {data, origin, source} = await e; return [data, origin, source === window]; });
			await record('with', () => new Function('w', 'with (w) { return [location.pathname, top === self, parent === top]; }')(window));
		`,
	},
	'by reflection': {
		path: '/case/self?x=1',
		script: `
			const key = (k) => k;
			await record('patterns', () => { const {[key('location')]: l, ...rest} = window, {[key('location')]: d} = document; return [l.pathname, rest.location === undefined || rest.location === location, d === location, {...window}.location === location, {...self}.top === top, Object.keys({...window}).length === Object.keys(window).length]; });
			await record('Reflect.get', () => [Reflect.get(window, 'location') === location, Reflect.get(window, 'top') === top, Reflect.get(document, 'location').href, Reflect.get({get location() { return this.a; }, a: 1}, 'location', {a: 2}), Reflect.get({location: 3}, 'location'), Reflect.get.length]);
			await record('Reflect.get throws', () => Reflect.get());
			await record('Reflect.set', async () => { const turned = event(window, 'hashchange'); const out = [Reflect.set(window, 'location', '#r')]; await turned; const o = {}; return [...out, location.hash, Reflect.set(o, 'location', 5), o.location, Reflect.set(window, 'top', 1), Reflect.set(Object.freeze({}), 'a', 1)]; });
			await record('descriptors', async () => { const d = Object.getOwnPropertyDescriptor(window, 'location'), t = Reflect.getOwnPropertyDescriptor(window, 'top'), all = Object.getOwnPropertyDescriptors(window), dl = Object.getOwnPropertyDescriptor(document, 'location'); const turned = event(window, 'hashchange'); d.set.call(window, '#d'); await turned; return [d.get.call(window) === location, d.get.call(undefined).pathname, t.get.call(window) === top, t.set, dl.get.call(document).href, all.location.get === d.get, all.top.get === t.get, d.get.name, d.set.name, d.set.length, String(d.get), location.hash, window.__lookupGetter__('location') === d.get, document.__lookupSetter__('location') === dl.set, window.__lookupGetter__('nothing')]; });
			await record('descriptors through a proxy', () => [window, document].map((o) => { const p = new Proxy(o, {getOwnPropertyDescriptor: (...of) => Reflect.getOwnPropertyDescriptor(...of)}), d = Object.getOwnPropertyDescriptor(p, 'location'); return [d.get === Object.getOwnPropertyDescriptor(o, 'location').get, d.get.call(o).href]; }));
			await record('descriptor of a wrong object', () => Object.getOwnPropertyDescriptor(window, 'location').get.call({}));
			await record('of nothing', () => Object.getOwnPropertyDescriptor());
			await record('values', () => [Object.values(window).includes(location), Object.entries(window).find(([k]) => k === 'top')[1] === top, Object.entries({a: 1}), Object.values('ab'), Object.assign({}, {location: 1})]);
			await record('by JSON', () => { const all = []; const text = JSON.stringify({view: window, doc: document}, function (k, v) { if (k === 'view') all.push(this.view === window, v === window); if (v === window) return k === 'view' ? v : 'window'; if (v === location) return 'location ' + (this === window); return k && v !== document && typeof v !== 'string' ? typeof v : v; }); const {view, doc} = JSON.parse(text); return [all, view.top, view.self, view.location, view.parent, view.document, doc, Object.keys(view).filter((k) => ['top', 'window', 'location', 'name'].includes(k)), JSON.stringify(Object.getOwnPropertyNames(window).reduce((o, k) => { try { o[k] = window[k]; } catch {} return o; }, {}), (k, v) => k && typeof v === 'object' ? (v === window ? k : undefined) : typeof v === 'object' ? v : undefined), JSON.stringify({a: [1, {b: null}]}, (k, v) => v === null ? 2 : v, ' '), JSON.stringify({a: 1, b: 2}, ['b']), JSON.stringify.length, JSON.stringify()]; });
			await record('of plain objects', () => [Object.getOwnPropertyDescriptor({location: 1}, 'location'), Object.getOwnPropertyDescriptors({top: 1}), Reflect.getOwnPropertyDescriptor([1], 0), ({get top() { return 1; }}).__lookupGetter__('top').name]);
		`,
	},
	'from another site': {
		script: `
			const f = document.createElement('iframe'); f.src = origins.cdn + '/case/inner'; const ready = event(window, 'message'); document.body.append(f); await ready;
			const answer = event(window, 'message'); f.contentWindow.postMessage('hello', '*'); const {data, origin} = await answer;
			await record('what it saw', () => data); await record('where from', () => origin === origins.cdn);
		`,
		files: { '/case/inner': { type: 'text/html', body: INNER } },
	},
	'deep in another site': {
		script: `
			const f = document.createElement('iframe'); f.src = origins.cdn + '/case/outer'; const answer = event(window, 'message'); document.body.append(f);
			await record('what it saw', async () => (await answer).data);
		`,
		files: {
			'/case/outer': { type: 'text/html', body: '<iframe src="/case/deep"></iframe>' },
			'/case/deep': {
				type: 'text/html',
				body: `<script>const out = []; let w = window; for (let n = 0; w.parent !== w && n < 9; n++) w = w.parent; const k = 'parent'; out.push(w === top, parent[k] === top, self[k] === parent); top.postMessage(out, '*');</script>`,
			},
		},
	},
});
