// server only (Node).
// The sockets: who connects by which secret, what they say (decoded, applied to the room), and the effects that go out.
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Kept } from '../protocol/carry.ts';
import { REASONS, TandemError } from '../protocol/errors.ts';
import { LIMITS, PROTOCOL_VERSION } from '../protocol/limits.ts';
import { type Mask, maskFor, NOBODY } from '../protocol/privacy.ts';
import type { ClientMessage, ParticipantId, TabId, Welcome } from '../protocol/room.ts';
import { decode } from './doors/decode.ts';
import { decodeMessage, kindOf } from './doors/message.ts';
import { SCHEMAS } from './doors/rest.ts';
import { Flood } from './flood.ts';
import { hashSecret } from './ids.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Policies } from './policies.ts';
import { apply } from './rooms/apply.ts';
import { hostGone, packed } from './rooms/handover.ts';
import type { Hub } from './rooms/hub.ts';
import { Luggage } from './rooms/luggage.ts';
import { Mirrors } from './rooms/mirrors.ts';
import { Outbox } from './rooms/outbox.ts';
import { connect, disconnect, giveUp } from './rooms/participants.ts';
import { type Audience, type Effect, isAdmitted, type Room, type Step } from './rooms/room.ts';
import { sessionView } from './rooms/view.ts';
import { mayCall } from './security.ts';
import type { Sessions } from './sessions.ts';
import type { Store } from './store/store.ts';
import { readAddress } from './url.ts';

/** Milliseconds until somebody whose socket is gone loses the control they had. */
const GRACE = 20_000;
/** Milliseconds until a host whose socket is gone counts as gone, so that others may take their tabs over. */
const HOST_GRACE = 6000;
/** Milliseconds that a host's browser has to pack before a tab moves without what it had to say. */
const PACK = 1500;

export interface GatewayNeeds {
	readonly app: string;
	/** The origin all labels live under. */
	readonly zone: string;
	readonly hub: Hub;
	readonly sessions: Sessions;
	readonly policies: Policies;
	readonly store: Store;
	readonly metrics: Metrics;
	readonly log: Log;
	/** Copies the cookies that a participant's own jar has for the site of `url` into another participant's own. */
	copyCookies(session: string, from: ParticipantId, to: ParticipantId, url: string): void;
}

export class Gateway {
	readonly #needs: GatewayNeeds;
	readonly #io: Server;
	readonly #outbox: Outbox;
	readonly #mirrors = new Mirrors();
	readonly #luggage = new Luggage();
	readonly #graces = new Map<ParticipantId, NodeJS.Timeout[]>();
	#closed = false;

