// tests only (Node).
// A guest's download: the host is asked, and what they give is one address for one guest, once.
import * as assert from 'uvu/assert';
import type { ClientMessage, DownloadRule } from '../../protocol/room.ts';
import type { TokenInfo } from '../../proxy/index.ts';
import { Downloads } from '../../server/downloads.ts';
import type { Hub } from '../../server/rooms/hub.ts';
import type { Effect, Room, Step } from '../../server/rooms/room.ts';
import { suite } from '../harness.ts';

const test = suite('downloads');

const FILE = { url: 'https://shop.example/bill?no=1', name: 'bill.pdf' };
const RUN: TokenInfo = { session: 's', jar: 'j', grade: 'run', owner: 'host', holder: 'host' };
const GUEST: TokenInfo = { ...RUN, grade: 'assets', holder: 'guest' };

const ASK = { to: { one: 'host' }, t: 'download-ask', tab: 't', id: '', from: 'guest', ...FILE, decided: false };

function setUp(controller: string | undefined = 'guest', downloads: DownloadRule = 'ask') {
	const room = {
		id: 's',
		tabs: new Map([['t', { id: 't', owner: 'host', jar: 'shared', controller, rules: { gate: false, downloads } }]]),
	} as unknown as Room;
	const sent: Effect[] = [];
	const hub = {
		has: (id: string) => id === 's',
		room: () => room,
		step(_id: string, work: (room: Room) => Step) {
			sent.push(...work(room).effects);
			return room;
		},
	} as unknown as Hub;
	const said = () =>
		sent.map((effect) => (effect.do === 'send' ? { to: effect.to, ...effect.message } : effect)) as unknown as Record<string, string>[];
	return { downloads: new Downloads(hub), said };
}

test('given by the host: the guest may have that address, once, and nobody else may', () => {
	const { downloads, said } = setUp();
	downloads.acted('t', 'guest');
	downloads.seen(RUN, 'shared', FILE);
	const [ask] = said();
	assert.equal({ ...ask, id: '' }, ASK);
	assert.not(downloads.takes(GUEST, FILE.url));
	downloads.answer('s', 'host', 't', ask?.id ?? '', true);
	assert.equal(said().at(-1), { to: { one: 'guest' }, t: 'download', tab: 't', ...FILE });
	assert.not(downloads.takes({ ...GUEST, holder: 'other' }, FILE.url));
	assert.not(downloads.takes({ ...GUEST, session: 'x' }, FILE.url));
	assert.not(downloads.takes(GUEST, 'https://shop.example/account'));
	assert.ok(downloads.takes(GUEST, FILE.url));
	assert.not(downloads.takes(GUEST, FILE.url));
});

test('decided once by the host: their shell is asked, which knows of secrets in the address, or nobody is', () => {
	const always = setUp('guest', 'always');
	always.downloads.acted('t', 'guest');
	always.downloads.seen(RUN, 'shared', FILE);
	const [ask] = always.said();
	assert.equal({ ...ask, id: '' }, { ...ASK, decided: true });
	always.downloads.answer('s', 'host', 't', ask?.id ?? '', true);
	assert.equal(always.said().at(-1), { to: { one: 'guest' }, t: 'download', tab: 't', ...FILE });
	assert.ok(always.downloads.takes(GUEST, FILE.url));
	assert.not(always.downloads.takes(GUEST, FILE.url));
	const never = setUp('guest', 'never');
	never.downloads.acted('t', 'guest');
	never.downloads.seen(RUN, 'shared', FILE);
	assert.equal(never.said(), []);
	assert.not(never.downloads.takes(GUEST, FILE.url));
});

test('made by the page: its bytes go from the host to that guest, once the host has given it', () => {
	const { downloads, said } = setUp();
	const heed = (by: string, message: object) => downloads.heed('s', by, { tab: 't', ...message } as ClientMessage);
	const part = (id: string, last: boolean) => ({ t: 'download-part', id, bytes: new Uint8Array([last ? 2 : 1]), last });
	heed('host', { t: 'download-saved', made: 7, name: 'export.csv' });
	assert.equal(said(), [], 'no guest has acted');
	heed('guest', { t: 'input' });
	heed('host', { t: 'download-saved', made: 8, name: 'export.csv' });
	const id = said()[0]?.id ?? '';
	assert.equal(said()[0], { ...ASK, id, url: '', name: 'export.csv', made: 8 });
	heed('host', part(id, false));
	assert.is(said().length, 1, 'not given yet');
	heed('host', { t: 'download-give', id, yes: true });
	assert.equal(said().at(-1), { to: { one: 'host' }, t: 'download-send', tab: 't', id, made: 8 });
	heed('host', part(id, false));
	assert.equal(said().at(-1), { to: { one: 'guest' }, name: 'export.csv', tab: 't', ...part(id, false) });
	heed('other', { t: 'download-taken', id });
	assert.is(said().at(-1)?.t, 'download-part', 'nobody but the guest has it');
	heed('guest', { t: 'download-taken', id });
	assert.equal(said().at(-1), { to: { one: 'host' }, t: 'download-taken', id });
	heed('host', part(id, true));
	assert.equal(said().at(-1), { to: { one: 'guest' }, name: 'export.csv', tab: 't', ...part(id, true) });
	heed('host', part(id, true));
	assert.is(said().length, 6, 'it is over with its last part');
});

test('kept by the host: the guest gets nothing, also by asking again', () => {
	const { downloads, said } = setUp();
	downloads.acted('t', 'guest');
	downloads.seen(RUN, 'shared', FILE);
	const id = said()[0]?.id ?? '';
	downloads.answer('s', 'host', 't', id, false);
	downloads.answer('s', 'host', 't', id, true);
	assert.not(downloads.takes(GUEST, FILE.url));
	assert.equal(
		said().map(({ t }) => t),
		['download-ask', 'download-over'],
	);
});

test("nobody is asked about the host's own downloads, or those of a guest who has no control any more", () => {
	for (const [controller, by, jar] of [
		['guest', undefined, 'shared'],
		['other', 'guest', 'shared'],
		['guest', 'guest', 'private'],
	] as const) {
		const { downloads, said } = setUp(controller);
		if (by) downloads.acted('t', by);
		downloads.seen(RUN, jar, FILE);
		assert.equal(said(), []);
	}
});

test.run();
