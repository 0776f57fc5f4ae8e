// server only (Node).
// Sending to many: a packet is encoded and deflated once for all who get it, and somebody whose line is slow gets less: first no pointers,
// then no scroll and pictures, then no content, until what is under way has arrived; then what they missed, in the shorter of two forms.
import type { Server, Socket } from 'socket.io';
import type { FrameId } from '../../protocol/mirror.ts';
import { headOf } from '../../protocol/mirror-decode.ts';
import type { ParticipantId, ServerMessage, TabId } from '../../protocol/room.ts';
import { Line } from './line.ts';
import { packed } from './pack.ts';

/** Milliseconds between looks at a line that is full. */
const LOOK_AGAIN = 50;

/** Up to which delta a guest has each frame of a tab. */
export type Had = ReadonlyMap<FrameId, number>;

interface OutboxEvents {
	/** A line that was full is free again: bring this tab's mirror up to date, from what the guest had. */
	restart(to: ParticipantId, tab: TabId, had: Had): void;
	/** Scroll, pictures and the like of a tab were left out: send the latest of each. */
	refresh(to: ParticipantId, tab: TabId): void;
	/** A participant's line has become slow, or fast again. */
	slow(id: ParticipantId, slow: boolean): void;
}

export class Outbox {
	readonly #io: Server;
	readonly #lines = new Map<ParticipantId, Line>();
	readonly #events: OutboxEvents;

	constructor(io: Server, events: OutboxEvents) {
		this.#io = io;
		this.#events = events;
	}

	/** A participant's line; answers the one it replaces. `modern`: its shell acknowledges, and inflates. */
	open(id: ParticipantId, socket: Socket, modern = false): Socket | undefined {
		const before = this.#lines.get(id);
		clearTimeout(before?.timer);
		this.#lines.set(id, new Line(id, socket, modern));
		return before?.socket;
	}

	/** Forgets the line, if it still is this socket's. False: another one had replaced it. */
	close(id: ParticipantId, socket: Socket | undefined = this.#lines.get(id)?.socket): boolean {
		const line = this.#lines.get(id);
		if (!line || line.socket !== socket) return false;
		clearTimeout(line.timer);
		this.#lines.delete(id);
		return true;
	}

	socketOf(id: ParticipantId): Socket | undefined {
		return this.#lines.get(id)?.socket;
	}

	/** Whose line is slow now. */
	slow(): ParticipantId[] {
		return [...this.#lines.values()].filter(({ slow }) => slow).map(({ id }) => id);
	}

	/** A shell has got so many mirror bytes in all. */
	acked(id: ParticipantId, total: number): void {
		const line = this.#lines.get(id);
		line?.flow?.acked(total, Date.now());
		if (line) this.#look(line);
	}

	/** Sends a message; a droppable one is lost to whoever's line is busy. */
	message(to: readonly ParticipantId[], message: ServerMessage, droppable = false): void {
		const now = Date.now();
		const lines = this.#open(to).filter((line) => !droppable || line.takes('pointer', now));
		this.#cast(lines, 'm', message);
	}

	/** Sends mirror bytes of a tab to guests who look at it. Answers how many bytes went out in all. */
	mirror(to: readonly ParticipantId[], tab: TabId, bytes: Uint8Array, droppable: boolean): number {
		const now = Date.now();
		const { t, frame, seq } = headOf(bytes);
		const ready = this.#open(to).filter((line) => {
			if (!line.behind.has(tab)) {
				if (line.takes(droppable ? 'glance' : 'content', now)) return true;
				(droppable ? line.stale : line.behind).add(tab);
				this.#watch(line);
			}
			// Whoever needs a key can do nothing with what they have of that frame: what they missed is all of it.
			if (t === 'key') line.had(tab).delete(frame);
			return false;
		});
		if (t === 'key' || t === 'delta') for (const line of ready) line.had(tab).set(frame, seq);
		return this.#bytes(ready, tab, [bytes], droppable || t === 'asset' ? undefined : packed(bytes), now);
	}

	/** Sends a guest a tab's mirror from the start, or from where they are: it is up to date with this. Answers the bytes sent. */
	upToDate(to: ParticipantId, tab: TabId, messages: readonly Uint8Array[], positions: Had): number {
		const line = this.#lines.get(to);
		if (!line) return 0;
		line.behind.delete(tab);
		line.stale.delete(tab);
		line.positions.set(tab, new Map(positions));
		line.allow(messages.reduce((sum, { byteLength }) => sum + byteLength, 0));
		return this.#bytes([line], tab, messages, packed(messages), Date.now());
	}

	#open(to: readonly ParticipantId[]): Line[] {
		return to.map((id) => this.#lines.get(id)).filter((line) => line !== undefined);
	}

	#bytes(lines: readonly Line[], tab: TabId, messages: readonly Uint8Array[], packet: Uint8Array | undefined, now: number): number {
		const inflating = packet ? lines.filter(({ flow }) => flow) : [];
		const plain = packet ? lines.filter(({ flow }) => !flow) : lines;
		if (packet) this.#cast(inflating, 'z', tab, packet);
		let size = 0;
		for (const bytes of messages) {
			this.#cast(plain, 'x', tab, bytes);
			size += bytes.byteLength;
		}
		for (const line of plain) line.flow?.sent(size, now);
		for (const line of inflating) line.flow?.sent(packet?.byteLength ?? 0, now);
		for (const line of lines) if (line.flow) this.#watch(line);
		return plain.length * size + inflating.length * (packet?.byteLength ?? 0);
	}

	/** Not socket.io's `volatile`, which loses whatever follows closely on something else; `Line.takes` says when to drop. */
	#cast(lines: readonly Line[], event: string, ...args: unknown[]): void {
		if (lines.length > 0) this.#io.to(lines.map(({ socket }) => socket.id)).emit(event, ...args);
	}

	#watch(line: Line): void {
		line.timer ??= setTimeout(() => {
			line.timer = undefined;
			this.#look(line);
			if (line.busy(Date.now())) this.#watch(line);
		}, LOOK_AGAIN);
	}

	#look(line: Line): void {
		const now = Date.now();
		if (line.judge(now)) this.#events.slow(line.id, line.slow);
		if (!line.free(now)) return;
		const behind = [...line.behind];
		const stale = [...line.stale].filter((tab) => !line.behind.has(tab));
		line.behind.clear();
		line.stale.clear();
		for (const tab of behind) this.#events.restart(line.id, tab, line.had(tab));
		for (const tab of stale) this.#events.refresh(line.id, tab);
	}
}
