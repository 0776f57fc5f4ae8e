// tests only (Node).
// What a page could say to the shell in our runtime's place: forged greetings' origins, and messages of any shape through the port.
import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import { Flow, readFrameMessage } from '../../dashboard/shell/host/from-page.ts';
import { HostPlaces } from '../../dashboard/shell/host/places.ts';
import { type Door, mayBeAt, speaksFor } from '../../dashboard/shell/host/ports.ts';
import { placeOf } from '../../protocol/label.ts';
import { LIMITS } from '../../protocol/limits.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';
import { ASSETS, ourOrigin, RUN, ZONE } from '../proxy/fixture.ts';

const test = suite('security: from a page to the shell');
const FRAME = 77;
const bytes = encodeMirror({ t: 'delta', frame: FRAME, seq: 1, ops: [] });

const GOOD: readonly { readonly t: string; readonly [name: string]: unknown }[] = [
	{ t: 'x', bytes },
	{ t: 'page', url: 'https://a.example/', title: 'a', icon: '', loading: false },
	{ t: 'pointer', x: 1, y: 2.5 },
	{ t: 'pointer' },
	{ t: 'touched' },
	{ t: 'open', url: 'https://a.example/', name: '' },
	{ t: 'spares', n: 2 },
	{ t: 'adopt', spare: 'abc', url: 'about:blank' },
	{ t: 'adopt', spare: 'abc', url: 'about:blank', width: 300, height: 200 },
	{ t: 'window', spare: 'abc', url: 'https://a.example/' },
	{ t: 'window', spare: 'abc', close: true },
	{ t: 'show' },
	{ t: 'external', url: 'mailto:a@b.example' },
	{ t: 'close' },
	{ t: 'input-done', id: 1, ok: false, why: 'gone' },
	{ t: 'tab', to: 3, back: true },
	{ t: 'copied', text: 'a', html: '<b>a</b>' },
	{ t: 'secret', learn: 'hunter2', to: 'https://b.example' },
	{ t: 'secret-known', n: 3 },
	{ t: 'outer', child: 5, mask: 1 },
	{ t: 'bad-rule', selector: '[' },
	{ t: 'out-of-reach', what: 'passkey' },
	{ t: 'storage', local: { a: 'b' }, session: {} },
	{ t: 'leak', url: 'https://a.example', directive: 'connect-src' },
];

const WRONG: readonly unknown[] = [
	null,
	undefined,
	true,
	-1,
	1.5,
	Number.NaN,
	Infinity,
	2 ** 60,
	'',
	'x'.repeat(3_000_000),
	[],
	{},
	new Uint8Array(),
	Symbol.iterator,
	() => 1,
];

test('what the runtime says passes as it is', () => {
	for (const message of GOOD) assert.equal(readFrameMessage(message, FRAME), message);
});

test('every field with every wrong type or size: refused, or nothing but what the field may be', () => {
	for (const message of GOOD)
		for (const name of Object.keys(message))
			for (const value of WRONG) {
				const read = readFrameMessage({ ...message, [name]: value }, FRAME) as Record<string, unknown> | undefined;
				if (!read) continue;
				const was = message[name];
				const same = read[name] === undefined || typeof read[name] === typeof was;
				assert.ok(same, `${message.t}.${name} = ${String(value).slice(0, 20)}`);
				if (typeof was === 'string') assert.ok(String(read[name] ?? '').length <= 1 << 20);
				if (typeof was === 'number' && name !== 'x' && name !== 'y') assert.ok(Number.isSafeInteger(read[name] ?? 0));
				if (name === 't') assert.ok(false, 'a message of another kind');
			}
});

test('what is no message of ours, and keys that reach a prototype, are nothing', () => {
	for (const value of [...WRONG, { t: 'constructor' }, { t: '__proto__' }, { t: 'toString' }, { t: 'ready' }, { t: 'input' }, { t: ['x'] }])
		assert.is(readFrameMessage(value, FRAME), undefined);
	const tricky = JSON.parse('{"t":"touched","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"extra":1}');
	assert.equal(Object.keys(readFrameMessage(tricky, FRAME) ?? {}), ['t'], 'only the fields of its kind');
	assert.is(({} as { polluted?: unknown }).polluted, undefined);
	assert.is(readFrameMessage(Object.create({ t: 'open', url: 'https://a.example', name: '' }), FRAME), undefined);
});

test('mirror bytes of another document, and bytes that are none, are refused', () => {
	for (const frame of [1, FRAME + 1, 0x7fffffff])
		for (const t of ['delta', 'digest', 'resync'] as const)
			assert.is(
				readFrameMessage({ t: 'x', bytes: encodeMirror({ t, frame, seq: 1, ops: [], hash: 1, positions: [] } as never) }, FRAME),
				undefined,
			);
	for (const junk of [[], [255], [255, 255, 255, 255, 255], [0], [200, 1]])
		assert.is(readFrameMessage({ t: 'x', bytes: new Uint8Array(junk) }, FRAME), undefined);
	assert.is(readFrameMessage({ t: 'x', bytes: new Uint8Array(LIMITS.mirrorBytes + 1) }, FRAME), undefined);
	assert.is(readFrameMessage({ t: 'x', bytes: bytes.buffer }, FRAME), undefined);
});

