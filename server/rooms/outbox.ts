// server only (Node).
// Sending to many: a packet is encoded once for all who get it, and somebody whose line is slow gets less.
import type { Server, Socket } from 'socket.io';
import { LIMITS } from '../../protocol/limits.ts';
import type { ParticipantId, ServerMessage } from '../../protocol/room.ts';

/** Milliseconds between looks at a line that is full. */
const LOOK_AGAIN = 50;

interface Line {
	readonly socket: Socket;
	/** Bytes of keyframes still allowed to wait beyond the limit: a big page must not count as lagging. */
	allowance: number;
	/** Tabs whose mirror this guest lost track of, since its line was full. */
	readonly behind: Set<string>;
	timer: NodeJS.Timeout | undefined;
}

export class Outbox {
	readonly #io: Server;
	readonly #lines = new Map<ParticipantId, Line>();
	/** Sends a tab's mirror anew; called when a line that was full is free again. */
	readonly #restart: (to: ParticipantId, tab: string) => void;

	constructor(io: Server, restart: (to: ParticipantId, tab: string) => void) {
		this.#io = io;
		this.#restart = restart;
	}

	/** A participant's line; answers the one it replaces. */
	open(id: ParticipantId, socket: Socket): Socket | undefined {
		const before = this.#lines.get(id);
		clearTimeout(before?.timer);
		this.#lines.set(id, { socket, allowance: 0, behind: new Set(), timer: undefined });
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

	/** Sends a message; a droppable one is lost to whoever's line is busy. */
	message(to: readonly ParticipantId[], message: ServerMessage, droppable = false): void {
		const lines = this.#open(to).filter((line) => !droppable || waiting(line.socket) <= LIMITS.guestEphemeral);
		this.#cast(lines, 'm', message);
	}

	/** Sends mirror bytes of a tab to guests who look at it. Answers how many got them. */
	mirror(to: readonly ParticipantId[], tab: string, bytes: Uint8Array, droppable: boolean): number {
		const ready = this.#open(to).filter((line) => !line.behind.has(tab) && this.#hasRoom(line, tab, droppable));
		this.#cast(ready, 'x', tab, bytes);
		return ready.length;
	}

	/** Sends a guest a tab's mirror from the start: it is up to date with this. */
	keyframes(to: ParticipantId, tab: string, messages: readonly Uint8Array[]): void {
		const line = this.#lines.get(to);
		if (!line) return;
		line.behind.delete(tab);
		line.allowance = waiting(line.socket);
		for (const bytes of messages) {
			line.allowance += bytes.byteLength;
			line.socket.emit('x', tab, bytes);
		}
	}

	#open(to: readonly ParticipantId[]): Line[] {
		return to.map((id) => this.#lines.get(id)).filter((line) => line !== undefined);
	}

	/** Not socket.io's `volatile`, which loses whatever follows closely on something else; `waiting` says when to drop. */
	#cast(lines: readonly Line[], event: string, ...args: unknown[]): void {
		if (lines.length > 0) this.#io.to(lines.map(({ socket }) => socket.id)).emit(event, ...args);
	}

	#hasRoom(line: Line, tab: string, droppable: boolean): boolean {
		const bytes = waiting(line.socket);
		if (bytes < LIMITS.guestEphemeral) line.allowance = 0;
		if (droppable) return bytes <= LIMITS.guestEphemeral;
		if (bytes <= LIMITS.guestQueue + line.allowance) return true;
		line.behind.add(tab);
		this.#watch(line);
		return false;
	}

	#watch(line: Line): void {
		line.timer ??= setTimeout(() => {
			line.timer = undefined;
			if (waiting(line.socket) > LIMITS.guestEphemeral) return this.#watch(line);
			const id = [...this.#lines].find(([, other]) => other === line)?.[0];
			const tabs = [...line.behind];
			line.behind.clear();
			if (id !== undefined) for (const tab of tabs) this.#restart(id, tab);
		}, LOOK_AGAIN);
	}
}

/** What engine.io and its WebSocket show of themselves beyond their types. */
interface Buffers {
	readonly writeBuffer?: readonly { readonly data?: string | Uint8Array }[];
	readonly transport?: { readonly socket?: { readonly bufferedAmount?: number } };
}

/** Bytes that wait in this server for a socket's other end. */
function waiting(socket: Socket): number {
	const { writeBuffer = [], transport } = socket.conn as unknown as Buffers;
	const queued = writeBuffer.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
	return queued + (transport?.socket?.bufferedAmount ?? 0);
}
