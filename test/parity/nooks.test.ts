// tests only (Node, Chromium).
// Where else the platform tells a page what its URLs, its origin and its place are: what a walk over all getters of all interfaces found.
import { askForWhole } from '../browser.ts';
import { paritySuite } from './harness.ts';

// The bare program keeps no passwords.
askForWhole();
paritySuite('nooks', {
	'style sheets': {
		html: '<style>@property --p{syntax:"<url>";inherits:true;initial-value:url(http://cdn.localhost:PORT/i.png)} @keyframes k{from{background:url(http://cdn.localhost:PORT/k.png)}} #d{background:url(http://cdn.localhost:PORT/image.png);cursor:url(/c.png),auto;animation:k 9s}</style><div id=d style="list-style-image:url(http://cdn.localhost:PORT/l.png)">d</div>',
		script: `
			const sheet = document.styleSheets[0], map = d.computedStyleMap();
			await record('initial value', () => [sheet.cssRules[0].initialValue, sheet.cssRules[0].cssText]);
			await record('computed', () => [...['background-image', 'cursor', '--p'].map((name) => String(map.get(name))), map.getAll('background-image').map(String), [...map].filter(([name]) => name === 'cursor').map(([, values]) => values.map(String))]);
			await record('inline', () => [...d.attributeStyleMap].map(([name, values]) => [name, values.map(String)]));
			await record('of a rule', () => String(sheet.cssRules[2].styleMap.get('background-image')));
			await record('set', () => { d.attributeStyleMap.set('list-style-image', map.get('background-image')); return [d.style.listStyleImage, d.getAttribute('style'), String(d.attributeStyleMap.get('list-style-image'))]; });
			await record('keyframes', () => d.getAnimations()[0].effect.getKeyframes().map((k) => k.backgroundImage));
			await record('keyframes of a script', () => { const a = d.animate([{backgroundImage: 'url(' + origins.cdn + '/image.png?a)'}, {backgroundImage: 'url(/image.png)'}], 9000); a.pause(); a.currentTime = 0; const out = [a.effect.getKeyframes().map((k) => [k.backgroundImage, k.offset, k.easing, k.composite, k.computedOffset]), getComputedStyle(d).backgroundImage]; a.commitStyles(); return [...out, d.getAttribute('style')]; });
			await record('of an element around them', () => [document.body.textContent.split('(async')[0], document.body.firstElementChild.outerText, document.createRange().createContextualFragment('<b><style>p{background:url(' + origins.cdn + '/x)}</style></b>').textContent]);
		`,
	},
	attributes: {
		script: `
			await record('attributionsrc', () => ['a', 'img', 'script', 'area'].map((name) => { const e = document.createElement(name); e.setAttribute('attributionsrc', origins.cdn + '/r'); const out = [e.attributionSrc]; e.attributionSrc = origins.other + '/s'; return [...out, e.getAttribute('attributionsrc'), e.outerHTML]; }));
			await record('ping of SVG', () => { const a = document.createElementNS('http://www.w3.org/2000/svg', 'a'); a.setAttribute('ping', origins.cdn + '/p'); return [a.ping, a.outerHTML]; });
			await record('allow', () => { const f = document.createElement('iframe'); f.src = origins.cdn + '/empty.html'; f.allow = 'camera; geolocation ' + origins.cdn + "; microphone 'self' " + origins.other; document.body.append(f); const out = [f.allow, f.getAttribute('allow'), f.outerHTML, ...['geolocation', 'camera', 'microphone'].map((name) => [f.featurePolicy.getAllowlistForFeature(name), f.featurePolicy.allowsFeature(name)])]; f.remove(); return out; });
			await record('allow of the parser', () => { const d = document.createElement('div'); d.innerHTML = '<iframe allow="geolocation ' + origins.cdn + '; camera *" src="' + origins.cdn + '/empty.html"></iframe>'; document.body.append(d); const [f] = d.children; const out = [f.allow, f.featurePolicy.getAllowlistForFeature('geolocation'), d.innerHTML]; d.remove(); return out; });
			await record('text of code', () => { const s = document.createElement('script'); s.text = 'var zz = top.location.href'; const [node] = s.childNodes; return [node.length, node.substringData(9, 3), s.text, new Text('top').length]; });
			await record('ranges over code', () => { const s = document.createElement('script'), p = document.createElement('p'), r = document.createRange(); s.type = 'x'; s.textContent = 'x'; const t = document.createElement('script'); t.text = 'var zz = top.location.href'; p.append('a', t, 'b', s); const [node] = t.childNodes; r.selectNodeContents(node); const out = [r.startOffset, r.endOffset, String(r)]; r.setStart(node, 9); out.push(String(r)); r.selectNodeContents(p); out.push(r.endOffset, r.toString(), r + ''); r.setStart(p, 2); out.push(String(r)); r.selectNodeContents(s.firstChild); out.push(r.endOffset); return out; });
			await record('ranges of nothing', () => document.createRange().selectNodeContents('x'));
			await record('beyond text of code', () => Object.assign(document.createElement('script'), {text: 'top.x'}).firstChild.substringData(6, 1));
			await record('a copied attribute', () => { const a = document.createElement('a'); a.href = origins.cdn + '/c'; const copy = a.attributes[0].cloneNode(), b = document.createElement('a'); b.setAttributeNode(copy); return [copy.value, copy.nodeValue, copy.textContent, b.href, copy.value]; });
			await record('policy', () => [document.featurePolicy.getAllowlistForFeature('geolocation'), document.featurePolicy.allowsFeature('geolocation', location.origin), document.featurePolicy.allowsFeature('geolocation', origins.cdn)]);
		`,
	},
	'what the browser shows for a page': {
		script: `
			await record('what is playing', () => { const m = new MediaMetadata({title: 't', artwork: [{src: origins.cdn + '/a.png'}, {src: '/b.png', sizes: '1x1', type: 'image/png'}]}); const out = [m.artwork, m.artwork === m.artwork, Object.isFrozen(m.artwork)]; m.artwork = [{src: 'c.png'}]; navigator.mediaSession.metadata = m; return [...out, m.artwork[0].src, navigator.mediaSession.metadata === m, new MediaMetadata().artwork, m instanceof MediaMetadata]; });
			await record('chapters', () => { const [chapter] = new MediaMetadata({chapterInfo: [{title: 'a', startTime: 1, artwork: [{src: '/x.png'}]}]}).chapterInfo; return [chapter.title, chapter.artwork[0].src]; });
			await record('bad pictures', () => new MediaMetadata({artwork: [{src: 'http://['}]}));
			await record('notifications', () => { const n = new Notification('a', {icon: '/i.png', image: '/j.png', badge: origins.cdn + '/k.png'}); return [n.icon, n.image, n.badge]; });
			await record('protocol handlers', () => { navigator.registerProtocolHandler('web+x', origins.shop + '/%s'); navigator.unregisterProtocolHandler('web+x', origins.shop + '/%s'); });
			await record('protocol handlers of others', () => navigator.registerProtocolHandler('web+x', origins.cdn + '/%s'));
		`,
	},
	'arguments are asked in their order, and once': {
		html: '<p id=p data-a="[x]"></p><a id=a href="/x"></a><canvas id=c></canvas>',
		script: `
			let log = [];
			const text = (name, is) => new Proxy({}, { get(_, key) { log.push(name + ' ' + String(key)); return key === Symbol.toPrimitive ? (hint) => { log.push(name + ' as ' + hint); if (is === undefined) throw new Error(name); return is; } : undefined; }, has(_, key) { log.push(name + ' has ' + String(key)); return false; }, ownKeys() { log.push(name + ' keys'); return []; }, getPrototypeOf() { log.push(name + ' prototype'); return Object.prototype; } });
			const lists = { none: () => [], nothing: () => [undefined, undefined], url: () => [text('a', origins.cdn + '/x'), text('b', 'x'), text('c', '1')], html: () => [text('a', '<a href="' + origins.cdn + '/x">'), text('b', 'text/html')], selector: () => [text('a', 'a[href="/x"]')], inside: () => [text('a', 'beforeend'), text('b', '<a href=/y>')], href: () => [text('a', 'href'), text('b', origins.cdn + '/z')], xlink: () => [text('a', 'http://www.w3.org/1999/xlink'), text('b', 'xlink:href'), text('c', '/y')], throws: () => [text('a'), text('b')], later: () => [text('a', '/x'), text('b')], symbol: () => [Symbol('s'), text('b', 'x'), '/x'], symbols: () => ['/x', Symbol('s'), Symbol('t')] };
			const told = (value) => value === undefined || value === null || typeof value === 'boolean' || typeof value === 'string' ? String(value) : Object.prototype.toString.call(value);
			const attempt = async (name, run) => {
				log = [];
				let out; try { const value = run(), mine = log; out = value instanceof Promise ? await value.then((v) => 'kept ' + told(v), (e) => 'broke ' + e.name + ' ' + e.message) : told(value); log = mine; } catch (e) { out = 'threw ' + e.name + ' ' + e.message; }
				const said = log.join(); await record(name, () => [said, out]);
			};
			const calls = {
				fetch: [window, 'fetch'], redirect: [Response, 'redirect'], open: [() => new XMLHttpRequest(), 'open'], header: [() => new XMLHttpRequest(), 'getResponseHeader'], beacon: [navigator, 'sendBeacon'], register: [navigator, 'registerProtocolHandler'],
				entries: [performance, 'getEntriesByName'], revoke: [URL, 'revokeObjectURL'], allows: [document.featurePolicy, 'allowsFeature'], get: [a, 'getAttribute'], getNS: [a, 'getAttributeNS'], has: [a, 'hasAttribute'], set: [p, 'setAttribute'], setNS: [p, 'setAttributeNS'],
				query: [document, 'querySelector'], matches: [a, 'matches'], closest: [a, 'closest'], adjacent: [() => p.cloneNode(), 'insertAdjacentHTML'], fragment: [document.createRange(), 'createContextualFragment'], parse: [new DOMParser(), 'parseFromString'], parseUnsafe: [Document, 'parseHTMLUnsafe'],
				setHTML: [() => document.createElement('p'), 'setHTML'], setHTMLUnsafe: [() => document.createElement('p'), 'setHTMLUnsafe'], insert: [new CSSStyleSheet(), 'insertRule'], replace: [new CSSStyleSheet(), 'replace'], replaceSync: [new CSSStyleSheet(), 'replaceSync'],
				command: [document, 'execCommand'], capture: [p, 'setPointerCapture'], context: [() => document.createElement('canvas'), 'getContext'], worker: [navigator.serviceWorker, 'getRegistration'], item: [p.style, 'item'], property: [p.style, 'setProperty'], credentials: [navigator.credentials, 'create'],
				define: [customElements, 'define'], focus: [a, 'focus'], fill: [document.createElement('canvas').getContext('2d'), 'fillText'],
			};
			for (const [name, [of, key]] of Object.entries(calls)) {
				const method = (typeof of === 'function' && !of.prototype ? of() : of)[key];
				for (const [kind, args] of Object.entries(lists)) { const self = typeof of === 'function' && !of.prototype ? of() : of; await attempt(name + ' ' + kind, () => method.apply(self, args())); }
				if (of !== window) for (const kind of ['url', 'html', 'selector', 'xlink']) await attempt(name + ' of another, ' + kind, () => method.apply({}, lists[kind]()));
			}
			const sets = { href: HTMLAnchorElement, srcdoc: HTMLIFrameElement, allow: HTMLIFrameElement, src: HTMLScriptElement, text: HTMLScriptElement, innerHTML: Element, outerHTML: Element, style: HTMLElement, content: HTMLMetaElement, domain: Document, selectorText: CSSStyleRule };
			const made = { href: a, innerHTML: p, outerHTML: () => { const of = document.createElement('div'); of.append(document.createElement('p')); return of.firstChild; }, style: p, srcdoc: document.createElement('iframe'), allow: document.createElement('iframe'), src: document.createElement('script'), text: document.createElement('script'), content: document.createElement('meta'), domain: document };
			for (const [name, of] of Object.entries(sets)) {
				const { set } = Object.getOwnPropertyDescriptor(of.prototype, name);
				for (const kind of ['url', 'html', 'throws', 'symbol']) for (const self of [made[name], {}]) if (self) await attempt((self === made[name] ? 'set ' : 'set of another ') + name + ' ' + kind, () => set.call(typeof self === 'function' ? self() : self, lists[kind]()[0]));
			}
			const news = { Request, WebSocket, EventSource, Worker, SharedWorker, Function, FontFace, IntersectionObserver, ReportingObserver };
			for (const [name, of] of Object.entries(news)) for (const kind of ['none', 'url', 'throws', 'symbol', 'later']) {
				const target = new Proxy(function () {}, { get(_, key) { log.push('new ' + String(key)); return of.prototype; } });
				if (kind !== 'url' || !/Socket|Source/.test(name)) await attempt('new ' + name + ' ' + kind, () => { const made = Reflect.construct(of, lists[kind](), target); return made instanceof of; });
			}
			await attempt('options', () => fetch('/json', text('init', 'x')));
			await attempt('a getter of options', () => { const request = new Request('/json', { get referrer() { log.push('referrer'); return origins.shop + '/r'; }, get method() { log.push('method'); return 'POST'; } }); return request.referrer + request.method; });
			await attempt('options of a message', () => postMessage(1, text('options')));
			await attempt('an object for an origin', () => postMessage(1, text('origin', origins.shop), []));
			await attempt('an observer', () => new IntersectionObserver(() => {}, text('options')));
			await attempt('a state', () => history.replaceState(null, text('b', ''), text('c', origins.shop + '/case')));
			await attempt('a location', () => { location.hash = text('hash', '#f'); return location.hash; });
			await attempt('a place', () => { location = text('place', '#g'); return location.hash; });
			await attempt('a cached URL', async () => { const cache = await caches.open('urls'); await cache.put(new URL('/json?k', location), new Response('x')); return (await cache.keys())[0].url + !!(await cache.match(text('url', '/json?k'))); });
		`,
	},
	'at the top': {
		script: `
			await event(window, 'load');
			await record('came from', () => [navigation.activation.from, navigation.activation.navigationType, navigation.activation.entry === navigation.currentEntry, performance.getEntriesByType('navigation')[0].unloadEventStart, performance.timing.unloadEventEnd]);
			await record('ancestors', () => { const list = location.ancestorOrigins, proto = DOMStringList.prototype; return [Object.getOwnPropertyDescriptor(proto, 'length').get.call(list), proto.item.call(list, 0), proto.contains.call(list, 'x'), [...list], list[Symbol.iterator] === Array.prototype.values, list.item === proto.item, Array.from(list), list.length]; });
			await record('keyboard', () => navigator.keyboard.lock(['Escape']));
			await record('apps', () => navigator.getInstalledRelatedApps());
			await record('passwords', async () => [await navigator.credentials.get({password: true, mediation: 'silent'}), await navigator.credentials.get({federated: {providers: ['https://id.example']}, mediation: 'silent'}), await navigator.credentials.preventSilentAccess()]);
			await record('payments', async () => { const request = new PaymentRequest([{supportedMethods: 'https://pay.example/method', data: {a: 1}}], {total: {label: 'a', amount: {currency: 'EUR', value: '1'}}}); return [await request.canMakePayment(), request instanceof PaymentRequest, await request.hasEnrolledInstrument?.()]; });
			await record('bad payments', () => new PaymentRequest([{supportedMethods: 'http://pay.example/method'}], {total: {label: 'a', amount: {currency: 'EUR', value: '1'}}}));
			await record('no payments', () => new PaymentRequest());
		`,
	},
	'ancestors in a frame': {
		script: `
			const f = document.createElement('iframe'); f.src = origins.cdn + '/case/ancestors'; const m = event(window, 'message'); document.body.append(f);
			await record('seen', async () => (await m).data);
		`,
		files: {
			'/case/ancestors': {
				type: 'text/html',
				body: `<script>const list = location.ancestorOrigins, proto = DOMStringList.prototype; parent.postMessage([Object.getOwnPropertyDescriptor(proto, 'length').get.call(list), proto.item.call(list, 0), proto.contains.call(list, list[0]), [...list], list.item(1), Object.keys(list), JSON.stringify(list), navigation.activation.navigationType], '*');</script>`,
			},
		},
	},
	"another origin's window": {
		script: `
			const f = document.createElement('iframe'), loaded = event(f, 'load'); f.src = origins.cdn + '/empty.html'; document.body.append(f); await loaded; const w = f.contentWindow;
			const ways = { read: () => w.document, write: () => { w.mine = 1; }, text: () => String(w), has: () => 'x' in w, remove: () => delete w.location, define: () => Object.defineProperty(w, 'x', {}), index: () => w[0], json: () => JSON.stringify(w), location: () => w.location.href, prototype: () => Object.setPrototypeOf(w, {}), descriptor: () => Object.getOwnPropertyDescriptor(w, 'document'), keys: () => Reflect.ownKeys(w).map(String) };
			for (const [name, run] of Object.entries(ways)) await record(name, run);
			await record('an error', () => { try { w.document; } catch (error) { return [error instanceof DOMException, error.code, error.message === error.toString().slice(15), error.stack.split('\\n')[0], describe(DOMException.prototype, 'message'), Object.getOwnPropertyDescriptor(DOMException.prototype, 'message').get.call(new DOMException('x'))]; } });
			await record('not one', () => Object.getOwnPropertyDescriptor(DOMException.prototype, 'message').get.call(new Error('x')));
			await record('in a worker', async () => { const worker = new Worker(URL.createObjectURL(new Blob(["try { new WebSocket('http://[') } catch (e) { postMessage(e.message) }"]))); return (await event(worker, 'message')).data; });
		`,
	},
	'what functions say': {
		script: `
			await record('Response.redirect', () => [Response.redirect('/there').headers.get('location'), [...Response.redirect(origins.cdn + '/x', 301).headers], Response.redirect('/a').status]);
			await record('Response.redirect of nothing', () => Response.redirect());
			await record('Response.redirect of no URL', () => Response.redirect('http://['));
			await record('redirects of a worker', async () => { const w = new Worker('/case/redirects.js'); return (await event(w, 'message')).data; });
			await record('import.meta.resolve', async () => { const m = await import('/case/meta.js'); return [String(m.resolve), m.resolve.name, m.resolve.length, m.resolve('./x.js'), m.resolve(origins.cdn + '/y.js'), Object.keys(m.meta), (() => { try { m.resolve('bare'); } catch (e) { return [e.name, e.message]; } })(), (() => { try { new m.resolve('./a'); } catch (e) { return e.name; } })()]; });
			await record('another origin', () => navigator.serviceWorker.getRegistration(origins.cdn));
			for (const [name, run] of Object.entries({ timer: () => setTimeout(), interval: () => setInterval(), observer: () => new IntersectionObserver(), open: () => open.call(1), 'open of a plain object': () => open.call({}) })) await record(name, run);
			await record('reports', async () => { document.cookie = 'a=1'; document.cookie; eval('this && {'.slice(0, 4)); await new Promise((r) => setTimeout(r, 50)); const o = new ReportingObserver(() => {}, {buffered: true}); o.observe(); const all = o.takeRecords(); o.disconnect(); return all.filter(({type}) => type !== 'intervention').map(({type, body}) => [type, body.id]); });
			await record('long frames', async () => { const seen = new Promise((r) => { new PerformanceObserver((list, o) => { const scripts = list.getEntries().flatMap((e) => [...e.scripts, ...e.toJSON().scripts]).filter((s) => s.duration > 80); if (scripts.length) { o.disconnect(); r(scripts.map((s) => [s.sourceURL, s.invokerType])); } }).observe({type: 'long-animation-frame'}); }); setTimeout(() => { const end = performance.now() + 120; while (performance.now() < end); }, 50); return seen; });
		`,
		files: {
			'/case/meta.js': { type: 'text/javascript', body: 'export const meta = import.meta, resolve = import.meta.resolve;' },
			'/case/redirects.js': {
				type: 'text/javascript',
				body: `postMessage([Response.redirect('/there').headers.get('location'), [...Response.redirect('http://cdn.localhost:PORT/x').headers]]);`,
			},
		},
	},
});
