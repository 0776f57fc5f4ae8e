// tests only (Node).
import * as https from 'node:https';
import * as tls from 'node:tls';
import * as assert from 'uvu/assert';
import { parseUpstreamMap } from '../../proxy/address/upstream-map.ts';
import { suite } from '../harness.ts';
import { startProxy, startSite } from './fixture.ts';
import { CERT, KEY } from './self-signed.ts';

const test = suite('upstream map');
const at = (text: string, url: string) => {
	const { protocol, host, port, trusted } = parseUpstreamMap(text)(new URL(url));
	return `${protocol}//${host}:${port}${trusted ? '!' : ''}`;
};

test('the most exact entry wins; others go where their name leads', () => {
	const map =
		'https://shop.example=http://127.0.0.1:9001, http://*.web-platform.test:8000=http://127.0.0.1:8000,https://*=http://127.0.0.1:4999';
	assert.is(at(map, 'https://shop.example'), 'http://127.0.0.1:9001!');
	assert.is(at(map, 'https://other.example'), 'http://127.0.0.1:4999!');
	assert.is(at(map, 'http://www.web-platform.test:8000'), 'http://127.0.0.1:8000!');
	assert.is(at(map, 'http://web-platform.test:8000'), 'http://127.0.0.1:8000!');
	assert.is(at(map, 'http://www.web-platform.test'), 'http://www.web-platform.test:80');
	assert.is(at(map, 'http://evilweb-platform.test:8000'), 'http://evilweb-platform.test:8000');
	assert.is(at(map, 'https://other.example:8443'), 'https://other.example:8443');
});

test('ws and wss are http and https', () => {
	assert.is(at('wss://a.example=ws://127.0.0.1:1', 'https://a.example'), 'http://127.0.0.1:1!');
});

test('names the entry it can not read', () => {
	for (const bad of ['shop.example=http://1.2.3.4', 'https://a.example', 'https://a.example=ftp://x', 'https://a.example/x=http://b'])
		assert.throws(
			() => parseUpstreamMap(`https://ok.example=http://127.0.0.1:1,${bad}`),
			new RegExp(bad.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')),
		);
});

test('Host stays the real name', async (t) => {
	const site = await startSite((req, res) => res.end(req.headers.host));
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `http://a.example:8080=${site.url}` });
	t.defer(() => s.close());
	assert.is((await s.ask('http://a.example:8080', '/')).text, 'a.example:8080');
});

test('a certificate is checked against the real name, also at a mapped address', async (t) => {
	const site = await startSite(() => {}, https.createServer({ key: KEY, cert: CERT }, (_req, res) => res.end('no')) as never);
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://shop.example=https://127.0.0.1:${site.port}` });
	t.defer(() => s.close());
	const reply = await s.ask('https://shop.example', '/', { dest: 'document' });
	assert.is(reply.status, 502);
	assert.is(reply.headers['x-tandem-error'], 'bad-certificate');
	assert.match(reply.text, 'The certificate of this site is not valid.');
});

test('a certificate for the real name is trusted where its issuer is, and SNI says the name', async (t) => {
	const trusted = tls.getCACertificates('default');
	tls.setDefaultCACertificates([...trusted, CERT]);
	t.defer(() => tls.setDefaultCACertificates(trusted));
	const names: unknown[] = [];
	const server = https.createServer({ key: KEY, cert: CERT }, (req, res) => {
		names.push((req.socket as tls.TLSSocket & { servername?: string }).servername);
		res.end('yes');
	});
	const site = await startSite(() => {}, server as never);
	t.defer(() => site.close());
	const s = await startProxy({
		upstreamMap: `https://shop.example=https://127.0.0.1:${site.port},https://other.example=https://127.0.0.1:${site.port}`,
	});
	t.defer(() => s.close());
	assert.is((await s.ask('https://shop.example', '/')).text, 'yes');
	assert.equal(names, ['shop.example']);
	assert.is((await s.ask('https://other.example', '/')).headers['x-tandem-error'], 'bad-certificate', 'another name');
});

test('a site that asks for a certificate of the visitor gets a page that says so', async (t) => {
	const trusted = tls.getCACertificates('default');
	tls.setDefaultCACertificates([...trusted, CERT]);
	t.defer(() => tls.setDefaultCACertificates(trusted));
	const server = https.createServer({ key: KEY, cert: CERT, requestCert: true, rejectUnauthorized: true }, (_req, res) => res.end('no'));
	const site = await startSite(() => {}, server as never);
	t.defer(() => site.close());
	const s = await startProxy({ upstreamMap: `https://shop.example=https://127.0.0.1:${site.port}` });
	t.defer(() => s.close());
	const reply = await s.ask('https://shop.example', '/', { dest: 'document' });
	assert.is(reply.headers['x-tandem-error'], 'client-certificate');
	assert.match(reply.text, 'asks for a certificate of yours');
});

test.run();
