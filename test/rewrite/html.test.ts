// tests only (Node).
// HTML: what is rewritten, what is left, and back again.
import { createHash } from 'node:crypto';
import * as assert from 'uvu/assert';
import { mapData, SCRIPT } from '../../rewrite/data.ts';
import { countOpens, HtmlRewriter, rewriteHtml, unrewriteHtml } from '../../rewrite/index.ts';
import { maskIntegrity } from '../../rewrite/integrity.ts';
import { suite } from '../harness.ts';
import { ours, scope, zone } from './scope.ts';

const test = suite('html');
const options = { scope, documentUrl: 'https://a.example/' };
const X = ours('https://x.example');
const fragment = (source: string) => rewriteHtml(source, { ...options, fragment: 'div' });
const v = (text: string) => `$tandem$.v(${text}/*$tandem$*/)`;

/** Source, and what it becomes. */
const CHANGED: readonly (readonly [string, string])[] = [
	['<a href="https://x.example/a?b=1&amp;c=&eacute;#d">', `<a href="${X}/a?b=1&amp;c=&eacute;#d">`],
	["<A HREF='https://x.example'>", `<A HREF='${X}'>`],
	['<img src=https://x.example/a.png alt=b>', `<img src=${X}/a.png alt=b>`],
	['<img src="//x.example/a.png">', `<img src="${X.slice(5)}/a.png">`],
	['<a href="//t.co"><a href=//x>', `<a href="${ours('https://t.co').slice(5)}"><a href=${ours('https://x').slice(5)}>`],
	// the last byte of a letter in UTF-8 is no space
	['<a href="https://x.example/voil\xc3\xa0">', `<a href="${X}/voil\xc3\xa0">`],
	['<a href="https&#58;//x.example/">', `<a href="${X}/">`],
	['<a href=" https://x.example/ ">', `<a href="${X}/">`],
	['<img srcset="https://x.example/1,2 1x, b 2x,//x.example/c">', `<img srcset="${X}/1,2 1x, b 2x,${X.slice(5)}/c">`],
	['<a ping="https://x.example/p /q https://x.example/r">', `<a ping="${X}/p /q ${X}/r">`],
	['<img srcset="https://x.example/\xc3\xa0,https://x.example/b 1x">', `<img srcset="${X}/\xc3\xa0,https://x.example/b 1x">`],
	// an image outside a drawing is an img
	['<image src="https://x.example/a"><svg><image src="//x.example"/></svg>', `<image src="${X}/a"><svg><image src="//x.example"/></svg>`],
	['<form action=https://x.example/><button formaction="https://x.example/b">', `<form action=${X}/><button formaction="${X}/b">`],
	['<meta http-equiv="Refresh" content="3; URL=\'https://x.example/\'">', `<meta http-equiv="Refresh" content="3; URL='${X}/'">`],
	['<p style="background:url(https://x.example/b)">', `<p style="background:url(${X}/b)">`],
	['<style>a{b:url("https://x.example/")}</style>', `<style>a{b:url("${X}/")}</style>`],
	['<p onclick="go(location &amp;&amp; 1)">', `<p onclick="go(${v('location')} &amp;&amp; 1)">`],
	['<p onclick="a&&location.b&copy;&c;top">', `<p onclick="a&amp;&amp;${v('location')}.b&copy;&c;${v('top')}">`],
	['<a href="javascript:f(top)">', `<a href="javascript:f(${v('top')})">`],
	['<a href="javascript:%20f(top)//%0A%2f%28top%29">', `<a href="javascript:%20f(${v('top')})//%0A%2f%28${v('top')}%29">`],
	['<a href="JAVA\nSCRIPT:f(%74op)">', `<a href="JAVA\nSCRIPT:f(${v('%74op')})">`],
	['<script>a = top</script>', `<script>a = ${v('top')}</script>`],
	['<script>"<!--<script></script>"; a = top</script>', `<script>"<!--<script></script>"; a = ${v('top')}</script>`],
	['<script type=module>import "https://x.example/a.js"</script>', `<script type=module>import "${X}/a.js"</script>`],
	['<script type=importmap>{"imports":{"a":"https://x.example/a"}}</script>', `<script type=importmap>{"imports":{"a":"${X}/a"}}</script>`],
	[
		'<script integrity="sha256-x" src="https://x.example/a.js"></script>',
		`<script integrity="${maskIntegrity('sha256-x')}" src="${X}/a.js"></script>`,
	],
	[
		'<script integrity="sha256-x" src="data:text/javascript,a=top"></script>',
		`<script integrity="$tandem$sha256-x" src="${mapData('data:text/javascript,a=top', SCRIPT, () => `a=${v('top')}`)}"></script>`,
	],
	[
		'<svg><image xlink:href="https://x.example/a"/><use href="https://x.example/b#c"/></svg>',
		`<svg><image xlink:href="${X}/a"/><use href="${X}/b#c"/></svg>`,
	],
	[
		'<svg><style>a{b:url("https://x.example/")}</style><script>top&amp;&amp;1</script></svg>',
		`<svg><style>a{b:url("${X}/")}</style><script>${v('top')}&amp;&amp;1</script></svg>`,
	],
	['<svg><script><![CDATA[a = top < b]]></script></svg>', `<svg><script><![CDATA[a = ${v('top')} < b]]></script></svg>`],
	['<svg><rect fill="url(https://x.example/a#b)"/></svg>', `<svg><rect fill="url(${X}/a#b)"/></svg>`],
	['<iframe srcdoc="<a href=&quot;https://x.example&quot;>"></iframe>', `<iframe srcdoc="&lt;a href=&quot;${X}&quot;&gt;"></iframe>`],
	['<a href="https://a.example/own">', `<a href="${ours('https://a.example/own')}">`],
];

