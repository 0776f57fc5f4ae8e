// tests only (Node).
// The relay alone: late guests, gaps, rings, new roots, frames that go, and bytes of a host that lies.
import * as assert from 'uvu/assert';
import { type Key, type MirrorMessage, NAMESPACES, type Op, type WireNode } from '../../protocol/mirror.ts';
import { decodeMirror } from '../../protocol/mirror-decode.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { Relay } from '../../server/rooms/relay.ts';
import { suite } from '../harness.ts';

const test = suite('mirror relay');

const el = (id: number, tag: string, nodes: readonly WireNode[] = [], attrs: readonly string[] = []): WireNode => ({
	k: 'element',
	id,
	ns: NAMESPACES[0],
	tag,
	attrs,
	nodes,
});
const key = (frame: number, nodes: readonly WireNode[], root = true, seq = 0, ops: readonly Op[] = []): Key => ({
	t: 'key',
	frame,
	seq,
	root,
	base: 'https://a.example/',
	quirks: false,
	nodes,
	ops,
});
const delta = (frame: number, seq: number, ...ops: Op[]): MirrorMessage => ({ t: 'delta', frame, seq, ops });
const feed = (relay: Relay, message: MirrorMessage) => relay.fromHost(encodeMirror(message));
const joined = (relay: Relay) => relay.join().map(decodeMirror);

test('a late guest gets the tree as it is now, with its state', () => {
	const relay = new Relay();
	feed(relay, key(7, [el(1, 'html', [el(2, 'body', [el(3, 'p'), { k: 'text', id: 4, text: 'abcdef' }])])]));
	feed(
		relay,
		delta(
			7,
			1,
			{ op: 'insert', parent: 2, before: 3, nodes: [el(5, 'div', [{ k: 'ref', id: 4 }])] },
			{ op: 'splice', id: 4, at: 1, del: 2, text: 'X' },
			{ op: 'attr', id: 5, name: 'class', value: 'c' },
			{ op: 'state', id: 5, name: 'value', value: 'v' },
			{ op: 'remove', id: 3 },
		),
	);
	relay.fromHost(
		encodeMirror({
			t: 'eph',
			frame: 7,
			ops: [
				{ op: 'scroll', id: 0, x: 0, y: 50 },
				{ op: 'scroll', id: 3, x: 0, y: 1 },
			],
		}),
	);
	const [state] = joined(relay);
	assert.equal(
		state,
		key(7, [el(1, 'html', [el(2, 'body', [el(5, 'div', [{ k: 'text', id: 4, text: 'aXdef' }], ['class', 'c'])])])], true, 1, [
			{ op: 'state', id: 5, name: 'value', value: 'v' },
			{ op: 'scroll', id: 0, x: 0, y: 50 },
		]),
	);
});

test('a gap is seen and a key asked of the host, once', () => {
	const relay = new Relay();
	feed(relay, key(7, [el(1, 'html')]));
	assert.is(feed(relay, delta(7, 1, { op: 'attr', id: 1, name: 'a', value: '1' })).toGuests.length, 1);
	const gap = feed(relay, delta(7, 3, { op: 'attr', id: 1, name: 'a', value: '3' }));
	assert.is(gap.toGuests.length, 0);
	assert.equal(gap.toHost.map(decodeMirror), [{ t: 'resync', frame: 7, seq: 0 }]);
	assert.is(feed(relay, delta(7, 4, { op: 'attr', id: 1, name: 'a', value: '4' })).toHost.length, 0, 'asked only once');
	assert.is(feed(relay, delta(7, 1)).toGuests.length, 0, 'a delta that came before is not sent twice');
});

