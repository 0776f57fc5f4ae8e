// page.
// Objects of the page's that we have to find again, and hold no longer than the page does: one that shows a frame, a component or a field after
// another for hours would else keep them all.
import { type Any, method, natives } from './natives.ts';

const { WeakRef: Ref } = globalThis as Any;
const deref = method<object | undefined>(Ref?.prototype, 'deref');
const { push } = Array.prototype;

/** References below which nothing is cleared. */
const FEW = 32;

export class LooseSet<T extends object> {
	readonly #refs: WeakRef<T>[] = [];
	readonly #held = new natives.WeakSet<T>();
	#limit = FEW;

	add(value: T): void {
		if (this.#held.has(value)) return;
		this.#held.add(value);
		if (this.#refs.length >= this.#limit) {
			this.all();
			this.#limit = Math.max(FEW, 2 * this.#refs.length);
		}
		natives.apply(push, this.#refs, [new Ref(value)]);
	}

	/** Those that are still there, oldest first. */
	all(): T[] {
		const there: T[] = [];
		const refs = this.#refs;
		let kept = 0;
		for (let i = 0; i < refs.length; i++) {
			const value = deref(refs[i]) as T | undefined;
			if (value === undefined) continue;
			there[kept] = value;
			refs[kept++] = refs[i] as WeakRef<T>;
		}
		refs.length = kept;
		return there;
	}
}
