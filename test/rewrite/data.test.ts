// tests only (Node).
// Documents, style sheets and scripts in `data:` URLs: rewritten, and given back to the letter.
import * as assert from 'uvu/assert';
import { givenData } from '../../rewrite/data.ts';
import { rewriteCss, rewriteHtml, unrewriteCss, unrewriteHtml } from '../../rewrite/index.ts';
import { suite } from '../harness.ts';
import { ours, scope, zone } from './scope.ts';

const test = suite('data: URLs');
const SITE = 'https://x.example/a';
const inject = '<script nonce="n" src="/.tandem/runtime.js" data-tandem-boot="{}"></script>';
const html = (markup: string) => rewriteHtml(markup, { scope, documentUrl: 'https://site.example/', inject });

/** What stands in the attribute that begins behind `name="`, decoded as the browser does. */
function held(markup: string, name: string): string {
	const url = markup.split(`${name}="`).at(-1)?.split('"')[0] ?? '';
	const body = url.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>');
	return decodeURIComponent(body.slice(body.indexOf(',') + 1));
}

test('a frame: its links lead to us, the runtime stands first and has its whole URL', () => {
	const given = `data:text/html,%3Ca href='${SITE}'>ü%3C/a>#f`;
	const markup = html(`<iframe src="${given}"></iframe>`);
	assert.ok(held(markup, 'iframe src').startsWith('<script nonce="n" src="http'), markup);
	assert.ok(held(markup, 'iframe src').includes(`<a href='${ours('https://x.example')}/a'>`), markup);
	assert.is(unrewriteHtml(markup, zone), `<iframe src="${given.replace('ü', '%C3%BC').replaceAll('>', '&gt;')}"></iframe>`);
});

test('base64, and what is none', () => {
	const markup = html(`<embed src="data:text/html;base64,${btoa(`<img src=${SITE}>`)}">`);
	assert.ok(held(markup, 'embed src').includes(ours('https://x.example')));
	const broken = '<iframe src="data:text/html;base64,=="></iframe>';
	assert.ok(html(broken).includes(broken));
});

test('style sheets, in each other too', () => {
	const sheet = `@import url("data:text/css,@import%20url(${SITE}.css)");`;
	const rewritten = rewriteCss(sheet, scope);
	assert.ok(rewritten.includes(`${ours('https://x.example')}/a.css`), rewritten);
	assert.is(unrewriteCss(rewritten, zone), sheet);
	const link = `<link rel="stylesheet" href="data:text/css,@import '${SITE}.css'">`;
	assert.is(unrewriteHtml(html(link), zone), link);
	assert.ok(html(link).includes(ours('https://x.example')));
});

test('scripts', () => {
	const script = '<script src="data:text/javascript,x = location.href%3B"></script>';
	assert.ok(html(script).includes('$tandem$.v(location'));
	assert.is(unrewriteHtml(html(script), zone), script);
});

test('everything else is left', () => {
	for (const url of ['data:image/png;base64,AAAA', 'data:text/plain,<a href=https://x.example>', 'data:,x', 'data:text/html'])
		assert.ok(html(`<iframe src="${url}"></iframe><img src="${url}">`).includes(`<iframe src="${url}"></iframe><img src="${url}">`), url);
	assert.is(givenData('data:text/html,x#y'), 'data:text/html,x#y');
});

test.run();
