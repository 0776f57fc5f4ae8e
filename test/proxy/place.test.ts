// tests only (Node).
import * as assert from 'uvu/assert';
import { suite } from '../harness.ts';
import { APP, ourOrigin, startProxy, startSite } from './fixture.ts';

const test = suite('where a document stands');
const SHOP = 'https://shop.example';
const ADS = 'https://ads.example';
const HINT = { 'Sec-CH-UA-Form-Factors': '"Desktop"' };
const COOKIES = ['strict=1; SameSite=Strict; Secure', 'lax=1; SameSite=Lax; Secure', 'none=1; SameSite=None; Secure'];

async function start(t: { defer(undo: () => unknown): void }) {
	const seen: { url: string; cookie: string; dest: string | undefined; hint: unknown }[] = [];
	const site = await startSite((req, res) => {
		const { cookie = '', 'sec-fetch-dest': dest, 'sec-ch-ua-form-factors': hint } = req.headers;
		seen.push({ url: req.url ?? '', cookie, dest: dest as string | undefined, hint });
		res
			.writeHead(200, { 'Content-Type': 'text/html', ...(req.url === '/asks' && { 'Accept-CH': 'sec-ch-ua-form-factors, DPR' }) })
			.end('<p>');
	});
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://*=${site.url}` });
	t.defer(() => s.close());
	for (const origin of [SHOP, ADS])
		for (const cookie of COOKIES) s.sessions.jar('j1').store(cookie, { url: new URL(origin), site: 'same-site', method: 'GET' });
	const document = (origin: string, path: string, from: string, marks: object = {}) =>
		s.ask(origin, path, {
			headers: {
				'Sec-Fetch-Dest': 'iframe',
				'Sec-Fetch-Mode': 'navigate',
				'Sec-Fetch-Site': 'same-site',
				Referer: `${from === APP ? APP : ourOrigin(from)}/`,
				...marks,
			},
		});
	const image = (origin: string, from: string) =>
		s.ask(origin, '/image', {
			headers: {
				'Sec-Fetch-Dest': 'image',
				'Sec-Fetch-Mode': 'no-cors',
				'Sec-Fetch-Site': origin === from ? 'same-origin' : 'same-site',
				Referer: `${ourOrigin(from)}/`,
				Cookie: 'tandem-v-aaaaaa=0',
			},
		});
	return { s, seen, document, image };
}

test('a root is asked for as a document, a frame as a frame, and the mark stays here', async (t) => {
	const { seen, document } = await start(t);
	await document(SHOP, '/', APP, HINT);
	await document(SHOP, '/next', SHOP, HINT);
	await document(SHOP, '/frame', SHOP);
	assert.equal(
		seen.map(({ dest, hint }) => [dest, hint]),
		[
			['document', undefined],
			['document', undefined],
			['iframe', undefined],
		],
	);
});

test('SameSite: a root that comes from another site is sent Lax, a frame is not (RFC 6265bis section 5.8.3)', async (t) => {
	const { seen, document } = await start(t);
	await document(SHOP, '/', APP, HINT);
	await document(ADS, '/root', SHOP, HINT);
	await document(ADS, '/frame', SHOP);
	await document(SHOP, '/own-frame', SHOP);
	assert.equal(
		seen.map(({ cookie }) => cookie),
		['strict=1; lax=1; none=1', 'lax=1; none=1', 'none=1', 'strict=1; lax=1; none=1'],
	);
});

test('what a frame of another site asks of its own site is cross-site as well', async (t) => {
	const { seen, document, image } = await start(t);
	await document(SHOP, '/', APP, HINT);
	await document(ADS, '/frame', SHOP);
	await image(ADS, ADS);
	await document(ADS, '/frame-2', ADS);
	await image(SHOP, SHOP);
	assert.equal(
		seen.slice(2).map(({ cookie }) => cookie),
		['none=1', 'none=1', 'strict=1; lax=1; none=1'],
	);
});

test('such a frame reads and writes SameSite=None cookies only', async (t) => {
	const { s, document } = await start(t);
	await document(SHOP, '/', APP, HINT);
	const frame = await document(ADS, '/frame', SHOP);
	assert.match(frame.text, /&quot;embedded&quot;:true/);
	assert.match(frame.text, /&quot;cookie&quot;:&quot;none=1&quot;/);
	const own = { 'Sec-Fetch-Site': 'same-origin' };
	const write = await s.ask(ADS, '/.tandem/cookie?path=/&embedded', {
		method: 'POST',
		headers: own,
		body: '["new=1; SameSite=Lax; Secure"]',
	});
	assert.is(JSON.parse(write.text).cookie, 'none=1');
	const whole = await s.ask(ADS, '/.tandem/cookie?path=/', { headers: own });
	assert.is(JSON.parse(whole.text).cookie, 'strict=1; lax=1; none=1');
});

test('a browser that does not tell is taken to ask for a root', async (t) => {
	const { seen, document } = await start(t);
	await document(ADS, '/', SHOP);
	assert.is(seen[0]?.cookie, 'lax=1; none=1');
});

test('a site gets the client hints that the document of a root has asked for (RFC 8942)', async (t) => {
	const { seen, document } = await start(t);
	await document(SHOP, '/asks', APP, HINT);
	await document(ADS, '/asks', SHOP);
	for (const origin of [SHOP, ADS]) await document(origin, '/next', origin, HINT);
	assert.equal(
		seen.map(({ hint }) => hint),
		[undefined, undefined, '"Desktop"', undefined],
	);
});

test.run();
