// tests only (Node).
import * as assert from 'uvu/assert';
import { mapCssSelection } from '../../protocol/css-selection.ts';
import { suite } from '../harness.ts';

const test = suite('css selection');
const FIRST = '@layer tandem-selection{}';
const PAIR = '@layer tandem-selection-pair{color:currentcolor;background-color:transparent}';
/** Where the browser understands the declaration. */
const pair = (declaration: string) => `${FIRST}@supports (${declaration}){${PAIR}}`;

test('a rule about ::selection that names one colour gives both, beneath what it says', () => {
	for (const [css, mapped] of [
		['::selection{background:gold}', `::selection{${pair('background:gold')}background:gold}`],
		['a , p::SELECTION { color : red }', `a , p::SELECTION {${pair('color : red')} color : red }`],
		['@media print{p::selection{color:red}}', `@media print{p::selection{${pair('color:red')}color:red}}`],
		[
			'.x{color:red;&::selection{background-color:gold}}',
			`.x{color:red;&::selection{${pair('background-color:gold')}background-color:gold}}`,
		],
		['::selection{text-shadow:none;color:red}b{color:red}', `::selection{${pair('color:red')}text-shadow:none;color:red}b{color:red}`],
		['::selection{color:var(--a, url(x))}', `::selection{${FIRST}${PAIR}color:var(--a, url(x))}`],
		[
			'::selection{color:rgb(1 2 3)!important;background:x}',
			`::selection{${pair('color:rgb(1 2 3)) or (background:x')}color:rgb(1 2 3)!important;background:x}`,
		],
	] as const) {
		assert.is(mapCssSelection(css), mapped);
		assert.is(mapCssSelection(mapped), mapped, 'mapped once is enough');
	}
});

test('everything else stays as it is', () => {
	for (const css of [
		'p{color:red}',
		'::selection{text-shadow:none}b{color:red}',
		'::selection-x{color:red}',
		'/* ::selection */p{color:red}',
		'@import "::selection";p{color:red}',
		'p::before{content:"::selection{color:red}"}',
		'::selection',
		'::selection{',
	])
		assert.is(mapCssSelection(css), css);
	assert.ok(mapCssSelection('a::selection,'.repeat(50_000)));
});

test.run();
