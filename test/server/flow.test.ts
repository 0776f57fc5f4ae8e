// tests only (Node).
// How far behind a line is, by acknowledgements alone.
import * as assert from 'uvu/assert';
import { Flow } from '../../server/rooms/flow.ts';
import { suite } from '../harness.ts';

const test = suite('flow of a line');

test('what is acknowledged in time is not late, whatever the distance', () => {
	const flow = new Flow();
	for (let now = 0; now < 5000; now += 100) {
		flow.sent(100, now);
		if (now >= 300) flow.acked(now - 300 + 100, now);
	}
	assert.ok(flow.late(5000) <= 100);
	assert.ok(flow.backlog(5000) <= 100);
});

test('a line that carries less than it is given falls behind, and is free when all has arrived', () => {
	const flow = new Flow();
	// 10 bytes a millisecond go in, 5 come out, 100 ms later.
	for (let now = 0; now < 2000; now += 50) {
		flow.sent(500, now);
		flow.acked(Math.max(0, Math.floor(((now - 100) * 5) / 500) * 500), now);
	}
	assert.ok(flow.late(2000) > 600, `${flow.late(2000)}`);
	assert.ok(flow.backlog(2000) > 600, `${flow.backlog(2000)}`);
	flow.acked(20_000, 4000);
	assert.is(flow.under, 0);
	assert.is(flow.late(4000), 0);
	assert.is(flow.backlog(4000), 0);
});

test('more than was sent is not believed', () => {
	const flow = new Flow();
	flow.sent(10, 0);
	flow.acked(1e9, 1);
	assert.is(flow.under, 10);
	flow.acked(Number.NaN, 1);
	assert.is(flow.under, 10);
});

test('a line that was sent nothing owes nothing', () => {
	const flow = new Flow();
	flow.sent(0, 1000);
	assert.is(flow.late(60_000), 0);
	assert.is(flow.under, 0);
});

test.run();
