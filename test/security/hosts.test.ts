// tests only (Node).
// Which face of ours a request reaches is decided by its Host, and every odd spelling of one reaches none of them; nor does an odd
// spelling of a private address get past the guard.
import * as assert from 'uvu/assert';
import { readAddress } from '../../server/url.ts';
import { suite } from '../harness.ts';
import { hostOf, startProxy, startSite } from '../proxy/fixture.ts';
import { hosted } from '../server/people.ts';
import { rawAsk, statuses } from './raw.ts';
import { labelHost, town } from './town.ts';

const test = suite('security: host games');
const complete = (text: string) => text.includes('\r\n\r\n');

test('a request that names its host twice, not at all, or in its target is refused by every face', async (t) => {
	let reached = 0;
	const { tandem } = await town(t, (_req, res) => {
		reached++;
		res.end();
	});
	const { welcome } = await hosted(tandem, t);
	const label = labelHost(tandem, 'https://a.example', welcome.runToken);
	const app = new URL(tandem.app).host;
	const ask = (bytes: string) => rawAsk(tandem.port, `${bytes}Connection: close\r\n\r\n`, complete);
	for (const host of [label, app, `127.0.0.1:${tandem.port}`])
		for (const bytes of [
			`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nHost: ${app}\r\n`,
			`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nhost: ${host}\r\n`,
			`GET http://${app}/healthz HTTP/1.1\r\nHost: ${host}\r\n`,
			`GET http://${label}/healthz HTTP/1.1\r\nHost: ${host}\r\n`,
			`GET https://evil.example/ HTTP/1.1\r\nHost: ${host}\r\n`,
			`OPTIONS * HTTP/1.1\r\nHost: ${host}\r\n`,
		])
			assert.equal(statuses(await ask(bytes)), [400], bytes);
	assert.equal(statuses(await ask('GET / HTTP/1.1\r\n')), [400]);
	for (const bytes of [`CONNECT ${app} HTTP/1.1\r\nHost: ${label}\r\n`, `CONNECT 10.0.0.1:22 HTTP/1.1\r\nHost: ${label}\r\n`])
		assert.not.match(await ask(bytes), /^HTTP\/1\.1 2/, bytes);
	assert.is(reached, 0);
});

test('a name that is not exactly ours reaches nothing', async (t) => {
	let reached = 0;
	const { tandem } = await town(t, (_req, res) => {
		reached++;
		res.end();
	});
	const { welcome } = await hosted(tandem, t);
	const label = labelHost(tandem, 'https://a.example', welcome.runToken);
	const [name = ''] = label.split('.');
	const zone = `tandem.localhost:${tandem.port}`;
	for (const host of [
		`app.tandem.localhost.:${tandem.port}`,
		`${name}.tandem.localhost.:${tandem.port}`,
		`evil.example`,
		`app.tandem.localhost.evil.example`,
		`app-tandem.localhost`,
		`xapp.${zone}`,
		`app@${label}`,
		`user:pass@app.${zone}`,
		`x.${label}`,
		`${label}:80`,
		`${name}.${name}.${zone}`,
		`xn--app.${zone}`,
		`\u00e4pp.${zone}`,
		`app%2e${zone}`,
		`${name} .${zone}`,
		`${name},app.${zone}`,
		`${name}.tandem\u3002localhost`,
		`[::1].${zone}`,
		``,
		`.`,
		`.${zone}`,
		`tandem.localhost:${tandem.port}`,
	]) {
		const [status = 0] = statuses(
			await rawAsk(
				tandem.port,
				`GET /healthz HTTP/1.1\r\nHost: ${Buffer.from(host).toString('latin1')}\r\nConnection: close\r\n\r\n`,
				complete,
			),
		);
		assert.ok([400, 404, 421].includes(status), `${host}: ${status}`);
	}
	assert.is(reached, 0);
});

