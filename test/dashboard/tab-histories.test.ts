// tests only (Node). Each tab goes back and forth by itself, whatever the others did in between.
import * as assert from 'uvu/assert';
import { TabHistories } from '../../dashboard/shell/host/tab-histories.ts';
import { suite } from '../harness.ts';

const test = suite('the histories of tabs');

test('one tab alone goes the browser’s own way', () => {
	const all = new TabHistories(() => assert.unreachable());
	all.moved('a', 'push', '/1');
	all.moved('a', 'push', '/2');
	assert.equal(all.way('a', -1), { native: -1 });
	all.moved('a', 'traverse', '/1');
	assert.equal(all.way('a', 1), { native: 1 });
	assert.equal(all.way('a', -1), { native: -1 }, 'a frame in it may have gone somewhere');
});

test('past another tab’s steps the page is opened anew, and nothing lies beyond the first', () => {
	const apart: string[] = [];
	const all = new TabHistories((tab) => apart.push(tab));
	all.moved('a', 'replace', '/a1');
	all.moved('b', 'replace', '/b1');
	all.moved('a', 'push', '/a2');
	assert.equal(apart, ['b']);
	all.moved('b', 'push', '/b2');
	assert.equal(apart, ['b', 'a']);
	assert.equal(all.way('b', -1), { native: -1 });
	assert.equal(all.way('a', -1), { open: '/a1' });
	all.moved('a', 'replace', '/a1?again');
	assert.is(all.way('a', -1), undefined);
	assert.equal(all.way('a', 1), { open: '/a2' });
	all.moved('a', 'replace', '/a2');
	all.moved('a', 'push', '/a3');
	assert.equal(all.way('a', -1), { native: -1 });
	assert.equal(all.way('a', -2), { open: '/a1?again' });
	assert.equal(all.way('b', -1), { open: '/b1' });
});

test('a tab that is closed leaves steps behind that lead nowhere', () => {
	const all = new TabHistories(() => {});
	all.moved('a', 'replace', '/a1');
	all.moved('a', 'push', '/a2');
	all.moved('b', 'replace', '/b1');
	assert.ok(all.isApart('b'));
	all.moved('b', 'push', '/b2');
	all.forget('b');
	assert.equal(all.way('a', -1), { open: '/a1' });
});

test('a tab is where its page said last, and before it said anything where it was sent', () => {
	const all = new TabHistories(() => {});
	assert.is(all.address('a'), '');
	all.sent('a', '/1');
	all.sent('a', '/2');
	assert.is(all.address('a'), '/2');
	all.said('a', '/page');
	all.sent('a', '/file.pdf');
	assert.is(all.address('a'), '/page', 'what has no runtime says nothing');
	all.forget('a');
	assert.is(all.address('a'), '');
});

test.run();
