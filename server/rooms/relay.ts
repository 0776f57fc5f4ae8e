// server only (Node).
// The relay of one tab's mirror: passes on what the host sends, and keeps enough (a shadow of each frame, the last deltas) to bring a
// late, lost or slow guest up to date without the host.
import type { DocumentState } from '../../protocol/carry.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { FrameId, MirrorMessage } from '../../protocol/mirror.ts';
import { decodeMirror } from '../../protocol/mirror-decode.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { Ring } from './ring.ts';
import { Shadow } from './shadow.ts';
import { carriedOf } from './shadow-carry.ts';

/** Frames of one tab; a page could make ever more. */
const FRAMES_MAX = 500;

/** Bytes of blob: pictures kept for late guests of one tab; the oldest go first. */
const ASSET_BYTES = 16 * 1024 * 1024;

export interface FromHost {
	/** To all who look at the tab, in order; empty where the bytes were refused. */
	readonly toGuests: readonly Uint8Array[];
	/** Only the latest of such counts, so a slow line may lose it. */
	readonly droppable: boolean;
	/** To the tab's host: 'resync' messages, asking for keys. */
	readonly toHost: readonly Uint8Array[];
}

type Of<T extends MirrorMessage['t']> = Extract<MirrorMessage, { t: T }>;

export class Relay {
	readonly #shadows = new Map<FrameId, Shadow>();
	readonly #rings = new Map<FrameId, Ring>();
	readonly #assets = new Map<string, { frame: FrameId; bytes: Uint8Array }>();
	#assetBytes = 0;
	#root: FrameId | undefined;
	/** Frames whose key was asked of the host and has not come. */
	readonly #wanted = new Set<FrameId>();
	/** Frames that differed although they came from the shadow: the next complaint goes to the host. */
	readonly #repaired = new Map<FrameId, number>();

	/** Takes bytes of the tab's host. Bytes that are no mirror message, or too many, are dropped. */
	fromHost(bytes: Uint8Array): FromHost {
		const message = bytes.length > LIMITS.mirrorBytes ? undefined : decode(bytes);
		switch (message?.t) {
			case 'key':
				return this.#key(message) ? pass(bytes) : { ...NOTHING, toHost: this.#want(message.frame) };
			case 'delta':
				return this.#delta(message, bytes);
			case 'eph':
				this.#shadows.get(message.frame)?.ephemeral(message.ops);
				return pass(bytes, true);
			case 'asset':
				this.#asset(message, bytes);
				return pass(bytes);
			case 'digest':
				return this.#shadows.get(message.frame)?.seq === message.seq ? pass(bytes, true) : NOTHING;
			default:
				return NOTHING;
		}
	}

