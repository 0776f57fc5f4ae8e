// server only, pure.
// Coming and going: join, admit, connect, disconnect, leave, remove, end.
import { TandemError } from '../../protocol/errors.ts';
import type { ParticipantId } from '../../protocol/room.ts';
import { releaseAll } from './control.ts';
import { hostBack, withdraw } from './handover.ts';
import {
	type Effect,
	inTurn,
	isAdmitted,
	type Member,
	type Pass,
	putMember,
	type Room,
	type Step,
	send,
	type Waiting,
	type World,
	without,
} from './room.ts';
import { admitted } from './rules.ts';
import { closeTabsOf } from './tabs.ts';
import { showMember } from './view.ts';

/** Most who may be in one session at once, waiting ones included. */
const MEMBERS_MAX = 500;

/** Pointer colours, each readable on white and on black. */
const COLOURS = ['#e5484d', '#0090ff', '#30a46c', '#f76b15', '#8e4ec6', '#12a594', '#d6409f', '#ad7f58'] as const;

interface Newcomer {
	readonly id: ParticipantId;
	readonly name: string;
	readonly role: 'agent' | 'visitor';
	readonly secretHash: string | undefined;
}

/** Somebody joins: waits where the session has a waiting room, otherwise is in (and 'away' until their socket comes). */
export function join(room: Room, newcomer: Newcomer, world: World): Step {
	if (room.members.size >= MEMBERS_MAX) throw new TandemError('unavailable', `${MEMBERS_MAX} participants`);
	const identity = { ...newcomer, colour: freeColour(room), viewing: room.presented, following: true };
	const waits = room.waitingRoom && newcomer.role === 'visitor';
	const member: Member = waits
		? { ...identity, state: 'waiting', connected: false }
		: { ...identity, state: 'away', pass: makePass(room, newcomer.id, world) };
	return { room: putMember(room, member), effects: [showMember(member)] };
}

/** An agent lets somebody in. Throws 'not-found' where nobody of that id waits. */
export function admit(room: Room, id: ParticipantId, world: World): Step {
	const member = room.members.get(id);
	if (!member || isAdmitted(member)) throw new TandemError('not-found', 'participant');
	const { connected, ...identity } = member satisfies Waiting;
	const next: Member = { ...identity, state: connected ? 'here' : 'away', viewing: room.presented, pass: makePass(room, id, world) };
	const effects: Effect[] = [showMember(next)];
	return { room: putMember(room, next), effects: connected ? [...effects, ...welcome(next)] : effects };
}

/** Their socket is there (again). Admitted ones get the welcome; a waiting one is told to wait. */
export function connect(room: Room, id: ParticipantId): Step {
	const member = room.members.get(id);
	if (!member) throw new TandemError('not-found', 'participant');
	if (!isAdmitted(member)) {
		const next: Member = { ...member, connected: true };
		return { room: putMember(room, next), effects: [showMember(next), send({ one: id }, { t: 'waiting' })] };
	}
	const next: Member = { ...member, state: 'here' };
	const shown: Effect = { do: 'send', to: { all: true, but: id }, message: participantMessage(next) };
	// Before the welcome, which carries the tabs.
	const back = hostBack(putMember(room, next), id);
	return { room: back.room, effects: [shown, ...back.effects, ...welcome(next)] };
}

/** Their socket is gone; they are expected back. */
export function disconnect(room: Room, id: ParticipantId): Step {
	const member = room.members.get(id);
	if (!member) return { room, effects: [] };
	const next: Member = isAdmitted(member) ? { ...member, state: 'away' } : { ...member, connected: false };
	return { room: putMember(room, next), effects: [showMember(next)] };
}

/** They did not come back within the grace time: control they hold is free again, and one who only waited is forgotten. */
export function giveUp(room: Room, id: ParticipantId): Step {
	const member = room.members.get(id);
	if (!member || member.state === 'here') return { room, effects: [] };
	if (isAdmitted(member))
		return inTurn(
			room,
			(current) => releaseAll(current, id),
			(current) => withdraw(current, id),
		);
	return member.connected ? { room, effects: [] } : part(room, id, 'left');
}

