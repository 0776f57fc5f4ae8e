// server only, pure: no I/O, no clock, no randomness of its own.
// A session's state, and what a step of it is: the next state, and the effects that somebody else carries out.
import type { DialogReply } from '../../protocol/dialog.ts';
import type { ChatMessage, JarChoice, ParticipantId, ServerMessage, Tab, TabId, TabRules, TakeOver } from '../../protocol/room.ts';

/** The tokens of an admitted participant: two to run their own tabs (by jar), and for each tab of somebody else one to load its assets. */
export interface Pass {
	/** For tabs with their own jar. */
	readonly runToken: string;
	/** For tabs with the session's jar. */
	readonly sharedToken: string;
	readonly assetTokens: Readonly<Record<TabId, string>>;
}

interface Identity {
	readonly id: ParticipantId;
	readonly name: string;
	readonly role: 'agent' | 'visitor';
	readonly colour: string;
	readonly viewing: TabId | undefined;
	readonly following: boolean;
	/** They look elsewhere in the page than its host. */
	readonly roaming?: boolean;
	/** Which conditions of protocol/css-media.ts hold in their browser. */
	readonly media?: readonly string[];
	/** Hash of the secret that names them; undefined until a host's ticket was used. */
	readonly secretHash: string | undefined;
}

/** Not admitted yet: no pass, so no token of theirs can exist. */
export interface Waiting extends Identity {
	readonly state: 'waiting';
	readonly connected: boolean;
}

/** Admitted: connected ('here') or not ('away', and expected back). */
export interface Admitted extends Identity {
	readonly state: 'here' | 'away';
	readonly pass: Pass;
}

export type Member = Waiting | Admitted;

export interface Room {
	readonly id: string;
	/** Whoever knows it may join: the last part of the join link. */
	readonly key: string;
	readonly code: string;
	readonly waitingRoom: boolean;
	/** Guests see what the workspace's rules allow, and nothing else. */
	readonly private: boolean;
	/** Milliseconds since the epoch. */
	readonly createdAt: number;
	readonly members: ReadonlyMap<ParticipantId, Member>;
	readonly tabs: ReadonlyMap<TabId, Tab>;
	readonly presented: TabId | undefined;
	readonly chat: readonly ChatMessage[];
	readonly ended: boolean;
	/** The jar of new tabs; undefined: an agent's share the session's, a visitor's are their own. */
	readonly jar: JarChoice | undefined;
	readonly takeOver: TakeOver;
	/** Of new tabs. */
	readonly rules: TabRules;
}

export type Answer = Extract<DialogReply, { t: 'answer' }>;

/** Whom a message is for. Only connected ones get it. */
export type Audience =
	| { readonly one: ParticipantId }
	/** All admitted. */
	| { readonly all: true; readonly but?: ParticipantId | undefined }
	/** Agents alone: who waits is nobody else's business. */
	| { readonly agents: true }
	/** Those who look at a tab. */
	| { readonly viewers: TabId; readonly but: ParticipantId };

export type Effect =
	| { readonly do: 'send'; readonly to: Audience; readonly message: ServerMessage; readonly droppable?: boolean }
	/** The participant is admitted and connected: tell them everything. */
	| { readonly do: 'welcome'; readonly to: ParticipantId }
	/** Their tokens and secret are gone; say goodbye and close. */
	| { readonly do: 'bye'; readonly to: ParticipantId; readonly code: 'session-ended' | 'removed' | 'left' }
	/** They begin to look at a tab of somebody else: send its mirror from a keyframe on. */
	| { readonly do: 'mirror'; readonly to: ParticipantId; readonly tab: TabId }
	/** The tab's host packs: go on without them after a while. */
	| { readonly do: 'await-pack'; readonly tab: TabId }
	/** The host's shell shows a dialog: its page may wait for the answer. */
	| { readonly do: 'dialog-shown'; readonly tab: TabId; readonly id: string }
	/** A dialog was answered: whoever waits for it goes on. */
	| { readonly do: 'dialog-answer'; readonly tab: TabId; readonly id: string; readonly answer: Answer }
	/** The tab has a new host: send what goes along. `signedIn`: a private jar's cookies too. */
	| {
			readonly do: 'carry';
			readonly from: ParticipantId;
			readonly to: ParticipantId;
			readonly tab: TabId;
			readonly signedIn: boolean;
	  };

export interface Step {
	readonly room: Room;
	readonly effects: readonly Effect[];
}

/** What a step may need from outside: the time and fresh names. */
export interface World {
	readonly now: number;
	readonly labelToken: () => string;
	readonly shortId: () => string;
}

export const send = (to: Audience, message: ServerMessage): Effect => ({ do: 'send', to, message });

/** Applies `parts` one after another, each to the room the one before it left, and gathers their effects. */
export function inTurn(room: Room, ...parts: readonly ((room: Room) => Step)[]): Step {
	const effects: Effect[] = [];
	let current = room;
	for (const part of parts) {
		const step = part(current);
		current = step.room;
		effects.push(...step.effects);
	}
	return { room: current, effects };
}

/** The room with a member put in, or replaced where they stand. */
export function putMember(room: Room, member: Member): Room {
	return { ...room, members: new Map(room.members).set(member.id, member) };
}

/** The room with a tab put in, or replaced where it stands. */
export function putTab(room: Room, tab: Tab): Room {
	return { ...room, tabs: new Map(room.tabs).set(tab.id, tab) };
}

/** The map without `key`. */
export function without<K, V>(map: ReadonlyMap<K, V>, key: K): Map<K, V> {
	const copy = new Map(map);
	copy.delete(key);
	return copy;
}

export function isAdmitted(member: Member | undefined): member is Admitted {
	return member !== undefined && member.state !== 'waiting';
}
