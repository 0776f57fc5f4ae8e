// page (host): every proxied document, before its own scripts.
// One document's outgoing messages: deltas in order, and what is droppable beside them.

import type { Ephemeral, MirrorMessage, Op } from '../../protocol/mirror.ts';
import { encodeMirror, MirrorWriter } from '../../protocol/mirror-encode.ts';
import type { Mask } from '../../protocol/privacy.ts';
import type { Context } from '../context.ts';
import { cleanOp } from './privacy-ops.ts';

export class Stream {
	readonly #ctx: Context;
	#seq = 0;
	/** Whether a key has gone out; before that nothing is sent. */
	#open = false;
	#ops: Op[] = [];
	#ephemeral = new Map<string, Ephemeral>();
	#scheduled = false;
	/** Writes what changed in the tree, before any queued op, so that ops find their nodes. */
	#tree: (out: MirrorWriter) => void = () => {};

	constructor(ctx: Context) {
		this.#ctx = ctx;
	}

	get seq(): number {
		return this.#seq;
	}

	get open(): boolean {
		return this.#open;
	}

	onFlush(tree: (out: MirrorWriter) => void): void {
		this.#tree = tree;
	}

	/** Adds an op to the next delta, which goes out before the page runs again. */
	push(op: Op): void {
		this.#ops.push(cleanOp(op));
		this.#schedule();
	}

	/** Adds a droppable op; of one kind and node only the latest is sent. */
	drop(op: Ephemeral): void {
		this.#ephemeral.set(op.op === 'select' || op.op === 'compose' ? op.op : `${op.op} ${op.id}`, op);
		this.#schedule();
	}

	/** Something changed that 'flush' will find. */
	wake(): void {
		this.#schedule();
	}

	/** Sends what is there now. */
	flush(): void {
		if (!this.#open) {
			this.#ops = [];
			this.#ephemeral.clear();
			return;
		}
		const out = new MirrorWriter().delta(this.#ctx.frame, this.#seq + 1);
		const head = out.length;
		this.#tree(out);
		for (const op of this.#take()) out.op(op);
		if (out.length > head) {
			this.#seq++;
			this.#bytes(out.finish());
		} else out.drop();
		if (this.#ephemeral.size) {
			this.send({ t: 'eph', frame: this.#ctx.frame, ops: [...this.#ephemeral.values()] });
			this.#ephemeral.clear();
		}
	}

	/** Sends a key. `nodes` writes the document's nodes and queues their state. */
	key(base: string, quirks: boolean, nodes: (out: MirrorWriter) => void): void {
		if (this.#open) this.flush();
		this.#ops = [];
		this.#open = true;
		const out = new MirrorWriter().key({ frame: this.#ctx.frame, seq: this.#seq, root: this.#ctx.isTop, base, quirks });
		nodes(out);
		for (const op of this.#take()) out.op(op);
		for (const op of this.#ephemeral.values()) out.op(op);
		this.#ephemeral.clear();
		this.#bytes(out.finish());
	}

	/** `only`: for these classes of guests alone. */
	send(message: MirrorMessage, only?: Mask): void {
		if (this.#open) this.#bytes(encodeMirror(message), only);
	}

	#take(): Op[] {
		const ops = this.#ops;
		this.#ops = [];
		return ops;
	}

	#bytes(bytes: Uint8Array, only?: Mask): void {
		this.#ctx.send(only === undefined ? { t: 'x', bytes } : { t: 'x', bytes, only }, [bytes.buffer as ArrayBuffer]);
	}

	#schedule(): void {
		if (this.#scheduled || !this.#open) return;
		this.#scheduled = true;
		this.#ctx.natives.queueMicrotask(() => {
			this.#scheduled = false;
			this.flush();
		});
	}
}