	/** `http` is a server of the app's requests alone: a page behind a label may have a /socket.io of its own. */
	constructor(http: HttpServer, needs: GatewayNeeds) {
		this.#needs = needs;
		this.#io = new Server(http, {
			serveClient: false,
			maxHttpBufferSize: LIMITS.mirrorBytes,
			// Small messages, many receivers: deflate would cost 58 µs a delivery instead of 12.
			perMessageDeflate: false,
			httpCompression: false,
			allowRequest: (req, done) => {
				// Programs send no Origin and no Fetch Metadata; their secret is checked all the same. Pages always send one of them.
				const program = req.headers.origin === undefined && req.headers['sec-fetch-site'] === undefined;
				const ok = program || mayCall(req, needs.app);
				if (!ok) needs.metrics.refused('not-same-origin');
				done(null, ok);
			},
		});
		this.#outbox = new Outbox(this.#io, (to, tab) => this.#sendMirror(to, tab));
		needs.hub.onEffects((room, effects) => {
			for (const effect of effects) this.#carryOut(room, effect);
			if (!room.ended) return;
			this.#mirrors.forgetSession(room.id);
			this.#luggage.forgetSession(room.id);
		});
		needs.policies.onChange(() => {
			for (const room of needs.hub.rooms())
				this.#outbox.message(audience(room, { all: true }), { t: 'policy', policy: needs.policies.of(room) });
		});
		this.#io.use((socket, next) => next(versionProblem(socket)));
		this.#io.on('connection', (socket) => void this.#connected(socket).catch((error: unknown) => this.#failed(socket, error)));
	}

	/** Starts the grace time of everybody: after a restart all are away, and expected back. */
	expectAll(): void {
		for (const room of this.#needs.hub.rooms()) for (const id of room.members.keys()) this.#expect(room.id, id);
	}

	/** Frames and nodes of all mirrors kept here. */
	kept(): { frames: number; nodes: number } {
		return this.#mirrors.stats();
	}

	async close(): Promise<void> {
		this.#closed = true;
		for (const id of [...this.#graces.keys()]) this.#isBack(id);
		await this.#io.close();
	}

	async #connected(socket: Socket): Promise<void> {
		const { hub, store, log } = this.#needs;
		const hash = hashSecret(decode(SCHEMAS.connect, socket.handshake.auth).secret);
		const seat = hub.register.bySecret(hash);
		if (!seat) {
			await hub.flush();
			const fate = await store.fateOf(hash);
			socket.emit('m', { t: 'bye', code: fate === 'removed' ? 'removed' : 'session-ended' });
			socket.disconnect(true);
			return;
		}
		const { session, participant } = seat;
		const replaced = this.#outbox.open(participant, socket);
		replaced?.emit('m', { t: 'bye', code: 'replaced' });
		replaced?.disconnect(true);
		this.#isBack(participant);
		const flood = new Flood();
		socket.on('m', (value: unknown) => this.#said(socket, session, participant, value, flood));
		socket.on('x', (tab: unknown, bytes: unknown, only: unknown) => this.#mirrorBytes(session, participant, tab, bytes, only));
		socket.on('disconnect', () => {
			if (this.#closed || !this.#outbox.close(participant, socket) || !hub.has(session)) return;
			hub.step(session, (room) => disconnect(room, participant));
			this.#expect(session, participant);
		});
		log.info({ session, participant }, 'connected');
		hub.step(session, (room) => connect(room, participant));
	}

	#said(socket: Socket, session: string, by: ParticipantId, value: unknown, flood: Flood): void {
		if (this.#outbox.socketOf(by) !== socket) return;
		try {
			const decoded = decodeMessage(value);
			if (!flood.allows(decoded.t, Date.now())) throw new TandemError('too-many');
			const message = withAddress(decoded);
			const room = this.#needs.hub.step(session, (current, world) => apply(current, by, message, world));
			if (message.t === 'storage') this.#keep(room, message.tab, message.kept);
		} catch (error) {
			this.#refuse(socket, session, by, kindOf(value), error);
		}
	}

	#refuse(socket: Socket, session: string, by: ParticipantId, what: ClientMessage['t'] | undefined, error: unknown): void {
		const { log, metrics } = this.#needs;
		const reason = error instanceof TandemError ? error : new TandemError('internal');
		metrics.refused(reason.code);
		if (reason.code === 'internal') log.error({ err: error, session, participant: by, what }, 'a message failed');
		else log.warn({ session, participant: by, what, reason: reason.code, status: REASONS[reason.code].status }, 'refused a message');
		if (what) socket.emit('m', { t: 'refused', what, code: reason.code, detail: reason.detail });
	}

	#failed(socket: Socket, error: unknown): void {
		this.#needs.log.warn({ err: error }, 'a socket could not be taken');
		socket.disconnect(true);
	}

	/** Mirror bytes: from a tab's owner for those who look at it, or from such a guest for the relay. */
	#mirrorBytes(session: string, by: ParticipantId, tab: unknown, bytes: unknown, only: unknown): void {
		const { hub, metrics, log } = this.#needs;
		if (typeof tab !== 'string' || !(bytes instanceof Uint8Array) || !hub.has(session)) return;
		const room = hub.room(session);
		const owner = room.tabs.get(tab)?.owner;
		const member = room.members.get(by);
		if (owner === undefined || !isAdmitted(member)) {
			metrics.refused('mirror');
			return;
		}
		try {
			if (owner === by) {
				for (const { relay, mask } of this.#mirrors.to(session, tab, typeof only === 'number' ? only : undefined)) {
					const { toGuests, toHost, droppable } = relay.fromHost(bytes);
					const guests = viewersOf(room, tab, by, mask);
					for (const each of toGuests) metrics.mirrored(this.#outbox.mirror(guests, tab, each, droppable) * each.byteLength);
					this.#toHost(owner, tab, toHost);
				}
			} else if (member.viewing === tab) {
				const { toGuest, toHost } = this.#mirrors.of(session, tab, member.role).fromGuest(bytes);
				for (const each of toGuest) metrics.mirrored(this.#outbox.mirror([by], tab, each, false) * each.byteLength);
				this.#toHost(owner, tab, toHost);
			}
		} catch (error) {
			metrics.refused('mirror');
			log.warn({ err: error, session, participant: by }, 'mirror bytes that could not be read');
		}
	}

	#toHost(owner: ParticipantId, tab: TabId, messages: readonly Uint8Array[]): void {
		for (const bytes of messages) this.#outbox.socketOf(owner)?.emit('x', tab, bytes);
	}

	#carryOut(room: Room, effect: Effect): void {
		switch (effect.do) {
			case 'send':
				if (effect.message.t === 'tab-gone') {
					this.#mirrors.forget(room.id, effect.message.id);
					this.#luggage.forget(room.id, effect.message.id);
				}
				this.#outbox.message(audience(room, effect.to), effect.message, effect.droppable);
				return;
			case 'welcome':
				this.#outbox.message([effect.to], this.#welcome(room, effect.to));
				for (const tab of room.tabs.values()) {
					if (tab.owner === effect.to) this.#toHost(effect.to, tab.id, this.#mirrors.of(room.id, tab.id).hostBack());
				}
				return;
			case 'mirror':
				this.#sendMirror(effect.to, effect.tab, room);
				return;
			case 'await-pack':
				setTimeout(() => {
					if (this.#needs.hub.has(room.id)) this.#needs.hub.step(room.id, (current, world) => packed(current, effect.tab, world));
				}, PACK).unref();
				return;
			case 'carry':
				this.#carry(room, effect);
				return;
			case 'bye': {
				const socket = this.#outbox.socketOf(effect.to);
				socket?.emit('m', { t: 'bye', code: effect.code });
				this.#outbox.close(effect.to);
				this.#isBack(effect.to);
				socket?.disconnect(true);
			}
		}
	}

	/** Storage of a host's page: kept where the tab's jar is shared, or its host said that their own may go along. */
	#keep(room: Room, id: TabId, kept: Kept): void {
		const tab = room.tabs.get(id);
		if (tab?.jar === 'shared' || tab?.handover.signedIn) this.#luggage.put(room.id, id, kept);
	}

	/** A tab's new host gets what goes along, before they hear that it is theirs. */
	#carry(room: Room, { from, to, tab: id, signedIn }: Extract<Effect, { do: 'carry' }>): void {
		const tab = room.tabs.get(id);
		if (!tab) return;
		const shared = tab.jar === 'shared';
		if (!shared && signedIn) this.#needs.copyCookies(room.id, from, to, tab.url);
		const storage = shared || signedIn ? this.#luggage.of(room.id, id) : [];
		if (!shared) this.#luggage.forget(room.id, id);
		const carried = { storage, documents: this.#mirrors.of(room.id, id, room.members.get(to)?.role).carried() };
		this.#outbox.message([to], { t: 'carry', tab: id, carried });
		this.#needs.log.info({ session: room.id, tab: id, from, to }, 'a tab has another host');
	}

	/** A tab's mirror from keyframes on, to a guest of it. */
	#sendMirror(to: ParticipantId, tab: TabId, known?: Room): void {
		const room = known ?? this.#needs.hub.rooms().find(({ members }) => members.has(to));
		const found = room?.tabs.get(tab);
		if (!room || !found || found.owner === to || room.members.get(to)?.viewing !== tab) return;
		const keys = this.#mirrors.of(room.id, tab, room.members.get(to)?.role).join();
		this.#needs.metrics.mirrored(keys.reduce((sum, { byteLength }) => sum + byteLength, 0));
		this.#outbox.keyframes(to, tab, keys);
	}

	#welcome(room: Room, to: ParticipantId): Welcome {
		const member = room.members.get(to);
		if (!isAdmitted(member)) throw new TypeError('only the admitted are welcomed');
		const session = sessionView(room, this.#needs.sessions.joinUrl(room), member.role);
		return { t: 'welcome', you: to, zone: this.#needs.zone, ...member.pass, session, policy: this.#needs.policies.of(room) };
	}

	/** Waits for somebody to come back; past the grace time they lose what only a present one may hold. */
	#expect(session: string, id: ParticipantId): void {
		const { hub } = this.#needs;
		this.#isBack(id);
		const after = (ms: number, step: (room: Room) => Step) =>
			setTimeout(() => {
				if (hub.has(session)) hub.step(session, step);
			}, ms).unref();
		this.#graces.set(id, [after(HOST_GRACE, (room) => hostGone(room, id)), after(GRACE, (room) => giveUp(room, id))]);
	}

	#isBack(id: ParticipantId): void {
		for (const timer of this.#graces.get(id) ?? []) clearTimeout(timer);
		this.#graces.delete(id);
	}
}

