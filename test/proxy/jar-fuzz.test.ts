// tests only (Node).
// The jar against a plain reading of RFC 6265bis (draft 20), on random cookies: what it keeps, what it sends, in which order.
import * as fc from 'fast-check';
import { getDomain } from 'tldts';
import * as assert from 'uvu/assert';
import { afterWrite } from '../../protocol/cookies.ts';
import { Jar, type SiteContext } from '../../proxy/jar.ts';
import { trustworthy } from '../../proxy/site.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';

const test = suite('jar: fuzz', { limit: 120_000 });
const RUNS = runs(3000);

interface Kept {
	readonly name: string;
	readonly value: string;
	readonly domain: string;
	readonly hostOnly: boolean;
	readonly path: string;
	readonly secure: boolean;
	readonly httpOnly: boolean;
	readonly sameSite: 'none' | 'lax' | 'strict' | undefined;
	readonly created: number;
}

/** A plain reading of sections 5.6 to 5.8. */
class Model {
	kept: Kept[] = [];
	#count = 0;

	set(url: URL, text: string, http: boolean, site: SiteContext): void {
		const [pair = '', ...rest] = text.split(';');
		const equals = pair.indexOf('=');
		const name = equals < 0 ? '' : trim(pair.slice(0, equals));
		const value = trim(equals < 0 ? pair : pair.slice(equals + 1));
		if (name === '' && value === '') return;
		const attributes = new Map<string, string>();
		for (const each of rest) {
			const at = each.indexOf('=');
			const key = trim(at < 0 ? each : each.slice(0, at)).toLowerCase();
			const said = at < 0 ? '' : trim(each.slice(at + 1));
			if (key === 'max-age' && !/^-?\d+$/.test(said)) continue;
			attributes.set(key, said);
		}
		const host = url.hostname;
		const secureScheme = trustworthy(url);
		let domain = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
		if (domain !== '' && getDomain(domain, { allowPrivateDomains: true }) === null) {
			if (domain !== host) return;
			domain = '';
		}
		if (domain !== '' && !domainMatch(host, domain)) return;
		const given = attributes.get('path') ?? '';
		const path = given.startsWith('/') ? given : defaultPath(url.pathname);
		const secure = attributes.has('secure');
		const httpOnly = attributes.has('httponly');
		const claimed = (attributes.get('samesite') ?? '').toLowerCase();
		const sameSite: Kept['sameSite'] = claimed === 'none' || claimed === 'lax' || claimed === 'strict' ? claimed : undefined;
		if (httpOnly && !http) return;
		if (secure && !secureScheme) return;
		if ((sameSite === 'none' || attributes.has('partitioned')) && !secure) return;
		if (sameSite !== 'none' && site === 'cross-site') return;
		if (/^__secure-/i.test(name) && !secure) return;
		if (/^__host-/i.test(name) && !(secure && domain === '' && path === '/' && given === '/')) return;
		if (name === '' && /^__(?:secure|host)-/i.test(value)) return;
		const cookie = { name, value, domain: domain || host, hostOnly: domain === '', path, secure, httpOnly, sameSite };
		const shadows = (old: Kept) =>
			old.secure &&
			old.name === name &&
			(domainMatch(old.domain, cookie.domain) || domainMatch(cookie.domain, old.domain)) &&
			pathMatch(path, old.path);
		if (!secure && !secureScheme && this.kept.some(shadows)) return;
		const old = this.kept.find(
			(each) => each.name === name && each.domain === cookie.domain && each.path === path && each.hostOnly === cookie.hostOnly,
		);
		if (old?.httpOnly && !http) return;
		this.kept = this.kept.filter((each) => each !== old);
		if (Number(attributes.get('max-age') ?? 1) > 0) this.kept.push({ ...cookie, created: old?.created ?? ++this.#count });
	}

	get(url: URL, http: boolean, site: SiteContext): string {
		return this.kept
			.filter((each) => (each.hostOnly ? url.hostname === each.domain : domainMatch(url.hostname, each.domain)))
			.filter((each) => pathMatch(url.pathname, each.path) && (!each.secure || trustworthy(url)) && (http || !each.httpOnly))
			.filter((each) => site === 'same-site' || each.sameSite === 'none' || (site === 'navigation' && each.sameSite !== 'strict'))
			.sort((a, b) => b.path.length - a.path.length || a.created - b.created)
			.map(({ name, value }) => (name === '' ? value : `${name}=${value}`))
			.join('; ');
	}
}

const trim = (text: string) => text.replace(/^[\t ]+|[\t ]+$/g, '');
const isAddress = (host: string) => /^[\d.]+$|^\[/.test(host);
const domainMatch = (host: string, domain: string) => host === domain || (host.endsWith(`.${domain}`) && !isAddress(host));
const pathMatch = (path: string, cookie: string) =>
	path === cookie || (path.startsWith(cookie) && (cookie.endsWith('/') || path[cookie.length] === '/'));
const defaultPath = (path: string) => (path.lastIndexOf('/') <= 0 ? '/' : path.slice(0, path.lastIndexOf('/')));

const url = fc
	.tuple(
		fc.constantFrom('http:', 'https:'),
		fc.constantFrom(
			'example.com',
			'a.example.com',
			'b.a.example.com',
			'xample.com',
			'other.test',
			'test',
			'localhost',
			'127.0.0.1',
			'x.github.io',
		),
		fc.constantFrom('/', '/a', '/a/', '/a/b', '/ab', '/a/b/c'),
	)
	.map(([scheme, host, path]) => new URL(`${scheme}//${host}${path}`));
const name = fc.constantFrom('a', 'b', 'A', '__Host-a', '__Secure-a', '__host-b', '', 'a b', '__proto__');
const value = fc.constantFrom('1', '2', '', 'x y', '"q"', 'a=b', '__Host-x=1', ' s ', 'é');
const attribute = fc.oneof(
	fc.constantFrom('Secure', 'HttpOnly', ' secure ', 'HTTPONLY=no', 'Path', 'Path=/', 'Path=/a', 'path=/a/b', 'Path=a', 'Path=', 'SameSite=None', 'SameSite=Lax', 'samesite=STRICT', 'SameSite=x', 'Max-Age=0', 'Max-Age=99', 'Max-Age=-5', 'Max-Age=x', 'Partitioned', 'x=y', ''),
	fc
		.constantFrom('example.com', '.example.com', 'EXAMPLE.com', 'a.example.com', 'com', 'test', 'other.test', 'localhost', '127.0.0.1', 'github.io', 'x.github.io', '', 'evil.org')
		.map((domain) => `Domain=${domain}`),
); // biome-ignore format: lists
/** But for `=a=b`, which tough-cookie reads as `a=b` and the specification as a nameless `a=b`: what is sent is the same. */
const setCookie = fc
	.tuple(name, fc.constantFrom('=', '=', '=', ''), value, fc.array(attribute, { maxLength: 4 }))
	.map(([n, equals, v, attributes]) => [`${n}${equals}${n === '' && equals ? v.replaceAll('=', '') : v}`, ...attributes].join(';'));
const site = fc.constantFrom<SiteContext>('same-site', 'same-site', 'navigation', 'cross-site');

test('the jar keeps and sends what the specification says', () => {
	fc.assert(
		fc.property(
			fc.array(fc.tuple(url, setCookie, fc.boolean(), site), { minLength: 1, maxLength: 8 }),
			fc.array(url, { minLength: 3, maxLength: 6 }),
			(sets, asks) => {
				const jar = new Jar();
				const model = new Model();
				for (const [at, text, http, from] of sets) {
					if (http) jar.store(text, { url: at, site: from, method: 'GET' });
					else jar.setDocumentCookie(at, text);
					model.set(at, text, http, http ? from : 'same-site');
				}
				const again = new Jar();
				again.deserialize(jar.serialize());
				for (const at of asks) {
					const latin = (text: string) => Buffer.from(text, 'latin1').toString('utf8');
					assert.is(
						jar.cookieHeader({ url: at, site: 'same-site', method: 'GET' }).replaceAll('Ã©', 'é'),
						model.get(at, true, 'same-site'),
					);
					assert.is(
						jar.cookieHeader({ url: at, site: 'navigation', method: 'GET' }).replaceAll('Ã©', 'é'),
						model.get(at, true, 'navigation'),
					);
					assert.is(
						jar.cookieHeader({ url: at, site: 'cross-site', method: 'POST' }).replaceAll('Ã©', 'é'),
						model.get(at, true, 'cross-site'),
					);
					assert.is(
						again.cookieHeader({ url: at, site: 'same-site', method: 'GET' }),
						jar.cookieHeader({ url: at, site: 'same-site', method: 'GET' }),
					);
					assert.is(jar.documentCookie(at), latin(jar.documentCookie(at) && Buffer.from(jar.documentCookie(at)).toString('latin1')));
				}
			},
		),
		RUNS,
	);
});

test('any text at all: never throws, and nothing of it makes another header', () => {
	fc.assert(
		fc.property(url, fc.string({ unit: 'binary', maxLength: 200 }), fc.boolean(), (at, text, http) => {
			const jar = new Jar();
			if (http) jar.store(text, { url: at, site: 'same-site', method: 'GET' });
			else jar.setDocumentCookie(at, text);
			assert.not.match(jar.cookieHeader({ url: at, site: 'same-site', method: 'GET' }), /[\r\n\0]/);
			jar.documentCookie(at);
		}),
		RUNS,
	);
});

/** As most sites write them, so that most can be told in the page. */
const plain = fc
	.tuple(
		fc.constantFrom('a', 'b', 'c', 'a b', '__a'),
		fc.constantFrom('1', '2', '', ' x y', '"q"', 'a=b', 'é'),
		fc.array(
			fc.oneof(
				fc.constantFrom('Path=/', ' path=/a', 'Path=/a/b', 'Path=a', 'SameSite=Lax', 'samesite=none', 'Secure', 'Max-Age=0', 'max-age=99', 'Max-Age=-5', 'Max-Age=x', 'HttpOnly', 'x=y', ''),
				fc.constantFrom('Domain=example.com', 'domain=.a.example.com', 'Domain=com', 'Domain=x.github.io', 'Domain=github.io', 'Domain=test', 'Domain='),
				fc.constantFrom('Thu, 01 Jan 1970 00:00:00 GMT', 'Thu, 01-Jan-2099 00:00:00 GMT', 'Thu, 31 Feb 1999 00:00:00 GMT', 'Thu, 01 Jan 1500 00:00:00 GMT', 'never').map((date) => `expires=${date}`),
			),
			{ maxLength: 3 },
		),
	)
	.map(([n, v, attributes]) => [`${n}=${v}`, ...attributes].join(';')); // biome-ignore format: lists

test('what a page tells of its own writes is what the jar says then', () => {
	let told = 0;
	fc.assert(
		fc.property(
			url,
			fc.array(fc.tuple(url, fc.oneof(setCookie, plain), fc.boolean(), site), { maxLength: 6 }),
			fc.array(plain, { minLength: 1, maxLength: 6 }),
			(at, before, writes) => {
				const jar = new Jar();
				for (const [where, text, http, from] of before) {
					if (http) jar.store(text, { url: where, site: from, method: 'GET' });
					else jar.setDocumentCookie(where, text);
				}
				let view = jar.documentCookies(at, false, '');
				const writer = { host: at.hostname, path: at.pathname, secure: at.protocol === 'https:', now: Date.now() };
				for (const text of writes) {
					jar.setDocumentCookie(at, text);
					const asked = jar.documentCookies(at, false, '');
					const own = afterWrite(view, text, writer);
					if (own) {
						told++;
						assert.equal([own.cookie, own.keys], [asked.cookie, asked.keys], `${text} in ${at} with ${view.cookie}`);
					}
					view = own ? { ...own, hidden: view.hidden } : asked;
				}
			},
		),
		RUNS,
	);
	assert.ok(told > 1000, `${told} were told`);
});

test.run();
