// server only (Node).
// The store over Kysely: SQLite through node:sqlite here; the queries keep to what PostgreSQL has too.
import { Kysely, type Transaction } from 'kysely';
import type { Room } from '../rooms/room.ts';
import { nodeSqlite } from './dialect.ts';
import { chatRow, participantRow, roomOf, sessionRow, tabRow } from './rows.ts';
import { migrate, type Tables } from './schema.ts';
import type { ApiKey, Saved, Store } from './store.ts';

/** Opens the SQLite file at `path`, brought to the newest form. The `db` is for others that keep tables of their own (accounts). */
export async function openSqlite(path: string): Promise<{ store: Store; db: Kysely<Tables> }> {
	const db = new Kysely<Tables>({ dialect: nodeSqlite(path) });
	await migrate(db);
	return { store: new KyselyStore(db), db };
}

export class KyselyStore implements Store {
	readonly #db: Kysely<Tables>;

	constructor(db: Kysely<Tables>) {
		this.#db = db;
	}

	async live(): Promise<Saved[]> {
		const rows = await this.#db.selectFrom('sessions').selectAll().where('ended_at', 'is', null).orderBy('created_at').execute();
		return await Promise.all(
			rows.map(async (row) => {
				const of = { session: row.id };
				const [participants, tabs, chat, jars, origins] = await Promise.all([
					this.#db
						.selectFrom('participants')
						.selectAll()
						.where('session', '=', of.session)
						.where('gone_at', 'is', null)
						.orderBy('position')
						.execute(),
					this.#db.selectFrom('tabs').selectAll().where('session', '=', of.session).orderBy('position').execute(),
					this.#db.selectFrom('chat').selectAll().where('session', '=', of.session).orderBy('id').execute(),
					this.#db.selectFrom('jars').selectAll().where('session', '=', of.session).execute(),
					this.#db.selectFrom('origins').selectAll().where('session', '=', of.session).execute(),
				]);
				return {
					room: roomOf(row, { participants, tabs, chat }),
					jars: new Map(jars.map(({ id, content }) => [id, content])),
					origins: new Map(origins.map(({ hash, origin }) => [hash, origin])),
				};
			}),
		);
	}

	async save(room: Room, before: Room | undefined, now: number): Promise<void> {
		if (before && !room.ended && rowsOf(room) === rowsOf(before)) return;
		await this.#db.transaction().execute(async (tx) => {
			const row = sessionRow(room, now);
			await tx
				.insertInto('sessions')
				.values(row)
				.onConflict((c) => c.column('id').doUpdateSet({ presented: row.presented, ended_at: row.ended_at }))
				.execute();
			await saveParticipants(tx, room, before, now);
			if (room.ended) await forget(tx, room.id);
			else {
				await saveTabs(tx, room, before);
				const last = before?.chat.at(-1)?.id ?? 0;
				for (const message of room.chat) {
					if (message.id > last) await tx.insertInto('chat').values(chatRow(room.id, message)).execute();
				}
			}
		});
	}

	async fate(session: string): Promise<'unknown' | 'live' | 'ended'> {
		const row = await this.#db.selectFrom('sessions').select('ended_at').where('id', '=', session).executeTakeFirst();
		if (!row) return 'unknown';
		return row.ended_at === null ? 'live' : 'ended';
	}

	async fateOf(secretHash: string): Promise<'unknown' | 'live' | 'removed' | 'session-ended'> {
		const row = await this.#db
			.selectFrom('participants')
			.innerJoin('sessions', 'sessions.id', 'participants.session')
			.select(['participants.gone_at', 'sessions.ended_at'])
			.where('participants.secret_hash', '=', secretHash)
			.executeTakeFirst();
		if (!row) return 'unknown';
		if (row.ended_at !== null) return 'session-ended';
		return row.gone_at === null ? 'live' : 'removed';
	}

	async addTicket(
		hash: string,
		{ session, participant, expiresAt }: { session: string; participant: string; expiresAt: number },
	): Promise<void> {
		await this.#db.insertInto('tickets').values({ hash, session, participant, expires_at: expiresAt }).execute();
	}

	async takeTicket(hash: string, now: number): Promise<{ session: string; participant: string } | undefined> {
		const row = await this.#db
			.deleteFrom('tickets')
			.where('hash', '=', hash)
			.returning(['session', 'participant', 'expires_at'])
			.executeTakeFirst();
		return row && Number(row.expires_at) > now ? { session: row.session, participant: row.participant } : undefined;
	}

	async saveJar(id: string, session: string, content: string): Promise<void> {
		await this.#db
			.insertInto('jars')
			.values({ id, session, content })
			.onConflict((c) => c.column('id').doUpdateSet({ content }))
			.execute();
	}

	async addOrigin(session: string, hash: string, origin: string): Promise<void> {
		await this.#db
			.insertInto('origins')
			.values({ session, hash, origin })
			.onConflict((c) => c.columns(['session', 'hash']).doNothing())
			.execute();
	}

	async addApiKey({ id, hash, name, createdAt }: ApiKey & { hash: string }): Promise<void> {
		await this.#db.insertInto('api_keys').values({ id, hash, name, created_at: createdAt, revoked_at: null }).execute();
	}

	async apiKeys(): Promise<ApiKey[]> {
		const rows = await this.#db.selectFrom('api_keys').selectAll().where('revoked_at', 'is', null).orderBy('created_at').execute();
		return rows.map(({ id, name, created_at }) => ({ id, name, createdAt: Number(created_at) }));
	}

	async hasApiKey(hash: string): Promise<boolean> {
		const row = await this.#db
			.selectFrom('api_keys')
			.select('id')
			.where('hash', '=', hash)
			.where('revoked_at', 'is', null)
			.executeTakeFirst();
		return row !== undefined;
	}

	async revokeApiKey(id: string, now: number): Promise<boolean> {
		const done = await this.#db
			.updateTable('api_keys')
			.set({ revoked_at: now })
			.where('id', '=', id)
			.where('revoked_at', 'is', null)
			.executeTakeFirst();
		return done.numUpdatedRows > 0n;
	}

	async setting(name: string): Promise<string | undefined> {
		const row = await this.#db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
		return row?.value;
	}

	async putSetting(name: string, value: string): Promise<void> {
		await this.#db
			.insertInto('settings')
			.values({ name, value })
			.onConflict((c) => c.column('name').doUpdateSet({ value }))
			.execute();
	}

	async close(): Promise<void> {
		await this.#db.destroy();
	}
}

