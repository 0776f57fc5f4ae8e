// server only, pure.
// Chat: what was said, in order, kept for who comes later.
import { LIMITS } from '../../protocol/limits.ts';
import type { ChatMessage, ParticipantId } from '../../protocol/room.ts';
import { type Room, type Step, send } from './room.ts';
import { admitted } from './rules.ts';

/** Somebody says something; all get it, the sender too. */
export function say(room: Room, from: ParticipantId, text: string, now: number): Step {
	const { name } = admitted(room, from);
	const message: ChatMessage = { id: (room.chat.at(-1)?.id ?? 0) + 1, from, name, at: now, text };
	return {
		room: { ...room, chat: [...room.chat, message].slice(-LIMITS.chatKept) },
		effects: [send({ all: true }, { t: 'chat', message })],
	};
}
