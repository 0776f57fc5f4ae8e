// server only (Node).
// A file that a guest's click downloads goes to the host, whose browser asked for it. The host is asked whether the guest gets it too,
// or has decided once for the tab, so that the host's shell says yes by itself; then the
// guest's own browser may ask for that one address, once, with the host's cookies (proxy/request/refuse-by-grade.ts).
// A file that the page made itself has no address: its bytes pass through here, part by part, and are not kept.
import type { ClientMessage, FilePart, ParticipantId, Tab, TabId } from '../protocol/room.ts';
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
	/** Of a file that the page made: its number in the host's shell. */
	readonly made?: number;
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

	/** What was said by `by`, who may say so: of a guest's gestures, and of files. */
	heed(session: string, by: ParticipantId, message: ClientMessage): void {
		switch (message.t) {
			case 'input':
				this.acted(message.tab, by);
				break;
			case 'download-saved':
				this.saved(session, message.tab, { url: message.url ?? '', name: message.name }, message.made);
				break;
			case 'download-give':
				this.answer(session, by, message.tab, message.id, message.yes);
				break;
			case 'download-part':
				this.pass(session, message.tab, message);
				break;
			case 'download-taken':
				this.taken(session, by, message.id);
				break;
			default:
		}
	}

	/** A guest in control acted in a tab. */
	acted(tab: TabId, by: ParticipantId): void {
		this.#acted.set(tab, { by, at: Date.now() });
	}

	/** A page of theirs downloads a file: where a guest's click may have done it, the host is asked. `jar`: the kind that the page's tab has. */
	seen({ session, holder }: TokenInfo, jar: Tab['jar'], file: FileSeen): void {
		if (!this.#hub.has(session)) return;
		const tabs = [...this.#hub.room(session).tabs.values()];
		const tab = tabs.find((each) => each.owner === holder && each.jar === jar && this.#isTheirs(each));
		if (tab) this.#offer(session, tab, file);
	}

	/** The page of a tab saves a file, as its markup says: the same. With `made` one that it made itself. */
	saved(session: string, id: TabId, file: FileSeen, made?: number): void {
		const tab = this.#hub.room(session).tabs.get(id);
		if (tab && this.#isTheirs(tab) && (made === undefined) !== (file.url === '')) this.#offer(session, tab, file, made);
	}

	#offer(session: string, { id: tab, owner, controller, rules }: Tab, file: FileSeen, made?: number): void {
		this.#sweep();
		const waiting = [...this.#offers.values()].filter((offer) => offer.session === session);
		// What the page says that it saves is seen on its way, too.
		if (waiting.length >= MOST || waiting.some((offer) => file.url && offer.tab === tab && offer.file.url === file.url)) return;
		if (controller === undefined || rules.downloads === 'never') return;
		const number = made === undefined ? {} : { made };
		const offer: Offer = { id: shortId(), session, tab, to: controller, file, ...number, until: Date.now() + LIFE, given: false };
		this.#offers.set(offer.id, offer);
		const ask = {
			t: 'download-ask',
			tab,
			id: offer.id,
			from: offer.to,
			...file,
			decided: rules.downloads === 'always',
			...number,
		} as const;
		this.#say(session, send({ one: owner }, ask));
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
		offer.given = true;
		offer.until = Date.now() + LIFE;
		const { to, file, made } = offer;
		if (made === undefined) this.#say(session, send({ one: to }, { t: 'download', tab, ...file }));
		else this.#say(session, send({ one: host }, { t: 'download-send', tab, id, made }));
	}

	/** Part of a file that was given: to whom it was. */
	pass(session: string, tab: TabId, { id, bytes, last }: FilePart): void {
		const offer = this.#offers.get(id);
		if (offer?.session !== session || offer.tab !== tab || !offer.given || offer.made === undefined) return;
		offer.until = Date.now() + LIFE;
		if (last) this.#offers.delete(id);
		this.#say(session, send({ one: offer.to }, { t: 'download-part', tab, id, name: offer.file.name, bytes, last }));
	}

	/** The guest has a part: the host may send the next. */
	taken(session: string, by: ParticipantId, id: string): void {
		const offer = this.#offers.get(id);
		if (offer?.session !== session || offer.to !== by) return;
		const host = this.#hub.room(session).tabs.get(offer.tab)?.owner;
		if (host !== undefined) this.#say(session, send({ one: host }, { t: 'download-taken', id }));
	}

	/** What the file at this address is called, if whoever holds a token of assets may have it. It is used up by that. */
	takes({ session, holder, grade }: TokenInfo, url: string): string | undefined {
		this.#sweep();
		const offer = [...this.#offers.values()].find(
			(each) => each.given && each.session === session && each.to === holder && each.file.url === url,
		);
		if (grade !== 'assets' || !offer) return undefined;
		this.#offers.delete(offer.id);
		return offer.file.name;
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
