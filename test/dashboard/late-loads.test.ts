// tests only (Node). The strip says that a page loads once it has taken a while, and not again for one that has loaded.
import { mock } from 'node:test';
import * as assert from 'uvu/assert';
import { LateLoads } from '../../dashboard/shell/late-loads.ts';
import type { Tab } from '../../protocol/room.ts';
import { suite } from '../harness.ts';

const test = suite('late loads');

const tabs = (...loading: boolean[]) => loading.map((each, i) => ({ id: `tab${i}`, loading: each }) as Tab);

test('a tab is late once it has been loading for half a second, however often it is told of meanwhile', ({ defer }) => {
	mock.timers.enable({ apis: ['setTimeout'] });
	defer(() => mock.timers.reset());
	let changed = 0;
	const late = new LateLoads(() => changed++);
	late.sync(tabs(true, false));
	mock.timers.tick(300);
	late.sync(tabs(true, true));
	assert.is(changed, 0);
	mock.timers.tick(300);
	assert.is(changed, 1);
	assert.equal([late.has('tab0'), late.has('tab1')], [true, false]);
	late.sync(tabs(false, true));
	assert.is(late.has('tab0'), false);
	late.sync(tabs(true));
	mock.timers.tick(400);
	assert.equal([changed, late.has('tab0'), late.has('tab1')], [1, false, false], 'a closed tab is never late');
});

test.run();
