// mirror document (guest's browser).
// The player: takes the mirror's bytes in order, keeps one view for each frame, and asks for what it misses.
import type { FrameId, Key, MirrorMessage, NodeId } from '../../protocol/mirror.ts';
import { decodeMirror } from '../../protocol/mirror-decode.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';
import type { FromMirror } from '../../protocol/mirror-port.ts';
import type { Scope } from '../../protocol/url.ts';
import { Checks } from './checks.ts';
import { Follow } from './follow.ts';
import { FrameView } from './frame.ts';
import { guard } from './guard.ts';
import { canHold, documentIn, fitHolder } from './holders.ts';
import { nextTask, slice } from './slices.ts';
import { calm, drawn, newRoot, watchSheets } from './stage.ts';
import type { Place, Writing, WritingView } from './view.ts';

/** A frame that isn't drawn because its iframe is not there yet, or not wholly: its key and what came after. */
interface Waiting {
	readonly key: Key;
	readonly later: MirrorMessage[];
	/** It is being built, slice by slice. */
	growing: boolean;
}

/** Milliseconds in which a key that was asked for may come. */
const PATIENCE = 2500;
/** Milliseconds until a child without a tree is asked for. */
const MISSING = 400;
const MISSING_MOST = 60_000;

export class Player implements WritingView {
	readonly scope: Scope;
	readonly media: ReadonlySet<string> | undefined;
	readonly #stage: HTMLElement;
	readonly #send: (message: FromMirror) => void;
	readonly #views = new Map<FrameId, FrameView>();
	readonly #waiting = new Map<FrameId, Waiting>();
	readonly follow = new Follow(this.#views);
	readonly #onChange: (() => void)[] = [];
	/** Which frame hangs on which iframe of the guest's, and back. */
	readonly #holders = new Map<FrameId, Element>();
	readonly #held = new Map<Element, FrameId>();
	/** What the host said of each holder, drawn or not. */
	readonly #said = new WeakMap<Element, FrameId>();
	readonly #blobs = new Map<string, string>();
	readonly #seen: ((frame: FrameId, doc: Document) => void)[] = [];
	/** Frames that asked for a key, and when: they ask again only where nothing comes. */
	readonly #asked = new Map<FrameId, number>();
	readonly #checks = new Checks({
		viewOf: (frame) => this.#views.get(frame),
		waits: (frame) => this.#waits(frame),
		// What the relay has may be wrong itself: who has all of it and asks nevertheless is answered by the host.
		repair: (frame, again) => this.#ask(frame, again ? (this.#views.get(frame)?.seq ?? 0) : 0),
		tell: (agree, repairs) => this.#send({ t: 'sync', agree, repairs }),
	});
	root: FrameId | undefined;

	/** `stage` gets the root's iframe; `send` takes messages to the shell. */
	constructor(stage: HTMLElement, scope: Scope, send: (message: FromMirror) => void, media?: readonly string[]) {
		this.media = media && new Set(media);
		this.#stage = stage;
		this.scope = scope;
		this.#send = send;
	}

	/** Takes one message of the mirror. Bytes that are none are dropped. */
	receive(bytes: Uint8Array): void {
		let message: MirrorMessage;
		try {
			message = decodeMirror(bytes);
		} catch {
			return;
		}
		this.#take(message);
	}

	/** What was asked for may have been lost with the connection. */
	resume(): void {
		this.#asked.clear();
	}

	documentOf(frame: FrameId): Document | undefined {
		return this.#views.get(frame)?.doc;
	}

	nodeOf(frame: FrameId, node: NodeId): Node | undefined {
		return this.#views.get(frame)?.nodes.get(node);
	}

	placeOf(node: Node): Place | undefined {
		const doc = node.ownerDocument ?? node;
		for (const view of this.#views.values()) {
			if (view.doc !== doc) continue;
			for (let at: Node | null = node; at; at = at.parentNode ?? ('host' in at ? (at as ShadowRoot).host : null)) {
				const id = view.ids.get(at);
				if (id !== undefined && view.nodes.get(id) === at) return { frame: view.id, node: id };
			}
		}
		return undefined;
	}

	onDocument(seen: (frame: FrameId, doc: Document) => void): void {
		this.#seen.push(seen);
		for (const view of this.#views.values()) seen(view.id, view.doc);
	}

	onChange(told: () => void): void {
		this.#onChange.push(told);
	}

	changed(): void {
		for (const told of this.#onChange) told();
	}

	*writing(): Generator<Writing> {
		for (const { id, doc, nodes, glance } of this.#views.values()) yield { frame: id, doc, nodes, glance };
	}

	quietly(change: () => void): void {
		change();
	}

	blob(frame: FrameId, url: string): string | undefined {
		return this.#blobs.get(`${frame} ${url}`);
	}

	size(frame: FrameId, width: number, height: number): void {
		if (frame === this.root) this.#send({ t: 'size', width, height });
		else {
			const holder = this.#holders.get(frame);
			if (holder) fitHolder(holder, width, height);
		}
	}

	/** What an iframe's element says of itself is what the document in it takes for the reader's wish (Media Queries 5 section 12.5); children take it over. */
	scheme(frame: FrameId, scheme: string): void {
		const holder = this.#holders.get(frame) as HTMLElement | undefined;
		if (frame === this.root && holder) holder.style.colorScheme = scheme === 'dark' ? 'dark' : 'light';
	}

	attach(child: FrameId, holder: Element): void {
		this.detach(holder);
		this.#said.set(holder, child);
		if (!child || !canHold(holder)) return;
		this.#holders.set(child, holder);
		this.#held.set(holder, child);
		this.#drawWaiting(child);
		if (this.#views.has(child)) return;
		// Usually its key is on the way. It is not where the parent was drawn anew and the child's tree went with the old one.
		this.#miss(child, holder, MISSING);
	}

	/** Asks for a child that still has no tree after `wait` milliseconds, and again after ever longer ones: an answer can be lost. */
	#miss(child: FrameId, holder: Element, wait: number): void {
		setTimeout(() => {
			if (this.#held.get(holder) !== child || this.#views.has(child)) return;
			this.#drawWaiting(child);
			if (this.#views.has(child)) return;
			if (!this.#waiting.get(child)?.growing) this.#ask(child, 0);
			if (wait < MISSING_MOST) this.#miss(child, holder, wait * 2);
		}, wait);
	}

	childOf(holder: Element): FrameId {
		return this.#said.get(holder) ?? 0;
	}

	detach(holder: Element): void {
		const child = this.#held.get(holder);
		if (child === undefined) return;
		this.#held.delete(holder);
		this.#holders.delete(child);
		this.#drop(child);
	}

	#take(message: MirrorMessage): void {
		const view = this.#views.get(message.frame);
		const waiting = this.#waiting.get(message.frame);
		switch (message.t) {
			case 'key':
				this.#asked.delete(message.frame);
				this.#waiting.set(message.frame, { key: message, later: [], growing: false });
				if (message.root) this.#newRoot(message.frame);
				this.#drawWaiting(message.frame);
				break;
			case 'delta':
				if (waiting) waiting.later.push(message);
				else if (view) this.#delta(view, message);
				else this.#ask(message.frame, 0);
				break;
			case 'eph':
				// Scroll positions are part of the hash: the host sends another one.
				if (message.ops.some(({ op }) => op === 'scroll')) this.#checks.moved(message.frame);
				if (waiting) waiting.later.push(message);
				else view?.apply(message.ops);
				break;
			case 'asset':
				this.#asset(message);
				break;
			case 'digest':
				if (waiting) waiting.later.push(message);
				else if (view) this.#checks.said(message);
				break;
			case 'resync':
				break;
		}
	}

	#asset({ frame, url, type, bytes }: Extract<MirrorMessage, { t: 'asset' }>): void {
		const name = `${frame} ${url}`;
		const old = this.#blobs.get(name);
		if (old) URL.revokeObjectURL(old);
		this.#blobs.set(name, URL.createObjectURL(new Blob([bytes.slice()], { type })));
		this.#views.get(frame)?.refresh(url);
	}

	#delta(view: FrameView, message: Extract<MirrorMessage, { t: 'delta' }>): void {
		if (message.seq <= view.seq) return;
		if (message.seq !== view.seq + 1) {
			this.#ask(view.id, view.seq);
			return;
		}
		view.seq = message.seq;
		this.#asked.delete(view.id);
		try {
			view.apply(message.ops);
		} catch {
			this.#ask(view.id, 0);
		}
	}

	/** A new root takes the stage: what belonged to the old one goes. */
	#newRoot(frame: FrameId): void {
		if (this.root !== undefined && this.root !== frame) {
			this.#drop(this.root);
			this.#checks.clear();
		}
		this.root = frame;
		if (this.#holders.has(frame)) return;
		this.#holders.set(frame, newRoot(this.#stage));
	}

	#drawWaiting(frame: FrameId): void {
		const waiting = this.#waiting.get(frame);
		const holder = this.#holders.get(frame);
		// An object without a box has no document yet.
		if (!waiting || waiting.growing || !holder?.isConnected || !documentIn(holder)) return;
		const old = this.#views.get(frame);
		if (old) this.#forgetChildren(old);
		this.#views.delete(frame);
		waiting.growing = true;
		// What is drawn anew was in sight, and is again before the guest's browser shows anything else.
		this.#grow(frame, waiting, holder, new FrameView(holder, waiting.key, this), old === undefined);
	}

	/** Draws a frame, in slices if need be; another key, or the end of its iframe, stops it. */
	#grow(frame: FrameId, waiting: Waiting, holder: Element, view: FrameView, sliced: boolean): void {
		if (this.#waiting.get(frame) !== waiting || this.#holders.get(frame) !== holder) return;
		if (documentIn(holder) !== view.doc) {
			waiting.growing = false;
			this.#drawWaiting(frame);
			return;
		}
		try {
			if (!view.draw(sliced ? slice() : undefined)) {
				nextTask(() => this.#grow(frame, waiting, holder, view, sliced));
				return;
			}
		} catch {
			this.#waiting.delete(frame);
			this.#ask(frame, 0);
			return;
		}
		this.#waiting.delete(frame);
		this.#views.set(frame, view);
		watchSheets(view.doc);
		calm(view.doc);
		if (frame === this.root) {
			drawn(this.#stage, holder as HTMLIFrameElement);
		}
		guard(view.doc);
		for (const seen of this.#seen) seen(frame, view.doc);
		for (const message of waiting.later) this.#take(message);
	}

	#drop(frame: FrameId, keep = false): void {
		const view = this.#views.get(frame);
		this.#views.delete(frame);
		this.#checks.drop(frame);
		if (!keep) this.#waiting.delete(frame);
		const holder = this.#holders.get(frame);
		if (holder) this.#held.delete(holder);
		this.#holders.delete(frame);
		if (view) this.#forgetChildren(view);
	}

	#forgetChildren(view: FrameView): void {
		for (const [holder] of [...this.#held]) if (holder.ownerDocument === view.doc) this.detach(holder);
	}

	#ask(frame: FrameId, seq: number): void {
		if (this.#waits(frame)) return;
		this.#asked.set(frame, performance.now());
		this.#send({ t: 'x', bytes: encodeMirror({ t: 'resync', frame, seq }) });
	}

	#waits(frame: FrameId): boolean {
		const at = this.#asked.get(frame);
		return at !== undefined && performance.now() - at < PATIENCE;
	}
}
