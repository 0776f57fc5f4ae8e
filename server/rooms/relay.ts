// server only (Node).
// The relay of one tab's mirror: passes on what the host sends, and keeps enough (a shadow of each frame, the last deltas) to bring a
// late, lost or slow guest up to date without the host.
import type { DocumentState } from '../../protocol/carry.ts';
import { LIMITS } from '../../protocol/limits.ts';
import type { FrameId, MirrorMessage } from '../../protocol/mirror.ts';
import { decodeMirror } from '../../protocol/mirror-decode.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import { merged } from './merge.ts';
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
	/** `at`: where their frame stood when they came, since they have no place of their own in its order. */
	readonly #assets = new Map<string, { frame: FrameId; at: number; bytes: Uint8Array }>();
	#assetBytes = 0;
	#root: FrameId | undefined;
	/** What the last late guest got, and where it stands. */
	#joined: { readonly messages: readonly Uint8Array[]; readonly had: ReadonlyMap<FrameId, number>; readonly glances: number } | undefined;
	/** Counts droppable messages. */
	#glances = 0;
	/** The host's last hash of each frame, as long as nothing has changed since that goes into it. */
	readonly #digests = new Map<FrameId, Uint8Array>();
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
				this.#glances++;
				if (message.ops.some(({ op }) => op === 'scroll')) this.#digests.delete(message.frame);
				this.#shadows.get(message.frame)?.ephemeral(message.ops);
				return pass(bytes, true);
			case 'asset':
				this.#asset(message, bytes);
				return pass(bytes);
			case 'digest':
				return this.#digest(message, bytes);
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
		if (missed?.length) return { toGuest: missed, toHost: [] };
		// Nothing is missed, and it differs all the same.
		if (missed) return { toGuest: [], toHost: this.#want(frame) };
		if (this.#repaired.get(frame) === shadow.seq) return { toGuest: [], toHost: this.#want(frame) };
		this.#repaired.set(frame, shadow.seq);
		return { toGuest: [shadow.key()], toHost: [] };
	}

	/**
	 * What a late guest gets: every frame of the tab as it is now, parents first, with what their blob: URLs stand for. What was made for
	 * the last one serves this one too, with the deltas since, so that many who come at once cost little.
	 */
	join(): readonly Uint8Array[] {
		const frames = [...this.#reachable()];
		const kept = this.#joined;
		if (kept && frames.length === kept.had.size && frames.every((frame) => kept.had.has(frame))) {
			const since = this.#missed(frames, kept.had);
			if (since?.length === 0 && kept.glances === this.#glances) return kept.messages;
			if (since && bytesOf(since) < bytesOf(kept.messages) / 4) return [...kept.messages, ...since, ...this.glances()];
		}
		const messages = [...frames.flatMap((frame) => this.#whole(frame)), ...this.#hashes(frames)];
		this.#joined = { messages, had: this.positions(), glances: this.#glances };
		return messages;
	}

	/** What a guest missed who had these frames up to these seqs: deltas where they are still here, keys elsewhere, and what blob: URLs stand for; or all anew where that is less. */
	since(had: ReadonlyMap<FrameId, number>): readonly Uint8Array[] {
		const out: Uint8Array[] = [];
		for (const frame of this.#reachable()) {
			const missed = this.#missed([frame], had);
			if (missed) out.push(...this.#assetsOf(frame, had.get(frame)), ...merged(missed, (id) => this.#shadows.get(frame)?.twig(id)?.name));
			else out.push(...this.#whole(frame));
		}
		const all = this.join();
		return bytesOf(out) > bytesOf(all) ? all : [...out, ...this.glances()];
	}

	/** The latest of what is droppable, for a guest who was not sent it; last the hashes of what is at rest then. */
	glances(): Uint8Array[] {
		const frames = [...this.#reachable()];
		const latest = frames.flatMap((frame) => {
			const ops = this.#shadows.get(frame)?.state.glances() ?? [];
			return ops.length ? [encodeMirror({ t: 'eph', frame, ops })] : [];
		});
		return [...latest, ...this.#hashes(frames)];
	}

	/** Where each frame stands. */
	positions(): Map<FrameId, number> {
		return new Map([...this.#reachable()].map((frame) => [frame, this.#shadows.get(frame)?.seq ?? 0]));
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

	#hashes(frames: readonly FrameId[]): Uint8Array[] {
		return frames.map((frame) => this.#digests.get(frame)).filter((bytes) => bytes !== undefined);
	}

	/** A frame as it is now. */
	#whole(frame: FrameId): Uint8Array[] {
		const shadow = this.#shadows.get(frame);
		return shadow ? [...this.#assetsOf(frame), shadow.key()] : [];
	}

	/** What stands behind a frame's blob: URLs; with `from`, what came no earlier than that one of its deltas, or just after. */
	#assetsOf(frame: FrameId, from = -1): Uint8Array[] {
		return [...this.#assets.values()].filter((asset) => asset.frame === frame && asset.at >= from).map(({ bytes }) => bytes);
	}

	/** The deltas of these frames since; undefined where one of them is not here any more. */
	#missed(frames: readonly FrameId[], had: ReadonlyMap<FrameId, number>): Uint8Array[] | undefined {
		const out: Uint8Array[] = [];
		for (const frame of frames) {
			const from = had.get(frame);
			const missed = from === undefined ? undefined : this.#rings.get(frame)?.after(from, this.#shadows.get(frame)?.seq ?? -1);
			if (!missed) return undefined;
			out.push(...missed);
		}
		return out;
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
		this.#digests.delete(key.frame);
		this.#joined = undefined;
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
		this.#digests.delete(delta.frame);
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

	#digest({ frame, seq }: Of<'digest'>, bytes: Uint8Array): FromHost {
		if (this.#shadows.get(frame)?.seq !== seq) return NOTHING;
		this.#glances++;
		this.#digests.set(frame, bytes);
		return pass(bytes, true);
	}

	#asset({ frame, url }: Of<'asset'>, bytes: Uint8Array): void {
		this.#joined = undefined;
		const key = `${frame} ${url}`;
		this.#assetBytes += bytes.length - (this.#assets.get(key)?.bytes.length ?? 0);
		this.#assets.delete(key);
		this.#assets.set(key, { frame, at: this.#shadows.get(frame)?.seq ?? 0, bytes });
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
		this.#digests.delete(frame);
		this.#wanted.delete(frame);
		this.#repaired.delete(frame);
		for (const [key, asset] of this.#assets) {
			if (asset.frame !== frame) continue;
			this.#assets.delete(key);
			this.#assetBytes -= asset.bytes.length;
		}
	}
}

function bytesOf(messages: readonly Uint8Array[]): number {
	return messages.reduce((sum, { byteLength }) => sum + byteLength, 0);
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
