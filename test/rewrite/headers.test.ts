// tests only (Node).
import * as assert from 'uvu/assert';
import {
	asBuilt,
	asDrawing,
	asStill,
	asUpgraded,
	givenPolicy,
	leakGuard,
	mapCsp,
	mapLink,
	mapLocation,
	mapOrigins,
	mapPermissionsPolicy,
	mapPlace,
	mapRefresh,
	mapReportingEndpoints,
	mapReportTo,
	rewriteImportMap,
	rewriteRefresh,
	rewriteSpeculationRules,
	rewriteSrcset,
	unrewriteImportMap,
	unrewriteRefresh,
	unrewriteSrcset,
} from '../../rewrite/index.ts';
import { keysOf, maskIntegrity, unmaskIntegrity, wantedIn } from '../../rewrite/integrity.ts';
import { suite } from '../harness.ts';
import { ours, scope, zone } from './scope.ts';

const test = suite('headers and small formats');
const base = 'https://a.example/';
const X = ours('https://x.example');
const OWN = `${ours('https://a.example')}/.tandem/`;
const ANY = 'http://*.tandem.localhost:3000';
const place = (url: string) => mapPlace(url, scope, 'https');
const whole = (policy: string) => mapCsp(policy, { scope, nonce: 'N', documentUrl: base, place });
/** Without the author's own text, which goes along. */
const csp = (policy: string) => whole(policy).replace(/; report-to [^\s,]+/g, '');

test('CSP: a document that we build around a picture or a text is sandboxed as its site says, but for our script', () => {
	const built = (policy: string) =>
		mapCsp(policy, { scope, nonce: 'N', documentUrl: base, shape: asBuilt }).replace(/; report-to [^\s,]+/g, '');
	assert.is(built("default-src 'none'; style-src 'unsafe-inline'; sandbox"), 'sandbox allow-scripts');
	assert.is(built("script-src 'none'"), '');
	const drawing = (policy: string) =>
		mapCsp(policy, { scope, nonce: 'N', documentUrl: base, shape: asDrawing }).replace(/; report-to [^\s,]+/g, '');
	assert.is(
		drawing("img-src data:; sandbox allow-popups; script-src 'unsafe-inline'; script-src-elem *"),
		`img-src data:; sandbox allow-popups allow-scripts; script-src 'nonce-N'; object-src 'none'; worker-src ${OWN}; frame-src ${OWN}`,
	);
	for (const policy of ['sandbox allow-scripts', 'sandbox allow-same-origin']) assert.is(drawing(policy), policy);
});

test('CSP: a sandbox without scripts lets ours run alone, without an origin, where frames can be held to that', () => {
	const still = (header: string) => mapCsp(header, { scope, nonce: 'N', shape: asStill }).replace(/; report-to .*?(?=,|$)/g, '');
	assert.is(
		still("sandbox allow-popups allow-same-origin; script-src 'unsafe-inline'; img-src 'self', sandbox"),
		"sandbox allow-popups allow-scripts; script-src 'nonce-N'; img-src 'self'; object-src 'none'; worker-src 'self', sandbox allow-scripts; script-src 'nonce-N'; object-src 'none'; worker-src 'self'",
	);
	assert.match(still("sandbox allow-scripts; script-src 'unsafe-inline'"), "script-src 'unsafe-inline'");
});

test('CSP: hosts become labels, wildcards the zone; what names the outside or hinders us goes', () => {
	assert.is(csp('img-src https://x.example/p *.x.example data: * x.example:*'), `img-src ${X}/p ${ANY} data: ws://*.tandem.localhost:3000`);
	assert.is(csp("frame-ancestors 'none'; report-uri /r; report-to r; upgrade-insecure-requests"), '');
	assert.is(csp('sandbox allow-scripts; form-action https:'), `sandbox allow-scripts; form-action ${ANY}`);
	assert.is(csp('img-src a.example, font-src x.example'), `img-src ${ours(base.slice(0, -1))}, font-src ${X}`);
	const http = mapCsp('img-src x.example', { scope, documentUrl: 'http://a.example/' });
	assert.is(http.split('; report-to')[0], `img-src ${ours('http://x.example')} ${X}`);
	assert.is(csp('media-src wss://x.example'), `media-src ${ours('wss://x.example')}`);
});

