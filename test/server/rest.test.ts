// tests only (Node).
import { request } from 'node:http';
import * as assert from 'uvu/assert';
import type { Tab } from '../../protocol/room.ts';
import { suite } from '../harness.ts';
import { startTandem, type Tandem } from '../tandem.ts';

const test = suite('rest');

interface Created {
	readonly id: string;
	readonly hostUrl: string;
	readonly joinUrl: string;
	readonly code: string;
	readonly tabs: readonly { readonly id: string }[];
}

interface Refused {
	readonly error: { readonly code: string; readonly title: string; readonly advice: string; readonly detail: string };
}

async function started(t: { defer(undo: () => unknown): void }, env: Readonly<Record<string, string>> = {}): Promise<Tandem> {
	const tandem = await startTandem({ env: { TANDEM_LOG_LEVEL: 'silent', ...env } });
	t.defer(() => tandem.close());
	return tandem;
}

async function create(tandem: Tandem, body: object = { url: 'abc.com' }): Promise<Created> {
	const { status, body: created } = await tandem.rest<Created>('POST', '/api/sessions', body);
	assert.is(status, 201);
	return created;
}

const ticketOf = ({ hostUrl }: { hostUrl: string }) => new URL(hostUrl).hash.slice('#ticket='.length);
const keyOf = ({ joinUrl }: { joinUrl: string }) => new URL(joinUrl).pathname.slice('/j/'.length);

/** A request with any headers at all: fetch would not let a Host be set. */
function raw(tandem: Tandem, path: string, headers: Record<string, string>, method = 'GET', body = '') {
	return new Promise<{ status: number; headers: Record<string, unknown>; text: string }>((resolve, reject) => {
		const req = request({ host: '127.0.0.1', port: tandem.port, path, method, headers }, (res) => {
			let text = '';
			res.setEncoding('utf8').on('data', (chunk: string) => {
				text += chunk;
			});
			res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
		});
		req.on('error', reject).end(body);
	});
}

test('a pasted address becomes a session with links, a code and a tab', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem, { url: 'abc.com/x?y=1#z' });
	assert.match(made.code, /^\d{6}$/);
	assert.ok(made.hostUrl.startsWith(`${tandem.app}/s/${made.id}#ticket=`));
	assert.ok(made.joinUrl.startsWith(`${tandem.app}/j/`));
	const { body } = await tandem.rest<{ tabs: Tab[]; presented: string }>('GET', `/api/sessions/${made.id}`);
	assert.is(body.tabs[0]?.url, 'https://abc.com/x?y=1#z');
	assert.is(body.presented, made.tabs[0]?.id);
	assert.is((await tandem.rest<{ sessions: unknown[] }>('GET', '/api/sessions')).body.sessions.length, 1);
});

test('what can’t be done says what and why', async (t) => {
	const tandem = await started(t);
	const cases: readonly (readonly [string, string, unknown, number, string])[] = [
		['POST', '/api/sessions', { url: 'hello world' }, 400, 'bad-url'],
		['POST', '/api/sessions', { url: '' }, 400, 'bad-url'],
		['POST', '/api/sessions', { link: 'abc.com' }, 400, 'bad-request'],
		['POST', '/api/sessions', { url: 'abc.com', waitingRoom: 'yes' }, 400, 'bad-request'],
		['GET', '/api/sessions/never', undefined, 404, 'not-found'],
		['DELETE', '/api/sessions/never', undefined, 404, 'not-found'],
		['GET', '/api/nothing', undefined, 404, 'not-found'],
		['POST', '/api/join', { code: '000000', name: 'Ann' }, 404, 'wrong-code'],
		['POST', '/api/join', { code: '12', name: 'Ann' }, 400, 'bad-request'],
		['POST', '/api/join', { key: 'nope', name: 'Ann' }, 404, 'not-found'],
		['POST', '/api/join', { key: 'nope', name: '  ' }, 400, 'bad-request'],
		['POST', '/api/enter', { ticket: 'nope' }, 404, 'not-found'],
	];
	for (const [method, path, body, status, code] of cases) {
		const answer = await tandem.rest<Refused>(method, path, body);
		assert.is(answer.status, status, `${method} ${path}`);
		assert.is(answer.body.error.code, code, `${method} ${path}`);
		assert.ok(answer.body.error.title && answer.body.error.advice);
	}
	const broken = await raw(
		tandem,
		'/api/sessions',
		{ authorization: `Bearer ${tandem.apiKey}`, 'content-type': 'application/json' },
		'POST',
		'{',
	);
	assert.is(broken.status, 400);
});

