// tests only (Node).
// A small world for room tests: names that count up, and a room with one agent, two visitors and one tab of the agent.
import { type ClientMessage, NO_RULES, type ParticipantId } from '../../protocol/room.ts';
import { apply } from '../../server/rooms/apply.ts';
import { connect, join } from '../../server/rooms/participants.ts';
import { type Effect, inTurn, type Room, type World } from '../../server/rooms/room.ts';
import { open } from '../../server/rooms/tabs.ts';

export interface Kit {
	readonly world: World;
	room: Room;
	/** The effects of the last message. */
	effects: readonly Effect[];
	/** Applies a message; throws what `apply` throws. */
	send(by: ParticipantId, message: ClientMessage): Kit;
}

export function emptyRoom(waitingRoom = false): Room {
	return {
		id: 'room',
		key: 'key',
		code: '123456',
		waitingRoom,
		private: false,
		createdAt: 1,
		members: new Map(),
		tabs: new Map(),
		presented: undefined,
		chat: [],
		ended: false,
		jar: undefined,
		takeOver: 'anyone',
		rules: NO_RULES,
	};
}

export function countingWorld(): World {
	let count = 0;
	return { now: 1000, labelToken: () => `token${++count}`, shortId: () => `id${++count}` };
}

/** `agent` (host of `tab`), visitors `ann` and `ben`, all connected; with a waiting room the visitors wait in it. */
export function kit({ waitingRoom = false } = {}): Kit {
	const world = countingWorld();
	const person = (id: string, role: 'agent' | 'visitor') => (room: Room) =>
		inTurn(
			room,
			(each) => join(each, { id, name: id, role, secretHash: `hash of ${id}` }, world),
			(each) => connect(each, id),
		);
	const { room } = inTurn(
		emptyRoom(waitingRoom),
		person('agent', 'agent'),
		(each) => open(each, 'tab', 'agent', 'https://a.example/', world),
		person('ann', 'visitor'),
		person('ben', 'visitor'),
	);
	return {
		world,
		room,
		effects: [],
		send(by, message) {
			const step = apply(this.room, by, message, world);
			this.room = step.room;
			this.effects = step.effects;
			return this;
		},
	};
}

/** The messages among effects, with whom they are for. */
export function sent(effects: readonly Effect[]) {
	return effects.flatMap((effect) => (effect.do === 'send' ? [{ to: effect.to, ...effect.message }] : []));
}