test('any value at all: never throws', () => {
	fc.assert(
		fc.property(
			fc.anything({ withNullPrototype: true, withTypedArray: true, withBigInt: true, withDate: true }),
			fc.constantFrom(...GOOD),
			(value, base) => {
				readFrameMessage(value, FRAME);
				readFrameMessage(typeof value === 'object' && value !== null ? { ...value, t: base.t } : value, FRAME);
			},
		),
		runs(500),
	);
});

test('a flood is cut to what the server takes', () => {
	const flow = new Flow(0);
	let passed = 0;
	for (let i = 0; i < 100_000; i++) if (flow.allows(1000 * (i / 100_000))) passed++;
	assert.ok(passed < 3000, `${passed}`);
	assert.ok(flow.allows(10_000), 'and goes on later');
});

test('a greeting counts from a label of the tab’s own token alone', () => {
	for (const origin of [ourOrigin('https://a.example'), ourOrigin(`https://${'long.'.repeat(12)}example`), 'null'])
		assert.ok(speaksFor(origin, RUN, ZONE), origin);
	const own = ourOrigin('https://a.example');
	for (const origin of [
		'',
		'https://a.example',
		'http://app.tandem.localhost:3000',
		'http://tandem.localhost:3000',
		ourOrigin('https://a.example', ASSETS),
		ourOrigin('mirror', RUN),
		own.replace('http:', 'https:'),
		own.replace(':3000', ''),
		own.replace(':3000', ':3001'),
		`${own}.evil.example`,
		own.replace('http://', 'http://evil.example/'),
		own.replace('http://', 'http://x@'),
		own.replace('http://', 'http://x.'),
		own.toUpperCase(),
		'file://',
		'data:',
	])
		assert.not.ok(speaksFor(origin, RUN, ZONE), origin);
});

test('a document is at an address of its own origin, or at none: no page names another site in the address bar', () => {
	for (const [origin, url] of [
		['https://a.example', 'https://a.example/x?y#z'],
		['http://a.example:81', 'http://a.example:81/'],
		['https://a.example', 'blob:https://a.example/0f0f'],
		['https://a.example', 'about:blank'],
		[`https://${'long.'.repeat(12)}example`, `https://${'long.'.repeat(12)}example/`],
	] as const)
		assert.ok(mayBeAt(placeOf(origin), url), url);
	for (const url of [
		'https://b.example/',
		'http://a.example/',
		'https://a.example:444/',
		'https://www.a.example/',
		'HTTPS://b.example/',
		'https://b.example\\@a.example/',
		'https:b.example',
		'blob:https://b.example/0f0f',
		'https://[',
	])
		assert.not.ok(mayBeAt(placeOf('https://a.example'), url), url);
});

test('a root without an origin is shown where the server has sent one, and as nobody’s where it says anything else', () => {
	const told: string[] = [];
	let root: Door;
	let trusted = '';
	const places = new HostPlaces({
		root: () => root,
		believed: (_tab, { url }) => {
			trusted = url;
		},
		tell: (_tab, { url }) => told.push(`${url} ${url === trusted}`),
	});
	const door = (place: string | undefined) => ({ tab: 't', frame: 1, root: true, place }) as unknown as Door;
	let n = 0;
	const say = (url: string) => places.said(root, { t: 'page', url, title: `Bank ${n++}`, icon: `${url}icon`, loading: false });
	const heard = () => {
		trusted = '';
		return told.splice(0);
	};
	root = door(placeOf('https://bank.example'));
	places.expect('t', 'https://bank.example/');
	places.arrived(root, 'https://bank.example/');
	assert.equal(heard(), []);
	// It says nothing at all: the bank's address goes.
	root = door(undefined);
	places.arrived(root, 'https://bank.example/');
	assert.equal(heard(), ['about:blank false']);
	places.vouch('https://bad.example');
	say('https://bank.example/');
	say('blob:https://bank.example/1');
	assert.equal(heard(), ['about:blank false', 'about:blank false'], 'once for what is said to be the same');
	say('https://bad.example/x');
	say('about:blank');
	say('data:text/html,x');
	assert.equal(heard(), ['https://bad.example/x true', 'about:blank true', 'data:text/html,x true']);
	// The server's word may come last.
	say('https://late.example/');
	places.vouch('https://late.example');
	assert.equal(heard(), ['about:blank false', 'https://late.example/ true']);
	places.vouch('https://other.example');
	assert.equal(heard(), []);
	root = door(placeOf('https://a.example'));
	say('https://b.example/');
	assert.equal(heard(), []);
});

test.run();