async function saveParticipants(tx: Transaction<Tables>, room: Room, before: Room | undefined, now: number): Promise<void> {
	const moved = someGone(before?.members, room.members);
	let position = 0;
	for (const member of room.members.values()) {
		const row = participantRow(room.id, member, position++);
		if (!moved && before?.members.get(member.id) === member) continue;
		await tx
			.insertInto('participants')
			.values(row)
			.onConflict((c) => c.column('id').doUpdateSet(row))
			.execute();
	}
	for (const id of before?.members.keys() ?? []) {
		if (room.members.has(id)) continue;
		// The row stays, so that the holder of its secret learns why nothing answers; the tokens go.
		await tx
			.updateTable('participants')
			.set({ gone_at: now, run_token: null, shared_token: null, asset_tokens: null })
			.where('id', '=', id)
			.execute();
		await tx.deleteFrom('tickets').where('participant', '=', id).execute();
	}
}

async function saveTabs(tx: Transaction<Tables>, room: Room, before: Room | undefined): Promise<void> {
	const moved = someGone(before?.tabs, room.tabs);
	let position = 0;
	for (const tab of room.tabs.values()) {
		const row = tabRow(room.id, tab, position++);
		if (!moved && before?.tabs.get(tab.id) === tab) continue;
		await tx
			.insertInto('tabs')
			.values(row)
			.onConflict((c) => c.column('id').doUpdateSet(row))
			.execute();
	}
	for (const id of before?.tabs.keys() ?? []) if (!room.tabs.has(id)) await tx.deleteFrom('tabs').where('id', '=', id).execute();
}

/** All that is kept of a room, to compare: whether a page loads, and who is connected, is not. */
function rowsOf(room: Room): string {
	const members = [...room.members.values()].map((member, position) => participantRow(room.id, member, position));
	const tabs = [...room.tabs.values()].map((tab, position) => tabRow(room.id, tab, position));
	return JSON.stringify([sessionRow(room, 0), members, tabs, room.chat.length, room.chat.at(-1)?.id]);
}

/** Whether an entry went away, so that those after it have another position now. */
function someGone(before: ReadonlyMap<string, unknown> | undefined, after: ReadonlyMap<string, unknown>): boolean {
	return before !== undefined && [...before.keys()].some((id) => !after.has(id));
}

/** What an ended session held: pages, talk, cookies and tickets go at once. */
async function forget(tx: Transaction<Tables>, session: string): Promise<void> {
	for (const table of ['tabs', 'chat', 'tickets', 'jars', 'origins'] as const) {
		await tx.deleteFrom(table).where('session', '=', session).execute();
	}
}
