// tests only (Node).
// The lexer against acorn: on bundles that others wrote, on programs made up at random, and on those with tokens swapped.
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';
import { agree } from './js-agree.ts';

const test = suite('js: lexer against parser', { limit: 120_000 });

const BUNDLES: readonly (readonly [string, boolean])[] = [
	['react-dom/cjs/react-dom.development.js', false],
	['react-dom/umd/react-dom.production.min.js', false],
	['three/build/three.core.js', true],
	['three/build/three.webgpu.js', true],
	['jquery/dist/jquery.js', false],
	['jquery/dist/jquery.min.js', false],
	['lodash/lodash.min.js', false],
	['bootstrap/dist/js/bootstrap.bundle.min.js', false],
	['graphiql/graphiql.js', false],
	['monaco-editor/min/vs/editor/editor.main.js', false],
	['acorn/dist/acorn.mjs', true],
	['swagger-ui-dist/swagger-ui-bundle.js', false],
	['grapesjs/dist/grapes.min.js', false],
];

test('no miss and none invented in real bundles, and no doubt', () => {
	let seen = 0;
	for (const [path, module] of BUNDLES) {
		const file = new URL(`../../node_modules/${path}`, import.meta.url);
		if (!existsSync(file)) continue;
		seen++;
		assert.is(agree(readFileSync(file, 'utf8'), module), 'same', path);
	}
	assert.ok(seen >= 6, `only ${seen} bundles are installed`);
});

const name = fc.constantFrom(
	'a',
	'b',
	'top',
	'location',
	'eval',
	'postMessage',
	'parent',
	'window',
	'self',
	'of',
	'async',
	'get',
	'static',
	'yield_',
	'l\\u006fcation',
);
const key = fc.constantFrom(
	'a',
	'top',
	'location',
	'eval',
	'postMessage',
	'parent',
	'import',
	'default',
	'class',
	'in',
	'get',
	"'top'",
	'[location]',
	'#p',
);
const space = fc.constantFrom('', '', ' ', '\n', '/* top */', '// location\n');
type Parts = readonly (string | fc.Arbitrary<string>)[];
const seq = (...parts: Parts) => fc.tuple(...parts.map((p) => (typeof p === 'string' ? fc.constant(p) : p))).map((all) => all.join(''));