test('CSP: who may stand around a document is asked of all but the app, and of the header alone', () => {
	const around = (policy: string) => mapCsp(policy, { scope, documentUrl: base, framers: 'https://app.ours' }).split('; report-to')[0];
	assert.is(around("frame-ancestors 'none'"), 'frame-ancestors https://app.ours');
	assert.is(around('frame-ancestors'), 'frame-ancestors https://app.ours');
	assert.is(around("frame-ancestors 'self' https://x.example"), `frame-ancestors 'self' ${X} https://app.ours`);
	assert.is(
		around('frame-ancestors *.x.example; img-src a.example, frame-ancestors *')?.includes(
			`frame-ancestors ${ANY} https://app.ours; img-src`,
		),
		true,
	);
	assert.is(csp("frame-ancestors 'none'"), '');
});

test('CSP: our script, its requests and frames are let through, and nothing else is', () => {
	assert.is(csp("script-src 'none'"), `script-src 'nonce-N'; worker-src 'nonce-N' ${OWN}`);
	const inline = csp("script-src 'unsafe-inline'");
	assert.ok(inline.includes(`script-src 'unsafe-inline' ${OWN}`) && !inline.includes('nonce'), inline);
	const strict = csp("script-src 'nonce-x' 'strict-dynamic' 'unsafe-inline'");
	assert.ok(strict.startsWith("script-src 'nonce-x' 'strict-dynamic' 'unsafe-inline' 'nonce-N'"), strict);
	const fallback = csp("default-src 'self'");
	assert.ok(fallback.includes("script-src 'self' 'nonce-N'") && fallback.includes(`connect-src 'self' ${OWN}`), fallback);
	assert.is(csp("img-src 'none'"), "img-src 'none'");
	assert.is(csp("script-src-elem 'self'").startsWith("script-src-elem 'self' 'nonce-N'"), true);
});

test('CSP: the first of a name counts, and trusted types get our policy', () => {
	assert.is(csp('img-src x.example; IMG-SRC *'), `img-src ${X}`);
	assert.is(
		csp("require-trusted-types-for 'script'; trusted-types a 'allow-duplicates'"),
		"require-trusted-types-for 'script'; trusted-types a 'allow-duplicates' tandem",
	);
	assert.is(csp("trusted-types 'none'"), 'trusted-types tandem');
});

