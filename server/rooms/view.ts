// server only, pure.
// What participants are told of a room: never a secret, a token of somebody else, or (to visitors) who waits outside.
import type { Participant, ServerMessage, SessionView, Tab } from '../../protocol/room.ts';
import { type Effect, type Member, type Room, send } from './room.ts';

/** A member as others see them. */
export function participantView({ id, name, role, colour, state, viewing, following, roaming, media }: Member): Participant {
	return { id, name, role, colour, state, viewing, following, ...(roaming && { roaming }), ...(media && { media }) };
}

/** The session as an admitted participant sees it; `joinUrl` is made by the caller, who knows the app's origin. */
export function sessionView(room: Room, joinUrl: string, viewer: 'agent' | 'visitor'): SessionView {
	const participants = [...room.members.values()]
		.filter(({ state }) => viewer === 'agent' || state !== 'waiting')
		.map((member) => participantView(member));
	return {
		id: room.id,
		joinUrl,
		code: room.code,
		participants,
		tabs: [...room.tabs.values()],
		presented: room.presented,
		chat: room.chat,
		takeOver: room.takeOver,
	};
}

/** The effect that shows a member's new state to all who may know of them. */
export function showMember(member: Member): Effect {
	return send(member.state === 'waiting' ? { agents: true } : { all: true }, { t: 'participant', participant: participantView(member) });
}

/** The effect that shows a tab's new state to all. */
export function showTab(tab: Tab): Effect {
	return send({ all: true }, { t: 'tab', tab } satisfies ServerMessage);
}
