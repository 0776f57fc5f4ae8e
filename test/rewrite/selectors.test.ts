// tests only (Node).
// Selectors that ask about URLs: what is written in their place means the same in a document whose URLs are ours, and can be given back.
import { load } from 'cheerio';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { type AttributeSelector, mapSelectorAttributes } from '../../protocol/css-attributes.ts';
import { mapCssGiven } from '../../protocol/css-given.ts';
import { rewriteSelector } from '../../rewrite/css/selectors.ts';
import { urlTest } from '../../rewrite/css/url-tests.ts';
import { rewriteCss, unrewriteCss } from '../../rewrite/index.ts';
import { mapUrl } from '../../rewrite/url.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';
import { ours, scope, zone } from './scope.ts';

const test = suite('selectors');
const LINK = `${ours('https://x.example')}/c`;

const SHEETS: readonly (readonly [string, string])[] = [
	['a[href="https://x.example/c"]{}', `a:is([\\$tandem\\$],[href="https://x.example/c"],[href="${LINK}"]){}`],
	["[HREF ^= 'https://x.example/c' i ]{}", `:is([\\$tandem\\$],[HREF ^= 'https://x.example/c' i ],[HREF^="${LINK}" i]){}`],
	['[href="https\\3a //x.example/c"]{}', `:is([\\$tandem\\$],[href="https\\3a //x.example/c"],[href="${LINK}"]){}`],
	[
		'b,a:not([href^="https://x.example/c"]):hover{}',
		`b,a:not(:is([\\$tandem\\$],[href^="https://x.example/c"],[href^="${LINK}"])):hover{}`,
	],
	[
		'@media x{@scope([*|src="https://x.example/c"]){i{}}}',
		`@media x{@scope(:is([\\$tandem\\$],[*|src="https://x.example/c"],[*|src="${LINK}"])){i{}}}`,
	],
	[
		'a{color:red;&[href="https://x.example/c"]{b:c}}',
		`a{color:red;&:is([\\$tandem\\$],[href="https://x.example/c"],[href="${LINK}"]){b:c}}`,
	],
	[
		'img[srcset="https://x.example/c 1x, /d 2x"]{}',
		`img:is([\\$tandem\\$],[srcset="https://x.example/c 1x, /d 2x"],[srcset="${LINK} 1x, /d 2x"]){}`,
	],
];
const SAME = [
	'[href^="/"],[href^="#"],[href="?a"],[href^="http"],[href^=mailto],[href=""],[href^=""]{}', '[data-href^="https://"]{}', '[href]{}', 'a{b:"[href^=\'https://x\']"}', '/*[href^="https://"]{}*/', '@supports selector([href^="https://x"]){}', 'a{grid-template-columns:[href] 1fr}', '[href^=https://x.example/]{}', '[src*="/wp-content/"]{}', '[href*=facebook]{}', '[href$="/"]{}', '[type="text"]{}','[href^="https://x',
]; // biome-ignore format: a list

test('a style sheet asks about URLs of ours, and is given back', () => {
	for (const [source, expected] of SHEETS) {
		assert.is(rewriteCss(source, scope), expected);
		assert.is(unrewriteCss(expected, zone), source);
		// As a browser writes it.
		const spaced = expected.replaceAll('],[', '], [');
		assert.is(unrewriteCss(spaced, zone), source);
	}
});

test('what asks about no absolute URL stays as it is', () => {
	for (const source of SAME) assert.is(rewriteCss(source, scope), source);
});

/** Its label is a hash, which says nothing about a part of it. */
const LONG = `${'long.'.repeat(12)}example`;
const HOSTS = ['x.example', 'www.site.example', 'my-site.example', 'site.example:8080', 'localhost', 'localhost:3000', 'xn--bcher-kva.example', 'site.example.org', 'mp.example', 'a.site.example', 'site--a.b', 'co.uk', 'site.co', '127.0.0.1:81', LONG]; // biome-ignore format: a list
const PATHS = ['', '/', '/a.pdf', '/x/y?z=1#h', '#h', '?q', '/my-page', '/3000', '/?u=https://x.example/', '/?u=http://localhost:3000/'];
const urls = fc
	.tuple(fc.constantFrom('https://', 'http://', '//'), fc.constantFrom(...HOSTS), fc.constantFrom(...PATHS))
	.map((all) => all.join(''));
