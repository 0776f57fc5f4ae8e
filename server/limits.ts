// server only (Node).
// Brakes on guessing: how often a code, a ticket, a key or a password may be tried. Only failures count, so that many may join at once.
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { TandemError } from '../protocol/errors.ts';

interface Rule {
	/** Failures from one address. */
	readonly each: { readonly points: number; readonly seconds: number };
	/** Failures from all addresses together; undefined where guessing is hopeless anyway. */
	readonly all?: { readonly points: number; readonly seconds: number };
}

/** A code has 10^6 values: at 60 wrong tries a minute from everywhere, one of 10 live sessions is found in 19 hours on average, and noticed. */
const RULES = {
	code: { each: { points: 10, seconds: 600 }, all: { points: 60, seconds: 60 } },
	key: { each: { points: 30, seconds: 60 } },
	ticket: { each: { points: 30, seconds: 60 } },
	bearer: { each: { points: 30, seconds: 60 } },
	login: { each: { points: 10, seconds: 300 }, all: { points: 300, seconds: 60 } },
} as const satisfies Record<string, Rule>;

export type Guessable = keyof typeof RULES;

export class Brakes {
	readonly #each = new Map<Guessable, RateLimiterMemory>();
	readonly #all = new Map<Guessable, RateLimiterMemory>();

	constructor() {
		for (const [what, rule] of Object.entries(RULES) as [Guessable, Rule][]) {
			this.#each.set(what, new RateLimiterMemory({ points: rule.each.points, duration: rule.each.seconds }));
			if (rule.all) this.#all.set(what, new RateLimiterMemory({ points: rule.all.points, duration: rule.all.seconds }));
		}
	}

	/** Throws 'too-many' where `address` (or everybody together) has failed too often. */
	async check(what: Guessable, address: string): Promise<void> {
		const [each, all] = await Promise.all([this.#each.get(what)?.get(address), this.#all.get(what)?.get('all')]);
		if ((each && each.remainingPoints <= 0) || (all && all.remainingPoints <= 0)) throw new TandemError('too-many');
	}

	/** Notes a failure. */
	async failed(what: Guessable, address: string): Promise<void> {
		const spent = (limiter: RateLimiterMemory | undefined, name: string) => limiter?.consume(name).catch(() => undefined);
		await Promise.all([spent(this.#each.get(what), address), spent(this.#all.get(what), 'all')]);
	}
}