const SAME = [
	'<!-- <a href="https://x.example"> -->', '<a href="/b"><a href="mailto:a@b.c"><img src="data:image/png,https://x.example">', '<textarea><a href="https://x.example"></textarea>', '<title><a href="https://x.example"></title>', '<noscript><img src="https://x.example"></noscript>',
	'<script type="application/json">{"a":"https://x.example", "b": top}</script>', '<script src="a.js">a = top</script>', '<script type="text/template"><a href="https://x.example"></script>', '<blockquote cite="https://x.example">', '<a title="https://x.example" data-src="https://x.example">', '<![CDATA[<a>]]>', '<a target=_top download>', '<p>https://x.example location top', '<plaintext><a href="https://x.example">', '<xmp><a href="https://x.example"></xmp>', '<a href=>', '<a href', '</a href="https://x.example">', '<meta name=a content="https://x.example">', '<!doctype html PUBLIC "https://x.example">', '<script>"top; a = top</script>', '<?pi <a href=x>',
]; // biome-ignore format: a list

/** Spellings that a browser's parser sets right (URL standard section 4.4): they lead where they say, in ours. */
const ODD: readonly (readonly [string, string])[] = [
	['<a href="https:///\xc3\xbc.example/x">', `<a href="${ours('https://xn--tda.example')}/x">`],
	['<a href="https:///x.example/"><a href="\\\\/x.example">', `<a href="${X}/"><a href="${X.slice(5)}">`],
	['<a href="ht\ntps://x.example/"><a href="https:\t//x.example/">', `<a href="${X}/"><a href="${X}/">`],
	// what has the base's scheme alone is relative, what has another is not
	['<img src="https:a/b"><img src="https:/a:b"><img src="https:c:d">', '<img src="a/b"><img src="/a:b"><img src="./c:d">'],
	['<img src="http:x.example/b">', `<img src="${ours('http://x.example')}/b">`],
];

test('URLs in odd spellings lead through the proxy too', () => {
	for (const [source, expected] of ODD) assert.is(fragment(source), expected);
});

test('maps every place where a URL, a style or a script can stand', () => {
	for (const [source, expected] of CHANGED) assert.is(fragment(source), expected);
});

