// mirror document (guest's browser).
// The check by hash: the host says what each frame's tree hashes to at rest, and a frame that differs here is asked for anew.
import type { FrameId, MirrorMessage } from '../../protocol/mirror.ts';
import { digestOf } from './check.ts';
import type { FrameView } from './frame.ts';
import { inSlices } from './slices.ts';

/** Milliseconds between two checks at rest; checking may take one part in this many of the time. */
const PAUSE = 1000;
const SHARE = 20;
/** After this many repairs in a row that did not help, a frame is left as it is. */
const REPAIRS = 3;

interface Needs {
	viewOf(frame: FrameId): FrameView | undefined;
	/** Whether a key that was asked for is on its way. */
	waits(frame: FrameId): boolean;
	/** The frame differs; `again`: although it was repaired. */
	repair(frame: FrameId, again: boolean): void;
	/** Whether all frames that rest agree, and how many repairs there were so far. */
	tell(agree: boolean, repairs: number): void;
}

export class Checks {
	readonly #needs: Needs;
	readonly #digests = new Map<FrameId, { readonly seq: number; readonly hash: number }>();
	/** Checks in a row that failed, by frame. */
	readonly #failed = new Map<FrameId, number>();
	#repairs = 0;
	#count = 0;
	/** Milliseconds that the last check took: of two the shorter says more, since the browser may put the page aside meanwhile. */
	#took = 50;
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** The host's hash at `seq`; kept, and compared again from time to time while nothing comes. */
	said({ frame, seq, hash }: Extract<MirrorMessage, { t: 'digest' }>): void {
		this.#digests.set(frame, { seq, hash });
		this.#check();
	}

	/** The frame has changed in what goes into its hash: the host sends another one. */
	moved(frame: FrameId): void {
		this.#digests.delete(frame);
	}

	/** The frame is gone, or drawn anew. */
	drop(frame: FrameId): void {
		this.#failed.delete(frame);
	}

	clear(): void {
		this.#digests.clear();
	}

	#check(): void {
		clearTimeout(this.#timer);
		this.#count++;
		inSlices(
			(full) => this.#compared(full, this.#count),
			(check) => {
				if (!check) return;
				this.#needs.tell(check.agree, this.#repairs);
				const took = Math.min(check.took, this.#took);
				this.#took = check.took;
				if (this.#digests.size) this.#timer = setTimeout(() => this.#check(), PAUSE + took * SHARE);
			},
		);
	}

	/** Whether all frames that rest agree, and how long it took to see; undefined where a later check (`n` is this one's number) has begun. */
	*#compared(full: () => boolean, n: number): Generator<void, { agree: boolean; took: number } | undefined> {
		const began = performance.now();
		let agree = true;
		for (const [frame, digest] of [...this.#digests]) {
			const { seq, hash } = digest;
			const view = this.#needs.viewOf(frame);
			if (this.#needs.waits(frame)) agree = false;
			if (!view || view.seq !== seq || this.#needs.waits(frame)) continue;
			const own = yield* digestOf(view, full);
			if (n !== this.#count) return undefined;
			// It has changed, or was drawn anew, between two slices.
			if (this.#needs.viewOf(frame) !== view || view.seq !== seq || this.#digests.get(frame) !== digest) continue;
			if (own === hash) this.#failed.delete(frame);
			else {
				agree = false;
				this.#differs(frame);
			}
		}
		return { agree, took: performance.now() - began };
	}

	#differs(frame: FrameId): void {
		const failed = (this.#failed.get(frame) ?? 0) + 1;
		this.#failed.set(frame, failed);
		if (failed > REPAIRS) {
			this.#digests.delete(frame);
			return;
		}
		this.#repairs++;
		this.#needs.repair(frame, failed > 1);
	}
}
