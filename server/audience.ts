// server only, pure.
// Whom a message or mirror bytes are for.
import { type Mask, maskFor, NOBODY } from '../protocol/privacy.ts';
import type { ParticipantId, TabId } from '../protocol/room.ts';
import { type Audience, isAdmitted, type Room } from './rooms/room.ts';

/** Who of the room is meant. Those without a socket get nothing. */
export function audience(room: Room, to: Audience): ParticipantId[] {
	if ('one' in to) return [to.one];
	if ('viewers' in to) return viewersOf(room, to.viewers, to.but);
	const members = [...room.members.values()].filter(isAdmitted);
	if ('agents' in to) return members.filter(({ role }) => role === 'agent').map(({ id }) => id);
	return members.filter(({ id }) => id !== to.but).map(({ id }) => id);
}

/** Those who look at a tab, of some classes of guests. */
export function viewersOf(room: Room, tab: TabId, but: ParticipantId, mask: Mask = NOBODY): ParticipantId[] {
	return [...room.members.values()]
		.filter((member) => isAdmitted(member) && member.viewing === tab && member.id !== but && (maskFor([member.role]) & mask) > 0)
		.map(({ id }) => id);
}
