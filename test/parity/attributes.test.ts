// tests only (Node, Chromium).
import { paritySuite } from './harness.ts';

/** Elements and the URL attributes they have; the IDL name in camel case. */
const URLS: readonly (readonly [string, string])[] = [
	['a', 'href'],
	['area', 'href'],
	['audio', 'src'],
	['base', 'href'],
	['blockquote', 'cite'],
	['button', 'formAction'],
	['del', 'cite'],
	['embed', 'src'],
	['form', 'action'],
	['iframe', 'src'],
	['img', 'src'],
	['input', 'src'],
	['input', 'formAction'],
	['ins', 'cite'],
	['link', 'href'],
	['object', 'data'],
	['q', 'cite'],
	['script', 'src'],
	['source', 'src'],
	['track', 'src'],
	['video', 'src'],
	['video', 'poster'],
	['img', 'longDesc'],
	['body', 'background'],
];

paritySuite('attributes', {
	'every URL attribute': {
		script: `
			const values = [origins.cdn + '/x?y#z', '/root', 'rel', '//cdn.localhost/p', '', ' ' + origins.shop + '/sp ', 'HTTP://CDN.localhost:80/Up', 'data:,x', 'mailto:a@b', 'http://[', 'https:/odd', '//x', '///cdn.localhost/q', 'ht\\ntps:/\\t/cdn.localhost/r', 'http://cdn.localhost/voil\\u00a0'];
			for (const [tag, idl] of ${JSON.stringify(URLS)}) {
				const name = idl.toLowerCase();
				await record(tag + '.' + idl, () => values.map((value) => {
					const a = document.createElement(tag), b = document.createElement(tag);
					a.setAttribute(name, value);
					b[idl] = value;
					return [a.getAttribute(name), a[idl], b.getAttribute(name), b[idl], a.outerHTML, b.attributes[0].value, b.getAttributeNode(name).nodeValue];
				}));
			}
		`,
	},
	'what a frame may': {
		html: `<iframe id=a sandbox></iframe><iframe id=b sandbox="allow-popups  allow-forms" srcdoc="<p>b</p>"></iframe><iframe id=c sandbox='allow-scripts' src="/child.html"></iframe><iframe id=d sandbox="allow-same-origin" src="about:blank"></iframe>`,
		script: `
			const read = (f) => [f.getAttribute('sandbox'), f.sandbox.value, [...f.sandbox], f.sandbox.length, f.sandbox.contains('allow-scripts'), String(f.sandbox), f.hasAttribute('csp'), f.getAttribute('csp'), f.csp, f.getAttributeNames(), f.outerHTML, f.cloneNode().outerHTML, f.getAttributeNode('sandbox')?.value, f.sandbox instanceof DOMTokenList];
			for (const id of ['a', 'b', 'c', 'd']) await record(id, () => read(document.getElementById(id)));
			await record('parent', () => document.body.innerHTML.split('<script')[0]);
			await record('XML', () => new XMLSerializer().serializeToString(b));
			const made = (change) => { const f = document.createElement('iframe'); const said = change(f); return [said, ...read(f)]; };
			await record('setAttribute', () => made((f) => f.setAttribute('sandbox', ' allow-forms ')));
			await record('property', () => made((f) => f.sandbox = 'x y'));
			await record('tokens', () => made((f) => [f.sandbox.add('allow-forms', 'x'), f.sandbox.toggle('allow-popups'), f.sandbox.replace('x', 'y'), f.sandbox.remove('allow-forms'), f.sandbox.supports('allow-scripts')]));
			await record('lets scripts', () => made((f) => { f.sandbox = ''; f.sandbox.add('allow-scripts'); }));
			await record('toggled', () => made((f) => [f.toggleAttribute('sandbox'), f.toggleAttribute('sandbox')]));
			await record('removed', () => made((f) => { f.sandbox = ''; f.removeAttribute('sandbox'); }));
			await record('all removed', () => made((f) => { f.sandbox = ''; f.id = 'x'; for (const name of f.getAttributeNames()) f.removeAttribute(name); }));
			await record('markup', () => { const div = document.createElement('div'); div.innerHTML = '<iframe sandbox></iframe><iframe SANDBOX=allow-forms title="//x"></iframe><template><iframe sandbox="a"></iframe></template>'; return [div.innerHTML, div.firstChild.outerHTML, div.children[1].sandbox.value]; });
			await record('parser', () => { const doc = new DOMParser().parseFromString('<iframe sandbox srcdoc="<p>x"></iframe>', 'text/html'); return [doc.body.innerHTML, document.importNode(doc.body.firstChild).outerHTML]; });
			await record('records', async () => { const f = document.createElement('iframe'), o = new MutationObserver(() => {}); o.observe(f, { attributes: true, attributeOldValue: true }); f.sandbox = 'allow-forms'; f.sandbox = ''; return o.takeRecords().filter((r) => r.attributeName === 'sandbox').map((r) => r.oldValue); });
			await record('odd', () => { const said = []; for (const wrong of [() => { HTMLIFrameElement.prototype.sandbox; }, () => { b.sandbox = Symbol(); }, () => b.sandbox.add(''), () => b.removeAttribute(), () => Element.prototype.removeAttribute.call({}, 'csp')]) try { said.push(String(wrong())); } catch (e) { said.push(e.name + e.message); } return said; });
			await record('srcdoc', () => made((f) => { f.srcdoc = '<p onclick="top">x</p>'; f.sandbox = ''; return [f.srcdoc, f.getAttribute('srcdoc')]; }));
		`,
	},
	'parsed markup': {
		html: `<a id=a href="http://cdn.localhost:PORT/x?a=1&amp;b=2">x</a><img id=i src="/image.png" srcset="http://cdn.localhost:PORT/a.png 1x, //cdn.localhost/b.png 2x">
			<form id=f action="http://other.localhost:PORT/go"><input name=action></form><div id=s style="background:url(http://cdn.localhost:PORT/image.png)"></div>
			<a id=j href="javascript:void location.href">j</a><p id=o onclick="return location.href">o</p><iframe id=d srcdoc="<p>hello <a href='http://cdn.localhost:PORT/in'>x</a>"></iframe>
			<svg><use id=u href="http://cdn.localhost:PORT/s.svg#a" xlink:href="http://cdn.localhost:PORT/s.svg#b"></use></svg><meta id=m http-equiv=refresh content="9999; url=http://cdn.localhost:PORT/r">
			<script id=sc type="text/plain">location.href</script><script id=sx>void location.href; void top;</script><style id=st>p{background:url(http://cdn.localhost:PORT/image.png)}</style>`,
		script: `
			for (const id of ['a', 'i', 'f', 's', 'j', 'o', 'd', 'u', 'm', 'sc', 'sx', 'st']) {
				const el = document.getElementById(id);
				await record(id + ' outerHTML', () => el.outerHTML);
				await record(id + ' attributes', () => [...el.attributes].map((at) => [at.name, at.value]));
				await record(id + ' clone', () => el.cloneNode(true).outerHTML);
				await record(id + ' XML', () => new XMLSerializer().serializeToString(el));
				await record(id + ' textContent', () => el.textContent);
			}
			await record('a.href', () => [a.href, a.host, a.hostname, a.port, a.pathname, a.search, a.origin, a.protocol, a.hash, String(a)]);
			await record('img', () => [i.src, i.srcset]);
			await record('form', () => [f.action.name ?? f.action, f.getAttribute('action')]);
			await record('body innerHTML', () => document.body.innerHTML.slice(0, document.body.innerHTML.indexOf('globalThis.recorded')));
			await record('no script of ours', () => [document.scripts.length, document.head.innerHTML]);
			await record('inline handler', () => [String(o.onclick), o.onclick(), o.getAttribute('onclick')]);
			await record('j.href', () => j.href);
			await record('use.href', () => u.href.baseVal);
			await record('script text', () => [sx.text, sx.textContent, sx.innerHTML, sx.innerText, sx.firstChild.data]);
			await record('style text', () => [st.textContent, st.innerHTML]);
			await record('sheet', () => st.sheet.cssRules[0].cssText);
			await record('links', () => [document.links[0].href, document.images[0].src, document.forms[0].getAttribute('action')]);
			await record('selector', () => document.querySelectorAll('a[href^="http://cdn"]').length);
		`,
	},
	'policies in markup': {
		html: `<meta http-equiv=content-security-policy content="img-src *"><meta http-equiv=Content-Security-Policy content="upgrade-insecure-requests"><meta http-equiv=Content-Security-Policy content="object-src 'none'; base-uri 'self'"><meta name=description content="a; report-to b">`,
		script: `await record('read back', () => [...document.querySelectorAll('meta')].map((m) => [m.content, m.getAttribute('content'), m.outerHTML]));`,
	},
	writing: {
		script: `
			const box = document.body.appendChild(document.createElement('div'));
			const html = '<a href="' + origins.cdn + '/x">x</a><img srcset="' + origins.cdn + '/a.png 1x"><p style="background: url(' + origins.cdn + '/b.png)" onclick="location.x">t</p><!-- c --><script>location.href<' + '/script>';
			box.innerHTML = html;
			await record('innerHTML', () => box.innerHTML);
			await record('href', () => box.firstChild.href);
			await record('outerHTML', () => { box.lastChild.outerHTML = '<b>' + html + '</b>'; return box.innerHTML; });
			await record('insertAdjacentHTML', () => { box.insertAdjacentHTML('afterbegin', html); return box.innerHTML; });
			await record('template', () => { const t = document.createElement('template'); t.innerHTML = html; return [t.innerHTML, t.content.firstChild.href]; });
			await record('contextual fragment', () => { const r = document.createRange(); r.selectNode(box); return new XMLSerializer().serializeToString(r.createContextualFragment(html)); });
			await record('DOMParser', () => { const d = new DOMParser().parseFromString(html, 'text/html'); return [d.body.innerHTML, d.URL, d.querySelector('a').href]; });
			await record('DOMParser xml', () => { const d = new DOMParser().parseFromString('<r><a href="' + origins.cdn + '/x"/></r>', 'text/xml'); return [new XMLSerializer().serializeToString(d), d.URL]; });
			await record('setHTMLUnsafe', () => { box.setHTMLUnsafe(html); return [box.innerHTML, box.getHTML()]; });
			await record('parseHTMLUnsafe', () => Document.parseHTMLUnsafe(html).body.innerHTML);
			await record('shadow', () => { const s = document.createElement('div').attachShadow({mode: 'open'}); s.innerHTML = html; return s.innerHTML; });
			await record('textarea', () => { const t = document.createElement('textarea'); t.innerHTML = html; return [t.value, t.innerHTML]; });
			await record('svg', () => { box.innerHTML = '<svg><a href="' + origins.cdn + '/x"></a></svg>'; return [box.innerHTML, box.querySelector('a').href.baseVal]; });
			await record('parts of a drawing', () => { box.innerHTML = '<svg><image href="' + origins.cdn + '/i.png"/><use href="' + origins.cdn + '/u#x"/></svg>'; const [image, use] = box.firstChild.children; return [image.outerHTML, use.outerHTML, new XMLSerializer().serializeToString(image), image.cloneNode().outerHTML, box.innerHTML]; });
			await record('toggle', () => { const a = document.createElement('a'); a.toggleAttribute('href'); return [a.href, a.outerHTML, a.hasAttribute('href')]; });
			await record('Attr', () => { const at = document.createAttribute('href'); at.value = origins.cdn; const a = document.createElement('a'); a.setAttributeNode(at); return [at.value, a.getAttribute('href'), a.href, a.outerHTML]; });
			await record('Attr write', () => { const a = document.createElement('a'); a.href = '/x'; a.attributes[0].value = origins.cdn + '/y'; return [a.href, a.outerHTML]; });
			await record('setAttributeNS', () => { const u = document.createElementNS('http://www.w3.org/2000/svg', 'use'); u.setAttributeNS('http://www.w3.org/1999/xlink', 'xlink:href', origins.cdn + '/s#x'); return [u.getAttributeNS('http://www.w3.org/1999/xlink', 'href'), u.href.baseVal, u.outerHTML]; });
			await record('integrity', () => { const s = document.createElement('script'); s.integrity = 'sha256-abc'; return [s.integrity, s.getAttribute('integrity'), s.outerHTML, s.hasAttribute('integrity')]; });
			await record('integrity in markup', () => { box.innerHTML = '<script src="' + origins.cdn + '/x.js" integrity=" sha384-x sha512-y?z "></scr' + 'ipt><link integrity="no hash">'; const s = box.firstChild, c = s.cloneNode(); return [box.innerHTML, s.integrity, c.integrity, new Request('/x', {integrity: 'sha256-abc'}).integrity]; });
			await record('wrong integrity', async () => { const s = document.createElement('script'); s.type = 'importmap'; s.text = '{"imports": {"m": "./m.js"}, "integrity": {"./m.js": "sha256-abc"}}'; const text = s.text; return [text, s.textContent, await fetch('/json', {integrity: 'sha256-abc'}).then(() => 'fine', (e) => e.name)]; });
			let named = 0;
			for (const [how, fill] of Object.entries({
				'innerHTML of a map': (s, text) => { s.type = 'importmap'; s.innerHTML = text; },
				'a map that says so last': (s, text) => { s.innerHTML = text; s.type = 'ImportMap'; },
				'text that becomes a map': (s, text) => { s.append(text); s.setAttribute('type', 'importmap'); },
				'innerHTML of rules': (s, text) => { s.innerHTML = text; s.type = 'speculationrules'; },
				'innerHTML of data': (s, text) => { s.type = 'text/x'; s.innerHTML = text + 'location'; },
			})) await record(how, async () => { const s = document.createElement('script'), key = 'named' + ++named; fill(s, JSON.stringify({imports: {[key]: origins.cdn + '/script.js'}})); document.head.append(s); return [s.innerHTML, s.text, s.outerHTML, await import(key).then(() => 'ran', (e) => e.message)]; });
			await record('srcdoc', () => { const f = document.createElement('iframe'); f.srcdoc = html; return [f.srcdoc, f.getAttribute('srcdoc'), f.outerHTML]; });
			await record('handler', () => { const p = document.createElement('p'); p.setAttribute('onclick', 'return location.href'); return [p.getAttribute('onclick'), p.onclick(), String(p.onclick), p.outerHTML]; });
			await record('style attribute', () => { const p = document.createElement('p'); p.setAttribute('style', 'background: url(' + origins.cdn + '/b.png)'); return [p.getAttribute('style'), p.style.backgroundImage, p.style.cssText, p.outerHTML]; });
			await record('hyperlink parts', () => { const a = document.createElement('a'); a.href = origins.shop + '/p?q#h'; a.hostname = 'cdn.localhost'; const one = a.href; a.port = ''; const two = a.href; a.pathname = '/n'; a.search = '?s'; a.hash = 'f'; a.protocol = 'https:'; return [one, two, a.href, a.getAttribute('href')]; });
			await record('no href', () => { const a = document.createElement('a'); return [a.href, a.host, a.protocol, a.origin]; });
			await record('wrong this', () => Object.getOwnPropertyDescriptor(HTMLAnchorElement.prototype, 'href').get.call({}));
			await record('mutation', async () => {
				const a = document.body.appendChild(document.createElement('a')); a.href = origins.cdn + '/old';
				const seen = new Promise((r) => new MutationObserver((l) => r(l.map((m) => [m.type, m.attributeName, m.oldValue, m.target.href]))).observe(a, {attributes: true, attributeOldValue: true}));
				a.href = origins.cdn + '/new'; return seen;
			});
			await record('custom element', () => {
				const calls = [];
				customElements.define('x-a', class extends HTMLAnchorElement { static observedAttributes = ['href']; attributeChangedCallback(...args) { calls.push(args); } }, {extends: 'a'});
				const a = document.createElement('a', {is: 'x-a'}); a.href = origins.cdn + '/1'; a.setAttribute('href', origins.cdn + '/2'); return calls;
			});
			await record('definition reads', () => {
				const got = [], watch = (target) => new Proxy(target, { get(target, key) { got.push(key); return target[key]; } });
				const X = function () {}; X.observedAttributes = ['href']; X.prototype = watch({ attributeChangedCallback() {} });
				customElements.define('x-reads', watch(X)); return got;
			});
			await record('adopted', () => { const f = document.createElement('iframe'); document.body.append(f); const a = f.contentDocument.createElement('a'); a.href = origins.cdn + '/f'; document.body.append(a); return [a.href, a.getAttribute('href'), a.outerHTML]; });
			for (const [owner, name] of [['HTMLAnchorElement', 'href'], ['HTMLImageElement', 'src'], ['Element', 'innerHTML'], ['Node', 'textContent'], ['HTMLScriptElement', 'text'], ['Document', 'cookie'], ['Document', 'URL'], ['Node', 'baseURI'], ['Attr', 'value'], ['HTMLIFrameElement', 'contentWindow'], ['HTMLElement', 'style']])
				await record('descriptor ' + owner + '.' + name, () => { const d = Object.getOwnPropertyDescriptor(globalThis[owner].prototype, name); return [describe(globalThis[owner].prototype, name), String(d.get), String(d.set), 'prototype' in d.get, d.get.toString === Function.prototype.toString]; });
			for (const [owner, name] of [['Element', 'setAttribute'], ['Element', 'getAttribute'], ['Node', 'appendChild'], ['Document', 'write'], ['History', 'pushState'], ['XMLHttpRequest', 'open'], ['Function', 'toString'], ['Element', 'attachShadow']])
				await record('descriptor ' + owner + '.' + name, () => [describe(globalThis[owner].prototype, name), String(globalThis[owner].prototype[name]), 'prototype' in globalThis[owner].prototype[name]]);
			await record('not a constructor', () => new Element.prototype.setAttribute());
			await record('keys', () => [Object.keys(Element.prototype).length, Object.keys(Node.prototype).length, Object.keys(Document.prototype).length, Object.keys(HTMLAnchorElement.prototype)]);
		`,
	},
	'protocol-relative, by the base': {
		path: '/case-bases',
		script: `
			const a = document.createElement('a'), urls = ['//server/file', '\\\\\\\\server\\\\file', '/\\\\server/file', 'http://f: /c', 'http://f:/c', 'http://f :80/', ' //x.example /y', 'http://ex\\nample.com/', '//cdn.localhost/x', 'https:', 'http:x', 'https:/x'];
			for (const base of ['http://example.org/foo/bar', 'https://example.org/foo/bar', 'file:///tmp/mock/path', 'data:text/plain,x', '']) {
				const b = document.createElement('base'); b.href = base; document.head.append(b);
				for (const url of urls) await record(base + ' ' + url, () => { a.href = url; return [a.href, a.protocol, a.host]; });
				b.remove();
			}
		`,
	},
});
