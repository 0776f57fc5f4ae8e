// server only (Node).
// The sockets: who connects by which secret, what they say (decoded, applied to the room), and the effects that go out.
import type { Server as HttpServer } from 'node:http';
import { Server, type Socket } from 'socket.io';
import type { Kept } from '../protocol/carry.ts';
import { REASONS, TandemError } from '../protocol/errors.ts';
import { LIMITS, PROTOCOL_VERSION } from '../protocol/limits.ts';

import type { ClientMessage, ParticipantId, TabId, Welcome } from '../protocol/room.ts';
import { audience } from './audience.ts';
import { decode } from './doors/decode.ts';
import { decodeMessage, kindOf, newTabOf } from './doors/message.ts';
import { SCHEMAS } from './doors/rest.ts';
import type { Downloads } from './downloads.ts';
import { Flood } from './flood.ts';
import { Graces } from './graces.ts';
import { hashSecret } from './ids.ts';
import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Policies } from './policies.ts';
import { apply } from './rooms/apply.ts';
import { hostGone, packed } from './rooms/handover.ts';
import type { Hub } from './rooms/hub.ts';
import { Luggage } from './rooms/luggage.ts';
import { Marks } from './rooms/marks.ts';
import { type Had, Outbox } from './rooms/outbox.ts';
import { connect, disconnect, giveUp } from './rooms/participants.ts';
import { type Effect, isAdmitted, type Room, type Step } from './rooms/room.ts';
import { Traffic } from './rooms/traffic.ts';
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
	readonly downloads: Downloads;
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
	readonly #traffic: Traffic;
	readonly #luggage = new Luggage();
	readonly #marks = new Marks();
	readonly #graces = new Graces();
	/** What a shell said it has, while it is being welcomed. */
	readonly #arriving = new Map<ParticipantId, { readonly had: ReadonlyMap<TabId, Had>; readonly fresh: boolean }>();
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
		this.#outbox = new Outbox(this.#io, {
			restart: (to, tab, had) => this.#traffic.send(to, tab, undefined, had),
			refresh: (to, tab) => this.#traffic.refresh(to, tab),
			slow: (id, slow) => this.#tellLine(id, slow),
		});
		this.#traffic = new Traffic(needs, this.#outbox);
		needs.hub.onEffects((room, effects) => {
			for (const effect of effects) this.#carryOut(room, effect);
			if (!room.ended) return;
			this.#traffic.mirrors.forgetSession(room.id);
			this.#luggage.forgetSession(room.id);
			this.#marks.forgetSession(room.id);
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
		return this.#traffic.mirrors.stats();
	}

	async close(): Promise<void> {
		this.#closed = true;
		this.#graces.close();
		await this.#io.close();
	}

	async #connected(socket: Socket): Promise<void> {
		const { hub, store, log } = this.#needs;
		const auth = decode(SCHEMAS.connect, socket.handshake.auth);
		const hash = hashSecret(auth.secret);
		const seat = hub.register.bySecret(hash);
		if (!seat) {
			await hub.flush();
			const fate = await store.fateOf(hash);
			socket.emit('m', { t: 'bye', code: fate === 'removed' ? 'removed' : 'session-ended' });
			socket.disconnect(true);
			return;
		}
		const { session, participant } = seat;
		const replaced = this.#outbox.open(participant, socket, auth.modern);
		replaced?.emit('m', { t: 'bye', code: 'replaced' });
		replaced?.disconnect(true);
		this.#graces.back(participant);
		const flood = new Flood();
		socket.on('m', (value: unknown) => this.#said(socket, session, participant, value, flood));
		socket.on('a', (total: unknown) => {
			if (typeof total === 'number' && this.#outbox.socketOf(participant) === socket) this.#outbox.acked(participant, total);
		});
		socket.on('x', (tab: unknown, bytes: unknown, only: unknown) => this.#traffic.take(session, participant, tab, bytes, only));
		socket.on('disconnect', () => {
			if (this.#closed || !this.#outbox.close(participant, socket) || !hub.has(session)) return;
			hub.step(session, (room) => disconnect(room, participant));
			this.#expect(session, participant);
		});
		log.info({ session, participant }, 'connected');
		this.#arriving.set(participant, { had: new Map(auth.had?.map(([tab, frames]) => [tab, new Map(frames)])), fresh: auth.fresh ?? false });
		hub.step(session, (room) => connect(room, participant));
		this.#arriving.delete(participant);
	}

	#said(socket: Socket, session: string, by: ParticipantId, value: unknown, flood: Flood): void {
		if (this.#outbox.socketOf(by) !== socket) return;
		try {
			const decoded = decodeMessage(value);
			if (!flood.allows(decoded.t, Date.now())) throw new TandemError('too-many');
			const message = withAddress(decoded);
			const room = this.#needs.hub.step(session, (current, world) => apply(current, by, message, world));
			this.#needs.downloads.heed(session, by, message);
			if (message.t === 'storage') this.#keep(room, message.tab, message.kept);
		} catch (error) {
			this.#refuse(socket, session, by, value, error);
		}
	}

	#refuse(socket: Socket, session: string, by: ParticipantId, value: unknown, error: unknown): void {
		const { log, metrics } = this.#needs;
		const reason = error instanceof TandemError ? error : new TandemError('internal');
		const what = kindOf(value);
		metrics.refused(reason.code);
		if (reason.code === 'internal') log.error({ err: error, session, participant: by, what }, 'a message failed');
		else log.warn({ session, participant: by, what, reason: reason.code, status: REASONS[reason.code].status }, 'refused a message');
		if (what) socket.emit('m', { t: 'refused', what, code: reason.code, detail: reason.detail, ...newTabOf(value) });
	}

	#failed(socket: Socket, error: unknown): void {
		this.#needs.log.warn({ err: error }, 'a socket could not be taken');
		socket.disconnect(true);
	}

	#carryOut(room: Room, effect: Effect): void {
		switch (effect.do) {
			case 'send':
				if (effect.message.t === 'tab-gone') {
					this.#traffic.mirrors.forget(room.id, effect.message.id);
					this.#luggage.forget(room.id, effect.message.id);
				}
				this.#marks.heed(room.id, effect.message);
				this.#outbox.message(audience(room, effect.to), effect.message, effect.droppable);
				return;
			case 'welcome':
				this.#outbox.message([effect.to], this.#welcome(room, effect.to));
				for (const tab of room.tabs.keys()) this.#outbox.message([effect.to], { t: 'marks', tab, marks: this.#marks.of(room.id, tab) });
				for (const id of this.#outbox.slow()) if (room.members.has(id)) this.#outbox.message([effect.to], { t: 'line', id, slow: true });
				this.#returnTabs(room, effect.to);
				return;
			case 'mirror':
				this.#traffic.send(effect.to, effect.tab, room, this.#arriving.get(effect.to)?.had.get(effect.tab));
				return;
			case 'await-pack':
				setTimeout(() => {
					if (this.#needs.hub.has(room.id)) this.#needs.hub.step(room.id, (current, world) => packed(current, effect.tab, world));
				}, PACK).unref();
				return;
			case 'carry':
				this.#carry(room, effect);
				return;
			case 'dialog-shown':
			case 'dialog-answer':
				// For the page that waits: server/dialogs.ts.
				return;
			case 'bye': {
				const socket = this.#outbox.socketOf(effect.to);
				socket?.emit('m', { t: 'bye', code: effect.code });
				this.#outbox.close(effect.to);
				this.#graces.back(effect.to);
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
		const carried = { storage, documents: this.#traffic.documents(room, id, to) };
		this.#outbox.message([to], { t: 'carry', tab: id, carried });
		this.#needs.log.info({ session: room.id, tab: id, from, to }, 'a tab has another host');
	}

	/** A host's shell was loaded anew: its pages are brought to the state in which the relay saw them last. */
	#returnTabs(room: Room, to: ParticipantId): void {
		if (!this.#arriving.get(to)?.fresh) return;
		for (const tab of room.tabs.values()) {
			const documents = tab.owner === to ? this.#traffic.documents(room, tab.id, to) : [];
			if (documents.length) this.#outbox.message([to], { t: 'carry', tab: tab.id, carried: { storage: [], documents } });
		}
	}

	/** A participant's line has become slow, or quick again: all see it, as what they see may lag. */
	#tellLine(id: ParticipantId, slow: boolean): void {
		const room = this.#needs.hub.roomOf(id);
		if (room) this.#outbox.message(audience(room, { all: true }), { t: 'line', id, slow });
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
		const step = (work: (room: Room) => Step) => () => void (hub.has(session) && hub.step(session, work));
		this.#graces.expect(id, [
			[HOST_GRACE, step((room) => hostGone(room, id))],
			[GRACE, step((room) => giveUp(room, id))],
		]);
	}
}

function versionProblem(socket: Socket): Error | undefined {
	const auth = SCHEMAS.connect.safeParse(socket.handshake.auth);
	if (!auth.success) return new Error('auth');
	return auth.data.version === PROTOCOL_VERSION ? undefined : new Error('version');
}

/** The message with what was typed as an address made into a URL. Throws 'bad-url'. */
function withAddress(message: ClientMessage): ClientMessage {
	if (message.t !== 'tab-open' && message.t !== 'tab-navigate') return message;
	if (message.t === 'tab-open' && message.as !== undefined && message.url === 'about:blank') return message;
	return { ...message, url: readAddress(message.url) };
}
