// tests only (Node, Chromium).
import { paritySuite } from './harness.ts';

const PARTS = ['href', 'protocol', 'host', 'hostname', 'port', 'pathname', 'search', 'hash', 'origin'];

paritySuite('location', {
	reads: {
		path: '/case/reads?a=1&b=%20x',
		script: `
			for (const part of ${JSON.stringify(PARTS)}) await record(part, () => location[part]);
			await record('toString', () => location.toString());
			await record('string', () => \`\${location}\`);
			await record('window.location', () => window.location.href);
			await record('document.location', () => document.location.href);
			await record('self.location', () => self['location'].href);
			await record('same object', () => [location === window.location, location === document.location, location === location.valueOf()]);
			await record('keys', () => Object.keys(location));
			await record('own keys', () => Reflect.ownKeys(location).map(String));
			await record('JSON', () => [JSON.stringify(location), JSON.stringify(document), JSON.stringify(document, ['location', 'href'])]);
			await record('instanceof', () => [location instanceof Location, location.constructor === Location, Object.prototype.toString.call(location)]);
			await record('prototype', () => Object.getPrototypeOf(location) === Location.prototype);
			for (const key of [...${JSON.stringify(PARTS)}, 'assign', 'replace', 'reload', 'toString', 'valueOf', 'ancestorOrigins'])
				await record('descriptor ' + key, () => describe(location, key));
			await record('destructured', () => { const {href, host} = location; return [href, host]; });
			await record('in', () => ['href' in location, 'nope' in location]);
			await record('wrong this', () => Object.getOwnPropertyDescriptor(location, 'href').get.call({}));
			await record('getter text', () => String(Object.getOwnPropertyDescriptor(location, 'href').get));
			await record('assign text', () => String(location.assign));
			await record('ancestorOrigins', () => [location.ancestorOrigins.length, [...location.ancestorOrigins], String(location.ancestorOrigins)]);
			await record('new URL', () => new URL('x', location).href);
			await record('expando', () => { location.foo = 1; return location.foo; });
			await record('fixed prototype', () => [Reflect.setPrototypeOf(location, null), Reflect.setPrototypeOf(location, {}), Reflect.setPrototypeOf(location, Location.prototype), Object.isExtensible(location), Reflect.preventExtensions(location)]);
			await record('bad schemes', () => [':', '\\x01', '1', ' x', 'http\\x7f', ':x'].map((v) => { try { location.protocol = v; return 'fine'; } catch (e) { return e.name; } }));
			await record('schemes that lead nowhere', async () => { const f = document.createElement('iframe'); f.src = '/empty.html'; document.body.append(f); await event(f, 'load'); for (const v of ['x', 'data', 'ftp:', 'http+x']) f.contentWindow.location.protocol = v; await new Promise((r) => setTimeout(r, 200)); return f.contentWindow.location.href; });
			await record('no redefine', () => Object.defineProperty(location, 'href', {value: 1}));
			await record('eval', () => eval('location.href'));
			await record('indirect eval', () => (0, eval)('location.host'));
			await record('Function', () => new Function('a', 'return location.pathname + a')(1));
			// the lexer is in doubt about these: they take a parser
			await record('eval, in doubt', () => (0, eval)('class C { static\\n["location"] = 5 }; [C.location, location.href]'));
			await record('Function, in doubt', () => new Function('var a = 1, top\\n(location.href); return a')());
			await record('eval, broken', () => (0, eval)('location.href ]'));
			await record('their requests', () => performance.getEntriesByType('resource').filter((e) => e.name.includes('hits')).length);
			await record('with let', () => { let location = {href: 'mine'}; return location.href; });
			await record('with parameter', () => ((location) => location.x)({x: 1}));
			await record('URL.parse', () => String(new URL(location.href).host));
		`,
	},
	hash: {
		path: '/case/hash',
		script: `
			location.hash = 'one';
			await record('hash', () => [location.hash, location.href]);
			location.href = '#two';
			await record('href #', () => location.href);
			location = '#three';
			await record('location =', () => location.href);
			window.location = origins.shop + '/case/hash#four';
			await record('absolute', () => location.href);
			document.location = '#five';
			await record('document.location =', () => document.URL);
			location.assign('#six');
			await record('assign', () => location.href);
			location.replace('#seven');
			await record('replace', () => location.href);
			const changed = event(window, 'hashchange');
			location.hash = '#eight';
			await record('hashchange', async () => { const e = await changed; return [e.oldURL, e.newURL]; });
			await record('compound', () => { location.hash += '9'; return location.hash; });
			await record('invalid', () => { location.href = 'http://['; });
			await record('assign()', () => location.assign());
			await record('bad assign', () => location.assign('http://['));
		`,
	},
	history: {
		path: '/case/history',
		script: `
			history.pushState({a: 1}, '', '/case/pushed?x');
			await record('pushed', () => [location.href, document.URL, history.state]);
			history.replaceState(null, '', origins.shop + '/case/replaced');
			await record('absolute', () => location.pathname);
			await record('cross-origin', () => history.pushState(null, '', origins.cdn + '/x'));
			await record('no URL', () => { history.pushState(1, ''); return location.href; });
			await record('names', () => [history.pushState.name, history.pushState.length, String(history.pushState)]);
			await record('navigation entry', () => navigation.currentEntry.url);
			await record('navigation entries', () => navigation.entries().every((e) => e.url.startsWith(origins.shop)));
			navigation.addEventListener('navigate', (e) => values['navigate event'] = e.destination.url, {once: true});
			location.hash = 'x';
			await record('navigate()', async () => { await navigation.navigate(origins.shop + location.pathname + '#y').finished; return location.href; });
		`,
	},
	'other windows': {
		path: '/case/windows',
		script: `
			const frame = document.createElement('iframe');
			frame.src = '/empty.html';
			document.body.append(frame);
			await event(frame, 'load');
			await record('same-origin frame', () => frame.contentWindow.location.href);
			await record('frames[0]', () => frames[0].location.pathname);
			await record('document.location', () => frame.contentDocument.location.href);
			await record('its realm', () => frame.contentWindow.location instanceof frame.contentWindow.Location);
			frame.contentWindow.location = '/child.html';
			await event(frame, 'load');
			await record('navigated', () => frame.contentWindow.location.href);
			frame.contentWindow.location.href = origins.shop + '/empty.html?2';
			await event(frame, 'load');
			await record('absolute', () => frame.contentWindow.location.search);
			frame.src = origins.cdn + '/child.html';
			await event(frame, 'load');
			await record('cross-origin href', () => frame.contentWindow.location.href);
			await record('cross-origin keys', () => Reflect.ownKeys(frame.contentWindow.location).map(String));
			await record('cross-origin members', () => {
				const l = frame.contentWindow.location, said = (f) => { try { return String(f()); } catch (e) { return [e.name, e.message.includes('tandem.localhost')]; } };
				return [() => l.foo, () => l.foo = 1, () => l.__proto__ = {}, () => l.__proto__, () => 'foo' in l, () => 'href' in l, () => l.then, () => l[Symbol.toStringTag], () => Object.getOwnPropertyDescriptor(l, 'href').get,
					() => Object.getOwnPropertyDescriptor(l, 'foo'), () => delete l.href, () => Object.defineProperty(l, 'foo', {value: 1}), () => Reflect.setPrototypeOf(l, {}), () => Object.getPrototypeOf(l), () => Object.isExtensible(l), () => l.hash, () => l.hash = '#x'].map(said);
			});
			await record('cross-origin document', () => frame.contentDocument);
			frame.contentWindow.location = origins.shop + '/empty.html?3';
			await event(frame, 'load');
			await record('back', () => frame.contentWindow.location.href);
			frame.src = origins.cdn + '/child.html';
			await event(frame, 'load');
			frame.contentWindow.location.replace(origins.shop + '/empty.html?4');
			await event(frame, 'load');
			await record('replace', () => frame.contentWindow.location.href);
		`,
	},
	'of a window that was nowhere': {
		script: `
			const said = async (way) => { const f = document.body.appendChild(document.createElement('iframe')), loaded = event(f, 'load'); way(f.contentWindow); await loaded; const { referer } = JSON.parse(f.contentDocument.body.textContent); return [referer, f.contentDocument.referrer]; };
			await record('location', () => said((w) => { w.location = '/echo?location'; }));
			await record('href', () => said((w) => { w.location.href = '/echo?href'; }));
			await record('assign', () => said((w) => w.location.assign('/echo?assign')));
			await record('replace', () => said((w) => w.document.location.replace('/echo?replace')));
			await record('relative', () => said((w) => { w.location.href = 'echo?relative'; }));
			await record('in it', () => said((w) => { w.document.body.append(Object.assign(w.document.createElement('iframe'))); w[0].location.replace('/echo?deep'); w[0].frameElement.onload = () => { w.document.body.textContent = w[0].document.body.textContent; w.frameElement.dispatchEvent(new Event('load')); }; }));
		`,
	},
});
