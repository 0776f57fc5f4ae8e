// page: no Node.
// What guests do in the tabs that this participant hosts: to the document that it is meant for, and its outcome back to whoever did it.
import type { Intent } from '../../../protocol/intent.ts';
import type { FrameMessage, ShellMessage } from '../../../protocol/page.ts';
import type { ParticipantId, ServerMessage, Tab, TabId } from '../../../protocol/room.ts';
import type { Connection } from '../connection.ts';
import { HostCopies } from './copies.ts';
import { HostDrags } from './drags.ts';
import { HostGate } from './gate.ts';
import { HostKeys } from './keys.ts';
import type { Door, HostPorts } from './ports.ts';

type Order = Extract<ServerMessage, { t: 'input' }>;

/** How long a document may take to carry out a Tab before others go on without it, milliseconds. */
const PATIENCE = 1000;
/** How many documents a key may be passed on by. */
const MOST = 20;

export class HostInput {
	readonly gate: HostGate;
	readonly #keys: HostKeys;
	readonly #copies: HostCopies;
	readonly #drags: HostDrags;
	readonly #ports: () => HostPorts;
	readonly #connection: Connection;
	readonly #pending = new Map<number, { tab: TabId; to: string; n: number; intent: Intent; hops: number }>();
	/** Who acts in each tab besides this host. */
	readonly #controllers = new Map<TabId, string | undefined>();
	/** A Tab that is being carried out in a tab, and what came after it. */
	readonly #waiting = new Map<TabId, { readonly id: number; readonly orders: Order[]; readonly timer: number }>();
	#inputs = 0;

	constructor(ports: () => HostPorts, connection: Connection) {
		this.#ports = ports;
		this.#connection = connection;
		this.gate = new HostGate(ports);
		this.#keys = new HostKeys(ports);
		this.#copies = new HostCopies(connection);
		this.#drags = new HostDrags(ports);
	}

	/** The server says what the tab is now. `here`: whether somebody is connected; one who is not holds nothing down any more, though they keep control. */
	sync(tab: Tab, here: (id: ParticipantId) => boolean): void {
		this.gate.sync(tab);
		const acts = tab.controller !== undefined && here(tab.controller) ? tab.controller : undefined;
		if (this.#controllers.get(tab.id) !== acts) this.stop(tab.id);
		this.#controllers.set(tab.id, acts);
	}

	/** A guest acts. What follows a Tab waits until it is known which document that has led to. */
	act(order: Order): void {
		const waits = this.#waiting.get(order.tab);
		if (waits) waits.orders.push(order);
		else this.#carry(order);
	}

	/** Takes what a document says of what it was told to do, and of what comes of it; false where it is about something else. */
	said(door: Door, message: FrameMessage): boolean {
		switch (message.t) {
			case 'tab':
				this.#keys.handOn(door, message);
				return true;
			case 'took':
				this.#keys.took(door, message.child);
				return true;
			case 'dragging':
				this.#drags.dragging(door, message);
				return true;
			case 'dropped':
				this.#drags.dropped(door, message);
				return true;
			case 'copied':
				this.#copies.copied(door.tab, message);
				return true;
			case 'choose':
				this.#copies.choose(door.tab, door.frame, message);
				return true;
			case 'input-done':
				this.#done(message.id, door.frame, message.ok, message.why);
				return true;
			case 'input-elsewhere':
				this.#elsewhere(door, message);
				return true;
			default:
				return false;
		}
	}

	#carry({ tab, from, n, intent }: Order): void {
		const id = ++this.#inputs;
		this.#copies.acts(tab, from);
		const aimed = this.#keys.aim(tab, intent);
		this.#pending.set(id, { tab, to: from, n, intent: aimed, hops: 0 });
		this.#drags.acts(tab, aimed);
		if (intent.k === 'key' && intent.key === 'Tab' && intent.phase !== 'up')
			this.#waiting.set(tab, { id, orders: [], timer: window.setTimeout(() => this.#goOn(tab, id), PATIENCE) });
		this.#tell(tab, id, aimed);
	}

	#tell(tab: TabId, id: number, intent: Intent): void {
		if (intent.k !== 'hover' && intent.k !== 'move') this.gate.acts(tab, intent.frame, true);
		if (!this.#ports().tell(intent.frame, { t: 'input', id, intent })) this.#done(id, intent.frame, false, 'stale-frame');
	}

	/** The document that keys went to knows that the focus is in one inside it, or around it. Each key goes this way, so that they stay in their order. */
	#elsewhere(door: Door, { id, child }: Extract<FrameMessage, { t: 'input-elsewhere' }>): void {
		const pending = this.#pending.get(id);
		if (pending?.intent.frame !== door.frame) return;
		const intent = pending.hops < MOST ? this.#keys.passOn(door, pending.intent, child) : undefined;
		if (intent) {
			this.#pending.set(id, { ...pending, intent, hops: pending.hops + 1 });
			this.#tell(pending.tab, id, intent);
		} else this.#done(id, door.frame, false, 'stale-frame');
	}

	/** A document has carried out what it was told, or refuses to. */
	#done(id: number, frame: number, ok: boolean, why?: string): void {
		const pending = this.#pending.get(id);
		if (pending?.intent.frame !== frame) return;
		this.#pending.delete(id);
		const { tab, to, n } = pending;
		this.#connection.send({ t: 'input-done', tab, to, n, ok, ...(why === undefined ? {} : { why }) });
		this.#goOn(tab, id);
	}

	/** The Tab that others waited for has been carried out: where it led, its document has said before (HostKeys.handOn). */
	#goOn(tab: TabId, id: number): void {
		if (this.#waiting.get(tab)?.id === id) for (const order of this.#take(tab)) this.act(order);
	}

	/** Takes what waits in a tab. */
	#take(tab: TabId): readonly Order[] {
		const waits = this.#waiting.get(tab);
		clearTimeout(waits?.timer);
		this.#waiting.delete(tab);
		return waits?.orders ?? [];
	}

	/** The host acts in a document: what a guest has half done (a button held) in the tab's others ends. That one saw it, and did so by itself. */
	touched({ tab, frame }: Door): void {
		this.gate.acts(tab, frame, false);
		if (!this.#controllers.get(tab)) return;
		for (const door of this.#ports().inTab(tab)) {
			if (door.frame !== frame) say(door, { t: 'input', id: 0, intent: { k: 'cancel', frame: door.frame } });
		}
	}

	/** Ends what a guest has under way in a tab, and what waits. */
	stop(tab: TabId): void {
		for (const { from, n } of this.#take(tab)) this.#connection.send({ t: 'input-done', tab, to: from, n, ok: false, why: 'host-acted' });
		for (const door of this.#ports().inTab(tab)) say(door, { t: 'input-stop' });
	}

	forget(tab: TabId): void {
		this.#take(tab);
		this.#controllers.delete(tab);
		for (const part of [this.#copies, this.#keys, this.gate, this.#drags]) part.forget(tab);
	}
}

function say({ port }: Door, message: ShellMessage): void {
	port.postMessage(message);
}
