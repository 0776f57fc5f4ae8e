// tests only (Node).
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { encodeLabel } from '../../protocol/label.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { suite } from '../harness.ts';
import { startTandem, type Tandem } from '../tandem.ts';
import { connect, hosted, joined } from './people.ts';

const test = suite('sockets');

type T = { defer(undo: () => unknown): void };

async function started(t: T, env: Readonly<Record<string, string>> = {}): Promise<Tandem> {
	const tandem = await startTandem({ env: { TANDEM_LOG_LEVEL: 'silent', ...env } });
	t.defer(() => tandem.close());
	return tandem;
}

/** The status of a page label of `token`. */
function page(tandem: Tandem, token: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const host = `${encodeLabel('https://nowhere.invalid', token)}.tandem.localhost:${tandem.port}`;
		const headers = { host, 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
		const req = request({ host: '127.0.0.1', port: tandem.port, path: '/', headers }, (res) => {
			res.resume();
			resolve(res.statusCode ?? 0);
		});
		req.on('error', reject).end();
	});
}

const key = (frame: number, seq = 0) =>
	encodeMirror({
		t: 'key',
		frame,
		seq,
		root: true,
		base: 'https://a.example/',
		quirks: false,
		nodes: [{ k: 'text', id: 1, text: 'hi' }],
		ops: [],
	});
const delta = (frame: number, seq: number) => encodeMirror({ t: 'delta', frame, seq, ops: [{ op: 'text', id: 1, text: `${seq}` }] });

test('the whole way: join by code, wait, be admitted, talk, ask for control, act, end', async (t) => {
	const tandem = await started(t);
	const { id, tab, code, host } = await hosted(tandem, t, { waitingRoom: true });
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	await ann.hears('waiting');
	const { participant } = await host.hears('participant', ({ participant: { name, state } }) => name === 'Ann' && state === 'waiting');
	host.say({ t: 'admit', participant: participant.id });
	const welcome = await ann.hears('welcome');
	assert.is(welcome.you, participant.id);
	assert.is(welcome.zone, tandem.origin);
	assert.is(welcome.session.tabs[0]?.id, tab);
	assert.equal(Object.keys(welcome.assetTokens), [tab]);

	ann.say({ t: 'chat', text: 'hello' });
	assert.is((await host.hears('chat')).message.name, 'Ann');
	await ann.hears('chat');

	const input = { t: 'input', tab, n: 7, intent: { frame: 1, k: 'focus', node: 3 } } as const;
	ann.say(input);
	assert.equal(await ann.hears('refused'), { t: 'refused', what: 'input', code: 'not-in-control', detail: '' });
	ann.say({ t: 'control-ask', tab });
	await host.hears('tab', (message) => message.tab.asking.includes(participant.id));
	host.say({ t: 'control-grant', tab, to: participant.id });
	await ann.hears('tab', (message) => message.tab.controller === participant.id);
	ann.say(input);
	const arrived = await host.hears('input');
	assert.equal(arrived, { t: 'input', tab, from: participant.id, n: 7, intent: { frame: 1, k: 'focus', node: 3 } });
	host.say({ t: 'input-done', tab, to: participant.id, n: 7, ok: true });
	assert.is((await ann.hears('input-done')).n, 7);
	assert.is(host.heard.filter((message) => message.t === 'input').length, 1, 'the refused one never came');

	ann.say({ t: 'end' });
	assert.is((await host.hears('bye')).code, 'session-ended');
	assert.is((await ann.hears('bye')).code, 'session-ended');
	await Promise.all([host.closed(), ann.closed()]);
	assert.is((await tandem.rest('GET', `/api/sessions/${id}`)).status, 410);
});

test('a removed visitor: bye, socket closed, labels dead, secret dead', async (t) => {
	const tandem = await started(t);
	const { host, code } = await hosted(tandem, t);
	const { person: ann, secret } = await joined(tandem, t, code, 'Ann');
	const { you, runToken, assetTokens } = await ann.hears('welcome');
	const tokens = [runToken, ...Object.values(assetTokens)];
	for (const token of tokens) assert.is.not(await page(tandem, token), 410);
	host.say({ t: 'remove', participant: you });
	assert.is((await ann.hears('bye')).code, 'removed');
	await ann.closed();
	for (const token of tokens) assert.is(await page(tandem, token), 410);
	const back = connect(tandem, secret, t);
	assert.is((await back.hears('bye')).code, 'removed');
	await back.closed();
});

