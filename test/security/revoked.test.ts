// tests only (Node).
// Whoever is removed or whose session ends has nothing any more, from that moment: no page, no asset, and nothing that is under way.
import { request } from 'node:http';
import * as assert from 'uvu/assert';
import { WebSocket, WebSocketServer } from 'ws';
import { suite } from '../harness.ts';
import { hosted, joined } from '../server/people.ts';
import type { Tandem } from '../tandem.ts';
import { ask, labelHost, type T, town } from './town.ts';

const test = suite('security: revoked');
const SITE = 'https://a.example';
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

/** A site whose answers never end, and whose WebSockets stay open. */
async function endless(t: T) {
	const begun = await town(t, (req, res) => {
		if (req.url === '/wait') return;
		if (req.url === '/ok') return void res.end('ok');
		res.writeHead(200, { 'Content-Type': req.url === '/events' ? 'text/event-stream' : 'image/png' });
		res.write(req.url === '/events' ? 'data: 1\n\n' : PNG);
	});
	const sockets = new WebSocketServer({ server: begun.site.server });
	t.defer(() => {
		for (const client of sockets.clients) client.terminate();
		sockets.close();
	});
	return begun;
}

/** Something that is under way; `cut` resolves when it is cut off. */
interface Line {
	readonly cut: Promise<void>;
}

/** Opens a request that does not end. */
function underWay(tandem: Tandem, path: string, headers: Record<string, string>): Promise<Line> {
	return new Promise((begun, failed) => {
		const req = request({ host: '127.0.0.1', port: tandem.port, path, headers, agent: false });
		const cut = new Promise<void>((resolve) => req.on('close', resolve));
		req.on('error', (error) => (path === '/wait' ? undefined : failed(error)));
		req.on('response', (res) => {
			res.on('error', () => {});
			res.once('data', () => begun({ cut }));
		});
		req.end();
		if (path === '/wait') req.on('finish', () => begun({ cut }));
	});
}

function socketUnderWay(tandem: Tandem, host: string): Promise<Line> {
	return new Promise((begun, failed) => {
		const socket = new WebSocket(`ws://127.0.0.1:${tandem.port}/`, { headers: { host } });
		const cut = new Promise<void>((resolve) => socket.on('close', () => resolve()));
		socket.on('open', () => begun({ cut })).on('error', failed);
	});
}

async function everything(tandem: Tandem, run: string, assets: readonly string[]): Promise<Line[]> {
	const page = { host: labelHost(tandem, SITE, run), 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' };
	const asset = (token: string) => ({ host: labelHost(tandem, SITE, token), 'sec-fetch-dest': 'image' });
	return Promise.all([
		...['/events', '/download', '/wait'].map((path) => underWay(tandem, path, page)),
		socketUnderWay(tandem, page.host),
		...assets.map((token) => underWay(tandem, '/download', asset(token))),
	]);
}

async function dead(tandem: Tandem, tokens: readonly string[]): Promise<void> {
	for (const token of tokens)
		for (const origin of [SITE, 'https://b.example'])
			for (const headers of [
				{ 'sec-fetch-dest': 'document' },
				{ 'sec-fetch-dest': 'image' },
				{ upgrade: 'websocket', connection: 'upgrade' },
			] as Record<string, string>[])
				for (const path of ['/', '/.tandem/cookie', '/.tandem/blank']) {
					const { status, text } = await ask(tandem, path, { host: labelHost(tandem, origin, token), ...headers });
					assert.is(status, 410, `${path} ${JSON.stringify(headers)}`);
					assert.not.match(text, 'tandem-boot');
				}
}

test('a participant who is removed', async (t) => {
	const { tandem } = await endless(t);
	const { host, code, welcome } = await hosted(tandem, t);
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	const { you, runToken, assetTokens } = await ann.hears('welcome');
	const theirs = await everything(tandem, runToken, Object.values(assetTokens));
	const mine = await everything(tandem, welcome.runToken, []);
	let lost = 0;
	for (const each of mine) void each.cut.then(() => lost++);
	host.say({ t: 'remove', participant: you });
	await Promise.all(theirs.map(({ cut }) => cut));
	await ann.closed();
	await dead(tandem, [runToken, ...Object.values(assetTokens)]);
	assert.is(lost, 0, 'the host’s own go on');
	assert.is((await ask(tandem, '/ok', { host: labelHost(tandem, SITE, welcome.runToken) })).status, 200);
});

test('everybody, when the session ends', async (t) => {
	const { tandem } = await endless(t);
	const { id, code, welcome } = await hosted(tandem, t);
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	const { runToken, assetTokens } = await ann.hears('welcome');
	const all = [...(await everything(tandem, welcome.runToken, [])), ...(await everything(tandem, runToken, Object.values(assetTokens)))];
	await tandem.rest('DELETE', `/api/sessions/${id}`);
	await Promise.all(all.map((line) => line.cut));
	await dead(tandem, [welcome.runToken, runToken, ...Object.values(assetTokens)]);
});

test('a guest’s assets of a tab that is closed', async (t) => {
	const { tandem } = await endless(t);
	const { host, code, tab } = await hosted(tandem, t);
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	const { assetTokens } = await ann.hears('welcome');
	const lines = await Promise.all(
		Object.values(assetTokens).map((token) =>
			underWay(tandem, '/download', { host: labelHost(tandem, SITE, token), 'sec-fetch-dest': 'image' }),
		),
	);
	host.say({ t: 'tab-open', url: SITE });
	await ann.hears('asset-token');
	host.say({ t: 'tab-close', tab });
	await Promise.all(lines.map((line) => line.cut));
	await dead(tandem, Object.values(assetTokens));
});

test('somebody who waits to be let in has no label at all', async (t) => {
	const { tandem } = await endless(t);
	const { code } = await hosted(tandem, t, { waitingRoom: true });
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	await ann.hears('waiting');
	assert.not.match(JSON.stringify(ann.heard), /token/i);
});

test.run();