test('letters of either case and any port are one name, as for browsers', async (t) => {
	const { tandem } = await town(t);
	const { welcome } = await hosted(tandem, t);
	const [name = ''] = labelHost(tandem, 'https://a.example', welcome.runToken).split('.');
	for (const host of [`${name.toUpperCase()}.Tandem.LOCALHOST`, `${name}.tandem.localhost:1`])
		assert.equal(statuses(await rawAsk(tandem.port, `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)), [200]);
});

test('a label is one origin: what a decoder could read in two ways is none', async (t) => {
	const s = await startProxy({ upstreamMap: 'https://a.example=http://127.0.0.1:1' });
	t.defer(() => s.close());
	const token = 'a'.repeat(16);
	for (const label of [
		`a-example-`, // no flag, no token
		`-a-example-a`, // an empty first part
		`a--example-c`, // a port that is none
		`a-example-99999-c`, // past the last port
		`a-example-080-c`, // a port with a nought in front
		`a-example-443-c`, // the scheme's own port
		`a-example-80-d`,
		`127-1-a`, // numbers that a resolver would read as an address
		`2130706433-a`,
		`0x7f000001-a`,
		`0177-0-0-1-a`,
		`127-0-0-01-a`,
		`1-2-3-4-5-a`,
		`xn--a-a`,
		`a-example-q`,
		`aaaaaaaaaaaaaaaaaaaa-i`, // a hash nobody put into the table
		`a-example-i`,
		`mirror-a-z`,
		`zmirror-z`,
	]) {
		const reply = await s.ask('', '/', { host: `${label}${token}.tandem.localhost:3000` });
		assert.ok([400, 404].includes(reply.status), `${label}: ${reply.status} ${reply.text}`);
	}
});

const PRIVATE = [
	'http://127.0.0.1',
	'http://127.1',
	'http://2130706433',
	'http://0x7f000001',
	'http://0177.0.0.1',
	'http://0x7f.1',
	'http://127.0.0.1.',
	'http://\u2460\u2461\u2466.0.0.1',
	'http://127\u30020\u30020\u30021',
	'http://0',
	'http://0.0.0.0',
	'http://10.1.2.3',
	'http://172.16.0.1',
	'http://192.168.1.1',
	'http://100.64.0.1',
	'http://169.254.169.254',
	'http://168.63.129.16',
	'http://192.0.0.192',
	'http://198.18.0.1',
	'http://224.0.0.1',
	'http://255.255.255.255',
	'http://[::]',
	'http://[::1]',
	'http://[::ffff:127.0.0.1]',
	'http://[::ffff:7f00:1]',
	'http://[::127.0.0.1]',
	'http://[::ffff:0:127.0.0.1]',
	'http://[64:ff9b::7f00:1]',
	'http://[64:ff9b:1::7f00:1]',
	'http://[2002:7f00:1::]',
	'http://[2001:0:7f00:1::]',
	'http://[fe80::1]',
	'http://[fec0::1]',
	'http://[fc00::1]',
	'http://[ff02::1]',
	'http://[100::1]',
	'http://localhost',
	'http://localhost.',
	'http://x.localhost',
	'http://ip6-localhost',
];

for (const typed of PRIVATE)
	test(`${typed} is refused, by the page of its label and as an address`, async (t) => {
		let reached = 0;
		const site = await startSite((_req, res) => {
			reached++;
			res.end();
		});
		t.defer(() => site.close());
		const s = await startProxy();
		t.defer(() => s.close());
		const { origin } = new URL(`${typed}:${site.port}`);
		s.sessions.table('s1').set(hostOf(origin).slice(0, 20), origin);
		const reply = await s.ask(origin, '/', { dest: 'document' });
		assert.match(String(reply.headers['x-tandem-error']), /^(?:private-address|no-such-host|bad-url)$/);
		assert.is(reached, 0);
		const { hostname } = new URL(readAddress(typed));
		assert.is(new URL(`http://${hostname}`).hostname, hostname, 'what was typed is one spelling from then on');
	});

test.run();
