// tests only (Node).
// The wire: what is encoded comes back, bytes that are no message are refused, URLs in CSS and srcset are found.
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { mapCssUrls, mapSrcset } from '../../protocol/css-urls.ts';
import { Digest } from '../../protocol/digest.ts';
import { type MirrorMessage, NAMESPACES, type Op, STATES, type WireNode } from '../../protocol/mirror.ts';
import { decodeMirror, headOf } from '../../protocol/mirror-decode.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';

const test = suite('mirror codec');

/** Records with an ordinary prototype, as decoding makes them. */
const record = <T>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) => fc.record<T>(model, { noNullPrototype: true }) as fc.Arbitrary<T>;
const id = fc.integer({ min: 0, max: 5_000_000 });
const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.constantFrom('div', 'class', '', '\u{feff}x'));
const node = fc.letrec<{ node: WireNode; nodes: WireNode[] }>((tie) => ({
	nodes: fc.array(tie('node'), { maxLength: 4 }),
	node: fc.oneof(
		{ depthSize: 'small' },
		record({ k: fc.constant('text' as const), id, text }),
		record({ k: fc.constant('ref' as const), id }),
		record({
			k: fc.constant('element' as const),
			id,
			ns: fc.constantFrom(...NAMESPACES, 'urn:other'),
			tag: text,
			attrs: fc.array(fc.tuple(text, text), { maxLength: 9 }).map((pairs) => pairs.flat()),
			nodes: tie('nodes'),
		}),
		record({ k: fc.constant('shadow' as const), id, manual: fc.boolean(), nodes: tie('nodes') }),
		record({ k: fc.constant('sheet-pi' as const), id, text }),
	),
})).node;
const int = fc.integer({ min: 0, max: 100_000 });
const op: fc.Arbitrary<Op> = fc.oneof(
	record({ op: fc.constant('insert' as const), parent: id, before: id, nodes: fc.array(node, { maxLength: 3 }) }),
	record({ op: fc.constantFrom('remove' as const, 'active' as const, 'hover' as const), id }),
	record({ op: fc.constant('focus' as const), id, look: fc.constantFrom(0 as const, 1 as const, 2 as const) }),
	record({ op: fc.constant('attr' as const), id, name: text, value: text }),
	record({ op: fc.constant('splice' as const), id, at: int, del: int, text }),
	record({ op: fc.constant('state' as const), id, name: fc.constantFrom(...STATES), value: text }),
	record({ op: fc.constant('frame' as const), id, child: id }),
	record({ op: fc.constant('sheet' as const), id, media: text, disabled: fc.boolean(), rules: fc.array(text) }),
	record({ op: fc.constant('rules' as const), id, at: int, del: int, rules: fc.array(text) }),
	record({ op: fc.constant('adopt' as const), id, sheets: fc.array(id) }),
	record({ op: fc.constant('size' as const), width: int, height: int }),
	record({ op: fc.constant('scroll' as const), id, x: fc.integer(), y: int }),
	record({ op: fc.constant('select' as const), anchor: id, anchorOffset: int, head: id, headOffset: int }),
	record({ op: fc.constantFrom('caret' as const, 'compose' as const), id, start: int, end: int }),
	record({ op: fc.constant('picture' as const), id, type: text, bytes: fc.uint8Array() }),
	record({ op: fc.constant('media' as const), id, playing: fc.boolean(), time: int, rate: int, volume: fc.constantFrom(0, 0.5, 1) }),
);
const frame = fc.integer({ min: 1, max: 0x7fffffff });
const ops = fc.array(op, { maxLength: 6 });
const message: fc.Arbitrary<MirrorMessage> = fc.oneof(
	record({
		t: fc.constant('key' as const),
		frame,
		seq: int,
		root: fc.boolean(),
		base: text,
		quirks: fc.boolean(),
		nodes: fc.array(node, { maxLength: 3 }),
		ops,
	}),
	record({ t: fc.constant('delta' as const), frame, seq: int, ops }),
	record({ t: fc.constant('eph' as const), frame, ops }),
	record({ t: fc.constant('asset' as const), frame, url: text, type: text, bytes: fc.uint8Array() }),
	record({ t: fc.constant('digest' as const), frame, seq: int, hash: fc.integer({ min: 0, max: 0xffffffff }) }),
	record({ t: fc.constant('resync' as const), frame, seq: int }),
);

