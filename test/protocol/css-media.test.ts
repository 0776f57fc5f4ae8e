// tests only (Node).
// Media conditions that are to answer as at a mirror's host, in sheets and in attributes.
import * as assert from 'uvu/assert';
import { mapCssMedia, mapMediaQuery } from '../../protocol/css-media.ts';
import { suite } from '../harness.ts';

const test = suite('css media');

const holds = new Set([
	'prefers-reduced-motion: reduce',
	'hover: hover',
	'pointer: fine',
	'any-pointer: fine',
	'any-pointer: coarse',
	'scripting: enabled',
]);
const YES = '(min-width: 0px)';
const NO = '(min-width: 9999999px)';

test('each condition becomes one that always or never holds, and nothing else changes', () => {
	for (const [query, mapped] of [
		['(prefers-reduced-motion: reduce)', YES],
		['( PREFERS-reduced-motion:no-preference )', NO],
		['(prefers-reduced-motion)', YES],
		['(prefers-contrast)', NO],
		[
			'screen and (any-pointer: coarse) and (min-width: 40em), not all and (hover: none)',
			`screen and ${YES} and (min-width: 40em), not all and ${NO}`,
		],
		['not ((hover) and (pointer: coarse))', `not (${YES} and ${NO})`],
		['(scripting: none)', NO],
		['print and (hover-something: x)', 'print and (hover-something: x)'],
		['(prefers-color-scheme: dark)', '(prefers-color-scheme: dark)'],
	] as const)
		assert.is(mapMediaQuery(query, holds), mapped, query);
});

test('in a sheet only where media queries stand', () => {
	const css = `@import url("a;{(hover: none).css") screen and (hover: none); a{content:"(hover: none)"}
		@media (hover: none){ a:hover{ x: (hover) } @media not (pointer: fine) { b{} } } @supports (hover: none) { c{} } @media{d{}}`;
	assert.is(
		mapCssMedia(css, holds),
		`@import url("a;{(hover: none).css") screen and ${NO}; a{content:"(hover: none)"}
		@media ${NO}{ a:hover{ x: (hover) } @media not ${YES} { b{} } } @supports (hover: none) { c{} } @media{d{}}`,
	);
});

test.run();
