// tests only (Node).
import * as assert from 'uvu/assert';
import { type CookieRequest, Jar, type SiteContext } from '../../proxy/jar.ts';
import { suite } from '../harness.ts';

const test = suite('jar');
const request = (url: string, site: SiteContext = 'same-site', method = 'GET'): CookieRequest => ({ url: new URL(url), site, method });

/** URL, Set-Cookie, what is sent back to the same URL. */
const STORED: readonly (readonly [string, string, string])[] = [
	['https://a.example/', 'a=1', 'a=1'],
	['http://127.0.0.1:81/', 'a=1', 'a=1'],
	['http://[::1]:81/', 'a=1', 'a=1'],
	['http://intranet/', 'a=1', 'a=1'],
	['http://shop.test:8000/', 'a=1; Domain=shop.test', 'a=1'],
	['http://www.shop.test/', 'a=1; Domain=.shop.test', 'a=1'],
	['https://a.example/', 'nameless', 'nameless'],
	['https://a.example/', '=v', 'v'],
	['https://a.example/', 'a=', 'a='],
	['https://a.example/', ' a = b c ; Path=/', 'a=b c'],
	['https://a.example/', 'a="q"', 'a="q"'],
	['https://a.example/', 'a=\xc3\xa9', 'a=\xc3\xa9'],
	['https://a.example/', 'a=1; Secure; SameSite=None', 'a=1'],
	['https://a.example/', '__Host-a=1; Secure; Path=/', '__Host-a=1'],
	['http://localhost:3000/', 'a=1; Secure', 'a=1'],
	['https://a.example/x/y', 'a=1; Path=/x', 'a=1'],
	['https://a.example/x/y', 'a=1', 'a=1'],
	['https://github.io/', 'a=1; Domain=github.io', 'a=1'],
	['https://a.example/', `a=1; Comment=${'x'.repeat(2000)}`, 'a=1'],
	['https://a.example/', '__Http-a=1; Secure; HttpOnly', '__Http-a=1'],
	['https://a.example/', 'a=1; Partitioned; Secure', 'a=1'],
	// refused
	['https://a.example/', 'a=1\nb', ''],
	['https://a.example/', 'a=1\r; Path=/x', ''],
	['https://a.example/', 'a=1; x=\x01', ''],
	['https://a.example/', 'a=1; Partitioned', ''],
	['https://a.example/', '=a=b', ''],
	['https://a.example/', '__Http-a=1; Secure', ''],
	['https://a.example/', '__Host-Http-a=1; Secure; Path=/', ''],
	['https://a.example/', 'a=\x01', ''],
	['https://a.example/', 'a=b\x7f', ''],
	['https://a.example/', 'a\x7f=b', ''],
	['https://a.example/', '', ''],
	['https://a.example/', '=', ''],
	['https://a.example/', 'a=1; Domain=b.example', ''],
	['https://a.example/', 'a=1; Domain=example', ''],
	['https://a.co.uk/', 'a=1; Domain=co.uk', ''],
	['https://x.github.io/', 'a=1; Domain=github.io', ''],
	['https://a.example/', 'a=1; SameSite=None', ''],
	['http://a.example/', 'a=1; Secure', ''],
	['https://a.example/', '__Host-a=1; Secure', ''],
	['https://a.example/', '__Host-a=1; Secure; Path=/; Domain=a.example', ''],
	['http://a.example/', '__Host-a=1; Path=/', ''],
	['https://a.example/', '__Secure-a=1', ''],
	['https://a.example/', '__sEcUrE-a=1', ''],
	['https://a.example/', '=__Host-a=1', ''],
	['https://a.example/', 'a=1; Max-Age=0', ''],
	['https://a.example/', 'a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT', ''],
	['https://a.example/', `a=${'x'.repeat(4096)}`, ''],
	['https://a.example/', 'a=\u0001', ''],
	['https://a.example/x', 'a=1; Path=/y', ''],
];

test('keeps and refuses as RFC 6265bis does', () => {
	for (const [url, header, sent] of STORED) {
		const jar = new Jar();
		jar.store(header, request(url));
		assert.is(jar.cookieHeader(request(url)), sent, `${url}  ${header.slice(0, 60)}`);
	}
});

test('longer paths first, then the older', () => {
	const jar = new Jar();
	for (const header of ['b=1; Path=/', 'c=1; Path=/x', 'a=1; Path=/']) jar.store(header, request('https://a.example/x/'));
	assert.is(jar.cookieHeader(request('https://a.example/x/')), 'c=1; b=1; a=1');
});

test('a cookie that was taken back is a new one when it is set again', () => {
	const jar = new Jar();
	for (const header of ['a=1', 'b=1', 'a=; Max-Age=0', 'a=2']) jar.store(header, request('https://a.example/'));
	assert.is(jar.cookieHeader(request('https://a.example/')), 'b=1; a=2');
});

test('what stands before the first = is the name, also where it is nothing', () => {
	const jar = new Jar();
	for (const header of ['=a=1', 'b']) jar.store(header, request('https://a.example/'));
	assert.is(jar.cookieHeader(request('https://a.example/')), 'b');
});

test('spaces and tabs are taken off, and nothing else: an à ends with a byte that is a space elsewhere', () => {
	const jar = new Jar();
	jar.store(' \ta = voil\xc3\xa0\t ; Path=/', request('https://a.example/'));
	assert.is(jar.cookieHeader(request('https://a.example/')), 'a=voil\xc3\xa0');
});

