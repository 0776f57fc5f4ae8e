// tests only (Node).
// What a proxied page can send to the app: it is same-site with it, has no key, and must reach no route that reads or changes anything.
import type { OutgoingHttpHeaders } from 'node:http';
import { io } from 'socket.io-client';
import * as assert from 'uvu/assert';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';
import { suite } from '../harness.ts';
import { hosted, joined } from '../server/people.ts';
import type { Tandem } from '../tandem.ts';
import { ask, labelHost, town } from './town.ts';

const test = suite('security: the app');

/** Every route that reads or changes something, with a body it would take. */
const ROUTES: readonly (readonly [method: string, path: string, body?: object])[] = [
	['GET', '/api/me'],
	['POST', '/api/enter', { ticket: 'TICKET' }],
	['POST', '/api/join', { code: 'CODE', name: 'Eve' }],
	['GET', '/api/sessions'],
	['POST', '/api/sessions', { url: 'https://a.example/' }],
	['GET', '/api/sessions/ID'],
	['DELETE', '/api/sessions/ID'],
	['POST', '/api/sessions/ID/ticket'],
	['POST', '/api/sessions/ID/tabs', { url: 'https://a.example/' }],
	['POST', '/api/sessions/ID/tabs/TAB/navigate', { url: 'https://evil.example/' }],
	['GET', '/api/sessions/ID/qr.svg'],
	['GET', '/api/keys'],
	['POST', '/api/keys', { name: 'eve' }],
	['DELETE', '/api/keys/ID'],
	['POST', '/api/auth/sign-in/email', { email: 'agent@tandem.localhost', password: 'PASSWORD' }],
	['POST', '/api/auth/sign-out'],
	['GET', '/api/auth/get-session'],
	['POST', '/api/auth/change-password', { currentPassword: 'PASSWORD', newPassword: 'evil-evil-evil' }],
	['POST', '/api/auth/update-user', { name: 'Eve' }],
	['POST', '/api/auth/delete-user'],
];

async function signedIn(tandem: Tandem): Promise<string> {
	const own = { host: new URL(tandem.app).host, origin: tandem.app, 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };
	const body = JSON.stringify({ email: tandem.first?.email, password: tandem.first?.password });
	const { headers, status } = await ask(tandem, '/api/auth/sign-in/email', own, 'POST', body);
	assert.is(status, 200);
	return String(headers['set-cookie']?.[0]).split(';')[0] ?? '';
}