test('without a key, or with a wrong one, sessions stay closed', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	for (const path of ['/api/sessions', `/api/sessions/${made.id}`]) {
		assert.is((await raw(tandem, path, { authorization: 'Bearer wrong' })).status, 401);
		assert.is((await raw(tandem, path, { 'sec-fetch-site': 'same-origin' })).status, 401);
	}
});

test('a host link works once; a fresh one can be made', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	const enter = (ticket: string) =>
		tandem.rest<{ session: string; secret: string; opens: readonly string[] }>('POST', '/api/enter', { ticket });
	const first = await enter(ticketOf(made));
	assert.is(first.body.session, made.id);
	assert.is(first.body.opens.length, 1, "the origin that the session's tab will be opened on");
	assert.ok(new URL(first.body.opens[0] ?? '').host.endsWith(`.${new URL(tandem.origin).host}`));
	assert.is((await enter(ticketOf(made))).status, 404);
	const again = await tandem.rest<{ hostUrl: string }>('POST', `/api/sessions/${made.id}/ticket`);
	const second = await enter(ticketOf(again.body));
	assert.is(second.status, 200);
	assert.is.not(second.body.secret, first.body.secret);
});

test('visitors join by key or by code, however it is grouped', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	const grouped = `${made.code.slice(0, 3)} ${made.code.slice(3)}`;
	for (const by of [{ key: keyOf(made) }, { code: made.code }, { code: grouped }]) {
		const { status, body } = await tandem.rest<{ session: string; secret: string }>('POST', '/api/join', { ...by, name: 'Ann' });
		assert.is(status, 200);
		assert.is(body.session, made.id);
	}
});

test('a code can’t be guessed for long, and the right one is refused then too', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	const wrong = made.code === '000000' ? '000001' : '000000';
	const statuses: number[] = [];
	for (let n = 0; n < 11; n++) statuses.push((await tandem.rest('POST', '/api/join', { code: wrong, name: 'Eve' })).status);
	assert.equal(statuses, [...Array(10).fill(404), 429]);
	assert.is((await tandem.rest('POST', '/api/join', { code: made.code, name: 'Eve' })).status, 429);
	assert.is((await tandem.rest('POST', '/api/join', { key: keyOf(made), name: 'Ann' })).status, 200);
});

test('tabs are opened and sent elsewhere from outside', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	const opened = await tandem.rest<{ id: string }>('POST', `/api/sessions/${made.id}/tabs`, { url: 'localhost:8080' });
	assert.is(opened.status, 201);
	const sent = await tandem.rest('POST', `/api/sessions/${made.id}/tabs/${opened.body.id}/navigate`, { url: 'b.example' });
	assert.is(sent.status, 202);
	assert.equal(sent.body, { id: opened.body.id, url: 'https://b.example/' });
	const { body } = await tandem.rest<{ tabs: Tab[] }>('GET', `/api/sessions/${made.id}`);
	assert.is(body.tabs[1]?.url, 'https://b.example/', 'the host, who is away, finds it when they come');
	assert.is((await tandem.rest('POST', `/api/sessions/${made.id}/tabs/none/navigate`, { url: 'b.example' })).status, 404);
});

