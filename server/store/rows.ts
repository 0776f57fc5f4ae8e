// server only (Node), pure.
// Rows to rooms and back.
import type { Insertable, Selectable } from 'kysely';
import { type ChatMessage, STAYS, type Tab } from '../../protocol/room.ts';
import type { Member, Room } from '../rooms/room.ts';
import type { Tables } from './schema.ts';

type Row<T extends keyof Tables> = Selectable<Tables[T]>;

export function sessionRow(room: Room, now: number): Insertable<Tables['sessions']> {
	return {
		id: room.id,
		join_key: room.key,
		code: room.code,
		waiting_room: Number(room.waitingRoom),
		private: Number(room.private),
		jar: room.jar ?? null,
		take_over: room.takeOver,
		rules: JSON.stringify(room.rules),
		presented: room.presented ?? null,
		created_at: room.createdAt,
		ended_at: room.ended ? now : null,
	};
}

export function participantRow(session: string, member: Member, position: number): Insertable<Tables['participants']> {
	const pass = member.state === 'waiting' ? undefined : member.pass;
	return {
		id: member.id,
		session,
		position,
		name: member.name,
		role: member.role,
		colour: member.colour,
		admitted: Number(pass !== undefined),
		viewing: member.viewing ?? null,
		following: Number(member.following),
		secret_hash: member.secretHash ?? null,
		run_token: pass?.runToken ?? null,
		shared_token: pass?.sharedToken ?? null,
		asset_tokens: pass ? JSON.stringify(pass.assetTokens) : null,
		gone_at: null,
	};
}

export function tabRow(session: string, tab: Tab, position: number): Insertable<Tables['tabs']> {
	const { id, owner, url, title, icon, controller, asking, jar } = tab;
	const rules = JSON.stringify(tab.rules);
	return { id, session, position, owner, url, title, icon, controller: controller ?? null, asking: JSON.stringify(asking), jar, rules };
}

export function chatRow(session: string, { id, from, name, at, text }: ChatMessage): Insertable<Tables['chat']> {
	return { session, id, sender: from, name, at, text };
}

interface Parts {
	readonly participants: readonly Row<'participants'>[];
	readonly tabs: readonly Row<'tabs'>[];
	readonly chat: readonly Row<'chat'>[];
}

/** A room out of its rows; each list in order. */
export function roomOf(row: Row<'sessions'>, { participants, tabs, chat }: Parts): Room {
	return {
		id: row.id,
		key: row.join_key,
		code: row.code,
		waitingRoom: row.waiting_room !== 0,
		private: row.private !== 0,
		createdAt: Number(row.created_at),
		members: new Map(participants.map((each) => [each.id, memberOf(each)])),
		tabs: new Map(tabs.map((each) => [each.id, tabOf(each)])),
		presented: row.presented ?? undefined,
		chat: chat.map(({ id, sender, name, at, text }) => ({ id, from: sender, name, at: Number(at), text })),
		ended: row.ended_at !== null,
		jar: row.jar ?? undefined,
		takeOver: row.take_over,
		rules: JSON.parse(row.rules),
	};
}

function memberOf(row: Row<'participants'>): Member {
	const identity = {
		id: row.id,
		name: row.name,
		role: row.role,
		colour: row.colour,
		viewing: row.viewing ?? undefined,
		following: row.following !== 0,
		secretHash: row.secret_hash ?? undefined,
	};
	const { run_token: runToken, shared_token: sharedToken } = row;
	if (runToken === null || sharedToken === null) return { ...identity, state: 'waiting', connected: false };
	return { ...identity, state: 'away', pass: { runToken, sharedToken, assetTokens: JSON.parse(row.asset_tokens ?? '{}') } };
}

function tabOf({ id, owner, url, title, icon, controller, asking, jar, rules }: Row<'tabs'>): Tab {
	const state = {
		loading: false,
		controller: controller ?? undefined,
		asking: JSON.parse(asking),
		rules: JSON.parse(rules),
		handover: STAYS,
	};
	return { id, owner, url, title, icon, jar, ...state };
}
