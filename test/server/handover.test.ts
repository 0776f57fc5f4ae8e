// tests only (Node).
// Hand-over, by socket alone: who may, what they are told, and which tokens live.
import { request } from 'node:http';
import * as assert from 'uvu/assert';
import { encodeLabel } from '../../protocol/label.ts';
import { NAMESPACES } from '../../protocol/mirror.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { suite } from '../harness.ts';
import { startTandem, type Tandem } from '../tandem.ts';
import { hosted, joined } from './people.ts';

const test = suite('hand-over by socket');

const started = async (t: { defer(undo: () => unknown): void }) => {
	const tandem = await startTandem();
	t.defer(() => tandem.close());
	return tandem;
};

/** What a label of that token answers. */
const page = (tandem: Tandem, token: string) =>
	new Promise((resolve, reject) => {
		const host = `${encodeLabel('https://a.example', token)}.tandem.localhost:${tandem.port}`;
		request({ host: '127.0.0.1', port: tandem.port, path: '/.tandem/worker.js', headers: { host } }, (res) =>
			resolve(res.resume().statusCode),
		)
			.on('error', reject)
			.end();
	});

test("a token for the session's jar works for who hosts a tab with that jar, and for nobody else", async (t) => {
	const tandem = await started(t);
	const { host, tab, code, welcome } = await hosted(tandem, t);
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	const hers = await ann.hears('welcome');
	assert.is(await page(tandem, welcome.sharedToken), 200);
	assert.is(await page(tandem, hers.sharedToken), 410);
	host.say({ t: 'host-give', tab, to: hers.you });
	await ann.hears('tab', (m) => m.tab.handover.offered === hers.you);
	ann.say({ t: 'host-accept', tab });
	await host.hears('host-pack');
	host.say({ t: 'host-packed', tab });
	await ann.hears('tab', (m) => m.tab.owner === hers.you);
	assert.is(await page(tandem, welcome.sharedToken), 410);
	assert.is(await page(tandem, hers.sharedToken), 200);
	const pass = await host.hears('pass');
	assert.is(await page(tandem, pass.sharedToken), 410);
	assert.ok(pass.assetTokens[tab]);
	ann.say({ t: 'tab-close', tab });
	await host.hears('tab-gone');
	assert.is(await page(tandem, hers.sharedToken), 410);
});

test('only the host gives, only who was offered it accepts, and what goes along has no masked value', async (t) => {
	const tandem = await started(t);
	const { host, tab, code } = await hosted(tandem, t);
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	const { you } = await ann.hears('welcome');
	const field = (id: number, name: string) =>
		({ k: 'element', id, ns: NAMESPACES[0], tag: 'input', attrs: ['name', name], nodes: [] }) as const;
	const form = { k: 'element', id: 1, ns: NAMESPACES[0], tag: 'html', attrs: [], nodes: [field(2, 'who'), field(3, 'pass')] } as const;
	const ops = [
		{ op: 'state', id: 2, name: 'value', value: 'Ada' },
		{ op: 'state', id: 3, name: 'masked', value: '1' },
		{ op: 'state', id: 3, name: 'value', value: '••••••••' },
		{ op: 'scroll', id: 0, x: 0, y: 40 },
	] as const;
	host.socket.emit(
		'x',
		tab,
		encodeMirror({ t: 'key', frame: 5, seq: 0, root: true, base: 'https://a.example/#top', quirks: false, nodes: [form], ops }),
	);
	await ann.mirrored(1);
	host.say({ t: 'storage', tab, kept: { place: 'a-example-a', local: { note: 'x' }, session: {} } });
	for (const message of [
		{ t: 'host-accept', tab },
		{ t: 'host-give', tab, to: you },
		{ t: 'host-packed', tab },
	] as const) {
		ann.say(message);
		assert.is((await ann.hears('refused')).code, 'forbidden', message.t);
	}
	ann.say({ t: 'storage', tab, kept: { place: 'a-example-a', local: { note: 'forged' }, session: {} } });
	assert.is((await ann.hears('refused')).what, 'storage');
	ann.say({ t: 'host-ask', tab });
	await host.hears('tab', (m) => m.tab.handover.asking.includes(you));
	host.say({ t: 'host-give', tab, to: you });
	// The old host's browser says nothing more: the tab moves all the same.
	assert.equal((await ann.hears('carry')).carried, {
		storage: [{ place: 'a-example-a', local: { note: 'x' }, session: {} }],
		documents: [
			{
				url: 'https://a.example/',
				fields: [{ at: ['input[name="who"]', 'html:nth-of-type(1) > input:nth-of-type(1)'], value: 'Ada' }],
				scrolls: [{ at: [], x: 0, y: 40 }],
			},
		],
	});
	await host.hears('tab', (m) => m.tab.owner === you);
});

test('storage of a tab with a private jar is not kept', async (t) => {
	const tandem = await started(t);
	const { host, tab, code } = await hosted(tandem, t, { jar: 'private' });
	const { person: ann } = await joined(tandem, t, code, 'Ann');
	const { you } = await ann.hears('welcome');
	host.say({ t: 'storage', tab, kept: { place: 'a-example-a', local: { note: 'x' }, session: {} } });
	host.say({ t: 'host-give', tab, to: you });
	await ann.hears('tab', (m) => m.tab.handover.offered === you);
	ann.say({ t: 'host-accept', tab });
	await host.hears('host-pack');
	host.say({ t: 'host-packed', tab });
	assert.equal((await ann.hears('carry')).carried.storage, []);
});

test.run();