	/** Takes bytes of a guest: a 'resync'. Answers what brings that frame up to date, from here if possible. */
	fromGuest(bytes: Uint8Array): { toGuest: readonly Uint8Array[]; toHost: readonly Uint8Array[] } {
		const message = decode(bytes);
		if (message?.t !== 'resync') return { toGuest: [], toHost: [] };
		const { frame, seq } = message;
		const shadow = this.#shadows.get(frame);
		if (!shadow) return { toGuest: [], toHost: [] };
		const missed = seq ? this.#rings.get(frame)?.after(seq, shadow.seq) : undefined;
		if (missed) return { toGuest: missed, toHost: [] };
		if (this.#repaired.get(frame) === shadow.seq) return { toGuest: [], toHost: this.#want(frame) };
		this.#repaired.set(frame, shadow.seq);
		return { toGuest: [shadow.key()], toHost: [] };
	}

	/** What a late guest gets: every frame of the tab as it is now, parents first, with what their blob: URLs stand for. */
	join(): Uint8Array[] {
		const out: Uint8Array[] = [];
		for (const frame of this.#reachable()) {
			for (const asset of this.#assets.values()) if (asset.frame === frame) out.push(asset.bytes);
			const shadow = this.#shadows.get(frame);
			if (shadow) out.push(shadow.key());
		}
		return out;
	}

	/** What a guest missed who had these frames up to these seqs: deltas where they are still here, keys elsewhere. */
	since(positions: readonly { readonly frame: FrameId; readonly seq: number }[]): Uint8Array[] {
		const out: Uint8Array[] = [];
		for (const frame of this.#reachable()) {
			const shadow = this.#shadows.get(frame);
			if (!shadow) continue;
			const had = positions.find((position) => position.frame === frame);
			const missed = had && this.#rings.get(frame)?.after(had.seq, shadow.seq);
			if (missed) out.push(...missed);
			else out.push(shadow.key());
		}
		return out;
	}

	/** The host's line was lost and is back: a key of every frame is wanted, as deltas may be missing. */
	hostBack(): Uint8Array[] {
		this.#wanted.clear();
		return [...this.#reachable()].flatMap((frame) => this.#want(frame));
	}

	/** What goes along to a next host: the root's document first. */
	carried(): DocumentState[] {
		return [...this.#reachable()].flatMap((frame) => {
			const shadow = this.#shadows.get(frame);
			return shadow ? [carriedOf(shadow)] : [];
		});
	}

	/** Frames and nodes kept, for the metrics. */
	stats(): { frames: number; nodes: number } {
		let nodes = 0;
		for (const shadow of this.#shadows.values()) nodes += shadow.size;
		return { frames: this.#shadows.size, nodes };
	}

	/** False where the key contradicts itself. */
	#key(key: Of<'key'>): boolean {
		if (!this.#shadows.has(key.frame) && this.#shadows.size >= FRAMES_MAX && !this.#dropStray(key)) return false;
		try {
			this.#shadows.set(key.frame, new Shadow(key));
		} catch {
			return false;
		}
		this.#rings.set(key.frame, new Ring());
		this.#wanted.delete(key.frame);
		this.#repaired.delete(key.frame);
		if (!key.root || this.#root === key.frame) return true;
		// A new root document: all that hung on the old one is gone. Children that came before their parent stay.
		const old = this.#root === undefined ? [] : [...this.#reachable()];
		this.#root = key.frame;
		for (const frame of old) this.#forget(frame);
		return true;
	}

	#delta(delta: Of<'delta'>, bytes: Uint8Array): FromHost {
		const shadow = this.#shadows.get(delta.frame);
		if (shadow && delta.seq <= shadow.seq) return NOTHING;
		if (!shadow || delta.seq !== shadow.seq + 1) return { ...NOTHING, toHost: this.#want(delta.frame) };
		const before = new Set(shadow.state.children());
		try {
			shadow.delta(delta.seq, delta.ops);
		} catch {
			this.#forget(delta.frame);
			return { ...NOTHING, toHost: this.#want(delta.frame) };
		}
		this.#rings.get(delta.frame)?.push(delta.seq, bytes);
		const now = new Set(shadow.state.children());
		for (const child of before) if (!now.has(child)) this.#forgetTree(child);
		return pass(bytes);
	}

	#asset({ frame, url }: Of<'asset'>, bytes: Uint8Array): void {
		const key = `${frame} ${url}`;
		this.#assetBytes += bytes.length - (this.#assets.get(key)?.bytes.length ?? 0);
		this.#assets.delete(key);
		this.#assets.set(key, { frame, bytes });
		for (const [old, asset] of this.#assets) {
			if (this.#assetBytes <= ASSET_BYTES) break;
			this.#assets.delete(old);
			this.#assetBytes -= asset.bytes.length;
		}
	}

	/** The root and all frames that hang on it, parents first. */
	*#reachable(frame = this.#root, met = new Set<FrameId>()): Generator<FrameId> {
		if (frame === undefined || met.has(frame)) return;
		met.add(frame);
		yield frame;
		for (const child of this.#shadows.get(frame)?.state.children() ?? []) yield* this.#reachable(child, met);
	}

	/** Makes room by forgetting the oldest frame that hangs on nothing; false where there is none. A new root needs no room: it clears what was. */
	#dropStray(key: Of<'key'>): boolean {
		const hanging = new Set(this.#reachable());
		const stray = [...this.#shadows.keys()].find((frame) => !hanging.has(frame));
		if (stray !== undefined) this.#forget(stray);
		return stray !== undefined || key.root;
	}

	#want(frame: FrameId): Uint8Array[] {
		if (this.#wanted.has(frame)) return [];
		this.#wanted.add(frame);
		return [encodeMirror({ t: 'resync', frame, seq: 0 })];
	}

	#forgetTree(frame: FrameId): void {
		for (const inner of [...this.#reachable(frame)]) this.#forget(inner);
	}

	#forget(frame: FrameId): void {
		this.#shadows.delete(frame);
		this.#rings.delete(frame);
		this.#wanted.delete(frame);
		this.#repaired.delete(frame);
		for (const [key, asset] of this.#assets) {
			if (asset.frame !== frame) continue;
			this.#assets.delete(key);
			this.#assetBytes -= asset.bytes.length;
		}
	}
}

const NOTHING: FromHost = { toGuests: [], droppable: false, toHost: [] };

function pass(bytes: Uint8Array, droppable = false): FromHost {
	return { toGuests: [bytes], droppable, toHost: [] };
}

function decode(bytes: Uint8Array): MirrorMessage | undefined {
	try {
		return decodeMirror(bytes);
	} catch {
		return undefined;
	}
}
