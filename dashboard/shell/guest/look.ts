// page: no Node. Free look in the mirrors on this screen: which of them stand elsewhere than their host, how far, and the way back.
import type { FromMirror, ToMirror } from '../../../protocol/mirror-port.ts';
import type { TabId } from '../../../protocol/room.ts';

interface Shift {
	readonly x: number;
	readonly y: number;
}

const NONE: Shift = { x: 0, y: 0 };

export class GuestLook {
	readonly #say: (tab: TabId, message: ToMirror) => void;
	readonly #changed: (tab: TabId) => void;
	readonly #away = new Map<TabId, Shift>();

	/** `changed`: this guest looks elsewhere than the tab's host, or with them again. */
	constructor(say: (tab: TabId, message: ToMirror) => void, changed: (tab: TabId) => void) {
		this.#say = say;
		this.#changed = changed;
	}

	/** How far what the host sees of a tab is shifted here. */
	drift(tab: TabId): Shift {
		return this.#away.get(tab) ?? NONE;
	}

	/** Whether this guest looks elsewhere in the tab's page than its host. */
	roams(tab: TabId | undefined): boolean {
		return tab !== undefined && this.#away.has(tab);
	}

	/** Back to where the host is. */
	follow(tab: TabId): void {
		this.#say(tab, { t: 'follow' });
	}

	/** Scrolls a tab's mirror for this guest alone. */
	look(tab: TabId, x: number, y: number): void {
		this.#say(tab, { t: 'look', x, y });
	}

	/** Takes what a mirror says of its place. */
	said(tab: TabId, { away, x, y }: Extract<FromMirror, { t: 'scrolled' }>): void {
		const before = this.#away.has(tab);
		if (away) this.#away.set(tab, { x, y });
		else this.#away.delete(tab);
		if (before !== away) this.#changed(tab);
	}

	forget(tab: TabId): void {
		if (this.#away.delete(tab)) this.#changed(tab);
	}
}
