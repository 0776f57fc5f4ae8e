// server only (Node).
// Kysely over node:sqlite. SQLite's calls are synchronous and there is one connection, so whoever holds it (a query, or a whole
// transaction) is alone; the others wait in line.
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import {
	CompiledQuery,
	type DatabaseConnection,
	type Dialect,
	type Driver,
	type Kysely,
	type QueryResult,
	SqliteAdapter,
	SqliteIntrospector,
	SqliteQueryCompiler,
} from 'kysely';

/** A Kysely dialect for the database file at `path` (':memory:' for none). The file is opened at the first query. */
export function nodeSqlite(path: string): Dialect {
	return {
		createAdapter: () => new SqliteAdapter(),
		createDriver: () => new NodeSqliteDriver(path),
		createIntrospector: (db: Kysely<unknown>) => new SqliteIntrospector(db),
		createQueryCompiler: () => new SqliteQueryCompiler(),
	};
}

class NodeSqliteDriver implements Driver {
	readonly #path: string;
	readonly #line = new Line();
	#connection: NodeSqliteConnection | undefined;

	constructor(path: string) {
		this.#path = path;
	}

	async init(): Promise<void> {
		const db = new DatabaseSync(this.#path);
		// WAL with synchronous=NORMAL: a crash of the program loses nothing, a power cut at most the last moments.
		db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000');
		this.#connection = new NodeSqliteConnection(db);
	}

	async acquireConnection(): Promise<DatabaseConnection> {
		await this.#line.enter();
		if (!this.#connection) throw new Error('the database is closed');
		return this.#connection;
	}

	async beginTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('begin immediate'));
	}

	async commitTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('commit'));
	}

	async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
		await connection.executeQuery(CompiledQuery.raw('rollback'));
	}

	async releaseConnection(): Promise<void> {
		this.#line.leave();
	}

	async destroy(): Promise<void> {
		this.#connection?.close();
		this.#connection = undefined;
	}
}

class NodeSqliteConnection implements DatabaseConnection {
	readonly #db: DatabaseSync;

	constructor(db: DatabaseSync) {
		this.#db = db;
	}

	async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
		const statement = this.#db.prepare(sql);
		const values = parameters as readonly SQLInputValue[];
		if (returnsRows(statement)) return { rows: statement.all(...values) as R[] };
		const { changes, lastInsertRowid } = statement.run(...values);
		return { rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) };
	}

	async *streamQuery<R>({ sql, parameters }: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
		for (const row of this.#db.prepare(sql).iterate(...(parameters as readonly SQLInputValue[]))) yield { rows: [row as R] };
	}

	close(): void {
		this.#db.close();
	}
}

/** A select, or a change with `returning`: a statement that has result columns. */
function returnsRows(statement: StatementSync): boolean {
	return statement.columns().length > 0;
}

/** One at a time, first come first served. */
class Line {
	#busy = false;
	readonly #waiting: (() => void)[] = [];

	enter(): Promise<void> {
		if (this.#busy) return new Promise((resolve) => this.#waiting.push(resolve));
		this.#busy = true;
		return Promise.resolve();
	}

	leave(): void {
		const next = this.#waiting.shift();
		if (next) next();
		else this.#busy = false;
	}
}