test('keeps every byte of what holds none', () => {
	for (const source of SAME) assert.is(fragment(source), source);
});

test('turns back into what the author wrote', () => {
	for (const [source, rewritten] of CHANGED) {
		const back = unrewriteHtml(rewritten, zone);
		// References, trimmed spaces and dropped attributes come back in another spelling.
		if (!/&#58;|" https|%74|srcdoc|a&&/.test(source)) assert.is(back, source);
	}
	assert.is(unrewriteHtml(`<image href="${X}/">`, zone), '<image href="https://x.example/">', 'an image out of a drawing');
	const boot = `<script src="/.tandem/runtime-1.js" data-tandem-boot='{"a":">"}'></script>`;
	assert.is(unrewriteHtml(`${boot}<a href="${X}">`, zone), '<a href="https://x.example">');
});

test('a frame sandboxed without scripts and without an origin is held to a policy that lets ours run, and in it nothing happens by itself', () => {
	const stills = { nonce: 'sixteen_letters-', inject: () => '<script nonce="sixteen_letters-"></script>' };
	const csp = `csp="script-src 'nonce-sixteen_letters-'"`;
	const frames: readonly (readonly [string, string])[] = [
		['<iframe sandbox></iframe>', `<iframe ${csp} sandbox="aLLOW-scriptS"></iframe>`],
		['<IFRAME id=a sandbox=allow-forms>', `<IFRAME ${csp} id=a sandbox="allow-forms aLLOW-scriptS">`],
		[
			`<iframe sandbox='' srcdoc="<p>">`,
			`<iframe ${csp} sandbox='aLLOW-scriptS' srcdoc="&lt;script nonce=&quot;sixteen_letters-&quot;&gt;&lt;/script&gt;&lt;p&gt;">`,
		],
		['<iframe src="/a">', '<iframe src="/a">'],
		['<iframe sandbox="Allow-Scripts">', '<iframe sandbox="Allow-Scripts">'],
		['<iframe sandbox="&#13ALLOW-SCRIPTS&#xD;x">', '<iframe sandbox="&#13ALLOW-SCRIPTS&#xD;x">'],
		['<iframe sandbox="&#130;allow-scripts">', `<iframe ${csp} sandbox="&#130;allow-scripts aLLOW-scriptS">`],
		['<iframe sandbox="allow-same-origin">', '<iframe sandbox="allow-same-origin">'],
		['<iframe sandbox csp="img-src *">', '<iframe sandbox csp="img-src *">'],
	];
	for (const [source, there] of frames) {
		assert.is(rewriteHtml(source, { ...options, fragment: 'div', stills }), there);
		assert.is(rewriteHtml(source, { ...options, fragment: 'div' }), source);
	}
	assert.is(
		unrewriteHtml(`<iframe ${csp} id="a" sandbox="allow-forms aLLOW-scriptS"></iframe>`, zone),
		'<iframe id="a" sandbox="allow-forms"></iframe>',
	);
	const still = (source: string) => rewriteHtml(source, { ...options, stills, still: true });
	assert.is(
		still('<head><noscript><link></noscript><meta http-equiv=refresh content="0; url=/x"></head><noscript class=a><b>x</b></noscript>'),
		'<head><link><meta http-equiv=refresh ></head><tandem-noscript class=a><b>x</b></tandem-noscript>',
	);
	assert.is(
		still('<video autoplay src="/a"></video><iframe src="/b"></iframe>'),
		`<video  src="/a"></video><iframe ${csp} src="/b"></iframe>`,
	);
	assert.is(
		still('<iframe sandbox="allow-same-origin"></iframe><iframe sandbox="allow-scripts"></iframe>'),
		`<iframe ${csp} sandbox="allow-same-origin aLLOW-scriptS"></iframe><iframe ${csp} sandbox="allow-scripts"></iframe>`,
	);
	// what is held holds its own frames: no style sheet in it finds the nonce
	const held = (source: string) => rewriteHtml(source, { ...options, stills: { ...stills, held: true }, still: true });
	assert.is(held('<iframe sandbox src="/b"></iframe>'), '<iframe sandbox="aLLOW-scriptS" src="/b"></iframe>');
	const nested = still(`<iframe srcdoc="<iframe sandbox></iframe>"></iframe>`);
	assert.is(nested.split('csp=').length, 2, nested);
});

test('puts our script first in head, wherever head begins', () => {
	const S = '<script></script>';
	const at = (source: string) => rewriteHtml(source.replace('|', ''), { ...options, inject: S });
	for (const source of [
		'<!doctype html><html><head>|<title></title>', '<html>\n<HEAD lang=a>|', '<!-- a -->\n |<title>', '<!doctype html>\n<html lang=a> <!-- b --> |text', '|text', '|', '\ufeff<!doctype html>|<p>', '\xef\xbb\xbf|<p>', '<html></p>|</body>', '<html>|<frameset>', '|<body>', ' <html>|<script>1</script><head>', '</div><head>|', '<html><!-- <head> --><head>|',
	]) assert.is(at(source), source.replace('|', S)); // biome-ignore format: a list
});

test('XHTML: a namespaced script as the first child, CDATA, case', () => {
	const xml = { ...options, xml: true, inject: '<script src="/a"></script>' };
	const head = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "<b>">]>';
	assert.is(
		rewriteHtml(
			`${head}<html xmlns="http://www.w3.org/1999/xhtml"><script><![CDATA[a = top]]></script><title><a href="https://x.example"/></title></html>`,
			xml,
		),
		`${head}<html xmlns="http://www.w3.org/1999/xhtml"><script xmlns="http://www.w3.org/1999/xhtml" src="/a"></script><script><![CDATA[a = ${v('top')}]]></script><title><a href="${X}"/></title></html>`,
	);
	assert.is(
		rewriteHtml('<svg><script>a &lt; top</script></svg>', { ...options, xml: true }),
		`<svg><script>a &lt; ${v('top')}</script></svg>`,
	);
	assert.is(
		rewriteHtml('<h:a h:href="https://x.example" href="https://x.example"/>', { ...options, xml: true }),
		`<h:a h:href="https://x.example" href="${X}"/>`,
	);
});

