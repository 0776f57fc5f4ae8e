// tests only (Node).
// What every store has to do. Run by one small file for each kind of database.
import * as assert from 'uvu/assert';
import { join } from '../../server/rooms/participants.ts';
import { inTurn, type Member, type Room } from '../../server/rooms/room.ts';
import { close, open } from '../../server/rooms/tabs.ts';
import type { Store } from '../../server/store/store.ts';
import { suite } from '../harness.ts';
import { countingWorld, emptyRoom, kit } from './room-kit.ts';

/** A database: `open` may be called again after `close`, and finds what was there. */
export interface Database {
	open(): Promise<Store>;
	drop(): Promise<void>;
}

/** Adds the conformance tests for the databases that `make` makes, and starts them. */
export function storeSuite(name: string, make: () => Promise<Database>): void {
	const test = suite(`store: ${name}`);

	/** A fresh store, and a way to close it and open it again. */
	async function fresh(t: { defer(undo: () => unknown): void }): Promise<{ store: Store; again(): Promise<Store> }> {
		const database = await make();
		let store = await database.open();
		t.defer(async () => {
			await store.close();
			await database.drop();
		});
		return {
			store,
			async again() {
				await store.close();
				store = await database.open();
				return store;
			},
		};
	}

	test('1. a room comes back as it was, but for the sockets: all are away', async (t) => {
		const { store, again } = await fresh(t);
		const { room } = kit().send('ann', { t: 'chat', text: 'hello' }).send('ann', { t: 'control-ask', tab: 'tab' });
		await store.save(room, undefined, 1);
		const [saved, ...others] = await (await again()).live();
		assert.is(others.length, 0);
		const away = new Map([...room.members].map(([id, member]) => [id, { ...member, state: 'away' }]));
		const tabs = new Map([...room.tabs].map(([id, tab]) => [id, { ...tab, loading: false }]));
		assert.equal(saved?.room, { ...room, members: away, tabs });
	});

	test('2. who waits comes back waiting, without tokens', async (t) => {
		const { store } = await fresh(t);
		await store.save(kit({ waitingRoom: true }).room, undefined, 1);
		const ann = (await store.live())[0]?.room.members.get('ann');
		assert.is(ann?.state, 'waiting');
		assert.not.ok(ann && 'pass' in ann);
	});

	test('3. only what differs is written, and the order of tabs stays when one in the middle goes', async (t) => {
		const { store } = await fresh(t);
		const world = countingWorld();
		const add = (id: string) => (room: Room) => open(room, id, 'agent', `https://${id}.example/`, world);
		let before: Room | undefined;
		const save = async (room: Room) => {
			await store.save(room, before, 1);
			before = room;
			return room;
		};
		const agent = { id: 'agent', name: 'agent', role: 'agent', secretHash: undefined } as const;
		let room = await save(inTurn(emptyRoom(), (each) => join(each, agent, world), add('a'), add('b'), add('c')).room);
		room = await save(close(room, 'a').room);
		room = await save(inTurn(room, add('d')).room);
		room = await save(inTurn(close(room, 'b').room, add('e')).room);
		const [saved] = await store.live();
		assert.equal([...(saved?.room.tabs.keys() ?? [])], [...room.tabs.keys()]);
		assert.equal([...room.tabs.keys()], ['c', 'd', 'e']);
	});

	test('3b. a page that loads and a person who is away for a while cost no write', async (t) => {
		const { store } = await fresh(t);
		const { room } = kit();
		await store.save(room, undefined, 1);
		// Whatever were written now would be there again.
		await store.save({ ...room, tabs: new Map() }, room, 1);
		const members = new Map([...room.members].map(([id, member]) => [id, { ...member, state: 'away' as const }] as [string, Member]));
		const tabs = new Map([...room.tabs].map(([id, tab]) => [id, { ...tab, loading: !tab.loading }]));
		await store.save({ ...room, members, tabs }, room, 1);
		assert.is((await store.live())[0]?.room.tabs.size, 0);
		await store.save({ ...room, tabs: new Map([...tabs].map(([id, tab]) => [id, { ...tab, title: 'New' }])) }, room, 1);
		assert.is((await store.live())[0]?.room.tabs.size, room.tabs.size);
	});

	test('4. an ended session is not live, and its pages, talk, cookies and origins are gone; its fate is known', async (t) => {
		const { store } = await fresh(t);
		const room = kit().send('ann', { t: 'chat', text: 'hello' });
		const before = room.room;
		await store.save(before, undefined, 1);
		await store.saveJar('room:agent', 'room', '{}');
		await store.addOrigin('room', 'hash', 'https://a.example');
		assert.is(await store.fate('room'), 'live');
		await store.save(room.send('agent', { t: 'end' }).room, before, 2);
		assert.equal(await store.live(), []);
		assert.is(await store.fate('room'), 'ended');
		assert.is(await store.fate('other'), 'unknown');
		assert.is(await store.fateOf('hash of ann'), 'session-ended');
	});

	test('5. who is removed is not in the room any more, and the holder of the secret can be told', async (t) => {
		const { store } = await fresh(t);
		const room = kit();
		const before = room.room;
		await store.save(before, undefined, 1);
		assert.is(await store.fateOf('hash of ann'), 'live');
		await store.save(room.send('agent', { t: 'remove', participant: 'ann' }).room, before, 2);
		assert.is(await store.fateOf('hash of ann'), 'removed');
		assert.is(await store.fateOf('hash of nobody'), 'unknown');
		assert.is((await store.live())[0]?.room.members.has('ann'), false);
	});

	test('6. a ticket works once, and not when it is too old', async (t) => {
		const { store } = await fresh(t);
		await store.save(kit().room, undefined, 1);
		await store.addTicket('good', { session: 'room', participant: 'agent', expiresAt: 100 });
		await store.addTicket('old', { session: 'room', participant: 'agent', expiresAt: 50 });
		assert.equal(await store.takeTicket('good', 60), { session: 'room', participant: 'agent' });
		assert.is(await store.takeTicket('good', 60), undefined);
		assert.is(await store.takeTicket('old', 60), undefined);
		assert.is(await store.takeTicket('never', 60), undefined);
	});

	test('7. of one ticket taken by many at once, one gets it', async (t) => {
		const { store } = await fresh(t);
		await store.save(kit().room, undefined, 1);
		await store.addTicket('good', { session: 'room', participant: 'agent', expiresAt: 100 });
		const taken = await Promise.all(Array.from({ length: 8 }, () => store.takeTicket('good', 1)));
		assert.is(taken.filter((each) => each !== undefined).length, 1);
	});

	test('8. jars and origins come back with their session; the last jar written counts', async (t) => {
		const { store, again } = await fresh(t);
		await store.save(kit().room, undefined, 1);
		await store.saveJar('room:agent', 'room', 'one');
		await store.saveJar('room:agent', 'room', 'two');
		await store.addOrigin('room', 'h', 'https://a.example');
		await store.addOrigin('room', 'h', 'https://a.example');
		const [saved] = await (await again()).live();
		assert.equal([...(saved?.jars ?? [])], [['room:agent', 'two']]);
		assert.equal([...(saved?.origins ?? [])], [['h', 'https://a.example']]);
	});

	test('9. keys of the API: known until revoked', async (t) => {
		const { store } = await fresh(t);
		await store.addApiKey({ id: 'k', name: 'desk', createdAt: 5, hash: 'x' });
		assert.equal(await store.apiKeys(), [{ id: 'k', name: 'desk', createdAt: 5 }]);
		assert.is(await store.hasApiKey('x'), true);
		assert.is(await store.hasApiKey('y'), false);
		assert.is(await store.revokeApiKey('k', 9), true);
		assert.is(await store.revokeApiKey('k', 9), false);
		assert.is(await store.hasApiKey('x'), false);
		assert.equal(await store.apiKeys(), []);
	});

	test.run();
}
