// server only (Node).
// Who lost their socket is expected back: what happens to them after a while, unless they come.
import type { ParticipantId } from '../protocol/room.ts';

export class Graces {
	readonly #timers = new Map<ParticipantId, NodeJS.Timeout[]>();

	/** Does each of `then` after its milliseconds, unless they are back before. */
	expect(id: ParticipantId, then: readonly (readonly [after: number, work: () => void])[]): void {
		this.back(id);
		this.#timers.set(
			id,
			then.map(([after, work]) => setTimeout(work, after).unref()),
		);
	}

	/** They are back, or not expected any more. */
	back(id: ParticipantId): void {
		for (const timer of this.#timers.get(id) ?? []) clearTimeout(timer);
		this.#timers.delete(id);
	}

	/** Nobody is expected any more. */
	close(): void {
		for (const id of [...this.#timers.keys()]) this.back(id);
	}
}
