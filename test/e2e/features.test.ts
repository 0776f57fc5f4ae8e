// tests only (Node, Chromium).
// What a page at the top may ask the browser for, a tab's root may; what browsers do for pages of https alone, where the server is reached over https.
import { createHash, X509Certificate } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { createServer } from 'node:tls';
import * as assert from 'uvu/assert';
import { chromium } from '../browser.ts';
import { suite } from '../harness.ts';
import { until } from '../proxy/fixture.ts';
import { CERT, KEY } from '../proxy/self-signed.ts';
import { makeSession, openHost } from './people.ts';
import { openTown } from './town.ts';

const test = suite('features', { limit: 60_000 });
const spki = new X509Certificate(CERT).publicKey.export({ type: 'spki', format: 'der' });
const pin = createHash('sha256').update(spki).digest('base64');
/** It sends reports at once, and takes the certificate of our own for any name. */
const open = () => chromium({ whole: true, flags: ['--short-reporting-delay', `--ignore-certificate-errors-spki-list=${pin}`] });

test('a page may ask for devices, fonts and screens', async (t) => {
	const script = `document.querySelector('h1').textContent = ['camera', 'usb', 'hid', 'serial', 'local-fonts', 'window-management', 'idle-detection', 'ch-ect'].map((name) => document.featurePolicy.allowsFeature(name)).join(' ')`;
	const { tandem, browser } = await openTown(t, { '/': `<h1></h1><script>${script}</script>` }, open);
	const host = await openHost(browser, await makeSession(tandem, 'https://a.example/'));
	await host.sight.see({ css: 'h1', text: 'true true true true true true true false' });
});

/** What a reverse proxy does for people: https before a server that speaks http. */
async function front(t: { defer(undo: () => unknown): void }) {
	let behind = 0;
	const server = createServer({ key: KEY, cert: CERT }, (near) => {
		const far = connect(behind, '127.0.0.1');
		near.pipe(far).pipe(near);
		near.on('error', () => far.destroy());
		far.on('error', () => near.destroy());
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	t.defer(() => server.close());
	const origin = `https://tandem.localhost:${(server.address() as AddressInfo).port}`;
	return {
		origin,
		to(port: number) {
			behind = port;
		},
	};
}

test('over https a browser tells a site by name what happens in its pages', async (t) => {
	const told: [string, unknown][] = [];
	const sheet = (res: ServerResponse, headers: Record<string, string>, body: string) =>
		res.writeHead(200, { 'Content-Type': 'text/html', ...headers }).end(`<!doctype html>${body}`);
	const hears = (path: string) => (_: unknown, res: ServerResponse, body: string) => {
		res.writeHead(200, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' }).end();
		if (!body) return;
		for (const { type, url, body: about } of JSON.parse(body)) {
			const { blockedURL, documentURL, originalPolicy, policyId, sourceFile } = about;
			// (which of its two readings asked for a picture, and so whether it says where, is the browser's)
			told.push([path, { type, url, blockedURL, documentURL, originalPolicy, ...(policyId && { policyId, sourceFile }) }]);
		}
	};
	const policy = `img-src 'none'; report-to here; report-uri /uri`;
	const { origin, to } = await front(t);
	const { tandem, browser } = await openTown(
		t,
		{
			'/': (_, res) =>
				sheet(
					res,
					{
						'Reporting-Endpoints': 'here="/told", there="https://b.example/told-there"',
						'Content-Security-Policy': policy,
						'Permissions-Policy': 'geolocation=();report-to=there',
					},
					`<img src=https://c.example/x><script>navigator.geolocation.getCurrentPosition(() => {}, () => {});</script><iframe src=https://b.example/old></iframe>`,
				),
			'/old': (_, res) =>
				sheet(
					res,
					{ 'Report-To': '{"group":"g","max_age":60,"endpoints":[{"url":"https://b.example/told-old"}]}' },
					`<meta http-equiv=Content-Security-Policy content="img-src 'self'; report-to g"><img src=https://c.example/y>`,
				),
			'/told': hears('/told'),
			'/told-there': hears('/told-there'),
			'/told-old': hears('/told-old'),
			'/uri': hears('/uri'),
		},
		open,
		{ TANDEM_ORIGIN: origin },
	);
	to(tandem.port);
	await openHost(browser, await makeSession(tandem, 'https://a.example/?q'));
	await until(() => told.length >= 3);
	const violation = { type: 'csp-violation', documentURL: 'https://a.example/?q', originalPolicy: policy };
	const said = { blockedURL: undefined, documentURL: undefined, originalPolicy: undefined };
	const frame = { url: 'https://b.example/old', documentURL: 'https://b.example/old', originalPolicy: "img-src 'self'; report-to g" };
	const page = { url: 'https://a.example/?q' };
	assert.equal(
		told.sort(([a], [b]) => (a < b ? -1 : 1)),
		[
			['/told', { ...violation, ...page, blockedURL: 'https://c.example/x' }],
			['/told-old', { ...violation, ...frame, blockedURL: 'https://c.example/y' }],
			['/told-there', { ...said, ...page, type: 'permissions-policy-violation', policyId: 'geolocation', sourceFile: page.url }],
		],
	);
});

test.run();
