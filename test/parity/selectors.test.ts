// tests only (Node, Chromium).
// Selectors that ask about URLs, in script and in style sheets, find what they find without us and read as they were written.
import { paritySuite } from './harness.ts';

const LINKS = [
	'http://shop.localhost:PORT/own', 'http://cdn.localhost:PORT/a.pdf', 'http://cdn.localhost:PORT', 'https://www.site.example/x', 'https://site.example', 'http://site.example/site-example/y', 'https://my-site.example/?u=https://site.example/', 'https://x.example.org/the-site-example', 'https://blog.site.example.org/z', 'https://mysite.org', '//cdn.localhost:PORT/p', '/root.pdf', 'rel', '#frag', '?q=localhost', 'mailto:me@site.example', 'https://tandem.example/', '', 'https://xn--bcher-kva.example/', 'https://a.example/?u=http://b.example/localhost', `https://${'long.'.repeat(12)}example/l`,
]; // biome-ignore format: a list
const VALUES = [
	'http', 'https', 'https:', 'http:', 'https://', 'http://', '//', '/', '#', '://', 'localhost', '.localhost', 'shop.localhost', 'cdn.localhost:PORT', ':PORT', 'PORT', 'tandem', 'site', 'site.example', '.site.example', 'my-site', 'site-example', 'example.', '.example.', '.org', '.pdf', '.example', 'e', 't', '-', '.', ':', 'http://cdn.localhost:PORT/', 'http://cdn.localhost:PORT/a.pdf', 'http://cdn.localhost:PORT', 'https://site.example', 'https://site.', 'https://s', 'https://www.', '//cdn', '//cdn.localhost:PORT', 'site.example/', 'example/x', '/own', '/site.example', 'mailto:', 'xn--bcher-kva.example', 'https://xn--', 'rel', `https://${'long.'.repeat(12)}example/`, 'http://shop.localhost:PORT/own', 'https://site.example/', '?q', 'https:\\/\\/site',
]; // biome-ignore format: a list

const HTML = LINKS.map((url, i) => `<p><a id=a${i} href="${url}">${i}</a><img id=i${i} data-x="${url}"></p>`).join('');

