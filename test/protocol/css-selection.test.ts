// tests only (Node).
import * as assert from 'uvu/assert';
import { mapCssSelection } from '../../protocol/css-selection.ts';
import { suite } from '../harness.ts';

const test = suite('css selection');
const PAIR = '@layer tandem-selection{}@layer tandem-selection-pair{color:currentcolor;background-color:transparent}';

test('a rule about ::selection that names one colour gives both, beneath what it says', () => {
	for (const [css, mapped] of [
		['::selection{background:gold}', `::selection{${PAIR}background:gold}`],
		['a , p::SELECTION { color : red }', `a , p::SELECTION {${PAIR} color : red }`],
		['@media print{p::selection{color:red}}', `@media print{p::selection{${PAIR}color:red}}`],
		['.x{color:red;&::selection{background-color:gold}}', `.x{color:red;&::selection{${PAIR}background-color:gold}}`],
		['::selection{text-shadow:none;color:red}b{color:red}', `::selection{${PAIR}text-shadow:none;color:red}b{color:red}`],
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