/** They leave, or an agent removes them. Their tabs close, their tokens are gone; where no agent is left, the session ends. */
export function part(room: Room, id: ParticipantId, code: 'left' | 'removed'): Step {
	const member = room.members.get(id);
	if (!member) throw new TandemError('not-found', 'participant');
	const step = inTurn(
		room,
		(current) => releaseAll(current, id),
		(current) => withdraw(current, id),
		(current) => closeTabsOf(current, id),
		(current) => ({
			room: { ...current, members: without(current.members, id) },
			effects: [{ do: 'bye', to: id, code }, send(isAdmitted(member) ? { all: true } : { agents: true }, { t: 'participant-gone', id })],
		}),
	);
	const agentLeft = [...step.room.members.values()].some(({ role }) => role === 'agent');
	return agentLeft ? step : inTurn(step.room, (current) => ({ ...end(current), effects: [...step.effects, ...end(current).effects] }));
}

/** An agent removes somebody else who is no agent. */
export function remove(room: Room, by: ParticipantId, id: ParticipantId): Step {
	const member = room.members.get(id);
	if (!member) throw new TandemError('not-found', 'participant');
	if (id === by || member.role === 'agent') throw new TandemError('forbidden');
	return part(room, id, 'removed');
}

/** It is over for all. */
export function end(room: Room): Step {
	const effects = [...room.members.keys()].map((to): Effect => ({ do: 'bye', to, code: 'session-ended' }));
	return { room: { ...room, members: new Map(), tabs: new Map(), presented: undefined, ended: true }, effects };
}

/** They look at a tab by themselves, or with the others again. */
export function view(room: Room, by: ParticipantId, tab: string, following: boolean): Step {
	const member = admitted(room, by);
	const viewing = following ? room.presented : tab;
	if (viewing && !room.tabs.has(viewing)) throw new TandemError('not-found', 'tab');
	const next: Member = { ...member, viewing, following };
	const effects: Effect[] = [showMember(next)];
	if (viewing && viewing !== member.viewing && room.tabs.get(viewing)?.owner !== by) effects.push({ do: 'mirror', to: by, tab: viewing });
	return { room: putMember(room, next), effects };
}

/** They look elsewhere in the page than its host, or with them again. */
export function roam(room: Room, by: ParticipantId, on: boolean): Step {
	const { roaming = false, ...member } = admitted(room, by);
	if (roaming === on) return { room, effects: [] };
	const next: Member = on ? { ...member, roaming: on } : member;
	return { room: putMember(room, next), effects: [showMember(next)] };
}

/** Their browser says what holds in it. */
export function media(room: Room, by: ParticipantId, holds: readonly string[]): Step {
	const next: Member = { ...admitted(room, by), media: holds };
	return { room: putMember(room, next), effects: [showMember(next)] };
}

function welcome(member: Member): Effect[] {
	const effects: Effect[] = [{ do: 'welcome', to: member.id }];
	return member.viewing ? [...effects, { do: 'mirror', to: member.id, tab: member.viewing }] : effects;
}

function participantMessage(member: Member) {
	const effect = showMember(member);
	if (effect.do !== 'send') throw new TypeError('a member is shown by a message');
	return effect.message;
}

function makePass(room: Room, id: ParticipantId, world: World): Pass {
	const theirs = [...room.tabs.values()].filter(({ owner }) => owner !== id);
	return {
		runToken: world.labelToken(),
		sharedToken: world.labelToken(),
		assetTokens: Object.fromEntries(theirs.map((tab) => [tab.id, world.labelToken()])),
	};
}

/** The colour that the fewest have, the first of them. */
function freeColour(room: Room): string {
	const uses = (colour: string) => [...room.members.values()].filter((member) => member.colour === colour).length;
	return COLOURS.reduce((best, colour) => (uses(colour) < uses(best) ? colour : best), COLOURS[0] as string);
}
