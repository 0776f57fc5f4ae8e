// tests only (Node).
import { TokenType, tokenize } from '@csstools/css-tokenizer';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { cssUrls } from '../../rewrite/css/scan.ts';
import { rewriteCss, rewriteStyle, unrewriteCss } from '../../rewrite/index.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';
import { ours, scope, zone } from './scope.ts';

const test = suite('css');
const X = ours('https://x.example');

const CHANGED: readonly (readonly [string, string])[] = [
	['a{b:url(https://x.example/c)}', `a{b:url(${X}/c)}`],
	['a{b:URL( "https://x.example/c" )}', `a{b:URL( "${X}/c" )}`],
	["@import 'https://x.example/a.css' screen;", `@import '${X}/a.css' screen;`],
	['@IMPORT/**/url(//x.example/a.css);', `@IMPORT/**/url(${X.slice(5)}/a.css);`],
	['a{b:image-set("https://x.example/1" 1x, url(https://x.example/2) 2x)}', `a{b:image-set("${X}/1" 1x, url(${X}/2) 2x)}`],
	['a{b:-webkit-image-set(url(https://x.example/1) 1x)}', `a{b:-webkit-image-set(url(${X}/1) 1x)}`],
	[
		'@font-face{src:local("a"),url(https://x.example/f.woff2)format("woff2")}',
		`@font-face{src:local("a"),url(${X}/f.woff2)format("woff2")}`,
	],
	['a{b:url(https\\3a //x.example/c)}', `a{b:url(${X}/c)}`],
	['a{b:url("https://x.example/\\"c")}', `a{b:url("${X}/\\22 c")}`],
	['@im\\70ort "https://x.example/a.css";', `@im\\70ort "${X}/a.css";`],
	['a{b:u\\72l(https://x.example/c) \\75rl("//x.example")}', `a{b:u\\72l(${X}/c) \\75rl("${X.slice(5)}")}`],
	['a{b:src("https://x.example/c")}', `a{b:src("${X}/c")}`],
	['a{--b:url(https://x.example/c)}', `a{--b:url(${X}/c)}`],
	['@namespace a "b:c;{\'";a{b:url(https://x.example/c)}', `@namespace a "b:c;{'";a{b:url(${X}/c)}`],
];
const SAME = [
	'@namespace svg url(http://www.w3.org/2000/svg);', '@namespace "http://www.w3.org/1999/xhtml";', 'a{content:"https://x.example"}', '/* url(https://x.example) */', 'a{b:url(data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27)}', 'a{b:url(/c)}', 'a{b:url(https://x.example/c d)}', 'a{b:url(h\\\nttps://x.example)}', 'a{b:url(', 'a{b:"https://x.example', '@import ', 'a{b:attr(c url, "https://x.example")}', 'a{b:curl(https://x.example)}', '\\;url(https://x.example)',
]; // biome-ignore format: a list

test('maps url(), src(), image-set() and @import, quoted, bare or escaped', () => {
	for (const [source, expected] of CHANGED) assert.is(rewriteCss(source, scope), expected);
	assert.is(rewriteStyle('b:url(https://x.example/c)', scope), `b:url(${X}/c)`);
	assert.is(rewriteCss('a{b:url(http:x.example/c)}', scope), `a{b:url(${ours('http://x.example/c')})}`);
});

test('leaves comments, other strings, namespaces and bad URLs', () => {
	for (const source of SAME) assert.is(rewriteCss(source, scope), source);
});

test('turns back', () => {
	for (const [source, rewritten] of CHANGED) if (!source.includes('\\')) assert.is(unrewriteCss(rewritten, zone), source);
});

const PIECES = ['url(', 'URL(', 'src(', 'image-set(', ')', '(', '"', "'", '/*', '*/', '\\', ' ', '\n', 'a', 'https://x/', ';', '{', '}', '@import ', '@media', ',', '/', 'é']; // biome-ignore format: a list

/** The URLs of `url(…)` as the specification's tokenizer has them, bare and quoted. */
function tokenized(css: string): string[] {
	const out: string[] = [];
	let previous: string | undefined;
	for (const [type, text, start, , data] of tokenize({ css }, { onParseError: () => {} })) {
		if (type === TokenType.URL) out.push(`url ${(data as { value: string }).value}`);
		if (type === TokenType.String && previous !== undefined) out.push(`string ${start}`);
		if (type !== TokenType.Whitespace || previous === undefined)
			previous = type === TokenType.Function && /^url\($/i.test(text) ? text : undefined;
	}
	return out;
}

test('finds the URLs that the tokenizer of the specification finds', () => {
	fc.assert(
		fc.property(
			fc.array(fc.constantFrom(...PIECES), { maxLength: 16 }).map((all) => all.join('')),
			(css) => {
				const found = new Set(cssUrls(css).map(({ start, end, quote }) => (quote ? `string ${start - 1}` : css.slice(start, end))));
				for (const line of tokenized(css)) {
					if (line.startsWith('string ')) assert.ok(found.has(line), `${line} in ${css}`);
					else if (!css.includes('\\')) assert.ok(found.has(line.slice(line.indexOf(' ') + 1)), `${line} in ${css}`);
				}
			},
		),
		runs(5000),
	);
});

test('hostile sheets take time in proportion', () => {
	for (const css of [
		'url('.repeat(100_000),
		'(//'.repeat(100_000),
		'@import '.repeat(100_000),
		`${'@import/*'.repeat(50_000)}//`,
		`${'"\\'.repeat(100_000)}//`,
		`${'/*'.repeat(100_000)}//`,
		`${'@namespace '.repeat(100_000)}//`,
		`@namespace ${'url('.repeat(100_000)}//`,
		`${'\\61 '.repeat(50_000)}${'\\61('.repeat(50_000)}//`,
		`@${'\\61 '.repeat(100_000)}//`,
	]) {
		// biome-ignore format: short
		const started = process.cpuUsage();
		rewriteCss(css, scope);
		const { user } = process.cpuUsage(started);
		assert.ok(user < 5_000_000, `${css.slice(0, 20)}: ${user / 1000} ms`);
	}
});

test.run();
