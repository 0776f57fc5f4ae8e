// tests only (Node).
// Selectors that are none are told, with the place; those that are pass.
import * as assert from 'uvu/assert';
import { selectorProblem } from '../../protocol/selector.ts';
import { suite } from '../harness.ts';

const test = suite('selectors');

test('selectors pass', () => {
	for (const text of [
		'*',
		'p',
		'.a',
		'#a.b.c',
		'a > b + c ~ d e',
		'h1, h2 ,h3',
		'[data-x]',
		'[data-x="a ] b" i]',
		"input[type='text']:not(.a, #b):focus-within",
		'li:nth-child(2n + 1)::before',
		':has(> img)',
		'iframe[src*=pay]',
		'tandem-card::part(title)',
		'.größe',
		'.sm\\:p-1',
	])
		assert.is(selectorProblem(text), undefined, text);
});

test('what is none is told with its place', () => {
	assert.equal(selectorProblem('  '), { at: 1, what: 'empty' });
	assert.equal(selectorProblem('a >'), { at: 4, what: 'unclosed' });
	assert.equal(selectorProblem('a,'), { at: 3, what: 'unclosed' });
	assert.equal(selectorProblem('a { color: red }'), { at: 3, what: 'unexpected' });
	assert.equal(selectorProblem('.1a'), { at: 1, what: 'unexpected' });
	assert.is(selectorProblem('div[')?.what, 'unexpected');
	assert.is(selectorProblem(':not(.a')?.what, 'unclosed');
	assert.is(selectorProblem('a..b')?.what, 'unexpected');
	assert.is(selectorProblem('a)')?.what, 'unexpected');
});

test.run();
