// server only, pure.
// How far behind a guest's line is, by what its shell says it has got. Buffers on the way (the kernel's, the network's) hide a slow line from
// whoever only looks at their own; an acknowledgement doesn't.

/** Milliseconds of a line's own delay that are taken for granted before it is known. */
const UNKNOWN = 500;
/** Milliseconds of arrivals that say something about a line's pace. */
const SAMPLE = 50;

export class Flow {
	/** What is under way, oldest first: where its last byte stands in all that was sent, and when it went. */
	readonly #under: { readonly end: number; readonly at: number }[] = [];
	#sent = 0;
	#acked = 0;
	/** Bytes a millisecond, as they arrived of late; and what arrived since it was looked at. */
	#pace: number | undefined;
	#since = 0;
	#arrived = 0;
	/** The shortest time from sending to hearing of it: the line's own delay. */
	#quickest = UNKNOWN;

	/** Bytes went out. None are never acknowledged, so they are not waited for: a tab that nobody has drawn yet begins with none. */
	sent(bytes: number, now: number): void {
		if (bytes === 0) return;
		if (this.#under.length === 0) this.#since = now + this.#quickest;
		this.#sent += bytes;
		this.#under.push({ end: this.#sent, at: now });
	}

	/** The other end has so many bytes in all. What was not sent can't be acknowledged. */
	acked(total: number, now: number): void {
		if (!(total > this.#acked && total <= this.#sent)) return;
		this.#measure(total - this.#acked, now);
		this.#acked = total;
		let last: number | undefined;
		while (this.#under.length && (this.#under[0]?.end ?? 0) <= total) last = this.#under.shift()?.at;
		if (last !== undefined) this.#quickest = Math.min(this.#quickest, now - last);
	}

	/** Bytes on their way. */
	get under(): number {
		return this.#sent - this.#acked;
	}

	/** Milliseconds until what is under way has arrived, beyond the line's own delay, at the pace at which it arrived last. */
	backlog(now: number): number {
		return this.#pace === undefined ? 0 : Math.max(0, this.under / this.#pace - this.#quickest - Math.max(0, now - this.#since));
	}

	#measure(bytes: number, now: number): void {
		this.#arrived += bytes;
		const time = now - this.#since;
		if (time < SAMPLE) return;
		const pace = this.#arrived / time;
		this.#pace = this.#pace === undefined ? pace : (this.#pace + pace) / 2;
		this.#since = now;
		this.#arrived = 0;
	}

	/** Milliseconds that the oldest bytes on their way take longer than the line's own delay; 0 where none do. */
	late(now: number): number {
		const oldest = this.#under[0];
		return oldest ? Math.max(0, now - oldest.at - this.#quickest) : 0;
	}
}
