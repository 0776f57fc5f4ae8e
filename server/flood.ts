// server only (Node), pure.
// How much one socket may say: a bucket that fills again with time. A shell at its busiest (gestures, pointer) stays far below.
import type { ClientMessage } from '../protocol/room.ts';

interface Rate {
	/** Messages at once. */
	readonly burst: number;
	/** Messages a second, for ever. */
	readonly rate: number;
}

const ANY: Rate = { burst: 2000, rate: 500 };
/** Kinds that reach everybody, or the disk. */
const RATES: Partial<Record<ClientMessage['t'], Rate>> = {
	chat: { burst: 20, rate: 2 },
	'tab-open': { burst: 20, rate: 1 },
	'control-ask': { burst: 10, rate: 1 },
	roam: { burst: 30, rate: 3 },
	mark: { burst: 200, rate: 60 },
	'mark-clear': { burst: 30, rate: 5 },
	'tab-state': { burst: 200, rate: 20 },
};

/** What may come: so much at once, and so much a second for ever. */
export class Bucket {
	readonly #rate: Rate;
	#left: number;
	#at: number;

	/** `now` in milliseconds, here and below. */
	constructor(rate: Rate, now: number) {
		this.#rate = rate;
		this.#left = rate.burst;
		this.#at = now;
	}

	/** Whether one more may come. It is counted then. */
	take(now: number): boolean {
		const { burst, rate } = this.#rate;
		const left = Math.min(burst, this.#left + ((now - this.#at) / 1000) * rate);
		this.#left = left >= 1 ? left - 1 : left;
		this.#at = now;
		return left >= 1;
	}
}

export class Flood {
	readonly #buckets = new Map<string, Bucket>();

	/** Whether a message of this kind may come now; `now` in milliseconds. Each one that may is counted. */
	allows(kind: ClientMessage['t'], now: number): boolean {
		const rate = RATES[kind];
		return this.#take('', ANY, now) && (!rate || this.#take(kind, rate, now));
	}

	#take(name: string, rate: Rate, now: number): boolean {
		const bucket = this.#buckets.get(name) ?? new Bucket(rate, now);
		this.#buckets.set(name, bucket);
		return bucket.take(now);
	}
}