test('every message comes back as it was', () => {
	fc.assert(
		fc.property(message, (sent) => {
			const bytes = encodeMirror(sent);
			assert.equal(decodeMirror(bytes), sent);
			assert.equal(headOf(bytes), { t: sent.t, frame: sent.frame, seq: 'seq' in sent ? sent.seq : 0 });
		}),
		runs(300),
	);
});

test('bytes that are no message throw RangeError, and nothing else', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), message, fc.nat(), (noise, real, at) => {
			const broken = encodeMirror(real);
			if (broken.length) broken[at % broken.length] = (broken[at % broken.length] ?? 0) ^ 0x55;
			for (const bytes of [noise, broken, broken.subarray(0, at % (broken.length + 1))]) {
				try {
					decodeMirror(bytes);
				} catch (error) {
					assert.instance(error, RangeError);
				}
			}
		}),
		runs(500),
	);
});

test('every URL in CSS is found, and nothing else', () => {
	const map = (url: string) => `M:${url}`;
	for (const [css, mapped] of [
		['a{b:url(x.png)}', 'a{b:url("M:x.png")}'],
		['a{b:url( "x y.png" )}', 'a{b:url( "M:x y.png" )}'],
		[`@import 'a.css' screen;@import url(b.css);`, '@import "M:a.css" screen;@import url("M:b.css");'],
		['a{b:image-set("a.png" 1x, url("b.png") type("image/png"))}', 'a{b:image-set("M:a.png" 1x, url("M:b.png") type("image/png"))}'],
		// a file in a folder looks like a media type
		['a{b:url("img/a.png")}@import "css/b.css";', 'a{b:url("M:img/a.png")}@import "M:css/b.css";'],
		['a{b:image-set("img/a.png" type("image/png") 1x)}', 'a{b:image-set("M:img/a.png" type("image/png") 1x)}'],
		['c{content:"x url(no)"}', 'c{content:"x url(no)"}'],
		['/* url(no) */a{b:url(a\\)b)}', '/* url(no) */a{b:url("M:a)b)")}'.replace('M:a)b)"', 'M:a)b"')],
		['a{b:c}', 'a{b:c}'],
	] as const) {
		assert.is(mapCssUrls(css, map), mapped);
	}
	assert.is(mapSrcset('a.png 1x, b,c.png 2x, d', map), 'M:a.png 1x, M:b,c.png 2x, M:d');
	assert.is(mapSrcset('data:image/png;base64,x 1x', map), 'M:data:image/png;base64,x 1x');
});

test('texts of every length come back, whatever their signs take in bytes', () => {
	for (const sign of ['a', 'ü', '•', '😀']) {
		for (let length = 1; length < 140; length++) {
			const text = `${sign.repeat(length)}end`;
			const message: MirrorMessage = { t: 'delta', frame: 7, seq: 1, ops: [{ op: 'text', id: 3, text }] };
			assert.equal(decodeMirror(encodeMirror(message)), message);
		}
	}
});

test('margins that one browser alone writes into the body of a frame make no difference', () => {
	const hashOf = (tag: string, ...attrs: [string, string][]) => {
		const digest = new Digest();
		digest.element(1, tag, attrs);
		return digest.value;
	};
	assert.is(hashOf('body', ['class', 'a'], ['marginheight', '0'], ['marginwidth', '7']), hashOf('body', ['class', 'a']));
	assert.is.not(hashOf('iframe', ['marginheight', '0']), hashOf('iframe'));
});

test.run();
