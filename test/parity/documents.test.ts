// tests only (Node, Chromium).
// Documents that aren't HTML, looked at by the page that frames them.
import { paritySuite } from './harness.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><a id="a" xlink:href="http://cdn.localhost:PORT/x"><text>t</text></a>
	<script>window.seen = [location.href, document.URL, document.documentElement.firstElementChild.localName, document.scripts.length, document.getElementById('a').href.baseVal]</script></svg>`;

/** What a page sees of the document in a frame. */
const LOOK = `const look = async (path, tag = 'iframe') => { const f = document.createElement(tag); f[tag === 'object' ? 'data' : 'src'] = path; const e = event(f, 'load'); document.body.append(f); await e; const d = f.contentDocument;
	return [d.contentType, d.compatMode, d.characterSet, d.URL, d.doctype, d.title, d.scripts?.length, new XMLSerializer().serializeToString(d), f.contentWindow.seen]; };`;

paritySuite('documents', {
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