test('SVG and any XML: the script stands first in the root; an empty root is opened', () => {
	const xml = { ...options, xml: true, inject: '<script src="/a"></script>' };
	const S = '<script xmlns="http://www.w3.org/1999/xhtml" src="/a"></script>';
	assert.is(
		rewriteHtml('<?xml version="1.0"?>\n<!-- c --><svg a="b"><g/></svg>', xml),
		`<?xml version="1.0"?>\n<!-- c --><svg a="b">${S}<g/></svg>`,
	);
	assert.is(rewriteHtml('<s:svg a="b"/>', xml), `<s:svg a="b">${S}</s:svg>`);
});

test('xml-stylesheet is mapped; a document with XSLT gets no script, the style sheet puts it into the result', () => {
	const xml = { ...options, xml: true, inject: '<script boot="{&quot;a&quot;:{}}"></script>' };
	const plain = '<?xml-stylesheet href="data:text/css,&#x41;&amp;&apos;"?><a/>';
	assert.ok(rewriteHtml(plain, xml).startsWith(plain.slice(0, -2)), 'what needs no change keeps its references');
	const css = rewriteHtml('<?xml-stylesheet href="https://x.example/a.css?a&amp;b" type="text/css"?><a/>', xml);
	assert.ok(css.startsWith(`<?xml-stylesheet href="${X}/a.css?a&amp;b" type="text/css"?><a><script`), css);
	assert.is(
		rewriteHtml('<?xml-stylesheet type="text/xsl" href="/a.xsl"?><a/>', xml),
		'<?xml-stylesheet type="text/xsl" href="/a.xsl"?><a/>',
	);
	const xslt = { ...xml, xml: 'xslt' as const };
	const S = '<script xmlns="http://www.w3.org/1999/xhtml" boot="{{&quot;a&quot;:{{}}}}"></script>';
	const sheet = (text: string) =>
		`<xsl:stylesheet><xsl:include href="/b.xsl"/><xsl:template><html>${text}</html></xsl:template></xsl:stylesheet>`;
	assert.is(
		rewriteHtml(sheet('<head><title/></head>'), xslt),
		sheet(`<head>${S}<title/></head>`).replaceAll(' xmlns="http://www.w3.org/1999/xhtml"', ''),
	);
	assert.is(rewriteHtml(sheet('<body/>'), xslt), sheet(`${S}<body/>`).replaceAll(' xmlns="http://www.w3.org/1999/xhtml"', ''));
});

