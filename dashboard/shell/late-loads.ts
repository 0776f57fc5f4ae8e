// page: no Node. Which tabs have been loading for so long that their strip says so: what the shell draws meanwhile takes of the cores that the page
// needs itself, and most pages have loaded before anybody would have seen it.
import type { Tab, TabId } from '../../protocol/room.ts';

/** Milliseconds. */
const LATE = 500;

export class LateLoads {
	readonly #changed: () => void;
	/** Timers of the tabs that load; undefined once they are late. */
	readonly #timers = new Map<TabId, ReturnType<typeof setTimeout> | undefined>();

	/** `changed`: a tab has become late. */
	constructor(changed: () => void) {
		this.#changed = changed;
	}

	/** Takes the tabs as they are now. */
	sync(tabs: readonly Tab[]): void {
		for (const id of [...this.#timers.keys()]) if (!tabs.some((tab) => tab.id === id && tab.loading)) this.#end(id);
		for (const { id, loading } of tabs) {
			if (!loading || this.#timers.has(id)) continue;
			const timer = setTimeout(() => {
				this.#timers.set(id, undefined);
				this.#changed();
			}, LATE);
			this.#timers.set(id, timer);
		}
	}

	has(tab: TabId): boolean {
		return this.#timers.has(tab) && this.#timers.get(tab) === undefined;
	}

	#end(id: TabId): void {
		clearTimeout(this.#timers.get(id));
		this.#timers.delete(id);
	}
}
