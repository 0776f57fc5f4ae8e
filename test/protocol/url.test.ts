// tests only (Node).
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { hashOrigin, parseZone } from '../../protocol/label.ts';
import { realOrigin, toProxied, toReal } from '../../protocol/url.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';

const test = suite('urls');
const zone = parseZone('http://tandem.localhost:3000');
const token = 'abcdefghijklmnop';

const url = fc
	.tuple(
		fc.constantFrom('http', 'https', 'ws', 'wss'),
		fc.domain(),
		fc.option(fc.integer({ min: 1, max: 65535 })),
		fc.webPath(),
		fc.webQueryParameters(),
		fc.webFragments(),
	)
	.map(
		([scheme, domain, port, path, query, fragment]) =>
			`${scheme}://${domain}${port === null ? '' : `:${port}`}${path || '/'}?${query}#${fragment}`,
	);

test('there and back, for every absolute URL; path, query and fragment keep their bytes', () => {
	fc.assert(
		fc.property(url, (given) => {
			const real = new URL(given).origin === 'null' ? given : `${new URL(given).origin}${given.replace(/^[^/]*\/\/[^/]*/, '')}`;
			const table = new Map<string, string>();
			const mapped = toProxied(given, { zone, token, register: (o) => table.set(hashOrigin(o), o) });
			assert.ok(new URL(mapped).hostname.endsWith('.tandem.localhost'), mapped);
			assert.is(mapped.slice(mapped.indexOf('/', 8)), given.slice(given.indexOf('/', 8)));
			assert.is(toReal(mapped, zone, table), real);
			assert.is(toProxied(mapped, { zone, token }), mapped);
		}),
		runs(2000),
	);
});

test('anything else comes back as it is', () => {
	for (const text of [
		'',
		'/a',
		'a',
		'//a.example',
		'data:,https://a.example',
		'blob:https://a.example/x',
		'mailto:a@b.c',
		'https://',
		'http://a b/',
		'javascript:1',
	])
		assert.is(toProxied(text, { zone, token }), text);
	fc.assert(
		fc.property(fc.string(), (text) => typeof toProxied(text, { zone, token }) === 'string' && typeof toReal(text, zone) === 'string'),
		runs(2000),
	);
});

test('user, upper case, odd slashes, IDN, default ports', () => {
	const map = (text: string) => toProxied(text, { zone, token });
	assert.is(map('https://u:p@a.example/x'), map('https://a.example/x').replace('://', '://u:p@'));
	assert.is(map('HTTPS://A.Example:443/X'), map('https://a.example/X'));
	assert.is(map('https:\\\\a.example\\x'), map('https://a.example').concat('\\x'));
	assert.is(map('https://bücher.example/'), map('https://xn--bcher-kva.example/'));
	assert.is(map('wss://a.example/s').slice(0, 5), 'ws://');
	assert.is(toReal(map('wss://a.example/s'), zone), 'wss://a.example/s');
	assert.is(toReal(map('https://u:p@a.example/x'), zone), 'https://u:p@a.example/x');
});

test('a host that isn’t ours has no real origin', () => {
	for (const host of [
		'a.example',
		'tandem.localhost:3000',
		'app.tandem.localhost:3000',
		`x-a${token}.tandem.localhost:3001`,
		`y.x-a${token}.tandem.localhost:3000`,
		'',
	])
		assert.is(realOrigin(host, zone), undefined, host);
	assert.is(realOrigin(`x-example-a${token}.tandem.localhost:3000`, zone), 'https://x.example');
});

test('a name of ours is proxied like any other, unless it is of this scope already', () => {
	for (const url of [
		'http://tandem.localhost:3000/',
		'http://app.tandem.localhost:3000/x',
		`http://a-example-a${'z'.repeat(16)}.tandem.localhost:3000/`,
	]) {
		const proxied = toProxied(url, { zone, token });
		assert.match(proxied, new RegExp(`${token}\\.tandem\\.localhost:3000/`));
		assert.is(toProxied(proxied, { zone, token }), proxied);
	}
});

test.run();