test("a guest who missed some deltas gets those, one who has nothing a key, one whose key was wrong the host's", () => {
	const relay = new Relay();
	feed(relay, key(7, [el(1, 'html')]));
	for (let seq = 1; seq <= 5; seq++) feed(relay, delta(7, seq, { op: 'attr', id: 1, name: 'a', value: String(seq) }));
	const ask = (seq: number) => relay.fromGuest(encodeMirror({ t: 'resync', frame: 7, seq }));
	assert.equal(
		ask(3)
			.toGuest.map(decodeMirror)
			.map((m) => (m.t === 'delta' ? m.seq : 0)),
		[4, 5],
	);
	assert.is(decodeMirror(ask(0).toGuest[0] as Uint8Array).t, 'key');
	assert.equal(ask(0).toHost.map(decodeMirror), [{ t: 'resync', frame: 7, seq: 0 }]);
	assert.equal(
		relay
			.since(new Map([[7, 4]]))
			.map(decodeMirror)
			.map((m) => m.t),
		['delta'],
	);
	assert.equal(
		relay
			.since(new Map())
			.map(decodeMirror)
			.map((m) => m.t),
		['key'],
	);
});

test('who missed much gets what came of it: an overwritten change is left out, and the outcome is the same', () => {
	const relay = new Relay();
	feed(relay, key(7, [el(1, 'html', [el(2, 'p', [{ k: 'text', id: 3, text: 'a' }])])]));
	feed(relay, delta(7, 1, { op: 'text', id: 3, text: 'b'.repeat(50) }, { op: 'attr', id: 2, name: 'class', value: 'x' }));
	feed(relay, delta(7, 2, { op: 'insert', parent: 1, before: 0, nodes: [el(4, 'b')] }, { op: 'text', id: 3, text: 'cde' }));
	feed(relay, delta(7, 3, { op: 'splice', id: 3, at: 1, del: 1, text: 'XY' }, { op: 'unattr', id: 2, name: 'class' }));
	const missed = relay.since(new Map([[7, 0]])).map(decodeMirror);
	assert.equal(missed, [
		delta(7, 1),
		delta(7, 2),
		delta(
			7,
			3,
			{ op: 'insert', parent: 1, before: 0, nodes: [el(4, 'b')] },
			{ op: 'text', id: 3, text: 'cXYe' },
			{ op: 'unattr', id: 2, name: 'class' },
		),
	]);
});

test('who missed much gets what blob: URLs stand for that came meanwhile, and not what they had before', () => {
	const relay = new Relay();
	const asset = (url: string): MirrorMessage => ({
		t: 'asset',
		frame: 7,
		url: `blob:${url}`,
		type: 'image/png',
		bytes: new Uint8Array([1]),
	});
	feed(relay, key(7, [el(1, 'html', [el(2, 'img')])]));
	feed(relay, asset('old'));
	feed(relay, delta(7, 1, { op: 'attr', id: 2, name: 'src', value: 'blob:old' }));
	feed(relay, asset('new'));
	feed(relay, delta(7, 2, { op: 'attr', id: 2, name: 'src', value: 'blob:new' }));
	const missed = (seq: number) =>
		relay
			.since(new Map([[7, seq]]))
			.map(decodeMirror)
			.map((m) => (m.t === 'asset' ? m.url : m.t));
	assert.equal(missed(1), ['blob:new', 'delta']);
	assert.equal(missed(2), []);
});

test('a late guest costs no new key while little has changed since the last one', () => {
	const relay = new Relay();
	feed(
		relay,
		key(7, [
			el(
				1,
				'html',
				Array.from({ length: 50 }, (_, i) => el(i + 2, 'p', [], ['class', `c${i}`])),
			),
		]),
	);
	const first = relay.join();
	assert.is(relay.join(), first, 'the same array, so that it is packed once');
	feed(relay, delta(7, 1, { op: 'attr', id: 2, name: 'a', value: '1' }));
	assert.equal(
		joined(relay).map(({ t }) => t),
		['key', 'delta'],
	);
});

