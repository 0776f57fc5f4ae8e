// server only (Node).
// What the proxy asks of the sessions: whom a token belongs to, the jar it goes with, and the table of hashed labels.
import type { JarChoice, ParticipantId } from '../../protocol/room.ts';
import { Jar, type SessionSource, type TokenInfo } from '../../proxy/index.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Hub } from './hub.ts';

/** Milliseconds until a changed jar is written. */
const WRITE_AFTER = 300;

/** Origins in a session's table; a page could name ever more. */
const ORIGINS_MAX = 10_000;

export class Source implements SessionSource {
	readonly #hub: Hub;
	readonly #store: Store;
	readonly #log: Log;
	readonly #jars = new Map<string, Jar>();
	readonly #tables = new Map<string, Map<string, string>>();
	readonly #pending = new Map<string, NodeJS.Timeout>();
	readonly #writing = new Set<Promise<void>>();

	constructor(hub: Hub, store: Store, log: Log) {
		this.#hub = hub;
		this.#store = store;
		this.#log = log;
		hub.onEffects((room) => {
			if (room.ended) this.#forget(room.id);
		});
	}

	/** Takes up what the store had of a session. */
	resume(session: string, jars: ReadonlyMap<string, string>, origins: ReadonlyMap<string, string>): void {
		for (const [id, content] of jars) {
			const jar = new Jar();
			jar.deserialize(content);
			this.#keep(id, jar);
		}
		this.#tables.set(session, new Map(origins));
	}

	lookup(token: string): TokenInfo | undefined {
		const entry = this.#hub.register.byToken(token);
		if (!entry || !this.#hub.has(entry.session)) return undefined;
		const { session, holder, tab, jar } = entry;
		// Who knows a token for the session's jar may use it while they host a tab with that jar, and not before.
		if (jar === 'shared' && !this.#hostsShared(session, holder)) return undefined;
		if (tab === undefined) return { session, holder, owner: holder, grade: 'run', jar: jarId(session, holder, jar) };
		const room = this.#hub.room(session);
		const of = room.tabs.get(tab);
		if (!of) return undefined;
		const media = room.members.get(of.owner)?.media;
		return { session, holder, owner: of.owner, grade: 'assets', jar: jarId(session, of.owner, of.jar), ...(media && { media }) };
	}

	jar(id: string): Jar {
		return this.#jars.get(id) ?? this.#keep(id, new Jar());
	}

	table(session: string): { get(hash: string): string | undefined; set(hash: string, origin: string): void } {
		return {
			get: (hash) => this.#tables.get(session)?.get(hash),
			set: (hash, origin) => {
				const known = this.#tables.get(session) ?? new Map<string, string>();
				if (known.has(hash) || known.size >= ORIGINS_MAX || !this.#hub.has(session)) return;
				this.#tables.set(session, known.set(hash, origin));
				this.#track(this.#store.addOrigin(session, hash, origin));
			},
		};
	}

	/** Copies the cookies that a participant's own jar has for the site of `url` into another participant's own. */
	copyCookies(session: string, from: ParticipantId, to: ParticipantId, url: string): void {
		if (URL.canParse(url)) this.jar(jarId(session, to)).adopt(this.jar(jarId(session, from)), url);
	}

	/** Writes what is not written yet. */
	async flush(): Promise<void> {
		for (const id of [...this.#pending.keys()]) this.#write(id);
		await Promise.all(this.#writing);
	}

	#hostsShared(session: string, holder: ParticipantId): boolean {
		for (const tab of this.#hub.room(session).tabs.values()) if (tab.owner === holder && tab.jar === 'shared') return true;
		return false;
	}

	#keep(id: string, jar: Jar): Jar {
		this.#jars.set(id, jar);
		jar.onChange(() => {
			if (this.#pending.has(id) || this.#jars.get(id) !== jar) return;
			this.#pending.set(
				id,
				setTimeout(() => this.#write(id), WRITE_AFTER),
			);
		});
		return jar;
	}

	#write(id: string): void {
		clearTimeout(this.#pending.get(id));
		this.#pending.delete(id);
		const jar = this.#jars.get(id);
		const [session = ''] = id.split(':');
		if (jar && this.#hub.has(session)) this.#track(this.#store.saveJar(id, session, jar.serialize()));
	}

	#track(work: Promise<void>): void {
		const done = work
			.catch((error: unknown) => this.#log.error({ err: error }, 'a jar could not be written'))
			.finally(() => this.#writing.delete(done));
		this.#writing.add(done);
	}

	#forget(session: string): void {
		this.#tables.delete(session);
		for (const id of this.#jars.keys()) {
			if (!id.startsWith(`${session}:`)) continue;
			this.#jars.delete(id);
			clearTimeout(this.#pending.get(id));
			this.#pending.delete(id);
		}
	}
}

/** One jar that a session's tabs share, and one for each owner of tabs. No participant's id has a letter that base64url lacks. */
function jarId(session: string, owner: string, jar: JarChoice = 'private'): string {
	return `${session}:${jar === 'shared' ? '*' : owner}`;
}

/** Whether a jar's id is that of a session's shared one. */
export function isShared(jar: string): boolean {
	return jar.endsWith(':*');
}