paritySuite('selectors', {
	'every test of every link': {
		html: HTML,
		script: `
			const values = ${JSON.stringify(VALUES)}.map((value) => value.replaceAll('PORT', location.port));
			const found = (selector, root = document) => [...root.querySelectorAll(selector)].map((el) => el.id).join();
			for (const op of ['=', '^=', '$=', '*=', '~=', '|=']) for (const value of values)
				await record(op + value, () => [found('a[href' + op + '"' + value + '"]'), found(\`a:not([href\${op}'\${value.toUpperCase()}' i])\`), document.querySelector('[href' + op + '"' + value + '"]')?.id]);
			await record('names', () => [found('[HREF^="https"]'), found('[*|href^=https]'), found('[|href^=https]'), found('p:has(> [href^="https://"]) img'), found('a:is([href$=".pdf"], [href*="site.example"]):where([href^="http"])')]);
			await record('ways', () => {
				const a = document.getElementById('a3'), box = document.createDocumentFragment(), div = document.createElement('div');
				div.innerHTML = '<a href="https://site.example/x"><b></b></a><a href="https://blog.site-example.example/site.example"></a>';
				const b = div.querySelector('b'), shadow = document.createElement('div').attachShadow({ mode: 'open' });
				box.append(div.cloneNode(true));
				shadow.append(div.cloneNode(true), div.firstChild.cloneNode(true));
				return [a.matches('[href*="site.example"]'), a.webkitMatchesSelector('[href^="https://www."]'), b.closest('a[href^="https://site"]')?.href, b.closest('[href*="site.example"]') === div.firstChild, a.closest('p:has([href^="https://"])') === a.parentNode,
					box.querySelectorAll('[href*="site.example"]').length, shadow.querySelectorAll('[href*="site.example"]').length, box.querySelector('[href$="/x"]') !== null, div.querySelectorAll(':scope > a[href^="https:"]').length, div.firstChild.matches('[href="https://site.example/x"]'), new DOMParser().parseFromString('<a href="https://site.example">', 'text/html').querySelectorAll('[href^="https:"]').length];
			});
			await record('not strings', () => [document.querySelector({ toString: () => '[href="#frag"]' }).id, document.querySelector({ toString: () => 'a[href^="https://site.example"]' }).id, document.querySelector(null), document.querySelector(undefined), document.body.matches(['body', '[href^="https:"]'])]);
			for (const [name, wrong] of Object.entries({ none: [], symbol: [Symbol()], empty: [''], bracket: ['a[href^="https://"]['], pseudo: ['a[href^="https://"]:nothing'], open: ['a[href^="https://"'], openString: ['a:not([href^="https:'], unquoted: ['a[href^=https://site.example]'], pseudoElement: ['a[href^="https://"]::before'] }))
				await record('error ' + name, () => document.querySelector(...wrong));
			await record('functions', () => ['querySelector', 'querySelectorAll', 'matches', 'closest', 'webkitMatchesSelector'].map((name) => [Element.prototype[name].name, Element.prototype[name].length, String(Element.prototype[name]), describe(Element.prototype, name)]));
			await record('wrong this', () => Element.prototype.matches.call(document, '[href^="https:"]'));
			await record('other names', () => {
				const box = document.body.appendChild(document.createElement('div')), cdn = origins.cdn;
				box.innerHTML = \`<img id=i1 src="\${cdn}/image.png" srcset="\${cdn}/image.png 1x, /image.png 2x"><form id=f action="\${cdn}/go"><button id=bt formaction="\${cdn}/b"></button></form><video id=v poster="\${cdn}/image.png"></video><object id=o data="\${cdn}/empty.html"></object><iframe id=fr src="\${cdn}/empty.html"></iframe><p id=st style="color: red; background: url(\${cdn}/image.png)"></p><x-y id=x href="https://site.example/x" src="\${cdn}/y"></x-y><svg><use id=u xlink:href="\${cdn}/s.svg#x" href="\${cdn}/t.svg#x"></use></svg><a id=pi ping="\${cdn}/1 \${cdn}/2"></a>\`;
				const seen = ['src', 'srcset', 'action', 'formaction', 'poster', 'data', 'href', 'style', 'ping'].map((name) => [name, found(\`[\${name}*="\${cdn}"]\`, box), found(\`[\${name}^="http://cdn."]\`, box), found(\`[\${name}*="cdn.localhost"]\`, box), found(\`[\${name}~="\${cdn}/1"]\`, box)]);
				return [seen, found(\`[src="\${cdn}/y"]\`, box), found('[href="https://site.example/x"]', box), found('[*|href^="http://cdn"]', box), found('[style*="background"]', box), found(\`[srcset="\${cdn}/image.png 1x, /image.png 2x"]\`, box), box.remove()];
			});
			await record('code', () => {
				const box = document.body.appendChild(document.createElement('div'));
				box.innerHTML = '<p id=c1 onclick="return location.href">1</p><p id=c2 onclick="void 0">2</p><iframe id=c3 srcdoc="<script>location.x<\\/script>"></iframe><link id=c4 integrity="sha256-abc sha512-def">';
				return [['[onclick="return location.href"]', '[onclick*="location"]', '[onclick^="return"]', 'p:not([onclick*="location"])', '[srcdoc*="location.x"]', '[srcdoc$=script]', '[integrity^="sha256-"]', '[integrity~="sha512-def"]', '[integrity="sha256-abc sha512-def"]', '[onclick]', '[onclick*="tandem"],[srcdoc*="tandem"],[integrity*=tandem]'].map((selector) => found(selector, box)), c1.matches('[onclick$="location.href"]'), box.remove()];
			});
			await record('after a write', () => { const a = document.getElementById('a0'), seen = []; for (const url of ['https://one.example/', '/two', 'HTTPS://Three.example:443/x']) { a.href = url; seen.push(a.matches('[href*="one.example"]'), a.matches('[href^="https://one.example"]'), a.matches('[href="' + url + '"]'), a.matches('[href^="/"]')); } return seen; });
		`,
	},
	'style sheets': {
		html: `${HTML}<link rel=stylesheet href="/sheet.css"><style id=st>
			a[href^="https://"] { --inline: 1 } @media all { a:not([href*='mysite.org']) { --media: 1 } } p { a[href$=".pdf"] { --nested: 1 } & > [href*="localhost" i] { --amp: 1 } }
			@scope (p:has([href^="https://site."])) to ([href$="none"]) { a { --scope: 1 } } /* a[href^="https://x"] */ a[href="https://site.example"]::before, b { content: "[href^='https://']" }
			a[href^="https://"] { --weight: attribute } a { --weight: element } @supports selector(a[href^="https://x.example"]) { a { --supports: 1 } }
		</style>`,
		files: {
			'/sheet.css': {
				type: 'text/css',
				body: 'a[href*=".example."],a[href^="http://cdn.localhost:PORT/"]{--linked:1}a[href^="/"]{--root:1}a[href$="localhost:PORT"]{--end:1}a[href|="https://site.example"]{--dash:1}',
			},
		},
		script: `
			if (!document.querySelector('link').sheet) await event(document.querySelector('link'), 'load');
			const names = ['inline', 'media', 'nested', 'amp', 'scope', 'weight', 'linked', 'root', 'end', 'dash', 'supports'];
			const looks = (names) => [...document.querySelectorAll('a')].map((a) => { const style = getComputedStyle(a); return names.map((name) => style.getPropertyValue('--' + name).trim()).join('/'); });
			await record('computed', () => looks(names));
			await record('before', () => [...document.querySelectorAll('a')].map((a) => getComputedStyle(a, '::before').content));
			await record('text', () => [st.textContent, st.innerHTML, st.outerHTML, st.firstChild.data, new XMLSerializer().serializeToString(st)]);
			const texts = (rules) => [...rules].map((rule) => [rule.constructor.name, rule.cssText, rule.selectorText, rule.start, rule.end, rule.cssRules && texts(rule.cssRules)]);
			await record('rules', () => [...document.styleSheets].map((sheet) => texts(sheet.cssRules)));
			await record('CSSOM', () => {
				const own = new CSSStyleSheet(), port = location.port;
				own.replaceSync('a[href^="https://site"]{--replaced:1}');
				document.adoptedStyleSheets = [own];
				own.insertRule('@media all{}', 1);
				own.cssRules[1].insertRule('a[href*="cdn.localhost:' + port + '"]{--grouped:1}');
				own.cssRules[0].insertRule('&:not([href$="example"]){--inner:1}');
				const sheet = st.sheet, at = sheet.insertRule("a[href^='https://www.'],[href*=mysite\\\\.org]{--inserted:1}", sheet.cssRules.length);
				const rule = sheet.cssRules[sheet.insertRule('a{--moved:1}')];
				rule.selectorText = 'a[href$=".org"]';
				const moved = rule.selectorText;
				rule.selectorText = 'a[href^="https://"';
				const kept = [rule.selectorText, rule.cssText];
				rule.selectorText = 'a[href^="https://"]:nothing';
				const style = document.head.appendChild(document.createElement('style'));
				style.textContent = 'a[href="https://mysite.org"]{--text:1}';
				const more = document.head.appendChild(document.createElement('style'));
				more.append(document.createTextNode('a[href*="tandem.example"]{--node:1}'));
				sheet.addRule('a[href^="//"]', '--added: 1');
				return [texts(own.cssRules), moved, kept, rule.selectorText, sheet.cssRules[at + 1].cssText, style.textContent, style.sheet.cssRules[0].selectorText, more.firstChild.data, looks(['replaced', 'grouped', 'inner', 'inserted', 'moved', 'text', 'node', 'added']), own.replace('a[href^="https://"]{--x:1}').constructor.name];
			});
			for (const [name, wrong] of Object.entries({ open: 'a[href^="https://"] {', none: '', two: 'a[href^="https://"]{} b{}', wrong: 'a[href^="https://"]:nothing{}' }))
				await record('wrong rule ' + name, () => { const sheet = new CSSStyleSheet(); sheet.insertRule(wrong); return texts(sheet.cssRules); });
			await record('supports', () => ['selector([href^="https://"])', 'selector(a[href*=x.y])', 'selector(a[href*="x.y" i]:hover)'].map((text) => CSS.supports(text)));
		`,
	},
});
