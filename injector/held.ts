// page (host).
// What waits for somebody's yes, by the number the shell knows it by: the latest alone, as of navigations.
export class Held {
	#n = 0;
	#go: (() => void) | undefined;

	/** Keeps `go` in the place of what waited; answers its number. */
	keep(go: () => void): number {
		this.#go = go;
		return ++this.#n;
	}

	/** What waits under that number, if it still does. Nothing waits any more. */
	take(n: number | undefined): (() => void) | undefined {
		const go = n === this.#n ? this.#go : undefined;
		this.#go = undefined;
		return go;
	}
}
