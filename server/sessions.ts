// server only (Node).
// What REST can do with sessions, over the hub: begin, enter, join, look, drive, end.
import { TandemError } from '../protocol/errors.ts';
import { type DownloadRule, type JarChoice, NO_RULES, type TakeOver } from '../protocol/room.ts';
import { hashSecret, secret, shortId, sixDigits } from './ids.ts';
import { runTokenOf } from './rooms/handover.ts';
import type { Hub } from './rooms/hub.ts';
import { end, join } from './rooms/participants.ts';
import { type Admitted, inTurn, isAdmitted, putMember, type Room } from './rooms/room.ts';
import { navigateLater, open } from './rooms/tabs.ts';
import { participantView } from './rooms/view.ts';
import type { Store } from './store/store.ts';

/** Milliseconds a host link works, once. */
const TICKET_LIFE = 24 * 3600 * 1000;
/** Milliseconds after which a session in which nobody is connected ends by itself. */
const IDLE_LIFE = 12 * 3600 * 1000;
/** Live sessions at once: codes have to stay hard to guess. */
const SESSIONS_MAX = 1000;

/** What whoever begins a session may decide. */
interface Choices {
	readonly waitingRoom?: boolean | undefined;
	/** Guests see what is allowed, and nothing else. */
	readonly private?: boolean | undefined;
	/** The host's name. */
	readonly name?: string | undefined;
	readonly jar?: JarChoice | undefined;
	readonly takeOver?: TakeOver | undefined;
	/** Rules of its tabs; their hosts may decide otherwise. */
	readonly gate?: boolean | undefined;
	readonly downloads?: DownloadRule | undefined;
}

export class Sessions {
	readonly #hub: Hub;
	readonly #store: Store;
	readonly #app: string;

	/** `app` is the app's origin. */
	constructor(hub: Hub, store: Store, app: string) {
		this.#hub = hub;
		this.#store = store;
		this.#app = app;
	}

	/** Begins a session at an absolute URL, its host expected by the one-time link. */
	async create(url: string, choices: Choices) {
		const { waitingRoom = false, private: closed = false, name = 'Host', jar, takeOver = 'anyone' } = choices;
		const { gate = NO_RULES.gate, downloads = NO_RULES.downloads } = choices;
		if (this.#hub.count().sessions >= SESSIONS_MAX) throw new TandemError('unavailable', `${SESSIONS_MAX} sessions`);
		const room: Room = {
			id: shortId(),
			key: secret(132),
			code: this.#freeCode(),
			waitingRoom,
			private: closed,
			createdAt: Date.now(),
			members: new Map(),
			tabs: new Map(),
			presented: undefined,
			chat: [],
			ended: false,
			jar,
			takeOver,
			rules: { gate, downloads },
		};
		const host = shortId();
		this.#hub.begin(room);
		const begun = this.#hub.step(room.id, (current, world) =>
			inTurn(
				current,
				(each) => join(each, { id: host, name, role: 'agent', secretHash: undefined }, world),
				(each) => open(each, shortId(), host, url, world),
			),
		);
		await this.#hub.flush(room.id);
		const tabs = [...begun.tabs.keys()].map((id) => ({ id }));
		return { id: room.id, hostUrl: await this.#hostUrl(room.id, host), joinUrl: this.joinUrl(room), code: room.code, tabs };
	}

	/** A fresh host link for the session's agent. */
	async ticket(id: string): Promise<{ hostUrl: string }> {
		const room = await this.live(id);
		const agent = [...room.members.values()].find(({ role }) => role === 'agent');
		if (!agent) throw new TandemError('not-found', 'agent');
		return { hostUrl: await this.#hostUrl(id, agent.id) };
	}

	/**
	 * A host's one-time ticket for the secret that names them from now on; an older secret of theirs stops working. `opens`: where their tabs
	 * stand, and with which token they run.
	 */
	async enter(ticket: string): Promise<{ session: string; secret: string; opens: readonly { url: string; token: string }[] }> {
		const found = await this.#store.takeTicket(hashSecret(ticket), Date.now());
		if (!found) throw new TandemError('not-found', 'link');
		await this.live(found.session);
		const fresh = secret();
		this.#hub.step(found.session, (room) => {
			const member = room.members.get(found.participant);
			if (!member) throw new TandemError('removed');
			return { room: putMember(room, { ...member, secretHash: hashSecret(fresh) }), effects: [] };
		});
		await this.#hub.flush(found.session);
		const { members, tabs } = this.#hub.room(found.session);
		const member = members.get(found.participant);
		const own = isAdmitted(member) ? [...tabs.values()].filter(({ owner }) => owner === member.id) : [];
		const opens = own.map(({ url, jar }) => ({ url, token: runTokenOf(member as Admitted, jar) }));
		return { session: found.session, secret: fresh, opens };
	}

