// server only (Node).
// The last deltas of a frame as they came, for a guest who missed a few.
const RING_BYTES = 512 * 1024;

export class Ring {
	readonly #kept: { readonly seq: number; readonly bytes: Uint8Array }[] = [];
	#bytes = 0;

	push(seq: number, bytes: Uint8Array): void {
		this.#kept.push({ seq, bytes });
		this.#bytes += bytes.length;
		while (this.#bytes > RING_BYTES) this.#bytes -= this.#kept.shift()?.bytes.length ?? this.#bytes;
	}

	/** The deltas after `seq` up to `last`; undefined where one of them is gone. */
	after(seq: number, last: number): Uint8Array[] | undefined {
		if (seq > last) return undefined;
		const missed = this.#kept.filter((delta) => delta.seq > seq);
		return missed.length === last - seq ? missed.map((delta) => delta.bytes) : undefined;
	}
}
