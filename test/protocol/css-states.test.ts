// tests only (Node).
import * as assert from 'uvu/assert';
import { mapCssStates } from '../../protocol/css-states.ts';
import { suite } from '../harness.ts';

const test = suite('states in style sheets');

const H = '[data-tandem-hover]';
const CASES: readonly (readonly [css: string, mapped: string])[] = [
	['a:hover{color:red}', `a${H}{color:red}`],
	['a:hover,b:not(:hover)>i:focus-within{x:y}', `a${H},b:not(${H})>i[data-tandem-focus-within]{x:y}`],
	['a:focus-visible:ACTIVE{}', 'a[data-tandem-focus-visible][data-tandem-active]{}'],
	['@media (hover:hover) and (any-hover:hover){a:hover{x:y}}', `@media (hover:hover) and (any-hover:hover){a${H}{x:y}}`],
	['@supports selector(:focus-visible){a:focus{}}', '@supports selector(:focus-visible){a[data-tandem-focus]{}}'],
	['@scope (a:hover) to (b){c:hover{}}', `@scope (a${H}) to (b){c${H}{}}`],
	[
		'a{animation:active 1s;grid-area:focus;&:hover{color:red}b:hover &{}}',
		`a{animation:active 1s;grid-area:focus;&${H}{color:red}b${H} &{}}`,
	],
	['a{animation-name:hover}', 'a{animation-name:hover}'],
	['a{--x:hover;color:red}b:hover{}', `a{--x:hover;color:red}b${H}{}`],
	['a::part(x):hover{}b::-webkit-scrollbar-thumb:active{}', 'a::part(x):hover{}b::-webkit-scrollbar-thumb:active{}'],
	['a:hover::before{content:":hover{"}', `a${H}::before{content:":hover{"}`],
	['a::part(x):hover b:hover{}', `a::part(x):hover b${H}{}`],
	['/*a:hover{*/a:hover{}', `/*a:hover{*/a${H}{}`],
	['.a\\:hover:hover{}', `.a\\:hover${H}{}`],
	['a{background:url(x:hover{y)}b:hover{}', `a{background:url(x:hover{y)}b${H}{}`],
	['a[title=":hover"]:hover{}', `a[title=":hover"]${H}{}`],
	['a{color:red;;}b:hover{', `a{color:red;;}b${H}{`],
	[':host(:hover) ::slotted(a:hover){}', `:host(${H}) ::slotted(a${H}){}`],
	['a:hovering{}b:focus-ring{}', 'a:hovering{}b:focus-ring{}'],
	['b:-webkit-autofill{}:fullscreen{}', 'b[data-tandem-autofill]{}[data-tandem-fullscreen]{}'],
];

for (const [css, mapped] of CASES) {
	test(css, () => {
		assert.is(mapCssStates(css), mapped);
		assert.is(mapCssStates(mapped), mapped, 'mapped once is enough');
	});
}

test('a long sheet without an end takes time in proportion', () => {
	const css = 'a:hover '.repeat(100_000);
	assert.is(mapCssStates(css), css);
	assert.ok(mapCssStates(`${'a:hover,'.repeat(50_000)}b{}`).startsWith(`a${H}`));
});

test.run();