	/** A visitor joins by key or code. Throws 'not-found' and 'wrong-code'. */
	async join(by: { key: string; name: string } | { code: string; name: string }): Promise<{ session: string; secret: string }> {
		const id = 'key' in by ? this.#hub.register.byKey(by.key) : this.#hub.register.byCode(by.code);
		if (id === undefined) throw new TandemError('key' in by ? 'not-found' : 'wrong-code');
		const fresh = secret();
		const newcomer = { id: shortId(), name: by.name, role: 'visitor', secretHash: hashSecret(fresh) } as const;
		this.#hub.step(id, (room, world) => join(room, newcomer, world));
		await this.#hub.flush(id);
		return { session: id, secret: fresh };
	}

	/** A live room; throws 'session-ended' for one that was, 'not-found' for one that never was. */
	async live(id: string): Promise<Room> {
		if (this.#hub.has(id)) return this.#hub.room(id);
		throw new TandemError((await this.#store.fate(id)) === 'unknown' ? 'not-found' : 'session-ended');
	}

	async addTab(id: string, url: string, jar?: JarChoice): Promise<{ id: string }> {
		const room = await this.live(id);
		const agent = [...room.members.values()].find(({ role }) => role === 'agent');
		if (!agent) throw new TandemError('not-found', 'agent');
		const tab = shortId();
		this.#hub.step(id, (current, world) => open(current, tab, agent.id, url, world, { jar }));
		await this.#hub.flush(id);
		return { id: tab };
	}

	async navigate(id: string, tab: string, url: string): Promise<{ id: string; url: string }> {
		await this.live(id);
		this.#hub.step(id, (room) => navigateLater(room, tab, url));
		return { id: tab, url };
	}

	async end(id: string): Promise<void> {
		await this.live(id);
		this.#hub.step(id, end);
		await this.#hub.flush(id);
	}

	/** Ends sessions that everybody left long ago. */
	async endAbandoned(): Promise<void> {
		for (const id of this.#hub.abandoned(IDLE_LIFE)) await this.end(id);
	}

	/** A session as REST shows it. */
	view(room: Room) {
		return {
			id: room.id,
			createdAt: room.createdAt,
			joinUrl: this.joinUrl(room),
			code: room.code,
			waitingRoom: room.waitingRoom,
			private: room.private,
			participants: [...room.members.values()].map(participantView),
			tabs: [...room.tabs.values()],
			presented: room.presented,
		};
	}

	list() {
		return this.#hub.rooms().map((room) => this.view(room));
	}

	joinUrl({ key }: Room): string {
		return `${this.#app}/j/${key}`;
	}

	async #hostUrl(session: string, participant: string): Promise<string> {
		const ticket = secret();
		await this.#store.addTicket(hashSecret(ticket), { session, participant, expiresAt: Date.now() + TICKET_LIFE });
		return `${this.#app}/s/${session}#ticket=${ticket}`;
	}

	#freeCode(): string {
		for (;;) {
			const code = sixDigits();
			if (this.#hub.register.byCode(code) === undefined) return code;
		}
	}
}
