// page (host): every proxied document, before its own scripts.
// One document's outgoing messages: deltas in order, as often as their pace allows, and what is droppable beside them.
import type { Ephemeral, MirrorMessage, Op } from '../../protocol/mirror.ts';
import { encodeMirror, MirrorWriter } from '../../protocol/mirror-encode.ts';
import type { Mask } from '../../protocol/privacy.ts';
import type { Context } from '../context.ts';
import { getter } from '../natives.ts';
import { isGone } from './ids.ts';
import type { Pace } from './pace.ts';
import { cleanOp } from './privacy/ops.ts';

const isHidden = getter<boolean>(globalThis.Document?.prototype, 'hidden');

/** Kinds of which the latest counts, whatever node it names. */
const SINGLE = new Set<Ephemeral['op']>(['focus', 'select', 'compose', 'hover', 'active']);
/** What shows where somebody is, and changes as they act. */
const MARKS = new Set<Ephemeral['op']>([...SINGLE, 'caret']);
/** Milliseconds that marks let what comes of an act go first: on its way each message is looked at by five programs, one after the other. */
const BEHIND = 4;

export class Stream {
	readonly #ctx: Context;
	readonly #pace: Pace;
	#seq = 0;
	#sent = 0;
	#scrolls = 0;
	/** Whether a key has gone out; before that nothing is sent. */
	#open = false;
	#ops: Op[] = [];
	#ephemeral = new Map<string, Ephemeral>();
	#scheduled = false;
	/** A message is being written: what is added goes with it. */
	#writing = false;
	/** Set while changes are held until there is time for them. */
	#timer: number | undefined;
	/** Set while what is droppable is held. */
	#behind: number | undefined;
	/** Writes what changed in the tree, before any queued op, so that ops find their nodes. */
	#tree: (out: MirrorWriter) => void = () => {};

	constructor(ctx: Context, pace: Pace) {
		this.#ctx = ctx;
		this.#pace = pace;
	}

	get seq(): number {
		return this.#seq;
	}

	/** Another number whenever something has gone out that the check by hash is of: a delta, or a scroll position. */
	get version(): number {
		return this.#seq + this.#scrolls;
	}

	/** Messages that have gone out, of any kind. */
	get sent(): number {
		return this.#sent;
	}

	get open(): boolean {
		return this.#open;
	}

	onFlush(tree: (out: MirrorWriter) => void): void {
		this.#tree = tree;
	}

	/** Adds an op to the next delta. */
	push(op: Op): void {
		this.#ops.push(op);
		this.#schedule();
	}

	/** Adds a droppable op; of one kind and node only the latest is sent, before the page runs again. */
	drop(op: Ephemeral): void {
		if (op.op === 'scroll') this.#scrolls++;
		const key = SINGLE.has(op.op) ? op.op : 'id' in op ? `${op.op} ${op.id}` : op.op;
		this.#ephemeral.set(key, op);
		this.#schedule();
	}

	/** Something changed that 'flush' will find. */
	wake(): void {
		this.#schedule();
	}

	/** Something has changed: it is sent now, or as soon as there is time for it. Nobody looks at a hidden page's time. */
	turn(): void {
		const wait = this.#open && !isHidden(this.#ctx.doc) ? this.#pace.wait() : 0;
		if (wait === 0) this.flush();
		else {
			this.#timer ??= this.#ctx.natives.setTimeout(() => this.settle(), wait);
			this.#glance();
		}
	}

	/** Sends what is held, if anything is: what follows speaks of it. */
	settle(): void {
		if (this.#timer !== undefined) this.flush();
	}

	/** Sends what is there now. */
	flush(): void {
		this.#release();
		if (!this.#open) {
			this.#ops = [];
			this.#ephemeral.clear();
			return;
		}
		const { now } = this.#ctx.natives;
		const began = now();
		const out = new MirrorWriter().delta(this.#ctx.frame, this.#seq + 1);
		const head = out.length;
		this.#write(out, this.#tree);
		const written = out.length > head;
		const bytes = written ? out.finish() : out.drop();
		this.#pace.spent(now() - began, written);
		if (bytes) {
			this.#seq++;
			this.#bytes(bytes);
		}
		this.#glance();
	}

	/** Sends a key. `nodes` writes the document's nodes and queues their state. */
	key(base: string, quirks: boolean, nodes: (out: MirrorWriter) => void): void {
		if (this.#open) this.flush();
		this.#ops = [];
		this.#open = true;
		const out = new MirrorWriter().key({ frame: this.#ctx.frame, seq: this.#seq, root: this.#ctx.isTop, base, quirks });
		this.#write(out, nodes);
		for (const op of this.#ephemeral.values()) out.op(op);
		this.#ephemeral.clear();
		this.#bytes(out.finish());
	}

	/** `only`: for these classes of guests alone. */
	send(message: MirrorMessage, only?: Mask): void {
		if (this.#open) this.#bytes(encodeMirror(message), only);
	}

	/** What `tree` writes, then the ops: those it added, and those added since the last message whose nodes are still there. */
	#write(out: MirrorWriter, tree: (out: MirrorWriter) => void): void {
		this.#writing = true;
		try {
			tree(out);
		} finally {
			this.#writing = false;
		}
		const ops = this.#ops;
		if (ops.length) this.#ops = [];
		// Cleaned no earlier than now: what was learnt meanwhile counts.
		for (const op of ops) if (!('id' in op) || !isGone(op.id)) out.op(cleanOp(op));
	}

	/** Sends what is droppable: now, or behind what is about to come of what somebody has just done. */
	#glance(): void {
		if (!this.#ephemeral.size) return;
		if (!this.#pace.awaits || ![...this.#ephemeral.values()].every(({ op }) => MARKS.has(op))) this.#tell();
		else this.#behind ??= this.#ctx.natives.setTimeout(() => this.#tell(), BEHIND);
	}

	#tell(): void {
		if (this.#behind !== undefined) this.#ctx.natives.clearTimeout(this.#behind);
		this.#behind = undefined;
		if (!this.#ephemeral.size) return;
		this.send({ t: 'eph', frame: this.#ctx.frame, ops: [...this.#ephemeral.values()] });
		this.#ephemeral.clear();
	}

	#release(): void {
		if (this.#timer !== undefined) this.#ctx.natives.clearTimeout(this.#timer);
		this.#timer = undefined;
	}

	#bytes(bytes: Uint8Array, only?: Mask): void {
		this.#sent++;
		this.#ctx.send(only === undefined ? { t: 'x', bytes } : { t: 'x', bytes, only }, [bytes.buffer as ArrayBuffer]);
	}

	#schedule(): void {
		if (this.#scheduled || this.#writing || !this.#open) return;
		this.#scheduled = true;
		this.#ctx.natives.queueMicrotask(() => {
			this.#scheduled = false;
			this.turn();
		});
	}
}