test('a domain cookie reaches sub-domains, a host cookie does not', () => {
	const jar = new Jar();
	jar.store('d=1; Domain=shop.test', request('https://www.shop.test/'));
	jar.store('h=1', request('https://www.shop.test/'));
	assert.is(jar.cookieHeader(request('https://www.shop.test/')), 'd=1; h=1');
	assert.is(jar.cookieHeader(request('https://api.shop.test/')), 'd=1');
	assert.is(jar.cookieHeader(request('wss://api.shop.test/')), 'd=1');
	assert.is(jar.cookieHeader(request('https://notshop.test/')), '');
});

test('SameSite by where the request comes from', () => {
	const jar = new Jar();
	const set = request('https://a.example/');
	for (const header of ['s=1; SameSite=Strict', 'l=1; SameSite=Lax', 'd=1', 'n=1; SameSite=None; Secure']) jar.store(header, set);
	const sent = (site: SiteContext, method = 'GET') => jar.cookieHeader(request('https://a.example/', site, method));
	assert.is(sent('same-site'), 's=1; l=1; d=1; n=1');
	assert.is(sent('navigation'), 'l=1; d=1; n=1');
	assert.is(sent('cross-site'), 'n=1');
	assert.is(sent('navigation', 'POST'), 'd=1; n=1', 'the default is Lax, which lets a fresh cookie go with a POST');
});

test('a response to a cross-site request sets no SameSite cookie', () => {
	const jar = new Jar();
	jar.store('l=1', request('https://a.example/', 'cross-site'));
	jar.store('n=1; SameSite=None; Secure', request('https://a.example/', 'cross-site'));
	assert.is(jar.cookieHeader(request('https://a.example/')), 'n=1');
});

test('http can not put itself over a Secure cookie', () => {
	const jar = new Jar();
	jar.store('a=safe; Secure', request('https://a.example/'));
	jar.store('a=forged', request('http://a.example/'));
	jar.store('a=forged; Domain=a.example', request('http://www.a.example/'));
	assert.is(jar.cookieHeader(request('https://a.example/')), 'a=safe');
	assert.is(jar.cookieHeader(request('http://a.example/')), '');
	// Beside one, higher up, it can.
	jar.store('b=below; Secure', request('https://a.example/a/b/c'));
	jar.store('b=above', request('http://a.example/a/b'));
	assert.is(jar.cookieHeader(request('http://a.example/a/b')), 'b=above');
});

test('document.cookie: text, no HttpOnly, right at once', () => {
	const jar = new Jar();
	const url = 'https://a.example/x';
	jar.store('h=1; HttpOnly', request(url));
	jar.setDocumentCookie(url, 'ü=é; Path=/');
	assert.is(jar.documentCookie(url), 'ü=é');
	assert.is(jar.cookieHeader(request(url)), 'h=1; Ã¼=Ã©');
	assert.not.ok(jar.setDocumentCookie(url, 'h=2'), 'may not replace an HttpOnly cookie');
	assert.not.ok(jar.setDocumentCookie(url, 'x=2; HttpOnly'));
	jar.setDocumentCookie(url, 'ü=; Max-Age=0; Path=/');
	assert.is(jar.documentCookie(url), '');
});

test('the version moves with what document.cookie can show, listeners hear of everything', () => {
	const jar = new Jar();
	let heard = 0;
	jar.onChange(() => heard++);
	const at = request('https://a.example/');
	const moves = (header: string) => {
		const before = jar.version;
		jar.store(header, at);
		return jar.version !== before;
	};
	assert.ok(moves('a=1'));
	assert.not.ok(moves('a=1'), 'the same again');
	assert.ok(moves('a=2'));
	assert.not.ok(moves('h=1; HttpOnly'));
	assert.ok(moves('a=; Max-Age=0'));
	assert.not.ok(moves('a=; Max-Age=0'), 'gone already');
	assert.ok(moves('a=1'), 'and there again');
	assert.ok(moves('a=1; Path=/other'));
	assert.is(heard, 8);
});

test('comes back from text with all it had', () => {
	const jar = new Jar();
	const at = request('https://a.example/x/');
	for (const header of ['a=1; Path=/x', 'b=2; HttpOnly; SameSite=Strict', 'c=3; Domain=a.example; Max-Age=1000; Secure'])
		jar.store(header, at);
	const copy = new Jar();
	copy.deserialize(jar.serialize());
	assert.is(copy.cookieHeader(at), jar.cookieHeader(at));
	assert.is(copy.cookieHeader(request('https://www.a.example/x/')), 'c=3');
	assert.is(
		copy.cookieHeader(request('https://a.example/x/', 'navigation')),
		jar.cookieHeader(request('https://a.example/x/', 'navigation')),
	);
	assert.is(copy.version, jar.version);
	assert.throws(() => copy.deserialize('{}'), /jar/);
	assert.is(copy.cookieHeader(at), jar.cookieHeader(at), 'unchanged by bad text');
});

test('clear empties one site alone', () => {
	const jar = new Jar();
	for (const url of ['https://www.a.example/', 'https://a.example/', 'https://b.example/']) jar.store('a=1', request(url));
	jar.clear('a.example');
	assert.is(jar.cookieHeader(request('https://www.a.example/')), '');
	assert.is(jar.cookieHeader(request('https://b.example/')), 'a=1');
});

test('a jar that was empty takes over what another has for one site, and no more', () => {
	const [from, to] = [new Jar(), new Jar()];
	for (const url of ['https://www.a.example/', 'https://b.example/']) from.store('a=1', request(url));
	to.adopt(from, 'https://a.example/x');
	assert.is(to.cookieHeader(request('https://www.a.example/')), 'a=1');
	assert.is(to.cookieHeader(request('https://b.example/')), '');
});

test.run();
