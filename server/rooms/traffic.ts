// server only (Node).
// The mirrors' way through the server: a host's bytes go to the relay and on to those who look at the tab, a guest's to the relay alone.
import type { DocumentState } from '../../protocol/carry.ts';
import type { ParticipantId, TabId } from '../../protocol/room.ts';
import { viewersOf } from '../audience.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Hub } from './hub.ts';
import { Mirrors } from './mirrors.ts';
import type { Had, Outbox } from './outbox.ts';
import type { Relay } from './relay.ts';
import { isAdmitted, type Room } from './room.ts';

interface Needs {
	readonly hub: Hub;
	readonly metrics: Metrics;
	readonly log: Log;
}

export class Traffic {
	/** The relays themselves: forgotten with their tab or session, counted for the metrics. */
	readonly mirrors = new Mirrors();
	readonly #needs: Needs;
	readonly #outbox: Outbox;

	constructor(needs: Needs, outbox: Outbox) {
		this.#needs = needs;
		this.#outbox = outbox;
	}

	/** Takes mirror bytes of a participant; `only`: the classes of guests they are for. What is none, or not theirs to say, is dropped and counted. */
	take(session: string, by: ParticipantId, tab: unknown, bytes: unknown, only: unknown): void {
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
				for (const { relay, mask } of this.mirrors.to(session, tab, typeof only === 'number' ? only : undefined)) {
					const { toGuests, toHost, droppable } = relay.fromHost(bytes);
					const guests = viewersOf(room, tab, by, mask);
					for (const each of toGuests) metrics.mirrored(this.#outbox.mirror(guests, tab, each, droppable));
					this.#toHost(owner, tab, toHost);
				}
			} else if (member.viewing === tab) {
				const { toGuest, toHost } = this.mirrors.of(session, tab, member.role).fromGuest(bytes);
				for (const each of toGuest) metrics.mirrored(this.#outbox.mirror([by], tab, each, false));
				this.#toHost(owner, tab, toHost);
			}
		} catch (error) {
			metrics.refused('mirror');
			log.warn({ err: error, session, participant: by }, 'mirror bytes that could not be read');
		}
	}

	/** A tab's mirror from keyframes on, to a guest of it; or, by what they had of it, what they missed. */
	send(to: ParticipantId, tab: TabId, known?: Room, had?: Had): void {
		const room = known ?? this.#needs.hub.roomOf(to);
		const found = room?.tabs.get(tab);
		if (!room || !found || found.owner === to || room.members.get(to)?.viewing !== tab) return;
		const relay = this.#relay(room, tab, to);
		const messages = had?.size ? relay.since(had) : relay.join();
		this.#needs.metrics.mirrored(this.#outbox.upToDate(to, tab, messages, relay.positions()));
	}

	/** The latest scroll, pictures and the like of a tab, to a guest whose line left some out. */
	refresh(to: ParticipantId, tab: TabId): void {
		const room = this.#needs.hub.roomOf(to);
		if (!room?.tabs.has(tab) || room.members.get(to)?.viewing !== tab) return;
		for (const bytes of this.#relay(room, tab, to).glances()) this.#outbox.mirror([to], tab, bytes, true);
	}

	/** A tab's documents as the relay saw them last, for who is to host it. */
	documents(room: Room, tab: TabId, to: ParticipantId): DocumentState[] {
		return this.#relay(room, tab, to).carried();
	}

	#relay(room: Room, tab: TabId, viewer: ParticipantId): Relay {
		return this.mirrors.of(room.id, tab, room.members.get(viewer)?.role);
	}

	#toHost(owner: ParticipantId, tab: TabId, messages: readonly Uint8Array[]): void {
		for (const bytes of messages) this.#outbox.socketOf(owner)?.emit('x', tab, bytes);
	}
}
