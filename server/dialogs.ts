// server only (Node).
// The pages that wait for an answer: a script stands still in a request until the room has what it asked for (protocol/dialog.ts).
import type { Dialog, DialogAsk, DialogReply } from '../protocol/dialog.ts';
import { hostMatches, type Policy } from '../protocol/privacy.ts';
import type { ParticipantId, Tab, TabId } from '../protocol/room.ts';
import { decode } from './doors/decode.ts';
import { dialogAsk } from './doors/dialog.ts';
import { Bucket } from './flood.ts';
import { drop, open } from './rooms/dialogs.ts';
import type { Hub } from './rooms/hub.ts';
import type { Answer, Effect, Room } from './rooms/room.ts';

/** Milliseconds until a page that waits is told to ask again, so that no proxy on the way takes the line for dead. */
const SLICE = 20_000;
/** Milliseconds in which the host's shell has to say that it shows the dialog; a busy machine may be slow. */
const SHOWN = 5000;
/** Milliseconds that a page whose request was cut off may take to ask again. */
const GRACE = 12_000;
/** Dialogs of one participant at once, and a second for ever. */
const RATE = { burst: 40, rate: 4 };

const NO: Answer = { t: 'answer', ok: false, text: '', silence: false };
const AGAIN: DialogReply = { t: 'again' };
const NATIVE: DialogReply = { t: 'native' };

interface Waiting {
	readonly session: string;
	readonly tab: TabId;
	readonly id: string;
	/** Ends the request under way; undefined between two of them. */
	reply: ((reply: DialogReply) => void) | undefined;
	/** What came while no request was under way. */
	answer: DialogReply | undefined;
	shown: boolean;
	timers: NodeJS.Timeout[];
}

/** Whose page asks, of which site, and with which jar. */
export interface Asker {
	readonly session: string;
	readonly holder: ParticipantId;
	readonly jar: Tab['jar'];
	/** The page's real origin; `null` for a sandboxed one, which may be anybody's. */
	readonly origin: string;
}

export class Dialogs {
	readonly #hub: Hub;
	readonly #policyOf: (room: Room) => Policy;
	readonly #waiting = new Map<string, Waiting>();
	readonly #buckets = new Map<ParticipantId, Bucket>();

	constructor(hub: Hub, policyOf: (room: Room) => Policy) {
		this.#hub = hub;
		this.#policyOf = policyOf;
		hub.onEffects((room, effects) => this.#settle(room, effects));
	}

	/** A page's request; `gone` is called with what to do when its line is cut. Throws TandemError 'bad-request'. Never rejects otherwise. */
	ask(asker: Asker, body: unknown, gone: (then: () => void) => void): Promise<DialogReply> {
		const ask = decode(dialogAsk, body);
		const room = this.#hub.has(asker.session) ? this.#hub.room(asker.session) : undefined;
		const tab = room && tabOf(room, asker, ask.tab);
		if (!room || !tab) return Promise.resolve(NATIVE);
		if (ask.native === false) {
			this.#over(room.id, tab.id, ask.id);
			return Promise.resolve(NO);
		}
		const key = `${room.id} ${tab.id} ${ask.id}`;
		const known = this.#waiting.get(key);
		if (known?.answer) {
			this.#waiting.delete(key);
			return Promise.resolve(known.answer);
		}
		if (tab.dialog?.id !== ask.id) {
			// It was open and is not: somebody went elsewhere.
			if (known) return Promise.resolve(this.#end(key, known, NO));
			const bucket = this.#buckets.get(asker.holder) ?? new Bucket(RATE, Date.now());
			this.#buckets.set(asker.holder, bucket);
			if (!bucket.take(Date.now())) return Promise.resolve(NO);
			const dialog = this.#dialog(room, asker, ask);
			this.#hub.step(room.id, (current) => open(current, tab.id, dialog));
			if (ask.native) return Promise.resolve(NATIVE);
		}
		const waiting = known ?? { session: room.id, tab: tab.id, id: ask.id, reply: undefined, answer: undefined, shown: false, timers: [] };
		this.#waiting.set(key, waiting);
		return new Promise((resolve) => {
			waiting.reply?.(AGAIN);
			this.#clear(waiting);
			waiting.reply = resolve;
			this.#later(waiting, SLICE, () => {
				this.#pause(waiting, AGAIN);
				this.#later(waiting, GRACE, () => this.#give(key, waiting));
			});
			this.#later(waiting, SHOWN, () => this.#unseen(key, waiting));
			gone(() => {
				if (waiting.reply !== resolve) return;
				this.#clear(waiting);
				waiting.reply = undefined;
				this.#later(waiting, GRACE, () => this.#give(key, waiting));
			});
		});
	}

