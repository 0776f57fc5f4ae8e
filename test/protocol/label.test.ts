// tests only (Node).
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { decodeLabel, encodeLabel, hashOrigin, mirrorLabel, needsTable, parseZone, tokenOf } from '../../protocol/label.ts';
import { sha256 } from '../../protocol/sha256.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';

const test = suite('labels');

const part = fc.stringMatching(/^[a-z0-9_-]{1,20}$/);
const odd = fc.constantFrom(
	'xn--bcher-kva',
	'xn--',
	'xn---0',
	'xn',
	'-',
	'a--b',
	'a-',
	'-a',
	'127',
	'0',
	'_dmarc',
	'p',
	'mirror',
	'a'.repeat(63),
	'',
);
const host = fc.oneof(
	{
		weight: 6,
		arbitrary: fc.array(fc.oneof({ weight: 4, arbitrary: part }, odd), { minLength: 1, maxLength: 5 }).map((parts) => parts.join('.')),
	},
	fc.domain(),
	fc.ipV4(),
	fc.ipV6().map((ip) => `[${ip}]`),
	fc.constantFrom('localhost', 'a.example.', 'bücher.example', '例え.jp', 'xn--a.xn--b'),
);
const token = fc.uint8Array({ minLength: 10, maxLength: 10 }).map(tokenOf);
/** Origins as the URL parser gives them, for whatever host it accepts. */
const origin = fc
	.tuple(fc.constantFrom('http', 'https'), host, fc.option(fc.integer({ min: 0, max: 65535 })))
	.map(([scheme, name, port]) => `${scheme}://${name}${port === null ? '' : `:${port}`}/`)
	.filter((url) => URL.canParse(url))
	.map((url) => new URL(url).origin);
test('our SHA-256 is everybody’s', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
			assert.equal([...sha256(text)], [...createHash('sha256').update(text, 'utf8').digest()]);
		}),
	);
});

const RUNS = runs(3000);

test('every origin has a label of at most 63 characters that a browser and a certificate accept', () => {
	fc.assert(
		fc.property(origin, token, (o, t) => {
			const label = encodeLabel(o, t);
			assert.ok(label.length <= 63, label);
			assert.match(label, /^[a-z0-9_][a-z0-9_-]*[a-z0-9]$/);
			assert.not.ok(label.startsWith('xn--'), label);
			assert.is(new URL(`http://${label}.tandem.localhost`).hostname, `${label}.tandem.localhost`);
		}),
		RUNS,
	);
});

test('a label reads back as its origin and token, or as the hash under which the table has it', () => {
	fc.assert(
		fc.property(origin, token, (o, t) => {
			const label = decodeLabel(encodeLabel(o, t));
			assert.ok(label, o);
			assert.is(label?.token, t);
			if (label?.kind === 'origin') assert.is(label.origin, o);
			else assert.equal(label, { kind: 'table', hash: hashOrigin(o), token: t });
			assert.is(label?.kind === 'table', needsTable(o));
		}),
		RUNS,
	);
});

test('two origins never share a label', () => {
	fc.assert(
		fc.property(origin, origin, token, (a, b, t) => {
			if (a !== b) assert.is.not(encodeLabel(a, t), encodeLabel(b, t));
		}),
		RUNS,
	);
});

test('what decodes is exactly what encoding makes: no second spelling', () => {
	const near = fc
		.tuple(fc.stringMatching(/^[a-z0-9_-]{0,40}$/), fc.constantFrom(...'abcdefghijklmnopqz'), token)
		.map(([name, flag, t]) => `${name}-${flag}${t}`);
	fc.assert(
		fc.property(near, (text) => {
			const label = decodeLabel(text);
			if (label?.kind === 'origin') assert.is(encodeLabel(label.origin, label.token), text);
			if (label?.kind === 'mirror') assert.is(mirrorLabel(label.token), text);
		}),
		RUNS,
	);
	fc.assert(
		fc.property(fc.string(), (text) => assert.not.throws(() => decodeLabel(text))),
		RUNS,
	);
});

test('ordinary hosts need no table, whatever their dashes', () => {
	for (const o of [
		'https://www.example.com',
		'http://a-b.c--d.example',
		'https://xn--bcher-kva.example',
		'http://localhost:8080',
		'http://127.0.0.1:9001',
		'https://a.b.c.d.e.f',
	])
		assert.not.ok(needsTable(o), o);
	for (const o of ['https://[::1]', 'https://-a.example', 'https://a-.example', `https://${'a'.repeat(60)}.example`])
		assert.ok(needsTable(o), o);
});

test('what is no http(s) origin is refused', () => {
	for (const bad of ['', 'null', 'ftp://a.example', 'https://a.example/', 'a.example', 'data:,'])
		assert.throws(() => encodeLabel(bad, 'a'.repeat(16)), /not an http\(s\) origin/);
	assert.throws(() => parseZone('ftp://a'));
	assert.equal(parseZone('https://t.example'), { scheme: 'https', domain: 't.example', port: '' });
});

test.run();
