// page and tests: no DOM.
// Where each tab of this host has been. A browser keeps one history for all frames of a window (HTML section 7.4.1, session history), so its way
// back may lead another tab back. While a tab's own last steps are the newest of all, they are gone by natively; past another tab's, its
// page is opened anew in the place of the one that is shown.
import type { TabId } from '../../../protocol/room.ts';

/** As the Navigation API says it. */
export type Move = 'push' | 'replace' | 'traverse';

/** How to go: the browser's own way by so many steps, or to a real URL in place of the present one. */
export type Way = { readonly native: number } | { readonly open: string };

interface Track {
	readonly urls: string[];
	at: number;
	/** Steps that the browser's own way back, and forth, goes in this tab. */
	back: number;
	ahead: number;
	/** Another tab has moved since this one began. */
	apart: boolean;
	/** Where the document that is being opened in place of the present one belongs. */
	coming: number | undefined;
}

export class TabHistories {
	readonly #tracks = new Map<TabId, Track>();
	/** Where each tab's page said last that it is; before it said anything, where the tab was sent. */
	readonly #addresses = new Map<TabId, { readonly url: string; readonly said: boolean }>();
	readonly #onApart: (tab: TabId) => void;

	/** `onApart`: from now on a page of that tab must not go back or forth by itself. */
	constructor(onApart: (tab: TabId) => void) {
		this.#onApart = onApart;
	}

	/** The tab is sent to an address. */
	sent(tab: TabId, url: string): void {
		if (!this.#addresses.get(tab)?.said) this.#addresses.set(tab, { url, said: false });
	}

	/** The tab's root says where it is; a browser without the Navigation API says nothing else. */
	said(tab: TabId, url: string): void {
		this.#addresses.set(tab, { url, said: true });
	}

	/** Where the tab is as far as anybody said: a page without our runtime says nothing. */
	address(tab: TabId): string {
		return this.#addresses.get(tab)?.url ?? '';
	}

	/** The tab's root is at another place now, or at the first. */
	moved(tab: TabId, how: Move, url: string): void {
		const track = this.#tracks.get(tab);
		if (!track) {
			// The first page of a frame stands in the place of nothing: no step of the window's history.
			const apart = [...this.#tracks.values()].some(({ urls }) => urls.length > 1);
			this.#tracks.set(tab, { urls: [url], at: 0, back: 0, ahead: 0, apart, coming: undefined });
			if (apart) this.#onApart(tab);
			return;
		}
		const { urls, coming } = track;
		track.coming = undefined;
		if (how === 'replace') {
			if (coming !== undefined) track.at = coming;
			urls[track.at] = url;
			return;
		}
		this.#separate(tab);
		if (how === 'push') {
			urls.splice(++track.at, urls.length, url);
			track.back++;
			track.ahead = 0;
			return;
		}
		const to = nearest(urls, track.at, url);
		const steps = to - track.at;
		track.at = to;
		urls[to] = url;
		track.back = Math.max(0, track.back + steps);
		track.ahead = Math.max(0, track.ahead - steps);
	}

	/** How a tab goes by so many steps; undefined: there is nothing. */
	way(tab: TabId, by: number): Way | undefined {
		const track = this.#tracks.get(tab);
		if (!track?.apart || (by < 0 ? track.back >= -by : track.ahead >= by)) return { native: by };
		const to = track.at + by;
		const open = track.urls[to];
		if (open === undefined) return undefined;
		track.coming = to;
		track.back = 0;
		track.ahead = 0;
		this.#separate(tab);
		return { open };
	}

	/** Whether a tab's pages leave going back and forth to this shell. */
	isApart(tab: TabId): boolean {
		return this.#tracks.get(tab)?.apart ?? false;
	}

	forget(tab: TabId): void {
		this.#addresses.delete(tab);
		const gone = this.#tracks.get(tab);
		this.#tracks.delete(tab);
		// Its steps stay in the browser's history, and lead nowhere.
		if (gone && gone.urls.length > 1) this.#separate(tab);
	}

	/** `tab` moves: the browser's own way in the others leads through that. */
	#separate(tab: TabId): void {
		for (const [other, track] of this.#tracks) {
			if (other === tab) continue;
			track.back = 0;
			track.ahead = 0;
			if (track.apart) continue;
			track.apart = true;
			this.#onApart(other);
		}
	}
}

/** The index of `url` that is nearest to `at` and not there, the one before it first; `at` where it is nowhere. */
function nearest(urls: readonly string[], at: number, url: string): number {
	for (let far = 1; far < urls.length; far++) {
		if (urls[at - far] === url) return at - far;
		if (urls[at + far] === url) return at + far;
	}
	return at;
}
