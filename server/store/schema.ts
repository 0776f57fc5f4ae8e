// server only (Node).
// The tables, as Kysely sees them, and the steps that make them. Only types that SQLite and PostgreSQL share: text and whole numbers.
import { type Kysely, type Migration, Migrator } from 'kysely';
import { NO_RULES } from '../../protocol/room.ts';
import { labelToken } from '../ids.ts';

export interface Tables {
	sessions: {
		id: string;
		join_key: string;
		code: string;
		waiting_room: number;
		private: number;
		presented: string | null;
		created_at: number;
		ended_at: number | null;
		/** The jar of new tabs; null: by who opens them. */
		jar: 'shared' | 'private' | null;
		take_over: 'anyone' | 'agents' | 'nobody';
		/** JSON: TabRules. */
		rules: string;
	};
	participants: {
		id: string;
		session: string;
		position: number;
		name: string;
		role: 'agent' | 'visitor';
		colour: string;
		admitted: number;
		viewing: string | null;
		following: number;
		/** SHA-256 of the secret; a row with `gone_at` keeps it, so that its holder can be told what happened. */
		secret_hash: string | null;
		/** Labels' tokens, plain: the server has to tell them again to a shell that reconnects. They open nothing that this database doesn't hold itself. */
		run_token: string | null;
		shared_token: string | null;
		/** JSON: tab to token. */
		asset_tokens: string | null;
		gone_at: number | null;
	};
	tabs: {
		id: string;
		session: string;
		position: number;
		owner: string;
		url: string;
		title: string;
		icon: string;
		controller: string | null;
		/** JSON: participants' ids. */
		asking: string;
		jar: 'shared' | 'private';
		/** JSON: TabRules. */
		rules: string;
	};
	chat: { session: string; id: number; sender: string; name: string; at: number; text: string };
	/** One-time tickets of host links. */
	tickets: { hash: string; session: string; participant: string; expires_at: number };
	jars: { id: string; session: string; content: string };
	/** Origins whose labels are hashes. */
	origins: { session: string; hash: string; origin: string };
	/** Settings of the workspace: JSON by name. */
	settings: { name: string; value: string };
	/** Keys of the REST API made in the dashboard. */
	api_keys: { id: string; hash: string; name: string; created_at: number; revoked_at: number | null };
}

const MIGRATIONS: Record<string, Migration> = {
	'001-sessions': {
		async up(db: Kysely<unknown>): Promise<void> {
			await db.schema
				.createTable('sessions')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('join_key', 'text', (c) => c.notNull().unique())
				.addColumn('code', 'text', (c) => c.notNull())
				.addColumn('waiting_room', 'integer', (c) => c.notNull())
				.addColumn('presented', 'text')
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addColumn('ended_at', 'bigint')
				.execute();
			await db.schema
				.createTable('participants')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
				.addColumn('position', 'integer', (c) => c.notNull())
				.addColumn('name', 'text', (c) => c.notNull())
				.addColumn('role', 'text', (c) => c.notNull())
				.addColumn('colour', 'text', (c) => c.notNull())
				.addColumn('admitted', 'integer', (c) => c.notNull())
				.addColumn('viewing', 'text')
				.addColumn('following', 'integer', (c) => c.notNull())
				.addColumn('secret_hash', 'text', (c) => c.unique())
				.addColumn('run_token', 'text', (c) => c.unique())
				.addColumn('asset_tokens', 'text')
				.addColumn('gone_at', 'bigint')
				.execute();
			await db.schema.createIndex('participants_session').on('participants').column('session').execute();
			await db.schema
				.createTable('tabs')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
				.addColumn('position', 'integer', (c) => c.notNull())
				.addColumn('owner', 'text', (c) => c.notNull())
				.addColumn('url', 'text', (c) => c.notNull())
				.addColumn('title', 'text', (c) => c.notNull())
				.addColumn('icon', 'text', (c) => c.notNull())
				.addColumn('controller', 'text')
				.addColumn('asking', 'text', (c) => c.notNull())
				.execute();
			await db.schema
				.createTable('chat')
				.addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
				.addColumn('id', 'integer', (c) => c.notNull())
				.addColumn('sender', 'text', (c) => c.notNull())
				.addColumn('name', 'text', (c) => c.notNull())
				.addColumn('at', 'bigint', (c) => c.notNull())
				.addColumn('text', 'text', (c) => c.notNull())
				.addPrimaryKeyConstraint('chat_key', ['session', 'id'])
				.execute();
			await db.schema
				.createTable('tickets')
				.addColumn('hash', 'text', (c) => c.primaryKey())
				.addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
				.addColumn('participant', 'text', (c) => c.notNull())
				.addColumn('expires_at', 'bigint', (c) => c.notNull())
				.execute();
			await db.schema
				.createTable('jars')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
				.addColumn('content', 'text', (c) => c.notNull())
				.execute();
			await db.schema
				.createTable('origins')
				.addColumn('session', 'text', (c) => c.notNull().references('sessions.id').onDelete('cascade'))
				.addColumn('hash', 'text', (c) => c.notNull())
				.addColumn('origin', 'text', (c) => c.notNull())
				.addPrimaryKeyConstraint('origins_key', ['session', 'hash'])
				.execute();
			await db.schema
				.createTable('api_keys')
				.addColumn('id', 'text', (c) => c.primaryKey())
				.addColumn('hash', 'text', (c) => c.notNull().unique())
				.addColumn('name', 'text', (c) => c.notNull())
				.addColumn('created_at', 'bigint', (c) => c.notNull())
				.addColumn('revoked_at', 'bigint')
				.execute();
		},
	},
	// Tabs that were there keep the jar they had: their owner's own.
	'002-handover': {
		async up(db: Kysely<unknown>): Promise<void> {
			await db.schema.alterTable('sessions').addColumn('jar', 'text').execute();
			await db.schema
				.alterTable('sessions')
				.addColumn('take_over', 'text', (c) => c.notNull().defaultTo('anyone'))
				.execute();
			await db.schema.alterTable('participants').addColumn('shared_token', 'text').execute();
			await db.schema
				.alterTable('tabs')
				.addColumn('jar', 'text', (c) => c.notNull().defaultTo('private'))
				.execute();
			const tables = db as Kysely<Tables>;
			for (const { id } of await tables.selectFrom('participants').select('id').where('run_token', 'is not', null).execute()) {
				await tables.updateTable('participants').set({ shared_token: labelToken() }).where('id', '=', id).execute();
			}
		},
	},
	'003-privacy': {
		async up(db: Kysely<unknown>): Promise<void> {
			await db.schema
				.createTable('settings')
				.addColumn('name', 'text', (c) => c.primaryKey())
				.addColumn('value', 'text', (c) => c.notNull())
				.execute();
			await db.schema
				.alterTable('sessions')
				.addColumn('private', 'integer', (c) => c.notNull().defaultTo(0))
				.execute();
		},
	},
	'004-rules': {
		async up(db: Kysely<unknown>): Promise<void> {
			for (const table of ['sessions', 'tabs']) {
				await db.schema
					.alterTable(table)
					.addColumn('rules', 'text', (c) => c.notNull().defaultTo(JSON.stringify(NO_RULES)))
					.execute();
			}
		},
	},
};

/** Brings a database to the newest form. Throws what the failing step threw; the steps before it stand. */
export async function migrate(db: Kysely<Tables>): Promise<void> {
	const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
	const { error } = await migrator.migrateToLatest();
	if (error) throw error;
}