test('a closed shadow root of the parser gets a mark before its first tag, however the source is cut', () => {
	const M = '<tandem-root></tandem-root>';
	const source =
		'<p><template shadowrootmode="closed">a <b>c</b></template><template shadowrootmode=CLOSED></template><template shadowrootmode=closed><tr></template><template shadowrootmode=open><i>';
	const marked = `<p><template shadowrootmode="closed">a ${M}<b>c</b></template><template shadowrootmode=CLOSED>${M}</template><template shadowrootmode=closed><tr></template><template shadowrootmode=open><i>`;
	const whole = { ...options, inject: '<script></script>' };
	assert.is(rewriteHtml(source, whole), `<script></script>${marked}`);
	const cut = new HtmlRewriter(whole);
	assert.is([...source].map((one) => cut.write(one)).join('') + cut.end(), `<script></script>${marked}`);
	assert.is(fragment(source), source);
});

test('the content of raw text elements, as a fragment', () => {
	assert.is(rewriteHtml('a = top; "</script>"', { ...options, fragment: 'script' }), `a = ${v('top')}; "</script>"`);
	assert.is(rewriteHtml('a{b:url(https://x.example)}', { ...options, fragment: 'style' }), `a{b:url(${X})}`);
	assert.is(rewriteHtml('<a href="https://x.example">', { ...options, fragment: 'textarea' }), '<a href="https://x.example">');
});

test('inline code that a policy allows by its hash has our nonce once it is edited, and only then', () => {
	const digest = (algorithm: string, text: string) => createHash(algorithm).update(text, 'latin1').digest('base64');
	const hash = (text: string, algorithm = 'sha256') => `'${algorithm}-${digest(algorithm, text)}'`;
	const [yes, no, css] = ['a = top', 'b = top', 'a{b:url(https://x.example/)}'];
	const under = (policies: readonly string[], source: string) => rewriteHtml(source, { ...options, policies, digest, nonce: 'N' });
	const allowed = `<script nonce="N">a = ${v('top')}</script>`;
	assert.is(under([`script-src ${hash(yes)}`], `<script>${yes}</script>`), allowed);
	assert.is(under([`default-src 'self' ${hash(yes, 'sha512')}`], `<script>${yes}</script>`), allowed);
	assert.is(under([`script-src ${hash(yes)}`], `<script>${no}</script>`), `<script>b = ${v('top')}</script>`);
	assert.is(under([`script-src ${hash('a = 1')}`], '<script>a = 1</script>'), '<script>a = 1</script>');
	assert.is(under([`script-src ${hash(yes)}, script-src 'self'`], `<script>${yes}</script>`), `<script>a = ${v('top')}</script>`);
	assert.is(
		under([`script-src ${hash(yes)} 'nonce-x'`, "script-src 'nonce-x'"], `<script nonce=x>${yes}</script>`),
		`<script nonce=x>a = ${v('top')}</script>`,
	);
	// two nonces would be none (CSP Level 3 section 6.7.3.1)
	for (const [given, has] of [
		['nonce=y', 'nonce="N"'],
		['id="a nonce=1" Nonce async', 'id="a nonce=1" nonce="N" async'],
		["nonces=1 nonce = 'y' defer", 'nonces=1 nonce="N" defer'],
	])
		assert.is(under([`script-src ${hash(yes)} 'nonce-x'`], `<script ${given}>${yes}</script>`), `<script ${has}>a = ${v('top')}</script>`);
	assert.is(under([`style-src ${hash(css)}`], `<style>${css}</style>`), `<style nonce="N">a{b:url(${X}/)}</style>`);
	const meta = `<meta http-equiv="Content-Security-Policy" content="script-src ${hash(yes)}">`;
	assert.ok(under([], `${meta}<script>${yes}</script>`).endsWith(allowed));
	const whole = `<p><script>${yes}</script><style></style><script>1`;
	const rewriter = new HtmlRewriter({ ...options, policies: [`default-src ${hash(yes)}`], digest, nonce: 'N' });
	let cut = '';
	for (const c of whole) cut += rewriter.write(c);
	assert.is(cut + rewriter.end(), `<p>${allowed}<style></style><script>1`);
});

