// tests only (Node).
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { applyEdits } from '../../rewrite/edits.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';

const test = suite('edits');

test('replaces, inserts and deletes; the rest keeps its bytes', () => {
	assert.is(applyEdits('abcdef', []), 'abcdef');
	const edits = [{ start: 0, end: 0, text: '<' }, { start: 0, end: 0, text: '<' }, { start: 1, end: 3, text: '' }, { start: 6, end: 6, text: '>' }]; // biome-ignore format: short
	assert.is(applyEdits('abcdef', edits), '<<adef>');
});

test('refuses edits that overlap, go back, or lie outside', () => {
	for (const edits of [[{ start: 1, end: 3, text: '' }, { start: 2, end: 4, text: '' }], [{ start: 3, end: 1, text: '' }], [{ start: 0, end: 7, text: '' }], [{ start: 4, end: 4, text: '' }, { start: 1, end: 1, text: '' }]]) // biome-ignore format: short
		assert.throws(
			() => applyEdits('abcdef', edits),
			(e: unknown) => e instanceof RangeError,
		);
});

test('is what splitting at the cuts and joining again gives', () => {
	fc.assert(
		fc.property(fc.string(), fc.array(fc.tuple(fc.nat(), fc.string())), (source, marks) => {
			const cuts = marks.map(([n, text]) => ({ at: n % (source.length + 1), text })).sort((a, b) => a.at - b.at);
			const edits = cuts.map(({ at, text }) => ({ start: at, end: at, text }));
			let expected = '';
			let from = 0;
			for (const { at, text } of cuts) {
				expected += source.slice(from, at) + text;
				from = at;
			}
			assert.is(applyEdits(source, edits), expected + source.slice(from));
		}),
		runs(1000),
	);
});

test.run();
