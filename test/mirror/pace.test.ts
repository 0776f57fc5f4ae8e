// tests only (Node).
// How often changes go out, by a clock of the test's own; and what is kept of attributes from one delta to the next.
import * as assert from 'uvu/assert';
import type { Context } from '../../injector/context.ts';
import { ChangedAttributes } from '../../injector/mirror/changed-attributes.ts';
import { Pace } from '../../injector/mirror/pace.ts';
import { headOf } from '../../protocol/mirror-decode.ts';
import { suite } from '../harness.ts';

const test = suite('mirror pace');
const SHARE = 0.02;

/** Milliseconds at which messages go when the page changes every `every` and each message takes `cost`, for `during`. */
function sent(every: number, cost: number, during: number, acts: (now: number) => boolean = () => false): number[] {
	let now = 0;
	const pace = new Pace(() => now, SHARE);
	const times: number[] = [];
	for (let due = Number.POSITIVE_INFINITY, change = 0; Math.min(change, due) < during; ) {
		const changes = change <= due;
		now = changes ? change : due;
		if (changes && acts(now)) pace.acted();
		const wait = changes ? pace.wait() : 0;
		if (wait > 0) due = Math.min(due, now + wait);
		else {
			due = Number.POSITIVE_INFINITY;
			times.push(now);
			now += cost;
			pace.spent(cost, true);
		}
		if (changes) change = Math.max(change + every, now);
	}
	return times;
}

test('a page that changes now and then is never kept waiting', () => {
	assert.equal(
		sent(100, 0.5, 3000),
		Array.from({ length: 30 }, (_, i) => i * 100),
	);
	assert.is(sent(20, 0.1, 2000).length, 100);
});

test('a busy page keeps nearly all of its time, and guests see it ten times a second at least', () => {
	for (const cost of [0.5, 1, 1.5, 3, 12]) {
		const times = sent(16, cost, 20_000).filter((at) => at > 5000);
		const gaps = times.slice(1).map((at, i) => at - (times[i] as number) - cost);
		assert.ok(Math.max(...gaps) < 101, `${cost}: ${Math.max(...gaps)}`);
		const share = (times.length * cost) / 15_000;
		assert.ok(share < Math.max(SHARE, cost / 100), `${cost}: ${share}`);
	}
});

test('what somebody does is answered at once, and what follows within a frame of the screen', () => {
	const busy = sent(4, 3, 10_000);
	const times = sent(4, 3, 10_000, (now) => now > 5000 && now < 5008);
	const acted = times.filter((at) => at > 5000 && at < 5300);
	assert.ok((acted[0] as number) < 5008, `${acted[0]}`);
	assert.ok(acted.length > busy.filter((at) => at > 5000 && at < 5300).length * 3, `${acted.length}`);
	assert.ok(acted.slice(1).every((at, i) => at - (acted[i] as number) < 16 + 4 + 3));
});

test('what comes of an act goes at once, also where nothing came of it when it was first looked at', () => {
	let now = 0;
	const pace = new Pace(() => now, SHARE);
	pace.spent(100, true);
	now = 10;
	assert.ok(pace.wait() > 0);
	pace.acted();
	assert.is(pace.wait(), 0);
	assert.is(pace.awaits, true);
	pace.spent(0.1, false);
	now = 12;
	assert.is(pace.wait(), 0);
	pace.spent(0.1, true);
	assert.is(pace.awaits, false);
	assert.ok(pace.wait() > 0);
	pace.acted();
	now = 400;
	assert.is(pace.awaits, false);
});

test('focus, caret and what is pressed go behind what comes of an act, and alone where nothing does', async (t) => {
	const now = 0;
	const timers = new Map<number, () => void>();
	const natives = {
		now: () => now,
		queueMicrotask: (go: () => void) => go(),
		setTimeout: (go: () => void) => timers.set(timers.size + 1, go).size,
		clearTimeout: (id: number) => timers.delete(id),
	};
	const kinds: string[] = [];
	const send = ({ bytes }: { bytes: Uint8Array }) => kinds.push(headOf(bytes).t);
	class Document {
		get hidden(): boolean {
			return false;
		}
	}
	Object.assign(globalThis, { Document });
	t.defer(() => Reflect.deleteProperty(globalThis, 'Document'));
	const { Stream } = await import('../../injector/mirror/stream.ts');
	const pace = new Pace(natives.now, SHARE);
	const stream = new Stream({ natives, send, frame: 1, isTop: true, doc: new Document() } as unknown as Context, pace);
	stream.key('https://a.example/', false, () => {});
	stream.drop({ op: 'active', id: 3 });
	pace.acted();
	stream.drop({ op: 'active', id: 0 });
	stream.push({ op: 'size', width: 800, height: 600 });
	assert.equal(kinds.splice(0), ['key', 'eph', 'delta', 'eph']);
	pace.acted();
	stream.drop({ op: 'active', id: 3 });
	assert.equal(kinds, []);
	for (const go of [...timers.values()]) go();
	assert.equal(kinds.splice(0), ['eph']);
	pace.acted();
	stream.drop({ op: 'scroll', id: 3, x: 0, y: 5 });
	assert.equal(kinds, ['eph']);
});

test('an attribute is remembered from one delta to the next, and no longer', () => {
	const [one, two] = [{}, {}] as [Element, Element];
	const changes = new ChangedAttributes();
	const take = () => {
		const taken: [Element, string[], unknown[]][] = [];
		changes.take((el, { names, sent, rounds }, round) => {
			const now = names.map((_, i) => i).filter((i) => rounds[i] === round);
			taken.push([el, now.map((i) => names[i] as string), now.map((i) => sent[i])]);
			for (const i of now) sent[i] = `sent ${names[i]}`;
		});
		return taken;
	};
	for (const name of ['x', 'y', 'x']) changes.note(one, name);
	assert.equal(take(), [[one, ['x', 'y'], [undefined, undefined]]]);
	changes.note(one, 'y');
	changes.note(two, 'x');
	assert.equal(take(), [
		[one, ['y'], ['sent y']],
		[two, ['x'], [undefined]],
	]);
	changes.note(two, 'z');
	assert.equal(take(), [[two, ['z'], [undefined]]]);
	changes.note(one, 'x');
	assert.equal(take(), [[one, ['x'], [undefined]]]);
	changes.note(one, 'x');
	changes.clear();
	assert.is(changes.size, 0);
});

test.run();
