// page: no Node.
// Tells the session which media conditions hold in this browser, so that mirrors of its tabs answer as its pages do.
import { MEDIA } from '../../../protocol/css-media.ts';

export class HostMedia {
	/** Each condition with the browser's own list for it, which follows what holds. */
	#lists: readonly (readonly [condition: string, list: MediaQueryList])[] | undefined;
	/** What is on its way to the server. */
	#said = '';

	/** The connection was lost: what was said may be too. */
	resume(): void {
		this.#said = '';
	}

	/** Calls `say` where what holds is not what the session knows (`known`), and has not been said. */
	tell(known: readonly string[] | undefined, say: (holds: readonly string[]) => void): void {
		this.#lists ??= MEDIA.map((condition) => [condition, matchMedia(`(${condition})`)] as const);
		const holds = this.#lists.filter(([, { matches }]) => matches).map(([condition]) => condition);
		const text = holds.join();
		if (text === known?.join()) {
			this.#said = '';
			return;
		}
		if (text === this.#said) return;
		this.#said = text;
		say(holds);
	}
}