test("who has all of a page that changes, was repaired and differs all the same, gets the host's key", () => {
	const relay = new Relay();
	const ask = (seq: number) => relay.fromGuest(encodeMirror({ t: 'resync', frame: 7, seq }));
	feed(relay, key(7, [el(1, 'html')]));
	feed(relay, delta(7, 1, { op: 'attr', id: 1, name: 'a', value: '1' }));
	assert.is(decodeMirror(ask(0).toGuest[0] as Uint8Array).t, 'key');
	feed(relay, delta(7, 2, { op: 'attr', id: 1, name: 'a', value: '2' }));
	const { toGuest, toHost } = ask(2);
	assert.is(toGuest.length, 0);
	assert.equal(toHost.map(decodeMirror), [{ t: 'resync', frame: 7, seq: 0 }]);
});

test("a late guest gets the host's last hash, as long as nothing has changed since that goes into it", () => {
	const relay = new Relay();
	const digest = (seq: number): MirrorMessage => ({ t: 'digest', frame: 7, seq, hash: 5 });
	const kinds = (messages: readonly Uint8Array[]) => messages.map(decodeMirror).map(({ t }) => t);
	feed(relay, key(7, [el(1, 'html')]));
	feed(relay, digest(0));
	assert.equal(kinds(relay.join()), ['key', 'digest']);
	assert.equal(kinds(relay.since(new Map([[7, 0]]))), ['digest'], 'one who was away too');
	assert.equal(kinds(relay.glances()), ['digest'], 'and one to whom it was not sent, for their line was slow');
	feed(relay, { t: 'eph', frame: 7, ops: [{ op: 'hover', id: 1 }] });
	assert.equal(kinds(relay.join()).at(-1), 'digest', 'where the pointer is says nothing');
	feed(relay, { t: 'eph', frame: 7, ops: [{ op: 'scroll', id: 0, x: 0, y: 9 }] });
	assert.is(kinds(relay.join()).at(-1), 'eph', 'it was of another place');
	feed(relay, digest(0));
	feed(relay, delta(7, 1, { op: 'attr', id: 1, name: 'a', value: '1' }));
	assert.not.ok(kinds(relay.glances()).includes('digest'), 'it was of another tree');
	feed(relay, digest(1));
	feed(relay, key(7, [el(1, 'html')], true, 1));
	assert.equal(kinds(relay.join()), ['key']);
});

test('frames come parents first, go with their iframe, and all go with the root', () => {
	const relay = new Relay();
	feed(relay, key(9, [el(1, 'html')], false));
	feed(relay, key(8, [el(1, 'html')], false, 0, [{ op: 'frame', id: 1, child: 9 }]));
	feed(relay, key(7, [el(1, 'html', [el(2, 'iframe')])]));
	assert.equal(
		joined(relay).map((m) => m.frame),
		[7],
		'a frame that hangs nowhere is not sent',
	);
	feed(relay, delta(7, 1, { op: 'frame', id: 2, child: 8 }));
	assert.equal(
		joined(relay).map((m) => m.frame),
		[7, 8, 9],
	);
	feed(relay, delta(7, 2, { op: 'remove', id: 2 }));
	assert.equal(
		joined(relay).map((m) => m.frame),
		[7],
	);
	feed(relay, key(70, [el(1, 'html')]));
	assert.equal(
		joined(relay).map((m) => m.frame),
		[70],
	);
	assert.is(relay.stats().frames, 1);
});

test('bytes of a host that lies are refused, and the relay lives on', () => {
	const relay = new Relay();
	assert.is(relay.fromHost(Uint8Array.of(1, 2, 3)).toGuests.length, 0);
	assert.is(relay.fromHost(new Uint8Array()).toGuests.length, 0);
	feed(relay, key(7, [el(1, 'html', [el(2, 'body')])]));
	const circle = feed(relay, delta(7, 1, { op: 'insert', parent: 2, before: 0, nodes: [{ k: 'ref', id: 1 }] }));
	assert.is(circle.toGuests.length, 0);
	assert.is(circle.toHost.length, 1);
	feed(relay, key(7, [el(1, 'html')], true, 1));
	assert.is(joined(relay).length, 1);
});

test.run();
