// server only (Node).
// The live rooms. Every change goes through `step`: the room's next state is noted, its effects are handed on, and it is written soon after.
import { TandemError } from '../../protocol/errors.ts';
import type { ParticipantId } from '../../protocol/room.ts';
import { labelToken, shortId } from '../ids.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { Register } from './register.ts';
import type { Effect, Room, Step, World } from './room.ts';

/** Milliseconds until a change is written: a burst of changes is one transaction, and none while most pages load. */
const WRITE_AFTER = 200;

interface Live {
	room: Room;
	/** The room as the store has it. */
	stored: Room | undefined;
	timer: NodeJS.Timeout | undefined;
	/** When somebody was last connected, milliseconds since the epoch. */
	lastHere: number;
}

type Listener = (room: Room, effects: readonly Effect[]) => void;

export class Hub {
	readonly register = new Register();
	readonly #rooms = new Map<string, Live>();
	readonly #listeners: Listener[] = [];
	readonly #store: Store;
	readonly #log: Log;
	/** Writes go one after another, so that an older state never overwrites a newer one. */
	#writing: Promise<void> = Promise.resolve();

	constructor(store: Store, log: Log) {
		this.#store = store;
		this.#log = log;
	}

	/** What carries out effects registers here. */
	onEffects(listener: Listener): void {
		this.#listeners.push(listener);
	}

	/** Takes up a room that the store had. */
	resume(room: Room): void {
		this.#rooms.set(room.id, { room, stored: room, timer: undefined, lastHere: Date.now() });
		this.register.update(undefined, room);
	}

	/** Begins a room, and applies the first steps to it before anybody can see it. */
	begin(room: Room): void {
		this.#rooms.set(room.id, { room, stored: undefined, timer: undefined, lastHere: Date.now() });
		this.register.update(undefined, room);
		this.#schedule(room.id);
	}

	/** The live room that somebody is in. */
	roomOf(id: ParticipantId): Room | undefined {
		return this.rooms().find(({ members }) => members.has(id));
	}

	/** The live room of that id; throws TandemError 'not-found' (whether it ended is for the store to say). */
	room(id: string): Room {
		const live = this.#rooms.get(id);
		if (!live) throw new TandemError('not-found', 'session');
		return live.room;
	}

	rooms(): Room[] {
		return [...this.#rooms.values()].map(({ room }) => room);
	}

	has(id: string): boolean {
		return this.#rooms.has(id);
	}

	/** Applies `work` to the room's state. Throws what `work` throws; nothing has changed then. */
	step(id: string, work: (room: Room, world: World) => Step): Room {
		const live = this.#rooms.get(id);
		if (!live) throw new TandemError('not-found', 'session');
		const before = live.room;
		const { room, effects } = work(before, { now: Date.now(), labelToken, shortId });
		if (room !== before) {
			live.room = room;
			if ([...before.members.values(), ...room.members.values()].some(({ state }) => state === 'here')) live.lastHere = Date.now();
			this.register.update(before, room);
			this.#schedule(id);
		}
		for (const listener of this.#listeners) listener(room, effects);
		if (room.ended) this.#rooms.delete(id);
		return room;
	}

	/** Writes what is not written yet, of one room or of all. */
	async flush(id?: string): Promise<void> {
		for (const each of id === undefined ? [...this.#dirty.keys()] : [id]) this.#write(each);
		await this.#writing;
	}

	/** Sessions in which nobody was connected for `idle` milliseconds. */
	abandoned(idle: number): string[] {
		const limit = Date.now() - idle;
		const anybody = (room: Room) => [...room.members.values()].some(({ state }) => state === 'here');
		return [...this.#rooms].filter(([, live]) => live.lastHere < limit && !anybody(live.room)).map(([id]) => id);
	}

	/** Who is where, for the metrics. */
	count(): { sessions: number; participants: number; here: number } {
		const members = this.rooms().flatMap(({ members }) => [...members.values()]);
		return { sessions: this.#rooms.size, participants: members.length, here: members.filter(({ state }) => state === 'here').length };
	}

	/** Rooms with changes that wait to be written; an ended one is here alone. */
	readonly #dirty = new Map<string, Live>();

	#schedule(id: string): void {
		const live = this.#rooms.get(id);
		if (!live || this.#dirty.has(id)) return;
		this.#dirty.set(id, live);
		live.timer = setTimeout(() => this.#write(id), WRITE_AFTER);
	}

	#write(id: string): void {
		const live = this.#dirty.get(id);
		if (!live) return;
		this.#dirty.delete(id);
		clearTimeout(live.timer);
		this.#writing = this.#writing.then(async () => {
			const { room, stored } = live;
			try {
				await this.#store.save(room, stored, Date.now());
				live.stored = room;
			} catch (error) {
				this.#log.error({ err: error, session: id }, 'a session could not be written');
			}
		});
	}
}
