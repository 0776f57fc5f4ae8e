// server only (Node).
// Finds a room by what people and labels carry: join key, code, secret, token. Kept right by comparing a room with the one before.
import type { JarChoice, ParticipantId, TabId } from '../../protocol/room.ts';
import { isAdmitted, type Member, type Room } from './room.ts';

/** What a token names: a participant's own pages, or what a guest may load of one tab. */
export interface TokenEntry {
	readonly session: string;
	readonly holder: ParticipantId;
	/** Undefined: a run token. */
	readonly tab: TabId | undefined;
	/** Of a run token: which jar it goes with. */
	readonly jar?: JarChoice;
}

interface Seat {
	readonly session: string;
	readonly participant: ParticipantId;
}

export class Register {
	readonly #keys = new Map<string, string>();
	readonly #codes = new Map<string, string>();
	readonly #secrets = new Map<string, Seat>();
	readonly #tokens = new Map<string, TokenEntry>();

	/** Takes note of a room's next state; `before` is the one told last, undefined for a new room. */
	update(before: Room | undefined, room: Room): void {
		if (room.ended) {
			this.#keys.delete(room.key);
			this.#codes.delete(room.code);
		} else if (!before) {
			this.#keys.set(room.key, room.id);
			this.#codes.set(room.code, room.id);
		}
		for (const member of before?.members.values() ?? []) {
			if (room.members.get(member.id) !== member) this.#forget(member);
		}
		for (const member of room.members.values()) {
			if (before?.members.get(member.id) !== member) this.#learn(room.id, member);
		}
	}

	byKey(key: string): string | undefined {
		return this.#keys.get(key);
	}

	byCode(code: string): string | undefined {
		return this.#codes.get(code);
	}

	bySecret(secretHash: string): Seat | undefined {
		return this.#secrets.get(secretHash);
	}

	byToken(token: string): TokenEntry | undefined {
		return this.#tokens.get(token);
	}

	#learn(session: string, member: Member): void {
		if (member.secretHash) this.#secrets.set(member.secretHash, { session, participant: member.id });
		if (!isAdmitted(member)) return;
		this.#tokens.set(member.pass.runToken, { session, holder: member.id, tab: undefined, jar: 'private' });
		this.#tokens.set(member.pass.sharedToken, { session, holder: member.id, tab: undefined, jar: 'shared' });
		for (const [tab, token] of Object.entries(member.pass.assetTokens)) this.#tokens.set(token, { session, holder: member.id, tab });
	}

	#forget(member: Member): void {
		if (member.secretHash) this.#secrets.delete(member.secretHash);
		if (!isAdmitted(member)) return;
		this.#tokens.delete(member.pass.runToken);
		this.#tokens.delete(member.pass.sharedToken);
		for (const token of Object.values(member.pass.assetTokens)) this.#tokens.delete(token);
	}
}
