// tests only (Node).
import { type Generated, Kysely, sql } from 'kysely';
import * as assert from 'uvu/assert';
import { nodeSqlite } from '../../server/store/dialect.ts';
import { suite } from '../harness.ts';

interface Tables {
	t: { id: Generated<number>; text: string | null; bytes: Uint8Array | null };
}

const test = suite('dialect');

async function database(t: { defer(undo: () => unknown): void }): Promise<Kysely<Tables>> {
	const db = new Kysely<Tables>({ dialect: nodeSqlite(':memory:') });
	t.defer(() => db.destroy());
	await db.schema
		.createTable('t')
		.addColumn('id', 'integer', (c) => c.primaryKey().autoIncrement())
		.addColumn('text', 'text')
		.addColumn('bytes', 'blob')
		.execute();
	return db;
}

const row = (text: string | null) => ({ text, bytes: null });

test('insert tells the id, update and delete how many', async (t) => {
	const db = await database(t);
	assert.is((await db.insertInto('t').values(row('a')).executeTakeFirst()).insertId, 1n);
	assert.is((await db.insertInto('t').values(row('b')).executeTakeFirst()).insertId, 2n);
	assert.is((await db.updateTable('t').set({ text: 'c' }).executeTakeFirst()).numUpdatedRows, 2n);
	assert.is((await db.deleteFrom('t').where('id', '=', 1).executeTakeFirst()).numDeletedRows, 1n);
});

test('returning, bytes and null come back', async (t) => {
	const db = await database(t);
	const back = await db
		.insertInto('t')
		.values({ text: null, bytes: new Uint8Array([1, 2]) })
		.returningAll()
		.executeTakeFirstOrThrow();
	assert.is(back.text, null);
	assert.equal([...(back.bytes ?? [])], [1, 2]);
});

test('a transaction that throws leaves nothing behind', async (t) => {
	const db = await database(t);
	const failed = db.transaction().execute(async (tx) => {
		await tx.insertInto('t').values(row('a')).execute();
		throw new Error('stop');
	});
	await failed.then(
		() => assert.unreachable(),
		(error: Error) => assert.is(error.message, 'stop'),
	);
	assert.equal(await db.selectFrom('t').selectAll().execute(), []);
});

test('queries beside a transaction wait for it, and see it whole', async (t) => {
	const db = await database(t);
	const order: string[] = [];
	let inside = () => {};
	const begun = new Promise<void>((resolve) => {
		inside = resolve;
	});
	const transaction = db.transaction().execute(async (tx) => {
		await tx.insertInto('t').values(row('a')).execute();
		inside();
		await new Promise((resolve) => setTimeout(resolve, 20));
		await tx.insertInto('t').values(row('b')).execute();
		order.push('transaction');
	});
	await begun;
	const beside = db
		.selectFrom('t')
		.selectAll()
		.execute()
		.then((rows) => {
			order.push('query');
			return rows;
		});
	assert.is((await beside).length, 2);
	await transaction;
	assert.equal(order, ['transaction', 'query']);
});

test('a failing query frees the line for the next', async (t) => {
	const db = await database(t);
	await sql`select * from nowhere`.execute(db).then(
		() => assert.unreachable(),
		(error: Error) => assert.match(error.message, 'no such table'),
	);
	assert.equal(await db.selectFrom('t').selectAll().execute(), []);
});

test('rows can be streamed', async (t) => {
	const db = await database(t);
	await db
		.insertInto('t')
		.values([row('a'), row('b')])
		.execute();
	const seen: (string | null)[] = [];
	for await (const each of db.selectFrom('t').selectAll().orderBy('id').stream()) seen.push(each.text);
	assert.equal(seen, ['a', 'b']);
});

test.run();
