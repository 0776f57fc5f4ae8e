// server only (Node).
// A file that a guest's click downloads goes to the host, whose browser asked for it. The host is asked whether the guest gets it too,
// or has decided once for the tab, so that the host's shell says yes by itself; then the
// guest's own browser may ask for that one address, once, with the host's cookies (proxy/request/refuse-by-grade.ts).
import type { ParticipantId, Tab, TabId } from '../protocol/room.ts';
import type { FileSeen, TokenInfo } from '../proxy/index.ts';
import { shortId } from './ids.ts';
import type { Hub } from './rooms/hub.ts';
import { type Effect, send } from './rooms/room.ts';

/** How long after a guest's gesture a download is theirs, milliseconds: a site may take its time to make the file. */
const ACTED = 15_000;
/** How long the host's answer is waited for, and how long the guest's browser may then take to begin, milliseconds. */
const LIFE = 120_000;
/** Files of one session that wait. */
const MOST = 20;

interface Offer {
	readonly id: string;
	readonly session: string;
	readonly tab: TabId;
	readonly to: ParticipantId;
	readonly file: FileSeen;
	until: number;
	given: boolean;
}

export class Downloads {
	readonly #hub: Hub;
	readonly #acted = new Map<TabId, { readonly by: ParticipantId; readonly at: number }>();
	readonly #offers = new Map<string, Offer>();

	constructor(hub: Hub) {
		this.#hub = hub;
	}

	/** A guest in control acted in a tab. */
	acted(tab: TabId, by: ParticipantId): void {
		this.#acted.set(tab, { by, at: Date.now() });
	}

	/** A page of theirs downloads a file: where a guest's click may have done it, the host is asked. `jar`: the kind that the page's tab has. */
	seen({ session, holder }: TokenInfo, jar: Tab['jar'], file: FileSeen): void {
		this.#sweep();
		if (!this.#hub.has(session) || [...this.#offers.values()].filter((offer) => offer.session === session).length >= MOST) return;
		const [tab] = [...this.#hub.room(session).tabs.values()].filter(
			(each) => each.owner === holder && each.jar === jar && this.#isTheirs(each),
		);
		if (tab?.controller === undefined) return;
		const offer = { id: shortId(), session, tab: tab.id, to: tab.controller, file, until: Date.now() + LIFE, given: false };
		if (tab.rules.downloads === 'never') return;
		this.#offers.set(offer.id, offer);
		const decided = tab.rules.downloads === 'always';
		const ask = { t: 'download-ask', tab: tab.id, id: offer.id, from: offer.to, name: file.name, url: file.url, decided } as const;
		this.#say(session, send({ one: holder }, ask));
	}

	/** The host's answer. What they were not asked is nothing. */
	answer(session: string, host: ParticipantId, tab: TabId, id: string, yes: boolean): void {
		const offer = this.#offers.get(id);
		if (!offer || offer.session !== session || offer.tab !== tab || offer.given) return;
		this.#say(session, send({ one: host }, { t: 'download-over', id }));
		if (!yes) {
			this.#offers.delete(id);
			return;
		}
		this.#give(offer);
	}

	#give(offer: Offer): void {
		offer.given = true;
		offer.until = Date.now() + LIFE;
		const { session, to, tab, file } = offer;
		this.#say(session, send({ one: to }, { t: 'download', tab, url: file.url, name: file.name }));
	}

	/** Whether whoever holds a token of assets may have this address as a file. It is used up by that. */
	takes({ session, holder, grade }: TokenInfo, url: string): boolean {
		this.#sweep();
		const offer = [...this.#offers.values()].find(
			(each) => each.given && each.session === session && each.to === holder && each.file.url === url,
		);
		if (grade !== 'assets' || !offer) return false;
		this.#offers.delete(offer.id);
		return true;
	}

	#isTheirs({ id, controller }: Tab): boolean {
		const acted = this.#acted.get(id);
		return acted !== undefined && acted.by === controller && Date.now() - acted.at < ACTED;
	}

	#say(session: string, effect: Effect): void {
		if (this.#hub.has(session)) this.#hub.step(session, (room) => ({ room, effects: [effect] }));
	}

	#sweep(): void {
		for (const { id, until, session } of this.#offers.values()) if (until < Date.now() || !this.#hub.has(session)) this.#offers.delete(id);
		for (const [tab, { at }] of this.#acted) if (Date.now() - at > ACTED) this.#acted.delete(tab);
	}
}