test('an ended session answers 410, everywhere', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	assert.is((await tandem.rest('DELETE', `/api/sessions/${made.id}`)).status, 204);
	for (const [method, path, body] of [
		['GET', '', undefined],
		['DELETE', '', undefined],
		['POST', '/tabs', { url: 'abc.com' }],
		['POST', '/ticket', undefined],
		['GET', `/qr.svg?key=${keyOf(made)}`, undefined],
	] as const) {
		const answer = await tandem.rest<Refused>(method, `/api/sessions/${made.id}${path}`, body);
		assert.is(answer.status, 410, path);
		assert.is(answer.body.error.code, 'session-ended');
	}
	assert.is((await tandem.rest('POST', '/api/join', { key: keyOf(made), name: 'Ann' })).status, 404);
	assert.is((await tandem.rest('POST', '/api/enter', { ticket: ticketOf(made) })).status, 404);
});

test('the QR code is for those who have the link', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	const ask = (query: string) => raw(tandem, `/api/sessions/${made.id}/qr.svg${query}`, { 'sec-fetch-site': 'same-origin' });
	const good = await ask(`?key=${keyOf(made)}`);
	assert.is(good.status, 200);
	assert.is(good.headers['content-type'], 'image/svg+xml; charset=utf-8');
	assert.match(good.text, '<svg');
	assert.is((await ask('')).status, 401);
	assert.is((await ask('?key=wrong')).status, 401);
});

