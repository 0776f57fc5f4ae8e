// page (host): every proxied document, before its own scripts.
// How often changes go out. Time is saved up for it at a fixed share; what a message took is drawn from that, and while there is a debt the
// next one waits. A page that changes now and then never gets into debt, so its changes go at once.

/** Milliseconds that can be saved up: what goes at once after a quiet second or so. */
const SAVED = 8;
/** What handing a message over takes of the page, milliseconds; its own time says nothing, since the browser may put the page aside there. */
const HANDING = 0.15;
/** Longest wait, milliseconds: guests see ten pictures a second at least; and one frame of the screen for a while after somebody has acted. */
const LONGEST = 100;
const AT_HAND = 16;
const ACTED_FOR = 300;

export class Pace {
	readonly #now: () => number;
	readonly #share: number;
	#left = SAVED;
	#seen: number;
	#sent = Number.NEGATIVE_INFINITY;
	#actedUntil = Number.NEGATIVE_INFINITY;
	/** The first that comes of what somebody did goes at once, whatever is owed. */
	#awaits = false;

	/** `share`: which part of the page's time messages may take. */
	constructor(now: () => number, share: number) {
		this.#now = now;
		this.#share = share;
		this.#seen = now();
	}

	/** Somebody has touched the page: what comes of it is waited for. */
	acted(): void {
		this.#actedUntil = this.#now() + ACTED_FOR;
		this.#awaits = true;
	}

	/** Somebody has just acted, and nothing that came of it has gone out yet. */
	get awaits(): boolean {
		return this.#awaits && this.#now() < this.#actedUntil;
	}

	/** Changes were looked at for so many milliseconds; `handed`: a message came of it. */
	spent(ms: number, handed: boolean): void {
		const now = this.#now();
		this.#save(now);
		this.#left = Math.max(this.#left - ms - (handed ? HANDING : 0), -LONGEST * this.#share);
		this.#sent = now;
		if (handed) this.#awaits = false;
	}

	/** Milliseconds until the next message may go; 0: now. */
	wait(): number {
		const now = this.#now();
		this.#save(now);
		if (this.#left >= 0 || this.awaits) return 0;
		const most = this.#sent + (now < this.#actedUntil ? AT_HAND : LONGEST) - now;
		return Math.max(0, Math.min(-this.#left / this.#share, most));
	}

	#save(now: number): void {
		this.#left = Math.min(SAVED, this.#left + (now - this.#seen) * this.#share);
		this.#seen = now;
	}
}