const links = fc.oneof(
	{ weight: 4, arbitrary: urls },
	{ weight: 1, arbitrary: fc.constantFrom('/a.pdf', '#h', 'mailto:a@x.example', 'y', '') },
);
const OPERATORS = ['=', '~=', '|=', '^=', '$=', '*='] as const;

/** What a test of an attribute says (Selectors Level 4 section 6). */
function says({ operator, value }: AttributeSelector, of: string): boolean {
	switch (operator) {
		case '=':
			return of === value;
		case '~=':
			return value !== '' && !/\s/.test(value) && of.split(/\s+/).includes(value);
		case '|=':
			return of === value || of.startsWith(`${value}-`);
		case '^=':
			return value !== '' && of.startsWith(value);
		case '$=':
			return value !== '' && of.endsWith(value);
		default:
			return value !== '' && of.includes(value);
	}
}

test('a rewritten test says of our URL what the test says of the page’s', () => {
	fc.assert(
		fc.property(links, urls, fc.nat(60), fc.nat(60), fc.constantFrom(...OPERATORS), (link, other, from, length, operator) => {
			const value =
				operator === '^=' || operator === '|='
					? other.slice(0, from)
					: other.slice(from % (other.length + 1), (from % (other.length + 1)) + length);
			const selector = `[href${operator}"${value}"]`;
			let of: AttributeSelector | undefined;
			mapSelectorAttributes(selector, (found) => {
				of = found;
				return undefined;
			});
			if (!of?.value || urlTest(of, scope, 'https')?.exact === false) return; // an empty one meets nothing and is never touched
			if (link.includes(LONG) && !value.includes(LONG)) return;
			// One word behind a slash is taken for part of a path, not for a host behind the second slash of `//`.
			if (/^\/(?!\/)[^/?#.:]*(?:[/?#]|$)/.test(value)) return;
			// The beginning of a name that a label spells otherwise, in another place than behind `//`.
			if (link.includes('//xn--') && /^[$*]=$/.test(operator) && !/^[a-z]*:?\/\//.test(value)) return;
			// A letter of the schemes that stands in every label of ours, and a URL without a scheme.
			if (link.startsWith('//') && 'http:'.includes(value)) return;
			// A host and what follows it in the label look alike only where a port is only begun.
			if (/:\d*$/.test(value) || (/\.-?$/.test(value) && /:\d/.test(link))) return;
			const $ = load('<a></a>');
			$('a').attr('href', mapUrl(link, scope, 'https'));
			assert.is(
				$('a').is(rewriteSelector(selector, scope, 'https')),
				says(of, link),
				`${selector} of ${link}: ${rewriteSelector(selector, scope, 'https')}`,
			);
		}),
		runs(20_000),
	);
});

test('a guest’s style sheet asks about the page’s own URL where it has another', () => {
	const given = 'data-tandem-given-href';
	assert.is(mapCssGiven('a[href^="/"]{}'), `a:is([${given}^="/"],[href^="/"]:where(:not([${given}]))){}`);
	assert.is(mapCssGiven('a[ HREF $= pdf i]{}'), `a:is([${given} $= pdf i],[ HREF $= pdf i]:where(:not([${given}]))){}`);
	assert.is(mapCssGiven('iframe:not([src]){}'), 'iframe:not(:is([src],[data-tandem-given-src])){}');
	for (const same of ['a[href]{}', '[*|href="/"]{}', '[data-href="/"]{}', 'a{content:"[href=x]"}']) assert.is(mapCssGiven(same), same);
});

test('hostile selectors take time in proportion', () => {
	for (const css of [
		'['.repeat(100_000),
		'[href='.repeat(50_000),
		'[href*="a"]'.repeat(10_000),
		`[href="${'\\'.repeat(200_000)}`,
		'[/*'.repeat(50_000),
		`[href${'\\abcdef'.repeat(50_000)}!`,
		`[href${'\\a '.repeat(50_000)}!`,
		`[href=${'a'.repeat(200_000)}!`,
		`[href*="x"]${'('.repeat(50_000)}{}`,
	]) {
		const started = process.cpuUsage();
		unrewriteCss(rewriteCss(css, scope), zone);
		rewriteSelector(css, scope, 'https');
		mapCssGiven(css);
		assert.ok(process.cpuUsage(started).user < 5_000_000, css.slice(0, 20));
	}
});

test.run();