test('lets text leave before the rest is there', () => {
	const rewriter = new HtmlRewriter({ ...options, inject: '<i>' });
	assert.is(rewriter.write('<head><title>a'), '<head><i><title>a');
	assert.is(rewriter.write('b</title><p>c<a hr'), 'b</title><p>c');
	assert.is(rewriter.write('ef="https://x.example">d<script>a = 1;'), `<a href="${X}">d<script>`);
	assert.is(rewriter.write('b = top</script>e'), `a = 1;b = ${v('top')}</script>e`);
	assert.is(rewriter.end(), '');
});

test('a page of one long tag, comment or script in small chunks takes time in proportion', () => {
	for (const [open, fill, close] of [
		['<a title="', 'x', '">'],
		['<!--', '- ', '-->'],
		['<script>', 'a<', '</script>'],
		['<script><!--', '<a', '</script>'],
		['<style>', '<', '</style>'],
		['<title>', '<', '</title>'],
	] as const) {
		// biome-ignore format: short
		const rewriter = new HtmlRewriter(options);
		const started = process.cpuUsage();
		let length = rewriter.write(open).length;
		for (let i = 0; i < 3000; i++) length += rewriter.write(fill.repeat(700)).length;
		length += rewriter.write(close).length + rewriter.end().length;
		assert.is(length, open.length + 3000 * 700 * fill.length + close.length);
		const { user } = process.cpuUsage(started);
		assert.ok(user < 8_000_000, `${open}: ${user / 1000} ms`);
	}
});

test('the parser waits before an inline script that speaks of opening a window, and before no other', () => {
	const wait = '<script>wait()</script>';
	const source =
		'<script>a.top.location = b; open()</script><script>if (top.location != location) x()</script><script>xhr.open(1); function open () {}</script><script async>a = top; window.open(b)</script><script type=module>open()</script><p>open()</p>';
	const whole = rewriteHtml(source, { ...options, waits: (leads) => (leads ? '<wait leads>' : wait) });
	assert.is(
		whole,
		`${wait}<script>$tandem$.w(${v('a.top')}/*$tandem$*/).location = b; open()</script><wait leads><script>if (${v(`${v('top')}.location`)} != ${v('location')}) x()</script><script>xhr.open(1); function open () {}</script>${wait}<script async>a = ${v('top')}; window.open(b)</script><script type=module>open()</script><p>open()</p>`,
	);
	const pieces = new HtmlRewriter({ ...options, waits: (leads) => (leads ? '<wait leads>' : wait) });
	assert.is([...source].map((char) => pieces.write(char)).join('') + pieces.end(), whole);
});

test('windows that a script speaks of opening are counted, those in a loop several times', () => {
	for (const [text, count] of [
		['open("/a"); window.open("/b"); function open() {} x.open(); reopen()', 2],
		['for (const a of all) { t.push(a); t.w = window.open(a); } open("/b")', 4],
		['all.forEach((a) => { open(a) }); do { open("/b") } while (x)', 6],
		['for (const a of all) { a.onclick = () => { open(a) } } if (x) { open("/b") }', 2],
		['document.open("/a", "", ""); document.open(); document.open("text/html", "replace"); document.open(x, (y), z)', 2],
	] as const)
		assert.is(countOpens(text), count, text);
});

test.run();
