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

test('a form inside another is found: markup and style sheets in a URL or in base64, JSON in JSON', () => {
	const secrets = knowing(VALUE);
	const markup = 'Tr0ub &amp; &quot;dör&quot;+3';
	const json = JSON.stringify({ v: VALUE });
	for (const form of [
		`data:image/svg+xml,${encodeURIComponent(`<text>${markup}</text>`)}`,
		`data:image/svg+xml;base64,${Buffer.from(`<text>${markup}</text>`).toString('base64')}`,
		`data:text/css,${encodeURIComponent(`a{content:${JSON.stringify(VALUE)}}`)}`,
		JSON.stringify({ json }),
		Buffer.from(json).toString('base64'),
	])
		assert.match(secrets.redact(form), '••••••••', form);
});

test('a beginning is found from where it tells something', () => {
	const kept = (value: string, ...texts: string[]) => texts.filter((text) => knowing(value).redact(text) === text);
	assert.equal(kept('Qz7&Kw9', 'Qz7', 'Qz7&', 'Qz7&K', 'z7&Kw'), ['Qz7', 'z7&Kw'], 'another sign');
	assert.equal(kept('hunter22x', 'hunter', 'hunter2', 'hunter22', 'hunter 2 by'), ['hunter'], 'letters and digits');
	assert.equal(kept('password1', 'Password', 'my password is'), ['Password', 'my password is'], 'a word');
	assert.is(knowing('Qz7&Kw9').redact('a=Qz7&\\x4bw9 b'), 'a=•••••••• b', 'the rest of the word may be the rest of it');
	assert.equal(kept('2024123456', '2024', '2024123', '20241234'), ['2024', '2024123'], 'digits');
	assert.equal(kept('073914', '073', '0739', '07391'), ['073', '0739'], 'all but the last of a few digits');
	assert.equal(kept('sk-live_51HxQ8aZ3k', '51HxQ8aZ3k', 'Q8aZ3k'), ['Q8aZ3k'], 'a piece');
	assert.equal(kept('GB29 NWBK 6016 1331', '60 16 13 31', '6016133', 'nwbk'), ['6016133', 'nwbk'], 'a piece of digits');
	assert.equal(kept('Correct-horse-battery9', 'horse battery', 'horse battery9'), ['horse battery'], 'a piece of letters');
	assert.equal(kept('correcthorsebattery', 'correct horse', 'correct horse b'), ['correct horse'], 'letters');
});

test('numbers are found however they are grouped', () => {
	const secrets = knowing('4111 1111 1111 1111');
	for (const text of ['4111111111111111', '4111-1111-1111-1111', '4111.1111.1111.1111', '4111\u00a01111\u202f1111 1111'])
		assert.is(secrets.redact(`card ${text}!`), 'card ••••••••!');
});

test('signs one by one, as numbers, in another case, width or script, with accents or without', () => {
	const secrets = knowing('Grüße7äñ', '073914', 'Rk5"x,T', 'pa\u{1f511}ss\u{1f40e}9');
	const each = (value: string, change: (sign: string) => string, between = '') => [...value].map(change).join(between);
	const full = (sign: string) => (sign > ' ' && sign <= '~' ? String.fromCharCode(sign.charCodeAt(0) + 0xfee0) : sign);
	for (const form of [
		'GRÜSSE7ÄÑ',
		'grüße7äñ',
		'Gru\u0308\u00dfe7a\u0308n\u0303',
		'Gruße7an',
		'grusse7an',
		Buffer.from('Grüße7äñ').toString('latin1'),
		'Gr\\u00fc\\u00dfe7\\u00e4\\u00f1',
		'Gr&#252;&#223;e7&#228;&#241;',
		'Gr%FC%DFe7%E4%F1',
		encodeURIComponent(encodeURIComponent('Grüße7äñ')),
		Buffer.from(Buffer.from('Grüße7äñ').toString('base64')).toString('base64'),
		each('073914', full),
		'٠٧٣٩١٤',
		'73,914',
		'73’914',
		'["0","7","3","9","1","4"]',
		'0, 7, 3, 9, 1, 4',
		each('Rk5"x,T', (sign) => String(sign.charCodeAt(0)), ','),
		each('Rk5"x,T', (sign) => `&#${sign.charCodeAt(0)};`),
		each('Rk5"x,T', (sign) => `\\x${sign.charCodeAt(0).toString(16)}`),
		each('Rk5"x,T', (sign) => sign.charCodeAt(0).toString(16), ':'),
		each('Rk5"x,T', (sign) => `0x${sign.charCodeAt(0).toString(16)}`, ', '),
		each('Rk5"x,T', (sign) => sign, ' | '),
		each('Rk5"x,T', (sign) => sign, ' \u2022 '),
		each('Rk5"x,T', (sign) => `${sign}\ufe0f`, ' \u2192 '),
		[...'pa\u{1f511}ss\u{1f40e}9'].reverse().join(''),
		each('pa\u{1f511}ss\u{1f40e}9', (sign) => `&#${sign.codePointAt(0)};`),
		each('pa\u{1f511}ss\u{1f40e}9', (sign) => `&#x${sign.codePointAt(0)?.toString(16)};`),
		'pa\\ud83d\\udd11ss\\ud83d\\udc0e9',
		Buffer.from([...'Rk5"x,T'].reverse().join('')).toString('base64'),
	])
		assert.match(secrets.redact(`before ${form} after`), /^before .*••••••••.* after$/, form);
	for (const text of ['grün', 'Großes 7', '0, 7, 3', 'é', '73', 'a, b, c']) assert.is(secrets.redact(text), text);
});

test('what is no secret stays', () => {
	const secrets = knowing('hunter22', 'abc', '----', '');
	assert.is(secrets.size, 1);
	for (const text of ['', 'hunt', 'hunter', 'a b c', 'a harmless sentence about hunters, 22 of them'])
		assert.is(secrets.redact(text), text);
});

test('where things are named, a word is left, and nothing else', () => {
	const secrets = knowing('Admin', 'adm1n', 'correcthorsebatterystaple');
	assert.is(secrets.redact('/static/admin/base.css', true), '/static/admin/base.css');
	assert.is(secrets.redact('/static/admin/base.css'), '/static/••••••••/base.css');
	assert.is(secrets.redact('box adm1n', true), 'box ••••••••');
	assert.is(secrets.redact('correct-horse-battery-staple', true), '••••••••');
	assert.is(secrets.redactUrl('/admin/a.png?by=admin#admin'), '/admin/a.png?by=••••••••#••••••••');
	assert.is(secrets.redactUrl('data:text/css,a{content:"admin"}'), 'data:text/css,a{content:"••••••••"}');
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