/** Expressions, patterns and statements of a good part of the grammar; most parse, and what doesn't is skipped. */
const { expression, statement } = fc.letrec<Record<'expression' | 'pattern' | 'body' | 'member' | 'statement', string>>((tie) => {
	const e = tie('expression');
	const p = tie('pattern');
	const b = tie('body');
	return {
		expression: fc.oneof(
			{ maxDepth: 4, depthIdentifier: 'e', withCrossShrink: true },
			name,
			fc.constantFrom('1', '.5', '"top"', '/top[/]/g', 'this', 'x', '`top`', 'import.meta', '0x1f', '017', '1_0n'),
			seq(e, space, '.', space, key),
			seq(e, '?.', key),
			seq(e, "['", name, "']"),
			seq(e, '?.["location"]'),
			seq(e, '[', e, ']'),
			seq(name, space, '[', e, ']'),
			seq(fc.constantFrom('window', 'parent'), '?.', space, '[', e, ']'),
			seq(
				fc.constantFrom('this', 'top', 'a'),
				fc.constantFrom('.parent!==', ' != '),
				fc.constantFrom('this', 'top', 'a'),
				fc.constantFrom('', '.parent'),
			),
			seq(name, fc.constantFrom('.parent===', '.parent != ', '!==', '===a.'), name, fc.constantFrom('', '.parent', '&&a')),
			seq(e, space, '(', e, ')'),
			seq('new ', e, '(', e, ')'),
			seq('new ', e),
			seq('(', e, ',', e, ')'),
			seq('(', p, ')', space, fc.constantFrom('=', '=>', '++'), e),
			seq('(', p, ',', p, '=', e, ')=>', e),
			seq('async ', name, '=>', e),
			seq(p, space, fc.constantFrom('=', '+=', '??='), space, e),
			seq('[', p, ',', e, ']'),
			seq('{', key, ':', e, ',', name, ',...', e, '}'),
			seq('{...', space, fc.constantFrom('window', 'self', 'top', 'parent'), '}'),
			seq('({', key, '(', p, ')', b, ',get ', key, '()', b, ',*', key, '()', b, '})'),
			seq(e, space, fc.constantFrom('+', '/', '*', '<', '&&', ' in ', ' instanceof ', '?.5:', ','), space, e),
			seq(e, '?', e, ':', e),
			seq(fc.constantFrom('typeof ', 'delete ', '!', '++', '--', 'void ', '- '), e),
			seq(fc.constantFrom('typeof(', 'void(', 'a in('), e, ').', key),
			seq(e, space, fc.constantFrom('++', '--')),
			seq('`a${', e, '}`'),
			seq(e, '`${', e, '}`'),
			seq('function ', name, '(', p, ')', b),
			seq('function(', p, '=', e, ')', b, '/', e),
			seq('class ', name, ' extends ', e, '{', tie('member'), tie('member'), '}'),
			seq('class{', tie('member'), '}'),
			seq('import(', e, ')'),
			seq('eval(', e, ',', e, ')'),
		),
		pattern: fc.oneof(
			{ maxDepth: 3, depthIdentifier: 'e' },
			name,
			seq('{', name, '}'),
			seq('{', name, '=', e, ',', key, ':', p, '}'),
			seq('[', p, ',', p, '=', e, ',...', p, ']'),
			seq('{[', e, ']:', p, ',...', name, '}'),
			seq(e, '.', key),
		),
		body: fc.oneof({ maxDepth: 3, depthIdentifier: 'e' }, fc.constant('{}'), seq('{return ', e, '}'), seq('{', tie('statement'), '}')),
		member: seq(fc.constantFrom('', 'static ', 'get ', 'async ', '*'), key, fc.constantFrom('(){}', '(a){}', ';', '=1;', '=top\n', '\n')),
		statement: fc.oneof(
			{ maxDepth: 3, depthIdentifier: 'e' },
			seq(e, fc.constantFrom(';', '\n')),
			seq(fc.constantFrom('var ', 'let ', 'const '), p, '=', e, ',', space, p, '=', e, ';'),
			seq('var ', name, ',', space, name, fc.constantFrom(';', '\n')),
			seq('if(', e, ')', tie('statement'), 'else ', tie('statement')),
			seq('for(', fc.constantFrom('', 'var ', 'const '), p, fc.constantFrom(' of ', ' in '), e, ')', tie('statement')),
			seq('for(', e, ';', e, ';', e, ')', tie('statement')),
			seq('function ', name, '(', p, ',', name, ')', b, space, '/top/.test(a)\n'),
			seq('try', b, 'catch(', p, ')', b),
			seq(name, ':', tie('statement')),
			seq('switch(', e, '){case ', e, ':', tie('statement'), 'default:', tie('statement'), '}'),
			seq('{', tie('statement'), tie('statement'), '}'),
			seq('while(', e, ')', tie('statement')),
			seq('return ', e, ';'),
			seq(fc.constantFrom('return(', 'throw('), e, ').', key, ';'),
			seq('async function* f(){await ', e, ';yield ', e, ';yield*', e, ';for await(', p, ' of ', e, ');}\n'),
			seq('class ', name, '{', tie('member'), tie('member'), tie('member'), '}', space),
		),
	};
});

test('agrees on programs made up at random', () => {
	const verdicts = { same: 0, doubt: 0, 'no script': 0 };
	const program = fc.oneof(
		fc.array(statement, { minLength: 1, maxLength: 3 }).map((all) => all.join('')),
		expression,
	);
	fc.assert(
		fc.property(program, fc.boolean(), (source, module) => {
			verdicts[agree(source, module)]++;
		}),
		runs(6000),
	);
	assert.ok(verdicts.same > 500, JSON.stringify(verdicts));
	assert.ok(verdicts.doubt < verdicts.same / 5, JSON.stringify(verdicts));
});

const TOKENS =
	'a top window self location . ?. ( ) [ ] { } , ; : ? = => ++ / * + eval postMessage parent import of in async get var function new typeof "top" \n ` ${ return case #a ...'.split(
		' ',
	);

/** As a minifier writes them: a space only between words. */
function tight(tokens: readonly string[]): string {
	return tokens.reduce((text, token) => text + (/[\w$]$/.test(text) && /^[\w$]/.test(token) ? ' ' : '') + token, '');
}

test('agrees on tokens in any order, where they happen to parse', () => {
	let parsed = 0;
	fc.assert(
		fc.property(fc.array(fc.constantFrom(...TOKENS), { minLength: 1, maxLength: 9 }), (tokens) => {
			for (const source of [tokens.join(' '), tight(tokens)]) if (agree(source, false) !== 'no script') parsed++;
		}),
		runs(20_000),
	);
	assert.ok(parsed > 100, String(parsed));
});

test.run();