	#dialog(room: Room, { origin }: Asker, { id, kind, text, value, many, native = false }: DialogAsk): Dialog {
		const { host, hostname } = URL.canParse(origin) ? new URL(origin) : { host: '', hostname: '' };
		// The page hides what it knows to be private; before it knows the rules it may have asked already.
		const closed = this.#policyOf(room).privateHosts.some((pattern) => hostname === '' || hostMatches(pattern, hostname));
		return { id, kind, site: host, text: closed ? '' : text, value: closed ? '' : value, many, native };
	}

	/** Looks what the room's next state means for those who wait. */
	#settle(room: Room, effects: readonly Effect[]): void {
		for (const effect of effects) {
			if (effect.do !== 'dialog-shown' && effect.do !== 'dialog-answer') continue;
			const key = `${room.id} ${effect.tab} ${effect.id}`;
			const waiting = this.#waiting.get(key);
			if (waiting && effect.do === 'dialog-shown') waiting.shown = true;
			else if (waiting && effect.do === 'dialog-answer') this.#tell(key, waiting, effect.answer);
		}
		for (const [key, waiting] of this.#waiting) {
			if (waiting.session !== room.id || waiting.answer || room.tabs.get(waiting.tab)?.dialog?.id === waiting.id) continue;
			this.#tell(key, waiting, NO);
		}
		if (room.ended) for (const id of room.members.keys()) this.#buckets.delete(id);
	}

	/** The shell did not say that it shows it: it can't while the page's script stands still, unless it has no connection just now. */
	#unseen(key: string, waiting: Waiting): void {
		const { session, tab: id, shown } = waiting;
		if (shown || !this.#hub.has(session)) return;
		const room = this.#hub.room(session);
		const tab = room.tabs.get(id);
		if (!tab?.dialog) return;
		if (room.members.get(tab.owner)?.state !== 'here') {
			this.#later(waiting, SHOWN, () => this.#unseen(key, waiting));
			return;
		}
		const dialog = { ...tab.dialog, native: true };
		this.#end(key, waiting, NATIVE);
		this.#hub.step(session, (current) => open(current, id, dialog));
	}

	/** Tells the page, or keeps it until the page asks again. */
	#tell(key: string, waiting: Waiting, answer: DialogReply): void {
		if (waiting.reply) this.#end(key, waiting, answer);
		else {
			waiting.answer = answer;
			this.#clear(waiting);
			this.#later(waiting, GRACE, () => this.#waiting.delete(key));
		}
	}

	/** Nobody waits any more. */
	#give(key: string, waiting: Waiting): void {
		this.#waiting.delete(key);
		this.#over(waiting.session, waiting.tab, waiting.id);
	}

	#over(session: string, tab: TabId, id: string): void {
		if (this.#hub.has(session)) this.#hub.step(session, (room) => drop(room, tab, id));
	}

	#pause(waiting: Waiting, reply: DialogReply): void {
		waiting.reply?.(reply);
		waiting.reply = undefined;
	}

	#end(key: string, waiting: Waiting, reply: DialogReply): DialogReply {
		this.#waiting.delete(key);
		this.#clear(waiting);
		this.#pause(waiting, reply);
		return reply;
	}

	#later(waiting: Waiting, after: number, work: () => void): void {
		waiting.timers.push(setTimeout(work, after).unref());
	}

	#clear(waiting: Waiting): void {
		for (const timer of waiting.timers) clearTimeout(timer);
		waiting.timers = [];
	}
}

/** The tab that a page stands in. One that doesn't know yet is found by its jar and its site. */
function tabOf(room: Room, { holder, jar, origin }: Asker, id: TabId | undefined): Tab | undefined {
	const mine = [...room.tabs.values()].filter((tab) => tab.owner === holder && tab.jar === jar);
	if (id !== undefined) return mine.find((tab) => tab.id === id);
	const at = (tab: Tab) => URL.canParse(tab.url) && new URL(tab.url).origin === origin;
	const viewed = room.members.get(holder)?.viewing;
	const rank = (tab: Tab) => Number(at(tab)) * 4 + Number(tab.loading) * 2 + Number(tab.id === viewed);
	return mine.sort((one, other) => rank(other) - rank(one))[0];
}