function versionProblem(socket: Socket): Error | undefined {
	const auth = SCHEMAS.connect.safeParse(socket.handshake.auth);
	if (!auth.success) return new Error('auth');
	return auth.data.version === PROTOCOL_VERSION ? undefined : new Error('version');
}

/** The message with what was typed as an address made into a URL. Throws 'bad-url'. */
function withAddress(message: ClientMessage): ClientMessage {
	return message.t === 'tab-open' || message.t === 'tab-navigate' ? { ...message, url: readAddress(message.url) } : message;
}

/** Who of the room is meant. Those without a socket get nothing. */
function audience(room: Room, to: Audience): ParticipantId[] {
	if ('one' in to) return [to.one];
	if ('viewers' in to) return viewersOf(room, to.viewers, to.but);
	const members = [...room.members.values()].filter(isAdmitted);
	if ('agents' in to) return members.filter(({ role }) => role === 'agent').map(({ id }) => id);
	return members.filter(({ id }) => id !== to.but).map(({ id }) => id);
}

/** Those who look at a tab, of some classes of guests. */
function viewersOf(room: Room, tab: TabId, but: ParticipantId, mask: Mask = NOBODY): ParticipantId[] {
	return [...room.members.values()]
		.filter((member) => isAdmitted(member) && member.viewing === tab && member.id !== but && (maskFor([member.role]) & mask) > 0)
		.map(({ id }) => id);
}
