// server only (Node).
// What the server keeps. One interface; the suite test/server/store-suite.ts says what every store has to do.
import type { Room } from '../rooms/room.ts';

/** Everything of a live session that a restarted server needs. */
export interface Saved {
	readonly room: Room;
	/** Jar id to serialized jar. */
	readonly jars: ReadonlyMap<string, string>;
	/** Hash to origin. */
	readonly origins: ReadonlyMap<string, string>;
}

export interface ApiKey {
	readonly id: string;
	readonly name: string;
	readonly createdAt: number;
}

export interface Store {
	/** All sessions that have not ended. Admitted participants come back 'away', since no socket survives a restart. */
	live(): Promise<Saved[]>;
	/** Writes a room whole, or what differs from `before`; an ended one loses everything but that it was, and who was in it. */
	save(room: Room, before: Room | undefined, now: number): Promise<void>;
	/** Whether there ever was such a session, and whether it goes on. */
	fate(session: string): Promise<'unknown' | 'live' | 'ended'>;
	/** What became of the holder of a secret. */
	fateOf(secretHash: string): Promise<'unknown' | 'live' | 'removed' | 'session-ended'>;
	addTicket(hash: string, ticket: { session: string; participant: string; expiresAt: number }): Promise<void>;
	/** Takes a ticket: it works once. Undefined where it is unknown, used or too old. */
	takeTicket(hash: string, now: number): Promise<{ session: string; participant: string } | undefined>;
	saveJar(id: string, session: string, content: string): Promise<void>;
	addOrigin(session: string, hash: string, origin: string): Promise<void>;
	addApiKey(key: ApiKey & { hash: string }): Promise<void>;
	apiKeys(): Promise<ApiKey[]>;
	hasApiKey(hash: string): Promise<boolean>;
	revokeApiKey(id: string, now: number): Promise<boolean>;
	/** A setting of the workspace by its name, as it was put; undefined where there is none. */
	setting(name: string): Promise<string | undefined>;
	putSetting(name: string, value: string): Promise<void>;
	close(): Promise<void>;
}
