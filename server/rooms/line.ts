// server only (Node).
// One participant's line as the outbox sees it: what it takes now, and what it was not given.
import type { Socket } from 'socket.io';
import { LIMITS } from '../../protocol/limits.ts';
import type { FrameId } from '../../protocol/mirror.ts';
import type { ParticipantId, TabId } from '../../protocol/room.ts';
import { Flow } from './flow.ts';

/** What goes over a line, what can be spared first at the front; and how many milliseconds late a line may be to take it still. */
const LATE = { pointer: 120, glance: 250, content: 500 } as const;
export type Cargo = keyof typeof LATE;

/** Milliseconds late at which what was missed may follow: the line is not idle meanwhile. */
const FREE = 250;
/** Milliseconds late past which a line counts as slow, and for how long it has to be quick again. */
const SLOW = 700;
const QUICK_FOR = 4000;

export class Line {
	readonly id: ParticipantId;
	readonly socket: Socket;
	/** Undefined: its other end does not acknowledge; then only what waits in this process is known. */
	readonly flow: Flow | undefined;
	/** Tabs whose mirror this guest lost track of, since its line was full. */
	readonly behind = new Set<TabId>();
	/** Tabs of which droppable things were left out. */
	readonly stale = new Set<TabId>();
	readonly positions = new Map<TabId, Map<FrameId, number>>();
	timer: NodeJS.Timeout | undefined;
	slow = false;
	#lateAt = 0;
	/** Bytes of keyframes still allowed to wait beyond the limit: a big page must not count as lagging. */
	#allowance = 0;

	constructor(id: ParticipantId, socket: Socket, modern: boolean) {
		this.id = id;
		this.socket = socket;
		this.flow = modern ? new Flow() : undefined;
	}

	had(tab: TabId): Map<FrameId, number> {
		const had = this.positions.get(tab) ?? new Map<FrameId, number>();
		this.positions.set(tab, had);
		return had;
	}

	/** Whether this may go out now. */
	takes(cargo: Cargo, now: number): boolean {
		if (this.flow) return this.flow.late(now) <= LATE[cargo] && this.flow.backlog(now) <= LATE[cargo];
		const bytes = waiting(this.socket);
		if (bytes < LIMITS.guestEphemeral) this.#allowance = 0;
		return bytes <= (cargo === 'content' ? LIMITS.guestQueue + this.#allowance : LIMITS.guestEphemeral);
	}

	/** So many bytes of keyframes follow. */
	allow(bytes: number): void {
		this.#allowance = waiting(this.socket) + bytes;
	}

	/** Whether what was left out may follow. */
	free(now: number): boolean {
		return this.flow ? this.flow.late(now) <= FREE && this.flow.backlog(now) <= FREE : waiting(this.socket) <= LIMITS.guestEphemeral;
	}

	/** Whether it has to be looked at again without being told to. */
	busy(now: number): boolean {
		return this.slow || this.behind.size + this.stale.size > 0 || (this.flow?.late(now) ?? 0) > 0 || (this.flow?.under ?? 0) > 0;
	}

	/** Looks whether the line is slow. True: that has changed. */
	judge(now: number): boolean {
		const late = this.flow?.late(now) ?? 0;
		if (late > SLOW) this.#lateAt = now;
		const slow = late > SLOW || (this.slow && now - this.#lateAt < QUICK_FOR);
		const changed = slow !== this.slow;
		this.slow = slow;
		return changed;
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
