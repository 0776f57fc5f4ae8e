// tests only (Node).
// Scripts made to hurt: each must take time in proportion to its length, and no stack.
import * as assert from 'uvu/assert';
import { jsEdits } from '../../rewrite/js/index.ts';
import { suite } from '../harness.ts';

const test = suite('js: hostile scripts', { limit: 60_000 });
const N = 40_000;

const HOSTILE: Readonly<Record<string, string>> = {
	'open parentheses': `${'('.repeat(N)}location`,
	'nested parentheses': `${'('.repeat(N)}location${')'.repeat(N)}`,
	'nested arrays in a pattern': `${'['.repeat(N)}location${']'.repeat(N)} = x`,
	'nested objects': `x = ${'{a:'.repeat(N)}top${'}'.repeat(N)}`,
	'nested templates': `${'`${'.repeat(N)}top${'}`'.repeat(N)}`,
	'a chain of hits': `a${'.location'.repeat(N)}`,
	'a chain of calls with hits': `a${'.top(location)'.repeat(N)}`,
	'optional chain': `a${'?.top'.repeat(N)}`,
	'a list of names': `var a${',top'.repeat(N)}`,
	'commas': `a${',top'.repeat(N)}`,
	'regular expressions': '/[/]top/g.test(location);'.repeat(N),
	'slashes': `${'/'.repeat(N)}top`,
	'quotes': `"'${'"'.repeat(N)}top`,
	'comments': '/* top */location\n'.repeat(N),
	'open comments': `${'/*'.repeat(N)}top`,
	'classes': `${'class extends '.repeat(N)}top`,
	'ternaries': `${'a?top:'.repeat(N)}location`,
	'imports': 'import('.repeat(N),
	'dynamic imports in imports': `${'import('.repeat(N)}top${')'.repeat(N)}`,
	'new': `${'new '.repeat(N)}location`,
	'escapes': 'l\\u006fcation;'.repeat(N),
	'getters': `({${'get location(){},'.repeat(N)}})`,
}; // biome-ignore format: a table

for (const [title, source] of Object.entries(HOSTILE)) {
	test(`${title}: ${source.length} characters`, () => {
		const started = process.cpuUsage();
		const { edits } = jsEdits(source, { module: false });
		const { user } = process.cpuUsage(started);
		assert.ok(Array.isArray(edits));
		// Quadratic work on 40,000 of anything takes minutes; this takes a fraction of a second.
		assert.ok(user < 8_000_000, `${user / 1000} ms`);
	});
}

test('7 MB of ordinary code', () => {
	const source = 'function f(a){var b=a.top+location.href;return{top:b,x:/[/]/.test(a)}}\n'.repeat(100_000);
	const started = process.cpuUsage();
	assert.is(jsEdits(source, { module: false }).edits.length, 100_000 * 4);
	const { user } = process.cpuUsage(started);
	assert.ok(user < 20_000_000, `${user / 1000} ms`);
});

test.run();