test('a page on a label, another site, and a program without a key are refused by the API', async (t) => {
	const tandem = await started(t);
	const made = await create(tandem);
	const host = new URL(tandem.app).host;
	const json = { 'content-type': 'application/json' };
	const body = JSON.stringify({ key: keyOf(made), name: 'Eve' });
	const join = (headers: Record<string, string | undefined>) =>
		raw(tandem, '/api/join', { ...json, ...headers } as Record<string, string>, 'POST', body);
	const from = { origin: tandem.app.replace('app.', 'a-example-a2222222222222222.') };
	for (const headers of [
		{ host, 'sec-fetch-site': 'same-site', ...from },
		{ host, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
		{ host, 'sec-fetch-site': 'none' },
		{ host, 'sec-fetch-site': 'same-origin', ...from },
		{ host, ...from },
		{ host },
		{ host: `127.0.0.1:${tandem.port}`, 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
	]) {
		const answer = await join(headers);
		assert.is(answer.status, 403, JSON.stringify(headers));
		assert.is((JSON.parse(answer.text) as Refused).error.code, 'forbidden');
		assert.is(answer.headers['access-control-allow-origin'], undefined);
	}
	assert.is((await join({ host, 'sec-fetch-site': 'same-origin', origin: tandem.app })).status, 200);
	assert.is((await join({ host, origin: tandem.app })).status, 200, 'a browser without Fetch Metadata');
	const me = await raw(tandem, '/api/me', { host, 'sec-fetch-site': 'same-site' });
	assert.is(me.status, 403);
	const login = await raw(tandem, '/api/auth/sign-in/email', { host, ...json, 'sec-fetch-site': 'same-site', ...from }, 'POST', '{}');
	assert.is(login.status, 403);
	assert.match((await raw(tandem, '/metrics', { host })).text, /tandem_refused_total\{reason="not-same-origin"\} 9/);
});

test('each name has its face; a foreign name has none', async (t) => {
	const tandem = await started(t);
	const port = tandem.port;
	assert.is((await raw(tandem, '/healthz', { host: 'evil.example' })).status, 421);
	assert.is((await raw(tandem, '/healthz', { host: `tandem.localhost:${port}` })).status, 421);
	assert.is((await raw(tandem, '/healthz', { host: `localhost:${port}` })).status, 200);
	assert.is((await raw(tandem, '/readyz', { host: `[::1]:${port}` })).status, 200);
	const on = await raw(tandem, '/j/abc?x=1', { host: `localhost:${port}` });
	assert.is(on.status, 302);
	assert.is(on.headers.location, `${tandem.app}/j/abc?x=1`);
	assert.is(
		(await raw(tandem, '/api/auth/get-session', { host: `localhost:${port}`, authorization: `Bearer ${tandem.apiKey}` })).status,
		404,
	);
	assert.is((await raw(tandem, '/', { host: `a-example-a2222222222222222.tandem.localhost:${port}`, accept: 'text/html' })).status, 410);
});

test('the app’s headers: our script alone, frames of the zone alone, nobody frames it but who may', async (t) => {
	const tandem = await started(t, { TANDEM_EMBED_ORIGINS: 'https://desk.example' });
	const { headers } = await raw(tandem, '/healthz', { host: new URL(tandem.app).host });
	const csp = String(headers['content-security-policy']).split(/; ?/);
	assert.ok(csp.includes("script-src 'self'"), csp.join('\n'));
	assert.ok(csp.includes(`frame-src http://*.tandem.localhost:${tandem.port} blob:`));
	assert.ok(csp.includes('frame-ancestors https://desk.example'));
	assert.ok(csp.includes(`connect-src 'self' ${tandem.app.replace('http', 'ws')}`));
	assert.is(headers['cross-origin-resource-policy'], 'same-origin');
	assert.is(headers['origin-agent-cluster'], '?1');
	assert.is(headers['referrer-policy'], 'no-referrer');
});

test('the first account signs in and out, and makes a key; nobody signs up; many wrong passwords close the door', async (t) => {
	const tandem = await started(t);
	const app = { host: new URL(tandem.app).host, 'sec-fetch-site': 'same-origin', origin: tandem.app, 'content-type': 'application/json' };
	const post = (path: string, body: object, more: Record<string, string> = {}) =>
		raw(tandem, path, { ...app, ...more }, 'POST', JSON.stringify(body));
	assert.ok(tandem.first);
	const signedIn = await post('/api/auth/sign-in/email', { email: tandem.first?.email, password: tandem.first?.password });
	assert.is(signedIn.status, 200);
	const [setCookie = ''] = signedIn.headers['set-cookie'] as string[];
	assert.match(setCookie, /^__Host-tandem=.*; Path=\/; HttpOnly; Secure; SameSite=Strict/i);
	const cookie = setCookie.split(';')[0] ?? '';
	const me = async () => JSON.parse((await raw(tandem, '/api/me', { ...app, cookie })).text).agent;
	assert.is((await me()).email, tandem.first?.email);
	assert.is((await post('/api/sessions', { url: 'abc.com' }, { cookie })).status, 201);
	assert.is((await post('/api/sessions', { url: 'abc.com' })).status, 401);
	const made = JSON.parse((await post('/api/keys', { name: 'desk' }, { cookie })).text) as { id: string; key: string };
	const byKey = async () => (await raw(tandem, '/api/sessions', { authorization: `Bearer ${made.key}` })).status;
	assert.is(await byKey(), 200);
	assert.is((await tandem.rest('GET', '/api/keys')).status, 403, 'a key makes no keys');
	assert.is((await raw(tandem, `/api/keys/${made.id}`, { ...app, cookie }, 'DELETE')).status, 204);
	assert.is(await byKey(), 401);
	assert.is((await post('/api/auth/sign-up/email', { email: 'a@b.example', password: 'long enough it is', name: 'A' })).status, 400);
	assert.is((await post('/api/auth/sign-out', {}, { cookie })).status, 200);
	assert.is(await me(), null);
	for (let n = 0; n < 10; n++) await post('/api/auth/sign-in/email', { email: tandem.first?.email, password: 'wrong' });
	assert.is((await post('/api/auth/sign-in/email', { email: tandem.first?.email, password: tandem.first?.password })).status, 429);
});

test('metrics tell how much there is', async (t) => {
	const tandem = await started(t);
	await create(tandem);
	const { text } = await raw(tandem, '/metrics', { host: `127.0.0.1:${tandem.port}` });
	assert.match(text, /^tandem_sessions 1$/m);
	assert.match(text, /^tandem_participants 1$/m);
	assert.match(text, /^tandem_leaks_total 0$/m);
	assert.match(text, /^tandem_proxied_requests_total \d+$/m);
});

test.run();
