// page: no Node.
// Where the roots of this host's tabs are. A document says so itself, and is believed as far as its origin, or the server, bears it out: the
// address bar of everybody in the session shows it.
import type { FrameMessage } from '../../../protocol/page.ts';
import type { TabId } from '../../../protocol/room.ts';
import { type Door, mayBeAt } from './ports.ts';

type PageMessage = Extract<FrameMessage, { t: 'page' }>;

/**
 * Milliseconds for which nobody is told that a page that is known loads once more: that wakes the server and all who are in the session, on cores
 * that the page needs itself, and most have loaded by then.
 */
const STILL = 150;

interface Needs {
	/** The document in a tab's own frame. */
	root(tab: TabId): Door | undefined;
	/** A document said where it is, and is believed. */
	believed(tab: TabId, state: PageMessage): void;
	/** Tells everybody of a tab's state. */
	tell(tab: TabId, state: PageMessage): void;
}

export class HostPlaces {
	readonly #needs: Needs;
	/** Where each tab was last said to be. */
	readonly #at = new Map<TabId, string>();
	/** What everybody knows of each tab. */
	readonly #told = new Map<TabId, PageMessage>();
	/** Tabs of which nobody knows yet that they load. */
	readonly #late = new Map<TabId, ReturnType<typeof setTimeout>>();
	/** Origins of documents that the server has sent without one. */
	readonly #sandboxed = new Set<string>();
	/** What a root without an origin says of itself while nobody vouches for it. */
	readonly #doubted = new Map<TabId, { readonly door: Door; readonly message: PageMessage }>();

	constructor(needs: Needs) {
		this.#needs = needs;
	}

	/** A tab's frame is on its way to `url`, which is what everybody sees already. */
	expect(tab: TabId, url: string): void {
		this.#at.set(tab, url);
	}

	/** Another document stands in the tab. Its runtime tells more in a moment; the page itself may see to it that this never comes. */
	arrived(door: Door, url: string): void {
		this.#doubted.delete(door.tab);
		if (this.#at.get(door.tab) !== url || door.place === undefined) this.said(door, { t: 'page', url, title: '', icon: '', loading: true });
	}

	/** The state of a root, in its own words. One in another's name is dropped; where that is all that is known of the document, it is shown as nobody's. */
	said(door: Door, message: PageMessage): void {
		const { tab } = door;
		const believed = this.believes(door, message.url);
		if (!believed && door.place !== undefined) return;
		if (believed) this.#doubted.delete(tab);
		else this.#doubted.set(tab, { door, message });
		const state = believed ? message : { ...message, url: 'about:blank', icon: '' };
		this.#at.set(tab, state.url);
		if (believed) this.#needs.believed(tab, state);
		this.#tell(tab, state);
	}

	/** Whether a document may be where it says. One without an origin may be anywhere: then it has to be from where the server has sent such a one. */
	believes({ place }: Door, url: string): boolean {
		if (place !== undefined || !/^(?:blob:)?https?:/i.test(url)) return mayBeAt(place, url);
		return URL.canParse(url) && this.#sandboxed.has(new URL(url).origin);
	}

	/** The server has sent a document of this origin that has none to the browser. */
	vouch(origin: string): void {
		this.#sandboxed.add(origin);
		for (const [tab, { door, message }] of [...this.#doubted]) if (this.#needs.root(tab) === door) this.said(door, message);
	}

	forget(tab: TabId): void {
		this.#at.delete(tab);
		this.#told.delete(tab);
		this.#doubted.delete(tab);
		this.#hush(tab);
	}

	/** What was told may be lost. */
	resume(): void {
		this.#at.clear();
		this.#told.clear();
	}

	#tell(tab: TabId, state: PageMessage): void {
		this.#hush(tab);
		const told = this.#told.get(tab);
		const known = told && told.url === state.url && told.title === state.title && told.icon === state.icon;
		if (known && told.loading === state.loading) return;
		const tell = () => {
			this.#hush(tab);
			this.#told.set(tab, state);
			this.#needs.tell(tab, state);
		};
		if (known && state.loading) this.#late.set(tab, setTimeout(tell, STILL));
		else tell();
	}

	#hush(tab: TabId): void {
		clearTimeout(this.#late.get(tab));
		this.#late.delete(tab);
	}
}
