// server only (Node).
// A request's body on its way to a site, which can be sent once more from its beginning while no answer has begun.
import type { Readable, Writable } from 'node:stream';

/** Octets that are kept of a body to send it again. */
export const KEPT = 1024 * 1024;

export class SentBody {
	readonly #from: Readable;
	#kept: Buffer[] | undefined;
	#size = 0;

	constructor(from: Readable) {
		this.#from = from;
	}

	/** Whether what has been sent can be sent again. */
	get again(): boolean {
		return this.#kept !== undefined;
	}

	/** Sends the body: what has been sent before, then what is still to come. */
	pour(into: Writable): void {
		if (this.#kept) for (const chunk of this.#kept) into.write(chunk);
		else {
			this.#kept = [];
			this.#from.on('data', this.#keep);
		}
		this.#from.pipe(into);
	}

	/** From here on it is not sent again. */
	forget(): void {
		this.#kept = undefined;
		this.#from.off('data', this.#keep);
	}

	readonly #keep = (chunk: Buffer): void => {
		this.#size += chunk.length;
		if (this.#size > KEPT) this.forget();
		else this.#kept?.push(chunk);
	};
}