test('an ended session’s labels are dead at once', async (t) => {
	const tandem = await started(t);
	const { id, host, welcome } = await hosted(tandem, t);
	assert.is.not(await page(tandem, welcome.runToken), 410);
	await tandem.rest('DELETE', `/api/sessions/${id}`);
	assert.is((await host.hears('bye')).code, 'session-ended');
	assert.is(await page(tandem, welcome.runToken), 410);
});

test('what a page has under way is cut off when the session ends', async (t) => {
	const site = createServer((_req, res) => res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n'));
	await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
	t.defer(() => {
		site.closeAllConnections();
		site.close();
	});
	const upstream = `https://stream.example=http://127.0.0.1:${(site.address() as AddressInfo).port}`;
	const tandem = await started(t, { TANDEM_UPSTREAM_MAP: upstream, TANDEM_ALLOW_PRIVATE: '127.0.0.0/8' });
	const { id, welcome } = await hosted(tandem, t);
	const host = `${encodeLabel('https://stream.example', welcome.runToken)}.tandem.localhost:${tandem.port}`;
	const headers = { host, 'sec-fetch-dest': 'empty', 'sec-fetch-mode': 'cors', 'sec-fetch-site': 'same-origin' };
	const cut = new Promise<void>((resolve, reject) => {
		const req = request({ host: '127.0.0.1', port: tandem.port, path: '/', headers }, (res) => {
			res.once('data', () => void tandem.rest('DELETE', `/api/sessions/${id}`));
			res.once('close', resolve);
			res.on('error', () => {});
		});
		req.on('error', reject).end();
	});
	await cut;
});

test('mirror bytes go from the owner to who looks, and a late guest gets a key without the host', async (t) => {
	const tandem = await started(t);
	const { host, code, tab } = await hosted(tandem, t);
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	await ann.hears('welcome');
	host.socket.emit('x', tab, key(5));
	host.socket.emit('x', tab, delta(5, 1));
	await ann.mirrored(2);
	assert.equal([...(ann.mirror[1]?.bytes ?? [])], [...delta(5, 1)]);
	const { person: ben } = await joined(tandem, t, code, 'Ben');
	await ben.mirrored(1);
	assert.is(ben.mirror[0]?.tab, tab);
	ben.socket.emit('x', tab, encodeMirror({ t: 'resync', frame: 5, seq: 0 }));
	await ben.mirrored(2);
	assert.is(host.mirror.length, 0, 'the host was asked nothing');
	ben.socket.emit('x', tab, key(6));
	host.socket.emit('x', tab, delta(5, 2));
	await ann.mirrored(3);
	assert.equal([...(ann.mirror[2]?.bytes ?? [])], [...delta(5, 2)], 'a guest’s key was not taken');
});

test('who waits outside gets no mirror bytes', async (t) => {
	const tandem = await started(t);
	const { host, code, tab } = await hosted(tandem, t, { waitingRoom: true });
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	await ann.hears('waiting');
	const { participant } = await host.hears('participant', ({ participant: { name } }) => name === 'Ann');
	host.socket.emit('x', tab, key(5));
	host.say({ t: 'chat', text: 'secret talk' });
	await host.hears('chat');
	assert.is(ann.mirror.length, 0);
	host.say({ t: 'admit', participant: participant.id });
	const { session } = await ann.hears('welcome');
	await ann.mirrored(1);
	assert.is(session.chat.length, 1);
	assert.not.ok(ann.heard.some((message) => message.t === 'chat'));
});

test('a second socket of the same person replaces the first; a lost one leaves them away', async (t) => {
	const tandem = await started(t);
	const { host, code, tab } = await hosted(tandem, t);
	const { person: first, secret } = await joined(tandem, t, code, 'Ann');
	const { you, runToken } = await first.hears('welcome');
	host.say({ t: 'control-grant', tab, to: you });
	await first.hears('tab', (message) => message.tab.controller === you);
	const second = connect(tandem, secret, t);
	assert.is((await first.hears('bye')).code, 'replaced');
	const again = await second.hears('welcome');
	assert.is(again.runToken, runToken);
	assert.is(again.session.tabs[0]?.controller, you, 'control is kept over a reconnect');
	second.socket.close();
	await host.hears('participant', ({ participant: { id, state } }) => id === you && state === 'away');
});

test('a fresh host link takes the old shell over', async (t) => {
	const tandem = await started(t);
	const { id, host, secret } = await hosted(tandem, t);
	const { body } = await tandem.rest<{ hostUrl: string }>('POST', `/api/sessions/${id}/ticket`);
	const entry = await tandem.rest<{ secret: string }>('POST', '/api/enter', {
		ticket: new URL(body.hostUrl).hash.slice('#ticket='.length),
	});
	const next = connect(tandem, entry.body.secret, t);
	await next.hears('welcome');
	assert.is((await host.hears('bye')).code, 'replaced');
	const old = connect(tandem, secret, t);
	assert.is((await old.hears('bye')).code, 'session-ended');
});

test('a restarted server goes on: secrets, tokens, chat and control are still good', async (t) => {
	const folder = await mkdtemp(join(tmpdir(), 'tandem-restart-'));
	t.defer(() => rm(folder, { recursive: true }));
	const before = await startTandem({ env: { TANDEM_LOG_LEVEL: 'silent', TANDEM_DATA: folder } });
	const { id, host, code, tab, secret, welcome } = await hosted(before, t);
	const { person: ann, secret: annSecret } = await joined(before, t, code, 'Ann');
	const { you } = await ann.hears('welcome');
	host.say({ t: 'tab-state', tab, url: 'https://a.example/deep', title: 'Deep', icon: '', loading: false });
	host.say({ t: 'control-grant', tab, to: you });
	ann.say({ t: 'chat', text: 'still here?' });
	await host.hears('chat');
	await before.close();

	const after = await started(t, { TANDEM_DATA: folder });
	assert.is(after.first, undefined, 'the first account is made once');
	assert.is((await after.rest('GET', `/api/sessions/${id}`)).status, 200);
	assert.is.not(await page(after, welcome.runToken), 410);
	const back = connect(after, secret, t);
	const again = await back.hears('welcome');
	assert.is(again.runToken, welcome.runToken);
	assert.is(again.session.tabs[0]?.url, 'https://a.example/deep');
	assert.is(again.session.tabs[0]?.controller, you);
	assert.is(again.session.chat[0]?.text, 'still here?');
	await connect(after, annSecret, t).hears('welcome');
	assert.is((await after.rest('POST', '/api/join', { code, name: 'Ben' })).status, 200);
});

test('nonsense is refused and harms nobody', async (t) => {
	const tandem = await started(t);
	const { host, tab } = await hosted(tandem, t);
	for (const value of [null, 1, 'x', {}, { t: 'nope' }, [], { t: 'chat' }]) host.socket.emit('m', value);
	assert.equal(await host.hears('refused'), { t: 'refused', what: 'chat', code: 'bad-request', detail: 'text: invalid type' });
	host.socket.emit('x', tab, new Uint8Array([255, 255]));
	host.socket.emit('x', 5, 'no');
	host.say({ t: 'tab-open', url: 'hello world' });
	assert.is((await host.hears('refused')).code, 'bad-url');
	host.say({ t: 'tab-state', tab, url: 'javascript:alert(1)', title: '', icon: '', loading: false });
	assert.is((await host.hears('refused')).code, 'bad-request');
	host.say({ t: 'chat', text: 'fine' });
	await host.hears('chat');
});

test('who floods the chat is told to wait, and nobody else notices', async (t) => {
	const tandem = await started(t);
	const { host, code } = await hosted(tandem, t);
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	await ann.hears('welcome');
	for (let n = 0; n < 30; n++) ann.say({ t: 'chat', text: `${n}` });
	assert.is((await ann.hears('refused')).code, 'too-many');
	host.say({ t: 'chat', text: 'calm' });
	await ann.hears('chat', ({ message }) => message.text === 'calm');
	assert.ok(host.heard.filter((message) => message.t === 'chat').length < 30);
});

test('an old shell, a forged origin and an unknown secret don’t get in', async (t) => {
	const tandem = await started(t);
	const { secret } = await hosted(tandem, t);
	const failure = (socket: ReturnType<typeof connect>['socket']) =>
		new Promise<string>((resolve) => {
			socket.on('connect_error', (error) => resolve(error.message));
		});
	assert.is(await failure(connect(tandem, secret, t, 0).socket), 'version');
	const stranger = connect(tandem, 'made-up', t);
	assert.is((await stranger.hears('bye')).code, 'session-ended');
	for (const headers of [{ origin: 'https://evil.example' }, { origin: tandem.app, 'sec-fetch-site': 'same-site' }]) {
		const status = await new Promise<number | undefined>((resolve, reject) => {
			const path = '/socket.io/?EIO=4&transport=polling';
			const all = { host: new URL(tandem.app).host, ...headers };
			request({ host: '127.0.0.1', port: tandem.port, path, headers: all }, (res) => resolve(res.resume().statusCode))
				.on('error', reject)
				.end();
		});
		assert.is(status, 403);
	}
});

test.run();
