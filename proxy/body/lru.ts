// server only (Node).
// A map that forgets what was not used for longest once it holds more than `limit` bytes.

export class ByteLru<V> {
	readonly #limit: number;
	readonly #entries = new Map<string, { readonly value: V; readonly size: number }>();
	bytes = 0;

	constructor(limit: number) {
		this.#limit = limit;
	}

	get(key: string): V | undefined {
		const entry = this.#entries.get(key);
		if (!entry) return undefined;
		this.#entries.delete(key);
		this.#entries.set(key, entry);
		return entry.value;
	}

	/** Keeps `value`; one that is larger than a quarter of all is not kept. */
	set(key: string, value: V, size: number): void {
		this.#forget(key);
		if (size > this.#limit / 4) return;
		this.#entries.set(key, { value, size });
		this.bytes += size;
		for (const oldest of this.#entries.keys()) {
			if (this.bytes <= this.#limit) break;
			this.#forget(oldest);
		}
	}

	#forget(key: string): void {
		const entry = this.#entries.get(key);
		if (!entry) return;
		this.#entries.delete(key);
		this.bytes -= entry.size;
	}
}
