// tests only (Node, Chromium).
// Documents that aren't HTML, looked at by the page that frames them.
import { paritySuite } from './harness.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a id="a" xlink:href="http://cdn.localhost:PORT/x"><text>t</text></a>
	<script>window.seen = [location.href, document.URL, document.documentElement.firstElementChild.localName, document.scripts.length, document.getElementById('a').href.baseVal]</script></svg>`;

/** What a page sees of the document in a frame. */
const LOOK = `const look = async (path, tag = 'iframe') => { const f = document.createElement(tag); f[tag === 'object' ? 'data' : 'src'] = path; const e = event(f, 'load'); document.body.append(f); await e; const d = f.contentDocument;
	return [d.contentType, d.compatMode, d.characterSet, d.URL, d.doctype, d.title, d.scripts?.length, new XMLSerializer().serializeToString(d), f.contentWindow.seen]; };`;

/** What a document says of itself, and what it fetches. */
const SAYS = `<link rel=stylesheet href="http://cdn.localhost:PORT/style.css"><img src="http://cdn.localhost:PORT/image.png"><p>\\u00fc</p><script>onload = () => parent.postMessage({said: [location.protocol, document.URL.replace(/[0-9a-f-]{36}/, 'ID').slice(0, 60), document.baseURI.replace(/[0-9a-f-]{36}/, 'ID').slice(0, 60), self.origin, top === parent, parent === top, document.characterSet, document.querySelector('p').textContent, document.images[0].naturalWidth, document.images[0].src, getComputedStyle(document.querySelector('p')).color, document.scripts.length, document.head.innerHTML.length, window.name, document.referrer, (() => { try { return parent.parent === parent; } catch (e) { return e.name; } })()]}, '*');<\\/script>`;

/** What would run scripts if it could. */
const LETTER = `<!DOCTYPE html><title>t</title><p onclick="parent.ran.push(1)">p</p><script>parent.ran.push(2)</script><img src="CDN/image.png" onload="parent.ran.push(3)"><a href="CDN/x">a</a><noscript><b>n</b></noscript>`;

paritySuite('documents', {
	'behind data: and blob: URLs': {
		script: `
			const html = \`${SAYS}\`.replaceAll('http://cdn.localhost:PORT', origins.cdn), open = async (src, tag = 'iframe') => { const f = document.createElement(tag), e = event(window, 'message'); f.name = 'n'; f[tag === 'object' ? 'data' : 'src'] = src; document.body.append(f); const {data, origin, source} = await e;
				return [data.said, origin, source === f.contentWindow || source === window[window.length - 1], f[tag === 'object' ? 'data' : 'src'] === src, f.getAttribute(tag === 'object' ? 'data' : 'src') === src, f.outerHTML.includes('tandem')]; };
			await record('data', () => open('data:text/html,' + encodeURIComponent(html)));
			await record('data with charset', () => open('data:text/html;charset=utf-8,' + encodeURIComponent(html)));
			await record('data, hardly escaped', () => open('data:text/html;charset=utf-8,' + html.replace(/#/g, '%23').replaceAll('\\u00fc', '%C3%BC')));
			await record('base64', () => open('data:text/html;base64,' + btoa(html)));
			await record('object', () => open('data:text/html,' + encodeURIComponent(html), 'object'));
			await record('markup', async () => { const e = event(window, 'message'), d = document.body.appendChild(document.createElement('div')); d.innerHTML = '<iframe name=n src="data:text/html,' + encodeURIComponent(html) + '"></iframe>'; const {data} = await e; return [data.said, d.innerHTML === '<iframe name="n" src="data:text/html,' + encodeURIComponent(html) + '"></iframe>']; });
			const url = URL.createObjectURL(new Blob(['<!doctype html>', html], {type: 'text/html;charset=utf-8'}));
			await record('blob', () => open(url));
			await record('blob again, with a fragment', () => open(url + '#x'));
			await record('blob read', async () => [(await (await fetch(url)).text()).includes('tandem'), (await fetch(url)).url === url]);
			await record('revoked', async () => { const old = URL.createObjectURL(new Blob([html], {type: 'text/html'})), out = open(old); URL.revokeObjectURL(old); return out; });
			const sheet = (href) => new Promise((ok) => { const l = document.createElement('link'), p = document.body.appendChild(document.createElement('p')); l.rel = 'stylesheet'; l.href = href; l.onload = l.onerror = (e) => { ok([e.type, getComputedStyle(p).color, l.href === href, l.sheet?.href === href, l.sheet?.cssRules[0]?.href]); l.remove(); p.remove(); }; document.head.append(l); });
			await record('sheet', () => sheet('data:text/css,@import "' + origins.cdn + '/style.css";'));
			await record('sheet in sheet', () => sheet("data:text/css,@import url('data:text/css,@import%20%22" + origins.cdn + "/style.css%22');"));
			await record('sheet behind blob', () => sheet(URL.createObjectURL(new Blob(['@import "' + origins.cdn + '/style.css";'], {type: 'text/css'}))));
			await record('sent there', async () => { const f = document.body.appendChild(document.createElement('iframe')), go = async (to) => { const e = event(window, 'message'); to(f.contentWindow); return (await e).data.said.slice(0, 12); };
				return [await go((w) => { w.location = 'data:text/html,' + encodeURIComponent(html); }), await go((w) => w.location.replace(url)), f.contentWindow.location.href === url, await go((w) => { w.location.href = 'data:text/html;base64,' + btoa(html); })]; });
			await record('served', () => served);
			await record('served markup', () => [document.getElementById('served').src, document.getElementById('served').getAttribute('src'), document.getElementById('code').outerHTML, code]);
		`,
		html: `<script>served = new Promise((ok) => addEventListener('message', (e) => { ok([e.data, e.origin]); e.stopImmediatePropagation(); }, {once: true}));</script>
			<iframe id=served src="data:text/html,%3Cscript%3Eparent.postMessage([location.href, top === parent, document.scripts.length], '*')%3C/script%3E"></iframe>
			<script id=code src="data:text/javascript,code%20=%20[location.host, top === window]"></script>`,
	},
	xml: {
		script: `${LOOK}
			await record('svg', () => look('/d/a.svg'));
			await record('svg in object', () => look('/d/a.svg', 'object'));
			await record('empty root', () => look('/d/empty.xml'));
			await record('xhtml', () => look('/d/a.xhtml'));
			await record('xslt', async () => { const [type, ...rest] = await look('/d/xslt.xml'); return [type, rest[2], rest.at(-1)]; });
			await record('broken', async () => (await look('/d/broken.xml'))[7].includes('parsererror'));
		`,
		files: {
			'/d/a.svg': { type: 'image/svg+xml', body: SVG },
			'/d/empty.xml': { type: 'text/xml', body: '<?xml version="1.0"?><root a="b"/>' },
			'/d/broken.xml': { type: 'text/xml', body: '<a><b></a>' },
			'/d/a.xhtml': {
				type: 'application/xhtml+xml',
				body: '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>t</title><script>window.seen = location.href</script></head><body/></html>',
			},
			'/d/xslt.xml': { type: 'text/xml', body: '<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="/d/a.xsl"?><a>t</a>' },
			'/d/a.xsl': {
				type: 'text/xsl',
				body: '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:template match="/"><html><head/><body><p><xsl:value-of select="a"/></p><script>window.seen = [location.href, document.querySelector("p").textContent, document.scripts.length]</script></body></html></xsl:template></xsl:stylesheet>',
			},
		},
	},
	'sandboxed without scripts': {
		script: `
			ran = [];
			const text = ${JSON.stringify(LETTER).replaceAll('</', '<\\/')}.replaceAll('CDN', origins.cdn), wait = (ms) => new Promise((ok) => setTimeout(ok, ms));
			const box = async (sandbox, fill) => { const f = document.createElement('iframe'), heard = []; if (sandbox !== undefined) f.sandbox = sandbox; const e = event(f, 'load'); fill(f, (html) => { document.body.append(f); f.contentDocument.write(html); f.contentDocument.close(); }); if (!f.isConnected) document.body.append(f); await e;
				const d = f.contentDocument, w = f.contentWindow, p = d.querySelector('p'), a = d.links[0], seen = new MutationObserver((list) => heard.push(list.length));
				d.addEventListener('click', (e) => { heard.push(e.target.localName, e.target.href); e.preventDefault(); }); seen.observe(d, {subtree: true, childList: true});
				const before = [d.documentElement.outerHTML, d.scripts.length, a.href, a.getAttribute('href'), d.URL.replace(/.*\\//, ''), d.baseURI === document.baseURI, d.referrer === location.href, w.parent === self, w.top === top, d.cookie === document.cookie];
				p.click(); a.click(); p.append('more'); const b = p.appendChild(d.createElement('b')); b.innerHTML = '<i onclick=1><a href="' + origins.cdn + '/late">'; await wait(20);
				return [before, heard, b.innerHTML, f.getAttribute('sandbox'), f.sandbox?.value, f.outerHTML.replace(text, ''), Object.keys(w).filter((key) => !(key in self)), ran]; };
			await record('srcdoc', () => box('allow-same-origin', (f) => { f.srcdoc = text; }));
			await record('served', () => box('allow-same-origin allow-popups', (f) => { f.src = '/d/letter'; }));
			await record('written', () => box('allow-same-origin', (f, write) => write(text)));
			await record('sandboxed by its policy', () => box(undefined, (f) => { f.src = '/d/boxed'; }));
			await record('of no origin', async () => { const f = document.createElement('iframe'), e = event(f, 'load'); f.sandbox = ''; f.srcdoc = text; document.body.append(f); await e; await wait(20); return [f.contentDocument, f.getAttribute('sandbox'), ran]; });
		`,
		files: {
			'/d/letter': { type: 'text/html', body: LETTER.replaceAll('CDN', 'http://cdn.localhost:PORT') },
			'/d/boxed': {
				type: 'text/html',
				body: LETTER.replaceAll('CDN', 'http://cdn.localhost:PORT'),
				headers: { 'content-security-policy': 'sandbox allow-same-origin' },
			},
		},
	},
	text: {
		script: `${LOOK}
			await record('plain', () => look('/d/a.txt'));
			await record('json', () => look('/d/a.json'));
			await record('css', () => look('/d/a.css'));
			await record('picture', async () => { const [type] = await look('/image.png'); return type; });
		`,
		files: {
			'/d/a.txt': { type: 'text/plain', body: '\n<b>&amp;\r\n' },
			'/d/a.json': { type: 'application/json', body: '{"é":"<"}' },
			'/d/a.css': { type: 'text/css; charset=koi8-r', body: 'a{}' },
		},
	},
});