test('no route answers a page behind a label, signed in or not, by any sort of request', async (t) => {
	const { tandem } = await town(t);
	const { id, tab, code, welcome } = await hosted(tandem, t);
	const cookie = await signedIn(tandem);
	const label = `http://${labelHost(tandem, 'https://evil.example', welcome.runToken)}`;
	const host = new URL(tandem.app).host;
	/** What browsers say of such requests; the last two without Fetch Metadata, as outside of trustworthy origins. */
	const kinds: readonly OutgoingHttpHeaders[] = [
		{ origin: label, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' },
		{ origin: label, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
		{ origin: 'null', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' },
		{ origin: tandem.app, 'sec-fetch-site': 'same-site' },
		{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script', referer: `${label}/` },
		{ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' },
		{ origin: label },
		{ origin: `${tandem.app}.evil.example` },
		{ origin: 'null' },
		{ referer: `${tandem.app}/` },
	];
	for (const [method, path, body] of ROUTES)
		for (const kind of kinds)
			for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
				const filled = path.replace('ID', id).replace('TAB', tab);
				const said = JSON.stringify(body ?? {})
					.replace('CODE', code)
					.replace('PASSWORD', tandem.first?.password ?? '');
				const headers = { host, cookie, ...kind, ...(method === 'GET' ? {} : { 'content-type': type }) };
				const reply = await ask(tandem, filled, headers, method, method === 'GET' ? '' : said);
				assert.is(reply.status, 403, `${method} ${path} ${JSON.stringify(kind)}`);
				assert.is(reply.headers['access-control-allow-origin'], undefined);
				assert.is(reply.headers['set-cookie'], undefined);
			}
	const { body } = await tandem.rest<{ sessions: { participants: unknown[]; tabs: { url: string }[] }[] }>('GET', '/api/sessions');
	assert.is(body.sessions.length, 1);
	assert.is(body.sessions[0]?.participants.length, 1);
	assert.equal(
		body.sessions[0]?.tabs.map(({ url }) => url),
		['https://a.example/'],
	);
});

test('a preflight of a label is refused, so that no page can send a key of its own', async (t) => {
	const { tandem } = await town(t);
	const { welcome } = await hosted(tandem, t);
	const origin = `http://${labelHost(tandem, 'https://evil.example', welcome.runToken)}`;
	for (const [method, path] of ROUTES) {
		const headers = {
			host: new URL(tandem.app).host,
			origin,
			'sec-fetch-site': 'same-site',
			'access-control-request-method': method,
			'access-control-request-headers': 'authorization,content-type',
		};
		const reply = await ask(tandem, path, headers, 'OPTIONS');
		assert.is(reply.status, 403, path);
		assert.is(reply.headers['access-control-allow-origin'], undefined);
		assert.is(reply.headers['access-control-allow-headers'], undefined);
	}
});

test('a method in disguise changes nothing', async (t) => {
	const { tandem } = await town(t);
	const { id } = await hosted(tandem, t);
	const headers = { host: new URL(tandem.app).host, authorization: `Bearer ${tandem.apiKey}`, 'x-http-method-override': 'DELETE' };
	await ask(tandem, `/api/sessions/${id}?_method=DELETE`, headers);
	await ask(tandem, `/api/sessions/${id}`, headers, 'HEAD');
	assert.is((await ask(tandem, `/api/sessions/${id}`, headers)).status, 200);
});

test('the socket takes nobody from a label, by WebSocket or polling', async (t) => {
	const { tandem } = await town(t);
	const { code, welcome } = await hosted(tandem, t);
	const { secret } = await joined(tandem, t, code, 'Ann');
	const label = `http://${labelHost(tandem, 'https://evil.example', welcome.runToken)}`;
	const host = new URL(tandem.app).host;
	for (const transport of ['websocket', 'polling'])
		for (const from of [
			{ origin: label },
			{ origin: 'null' },
			{ origin: label, 'sec-fetch-site': 'same-site' },
			{ 'sec-fetch-site': 'same-site' },
		]) {
			const socket = io(tandem.api, {
				auth: { version: PROTOCOL_VERSION, secret },
				transports: [transport],
				extraHeaders: { host, ...from } as Record<string, string>,
				reconnection: false,
				forceNew: true,
			});
			t.defer(() => socket.close());
			const what = await new Promise((resolve) =>
				socket.on('connect', () => resolve('connected')).on('connect_error', () => resolve('refused')),
			);
			assert.is(what, 'refused', `${transport} ${JSON.stringify(from)}`);
		}
	const label2 = labelHost(tandem, 'https://evil.example', welcome.runToken);
	assert.is(
		(await ask(tandem, '/socket.io/?EIO=4&transport=polling', { host: label2 })).text,
		'ok',
		'on a label it is the site’s own path',
	);
});

test('nothing of the app can be framed, embedded, opened or read by a page', async (t) => {
	const { tandem } = await town(t);
	const own = { host: new URL(tandem.app).host };
	for (const path of ['/', '/login', '/join', '/j/abc', '/s/abc', '/nowhere', '/assets/none.js', '/api/me', '/socket.io/', '/healthz']) {
		const { headers } = await ask(tandem, path, own);
		if (path === '/socket.io/') continue; // its answers are refused above
		const csp = String(headers['content-security-policy']);
		assert.match(csp, /frame-ancestors 'none'/, path);
		assert.match(csp, /default-src 'none'/);
		assert.match(csp, /base-uri 'none'/);
		assert.match(csp, /form-action 'self'/);
		assert.not.match(csp, /script-src[^;]*(?:unsafe|\*|https?:|data:|blob:)/);
		assert.is(headers['cross-origin-resource-policy'], 'same-origin', path);
		assert.is(headers['cross-origin-opener-policy'], 'same-origin', path);
		assert.is(headers['origin-agent-cluster'], '?1', path);
		assert.is(headers['x-content-type-options'], 'nosniff', path);
	}
});

test('the sign-in cookie can be set or shadowed by nobody else', async (t) => {
	const { tandem } = await town(t);
	const cookie = await signedIn(tandem);
	assert.match(cookie, /^__Host-tandem=/);
	const host = new URL(tandem.app).host;
	const own = { host, 'sec-fetch-site': 'same-origin' };
	const me = async (sent: string) => (await ask(tandem, '/api/me', { ...own, cookie: sent })).text;
	assert.match(await me(cookie), 'agent@');
	// what a label could toss at the whole domain: the browser refuses it the prefix
	for (const tossed of [cookie.replace('__Host-', ''), cookie.replace('__Host-', '__Secure-'), cookie.replace('__Host-', '__host-')])
		assert.match(await me(tossed), '"agent":null', tossed);
});

test('cookies tossed by the hundred lock nobody out', async (t) => {
	const { tandem } = await town(t);
	const { welcome } = await hosted(tandem, t);
	const bomb = Array.from({ length: 180 }, (_, i) => `bomb${i}=${'x'.repeat(4000)}`).join('; ');
	const app = await ask(tandem, '/api/me', {
		host: new URL(tandem.app).host,
		'sec-fetch-site': 'same-origin',
		cookie: `${bomb}; ${await signedIn(tandem)}`,
	});
	assert.is(app.status, 200);
	assert.match(app.text, 'agent@');
	const page = await ask(tandem, '/', { host: labelHost(tandem, 'https://a.example', welcome.runToken), cookie: bomb });
	assert.is(page.text, 'ok', 'and no site gets them');
});

test('an open redirect is nowhere: the way on leads to the app alone', async (t) => {
	const { tandem } = await town(t);
	for (const path of [
		'//evil.example',
		'/\\evil.example',
		'/%2f/evil.example',
		'/@evil.example',
		'/.evil.example',
		'/?x=//evil.example',
		'///evil.example/%2e%2e',
	]) {
		const { headers, status } = await ask(tandem, path, { host: `127.0.0.1:${tandem.port}` });
		if (status === 302) assert.is(new URL(String(headers.location)).origin, tandem.app, path);
	}
});

test.run();
