// tests only (Node).
import * as assert from 'uvu/assert';
import { TandemError } from '../../protocol/errors.ts';
import { readAddress } from '../../server/url.ts';
import { suite } from '../harness.ts';

const test = suite('addresses');

const MEANT: readonly (readonly [string, string])[] = [
	['abc.com', 'https://abc.com/'],
	['  abc.com/path  ', 'https://abc.com/path'],
	['//abc.com/x', 'https://abc.com/x'],
	['ABC.com', 'https://abc.com/'],
	['http://abc.com', 'http://abc.com/'],
	['https://abc.com/a?b=c&d=%20#e', 'https://abc.com/a?b=c&d=%20#e'],
	['abc.com/?q=a:b#/route', 'https://abc.com/?q=a:b#/route'],
	['abc.com?to=https://x.example/', 'https://abc.com/?to=https://x.example/'],
	['münchen.de', 'https://xn--mnchen-3ya.de/'],
	['https://例え.テスト/パス', 'https://xn--r8jz45g.xn--zckzah/%E3%83%91%E3%82%B9'],
	['localhost:8080', 'http://localhost:8080/'],
	['localhost', 'http://localhost/'],
	['shop.localhost:81/x', 'http://shop.localhost:81/x'],
	['intranet:8080/x', 'http://intranet:8080/x'],
	['http://intranet/', 'http://intranet/'],
	['192.168.1.1', 'http://192.168.1.1/'],
	['192.168.1.1:8443/x', 'http://192.168.1.1:8443/x'],
	['[::1]:80/x', 'http://[::1]:80/x'.replace(':80/', '/')],
	['abc.com:8443', 'https://abc.com:8443/'],
	['abc.com:80', 'http://abc.com/'],
	['https://user:secret@abc.com/', 'https://user:secret@abc.com/'],
	['abc.com.', 'https://abc.com./'],
];

for (const [typed, meant] of MEANT) {
	test(`"${typed}" is ${meant}`, () => {
		assert.is(readAddress(typed), meant);
	});
}

const GARBAGE = [
	'',
	'   ',
	'hello',
	'hello world',
	'what is abc.com',
	'someone@abc.com',
	'mailto:someone@abc.com',
	'javascript:alert(1)',
	'file:///etc/passwd',
	'data:text/html,x',
	'ftp://abc.com',
	'user:secret@abc.com',
	'http://',
	'https://a b/',
	'abc..com',
	'abc.com:99999',
	'http://abc.com:99999/',
	`https://abc.com/${'x'.repeat(9000)}`,
];

for (const typed of GARBAGE) {
	test(`"${typed.slice(0, 40)}" is refused with 'bad-url'`, () => {
		try {
			readAddress(typed);
		} catch (error) {
			assert.instance(error, TandemError);
			assert.is((error as TandemError).code, 'bad-url');
			return;
		}
		assert.unreachable(`it became ${readAddress(typed)}`);
	});
}

test('what a refusal repeats has no query and no password', () => {
	try {
		readAddress('https://user:secret@a b/?token=secret');
		assert.unreachable();
	} catch (error) {
		assert.not.match((error as TandemError).detail, 'secret');
	}
});

test.run();
