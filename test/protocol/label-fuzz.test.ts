// tests only (Node).
// Labels and header values out of the pieces they are made of: whatever comes, no throw; what is read is written back the same.
import * as fc from 'fast-check';
import * as assert from 'uvu/assert';
import { decodeLabel, encodeLabel, hashOrigin } from '../../protocol/label.ts';
import { toProxied, toReal } from '../../protocol/url.ts';
import { mapCsp, mapLink, mapOrigins, mapPermissionsPolicy, mapRefresh } from '../../rewrite/headers/index.ts';
import { rewriteSrcset, unrewriteRefresh, unrewriteSrcset } from '../../rewrite/index.ts';
import { runs } from '../fuzz.ts';
import { suite } from '../harness.ts';
import { scope, zone } from '../rewrite/scope.ts';

const test = suite('labels and headers: fuzz', { limit: 120_000 });
const RUNS = runs(4000);

const OWN = 'a-example-aabcdefghijklmnop.tandem.localhost:3000';
const PIECES = [
	'a', 'example', '-', '--', '.', 'xn--', '0', '80', '443', '99999', 'é', '_', '/', '\\', '@', ':', '?', '#', '%2e', ' ', '\t', '\0', ',', ';', '"', "'", '<', '>', '=', '*', '[', ']', '(', ')', '{', '}',
	'http:', 'https:', 'ws:', 'HTTPS:', '//', 'https://a.example', 'https://A.example:443', '//cdn.example/x', `http://${OWN}`, 'http://app.tandem.localhost:3000', 'javascript:', 'data:,', 'blob:', '[::1]', '127.1', 'aabcdefghijklmnop', 'zabcdefghijklmnop', '.tandem.localhost', ':3000', '\u3002',
	'default-src', 'script-src', 'report-uri', "'self'", "'nonce-a'", "'none'", 'rel=preload', 'as=script', 'anchor=', 'imagesrcset=', 'integrity=x', '0;url=', 'url', '1x', '2w', 'self', 'camera=',
]; // biome-ignore format: a list
const text = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((all) => all.join(''));

test('a label of any pieces is one origin or none, and that origin’s label', () => {
	fc.assert(
		fc.property(text, fc.constantFrom('', '-aabcdefghijklmnop', '-b', '-cabcdefghijklmnop', 'zabcdefghijklmnop'), (front, tail) => {
			const label = decodeLabel(front + tail);
			if (label?.kind !== 'origin') return;
			assert.is(encodeLabel(label.origin, label.token), front + tail);
			assert.match(label.origin, /^https?:\/\/[a-z0-9_.-]+(?::\d{1,5})?$/);
		}),
		RUNS,
	);
});

test('a URL of any pieces: proxied once, and back to what it was', () => {
	fc.assert(
		fc.property(text, (url) => {
			const table = new Map<string, string>();
			const proxied = toProxied(url, { ...scope, register: (origin) => table.set(hashOrigin(origin), origin) });
			assert.is(toProxied(proxied, scope), proxied, 'once');
			if (proxied === url || url.includes('.tandem.localhost')) return;
			const real = toReal(proxied, zone, table);
			assert.is(new URL(real).href, new URL(url.trim()).href);
		}),
		RUNS,
	);
});

test('headers of any pieces: never a throw, never a line break, and back to what they were', () => {
	fc.assert(
		fc.property(text, text, (one, two) => {
			const value = `${one} ${two}`;
			const base = 'https://a.example/dir/';
			for (const mapped of [
				mapCsp(value, { scope, nonce: 'n', documentUrl: base }),
				mapLink(value, scope, base),
				mapOrigins(value, scope),
				mapPermissionsPolicy(value, scope),
				mapRefresh(value, scope, base),
				rewriteSrcset(value, scope, 'https'),
			])
				assert.not.match(mapped, /[\r\n]/);
			if (value.includes('tandem.localhost') || value.includes('é') || value.includes('\u3002')) return;
			const refresh = mapRefresh(value, scope, base);
			assert.is(mapRefresh(unrewriteRefresh(refresh, zone), scope, base), refresh);
			const srcset = rewriteSrcset(value, scope, 'https');
			assert.is(rewriteSrcset(unrewriteSrcset(srcset, zone), scope, 'https'), srcset);
		}),
		RUNS,
	);
});

test.run();