test('CSP: reports go where the author wants them, by URL', () => {
	const places = (policy: string) => /report-\S+ .*/.exec(whole(policy))?.[0].replace(/(report-to |#tandem=).*/, '');
	assert.is(
		places("img-src 'none'; report-uri /r?x r#y https://x.example/r //x.example/s; report-to z"),
		`report-uri /r?x r ${X}/r ${X}/s`,
	);
	assert.is(places("img-src 'none'; report-uri /a; report-uri /b"), 'report-uri /a');
	assert.is(
		places("img-src 'none'; report-uri /\\\\x.example/r http:/\\x.example/r https:r data:,"),
		`report-uri ${X}/r ${ours('http://x.example')}/r r about:blank`,
	);
	for (const policy of ["img-src 'none'; report-to z", "img-src 'none'; report-uri"]) assert.is(places(policy), '', policy);
	assert.is(whole('report-uri /r'), '');
});

/** Over https, where browsers send what is reported by name. */
const safe = { ...scope, zone: { ...zone, scheme: 'https' as const } };
const S = ours('https://x.example').replace('http:', 'https:');

test('CSP: reports go where the author wants them, by name, where browsers send such', () => {
	const secure = (policy: string) =>
		mapCsp(policy, { scope: safe, nonce: 'N', documentUrl: base, place: (url) => mapPlace(url, safe, 'https') });
	for (const [policy, carrier] of [
		["img-src 'none'; report-to z y; report-to w", 'report-to z y; report-uri /.tandem/unheard#tandem='],
		["img-src 'none'; report-uri /r https://x.example/r; report-to z", `report-to z; report-uri /r ${S}/r#tandem=`],
		["img-src 'none'; report-to", 'report-to; report-uri /.tandem/unheard#tandem='],
		["img-src 'none'; report-uri /r", 'report-uri /r#tandem='],
	] as const) {
		assert.is(secure(policy), `img-src 'none'; ${carrier}${encodeURIComponent(policy)}`);
		assert.is(givenPolicy(secure(policy)), policy);
	}
	assert.is(secure('report-to z'), '');
	assert.is(
		csp("script-src-attr 'report-sha256' x.example 'report-sample'"),
		`script-src-attr ${X} 'report-sample'`,
		'a hash of what was edited',
	);
});

test('places for reports have labels, however they are spelled; browsers send nothing to those of http', () => {
	const named = (url: string) => mapReportingEndpoints(`a=${JSON.stringify(url)};p="q", b=1`, safe);
	const grouped = (url: string) => JSON.parse(mapReportTo(JSON.stringify({ endpoints: [{ url, weight: 2 }, 1] }), safe) ?? '').endpoints[0];
	for (const [url, mapped] of [
		['https://x.example/r?q#f', `${S}/r?q`],
		['//x.example/r', `${S}/r`],
		['/\\x.example/r', `${S}/r`],
		['HTTPS:\\\\x.example/r"', `${S}/r%22`],
		['/r', '/r'],
		['r?q', 'r?q'],
		['https:r', 'r'],
		[' https:/r', '/r'],
		['http://x.example/r', 'about:blank'],
		['http:r', 'about:blank'],
		['data:,x', 'about:blank'],
		['https://', 'about:blank'],
	] as const) {
		assert.is(named(url), `a="${mapped}";p="q", b=1`, url);
		assert.equal(grouped(url), { url: mapped, weight: 2 }, url);
	}
	assert.is(grouped('\u0001ht\ttps:\n//x.example/r').url, `${S}/r`);
	assert.is(mapReportTo('{"group":"\\u20ac","endpoints":2}, {"a":1}', safe), '{"group":"\\u20ac","endpoints":2}, {"a":1}');
	for (const wrong of ['{', '1, null', '']) assert.is(mapReportTo(wrong, safe), wrong === '1, null' ? wrong : undefined, wrong);
});

test('CSP: what allows a picture of https allows the one of http that browsers ask for over https', () => {
	const table = new Map<string, string>();
	const secure = (policy: string) =>
		mapCsp(policy, { scope, documentUrl: base, shape: (directives) => asUpgraded(directives, base, scope, table) }).split('; report-to')[0];
	const [P, SELF] = [ours('http://x.example'), ours(`http://${new URL(base).host}`)];
	assert.is(secure("img-src 'self' x.example/p"), `img-src 'self' ${X}/p ${SELF} ${P}/p`);
	assert.is(secure('media-src http://x.example data:'), `media-src ${P} ${X} data:`);
	assert.match(secure('default-src x.example; media-src blob:') ?? '', `default-src ${X}; media-src blob:; img-src ${X} ${P}; `);
	assert.is(secure("img-src 'none'; font-src x.example"), `img-src 'none'; font-src ${X}`);
});

test("CSP: a policy leads back to its author's own text", () => {
	for (const policy of [
		'img-src x.example; report-to a; report-uri /r',
		'report-uri r#tandem=; img-src *',
		"script-src 'none' 'nonce-x'",
		'sandbox;frame-ancestors *',
	])
		assert.is(givenPolicy(whole(` ${policy} `)), policy);
	assert.is(givenPolicy("img-src 'self'; report-uri /r"), "img-src 'self'; report-uri /r");
});

test('the leak guard names nothing but our zone', () => {
	const guard = leakGuard(zone);
	for (const match of guard.matchAll(/https?:\/\/\S+|wss?:\/\/\S+/g))
		assert.ok(match[0].replace(';', '').endsWith('://*.tandem.localhost:3000'), match[0]);
	assert.match(guard, /^default-src /);
	assert.match(guard, /form-action [^;]* javascript: mailto: /);
	assert.match(guard, /^default-src [^;]* data: blob: about: /, 'what asks nobody');
});

test('Location, Refresh, Link, origins and Permissions-Policy', () => {
	assert.is(mapLocation('https://x.example/a?b#c', scope, base), `${X}/a?b#c`);
	assert.is(mapLocation('//x.example/a', scope, 'http://a.example/'), `${ours('http://x.example').slice(5)}/a`);
	for (const same of ['/a', '../b', '?c', 'mailto:a@b.c']) assert.is(mapLocation(same, scope, base), same);
	assert.is(mapRefresh('5; url=https://x.example/', scope, base), `5; url=${X}/`);
	assert.is(mapOrigins('https://x.example, *', scope), `${X}, *`);
	for (const none of ['null', 'https://X.example', 'https://x.example:443', 'https://x.example/']) assert.is(mapOrigins(none, scope), none);
	assert.is(mapPermissionsPolicy('camera=(self "https://x.example"), usb=()', scope), `camera=(self "${X}"), usb=()`);
	assert.is(
		mapLink('<https://x.example/a,b>; rel="preload"; as=style; integrity="sha256-x", </c>; rel=next', scope, base),
		`<${X}/a,b>; rel="preload"; as=style; integrity="${maskIntegrity('sha256-x')}", </c>; rel=next`,
	);
});

test('integrity: given back to the letter, and told in keys', () => {
	const of = (char: string, length: number) => char.repeat(length);
	// biome-ignore format: short
	const values: readonly (readonly [value: string, algorithm?: string, ...digests: string[]])[] = [
		[''], ['foo'], ['sha256-'], ['SHA256-abcd'], ['md5-abcd sha1-x'], ['sha256-a,b'], ['ed25519-abcd'],
		['sha256-abcd', 'sha256'],
		[`sha256-${of('a', 43)}=`, 'sha256', of('a', 43)],
		[` sha-384-${of('_', 64)}?x  sha256-${of('a', 43)}\n`, 'sha384', of('/', 64)],
		[`sha512-${of('b', 86)}==\tsha512-${of('c', 86)} sha512-${of('b', 86)} sha384-${of('c', 64)}`, 'sha512', of('b', 86), of('c', 86)],
		[`sha512-${of('A', 86)}`, 'sha512', of('A', 86)],
		[Array.from({ length: 11 }, (_, i) => `sha512-${of('ABCDEFGHIJKL'[i] ?? '', 86)}`).join(' '), 'sha512', ...Array.from({ length: 11 }, (_, i) => of('ABCDEFGHIJKL'[i] ?? '', 86))],
		[`ed25519-${of('z', 43)}= sha256-${of('a', 43)}`, 'sha256', of('a', 43)],
	];
	for (const [value, algorithm, ...digests] of values) {
		const masked = maskIntegrity(value);
		assert.is(unmaskIntegrity(masked), value);
		assert.equal(wantedIn(masked), algorithm && { algorithm, digests }, value);
	}
	const many = Array.from({ length: 99 }, (_, i) => `sha256-${of('b', 41)}${i + 10}`).join(' ');
	assert.is(wantedIn(maskIntegrity(many)), undefined, 'more than a header holds');
	assert.is(unmaskIntegrity(maskIntegrity(many)), many);
});

test('CSP: what is allowed by its hash in `integrity` is allowed by the keys that stand for it', () => {
	const hash = (char: string) => `sha256-${char.repeat(43)}`;
	const keys = (char: string) => keysOf(hash(char)).map((key) => `'${key}'`);
	const allowed = [`'${hash('a')}'`, `'${hash('b')}'`, ...keys('a'), ...keys('b').slice(1)].join(' ');
	assert.is(csp(`script-src '${hash('a')}' '${hash('b')}'`).split(';')[0], `script-src ${allowed} 'nonce-N'`);
	assert.is(csp(`style-src '${hash('a')}'`).includes('ed25519'), false);
	assert.is(
		csp(`script-src ${Array.from({ length: 20 }, (_, i) => `'${hash('abcdefghijklmnopqrst'[i] ?? '')}'`).join(' ')}`).includes('ed25519'),
		false,
	);
});

test('srcset and refresh keep what lies between', () => {
	for (const [source, expected] of [
		[' https://x.example/a 1x , b  2x', ` ${X}/a 1x , b  2x`],
		['data:image/png,a 1x, https://x.example/,', `data:image/png,a 1x, ${X}/,`],
		['https://x.example/a 1x (b, c), d', `${X}/a 1x (b, c), d`],
	] as const) {
		// biome-ignore format: short
		assert.is(rewriteSrcset(source, scope), expected);
		assert.is(unrewriteSrcset(expected, zone), source);
	}
	for (const [source, expected] of [
		['0;url="https://x.example/"x', `0;url="${X}/"x`],
		['1 , https://x.example/', `1 , ${X}/`],
		['5', '5'],
	] as const) {
		// biome-ignore format: short
		assert.is(rewriteRefresh(source, scope), expected);
		assert.is(unrewriteRefresh(expected, zone), source);
	}
});

test('import maps: specifiers, addresses and scopes; hashes are made none. Speculation rules', () => {
	const map = '{"imports": {"https://x.example/a": "https://x.example/b", "c": "./c"}, "scopes": {"https://x.example/": {}}}';
	const mapped = rewriteImportMap(map, scope);
	assert.is(mapped, map.replaceAll('https://x.example', X));
	assert.is(unrewriteImportMap(mapped, zone), map);
	assert.is(rewriteImportMap('{"imports": {"https:x.example/a": "//"}}', scope), `{"imports": {"${X}/a": "//"}}`);
	assert.is(
		rewriteImportMap('{"imports": {"https:x.example/": "/a/", "wss:x.example/": "/b/"}}', scope),
		`{"imports": {"${X}/": "/a/", "${X.replace('http', 'ws')}/": "/b/"}}`,
	);
	const hashes = '{"integrity": {"https://x.example/a": "sha256-x sha384-y", "./sha": "sha512-z"}}';
	const masked = rewriteImportMap(hashes, scope);
	assert.is(masked, `{"integrity": {"${X}/a": "${maskIntegrity('sha256-x sha384-y')}", "./sha": "${maskIntegrity('sha512-z')}"}}`);
	assert.is(unrewriteImportMap(masked, zone), hashes);
	const odd = `{"integrity": {"./x": "\\tmd5-x sha256-${'a\\/'.repeat(21)}a=", "./sha256-name.js": "ed25519-abc"}}`;
	const other = rewriteImportMap(odd, scope);
	assert.equal(wantedIn(other), { algorithm: 'sha256', digests: [`${'a/'.repeat(21)}a`] });
	assert.is(other.includes('$tandem$ed25519-abc') && other.includes('"./sha256-name.js"'), true);
	assert.is(unrewriteImportMap(other, zone), odd);
	assert.is(rewriteImportMap('{"a": https://x.example', scope), '{"a": https://x.example');
	assert.is(rewriteSpeculationRules('{"prefetch": [{"urls": ["https://x.example/"]}]}', scope), `{"prefetch": [{"urls": ["${X}/"]}]}`);
});

test.run();
