// server and page: no Node, no DOM.
// Messages of the mirror to bytes. The host writes its tree straight from the DOM through `element`, `text`, `end`; the relay's shadow
// writes the same from its own nodes.
import { ByteWriter } from './bytes.ts';
import { type FrameId, type MirrorMessage, NAMESPACES, type NodeId, type Op, STATES, TYPES, type WireNode } from './mirror.ts';
import { ATTR, FLAG, HAS_NODES, KIND, OPS, STEP } from './mirror-code.ts';

/** Each op's place in OPS. */
const CODES = Object.fromEntries(OPS.map((op, i) => [op, i])) as Readonly<Record<Op['op'], number>>;

/** Writes one message, piece by piece: a head, then nodes (a key's, closed by `end`), then ops. */
export class MirrorWriter {
	readonly #out = new ByteWriter();
	#last: NodeId = 0;

	get length(): number {
		return this.#out.length;
	}

	finish(): Uint8Array {
		return this.#out.finish();
	}

	/** Nothing was worth writing. */
	drop(): void {
		this.#out.drop();
	}

	/** Opens a key. Its nodes follow, then `end()`, then ops. */
	key(head: { frame: FrameId; seq: number; root: boolean; base: string; quirks: boolean }): this {
		this.#head('key', head.frame);
		this.#out.uint(head.seq);
		this.#out.uint((head.root ? FLAG.ROOT : 0) + (head.quirks ? FLAG.QUIRKS : 0));
		this.#out.string(head.base);
		return this;
	}

	delta(frame: FrameId, seq: number): this {
		this.#head('delta', frame);
		this.#out.uint(seq);
		return this;
	}

	eph(frame: FrameId): this {
		this.#head('eph', frame);
		return this;
	}

	/** Opens an insert; its nodes follow, then `end()`. */
	insert(parent: NodeId, before: NodeId): void {
		this.#op('insert', parent);
		this.#out.uint(before ? 1 : 0);
		if (before) this.#id(before);
	}

	/** Opens an element. `attrs`: name, value, name, value …; where `hasNodes`, its nodes follow, then `end()`. */
	element(id: NodeId, ns: string, tag: string, attrs: readonly string[], hasNodes: boolean): void {
		this.#implied(id);
		const known = NAMESPACES.indexOf(ns as (typeof NAMESPACES)[number]);
		const kind = known < 0 ? KIND.OTHER : known + 1;
		this.#out.uint(kind + (hasNodes ? HAS_NODES : 0) + ATTR * (attrs.length / 2));
		if (known < 0) this.#out.string(ns);
		this.#out.string(tag);
		for (const piece of attrs) this.#out.string(piece);
	}

	text(id: NodeId, text: string): void {
		this.#implied(id);
		this.#out.uint(KIND.TEXT);
		this.#out.string(text);
	}

	doctype(id: NodeId, name: string, publicId: string, systemId: string): void {
		this.#implied(id);
		this.#out.uint(KIND.DOCTYPE);
		for (const piece of [name, publicId, systemId]) this.#out.string(piece);
	}

	/** Opens a shadow root, the first thing in its host; its nodes follow, then `end()`. */
	shadow(id: NodeId, manual: boolean): void {
		this.#implied(id);
		this.#out.uint(KIND.SHADOW + (manual ? HAS_NODES : 0));
	}

	sheetPi(id: NodeId, text: string): void {
		this.#implied(id);
		this.#out.uint(KIND.SHEET_PI);
		this.#out.string(text);
	}

	/** A node that is there already. */
	ref(id: NodeId): void {
		this.#out.uint(KIND.REF);
		this.#id(id);
	}

	end(): void {
		this.#out.uint(KIND.END);
	}

	attr(id: NodeId, name: string, value: string): void {
		this.#op('attr', id);
		this.#out.string(name);
		this.#out.string(value);
	}

	unattr(id: NodeId, name: string): void {
		this.#op('unattr', id);
		this.#out.string(name);
	}

	/** A node with all that is in it. */
	node(node: WireNode): void {
		if (node.k === 'text') this.text(node.id, node.text);
		else if (node.k === 'doctype') this.doctype(node.id, node.name, node.publicId, node.systemId);
		else if (node.k === 'ref') this.ref(node.id);
		else if (node.k === 'sheet-pi') this.sheetPi(node.id, node.text);
		else {
			if (node.k === 'shadow') this.shadow(node.id, node.manual);
			else this.element(node.id, node.ns, node.tag, node.attrs, node.nodes.length > 0);
			if (node.k === 'element' && !node.nodes.length) return;
			for (const inner of node.nodes) this.node(inner);
			this.end();
		}
	}

	op(op: Op): void {
		const out = this.#out;
		if (op.op === 'insert') {
			this.insert(op.parent, op.before);
			for (const node of op.nodes) this.node(node);
			this.end();
			return;
		}
		if (op.op === 'size') {
			out.uint(CODES.size);
			out.uint(Math.round(op.width));
			out.uint(Math.round(op.height));
			return;
		}
		if (op.op === 'attr') {
			this.attr(op.id, op.name, op.value);
			return;
		}
		if (op.op === 'unattr') {
			this.unattr(op.id, op.name);
			return;
		}
		this.#op(op.op, op.op === 'select' ? op.anchor : op.id);
		switch (op.op) {
			case 'text':
				out.string(op.text);
				break;
			case 'splice':
				out.uint(op.at);
				out.uint(op.del);
				out.string(op.text);
				break;
			case 'state':
				out.uint(STATES.indexOf(op.name));
				out.string(op.value);
				break;
			case 'frame':
				out.uint(op.child);
				break;
			case 'sheet':
				out.string(op.media);
				out.uint(op.disabled ? 1 : 0);
				this.#strings(op.rules);
				break;
			case 'rules':
				out.uint(op.at);
				out.uint(op.del);
				this.#strings(op.rules);
				break;
			case 'adopt':
				out.uint(op.sheets.length);
				for (const id of op.sheets) this.#id(id);
				break;
			case 'scroll':
				out.int(Math.round(op.x * STEP.SCROLL));
				out.int(Math.round(op.y * STEP.SCROLL));
				break;
			case 'select':
				out.uint(op.anchorOffset);
				this.#id(op.head);
				out.uint(op.headOffset);
				break;
			case 'caret':
			case 'compose':
				out.uint(op.start);
				out.uint(op.end);
				break;
			case 'focus':
				out.uint(op.look);
				break;
			case 'picture':
				out.string(op.type);
				out.raw(op.bytes);
				break;
			case 'media':
				out.uint(op.playing ? 1 : 0);
				out.uint(Math.round(op.time * STEP.TIME));
				out.int(Math.round(op.rate * STEP.FACTOR));
				out.uint(Math.round(op.volume * STEP.FACTOR));
				break;
		}
	}

	/** A message that has neither nodes nor ops. */
	static plain(message: Extract<MirrorMessage, { t: 'asset' | 'digest' | 'resync' }>): Uint8Array {
		const writer = new MirrorWriter();
		writer.#head(message.t, message.frame);
		const out = writer.#out;
		if (message.t === 'asset') {
			out.string(message.url);
			out.string(message.type);
			out.raw(message.bytes);
		} else {
			out.uint(message.seq);
			if (message.t === 'digest') out.uint(message.hash);
		}
		return writer.finish();
	}

	#head(t: MirrorMessage['t'], frame: FrameId): void {
		this.#out.uint(TYPES.indexOf(t));
		this.#out.uint(frame);
	}

	#op(op: Op['op'], id: NodeId): void {
		this.#out.uint(CODES[op]);
		this.#id(id);
	}

	#id(id: NodeId): void {
		this.#out.int(id - this.#last);
		this.#last = id;
	}

	#implied(id: NodeId): void {
		if (id !== this.#last + 1) {
			this.#out.uint(KIND.ID);
			this.#out.int(id - this.#last);
		}
		this.#last = id;
	}

	#strings(list: readonly string[]): void {
		this.#out.uint(list.length);
		for (const text of list) this.#out.string(text);
	}
}

/** A whole message to bytes. */
export function encodeMirror(message: MirrorMessage): Uint8Array {
	if (message.t === 'asset' || message.t === 'digest' || message.t === 'resync') return MirrorWriter.plain(message);
	const writer = new MirrorWriter();
	if (message.t === 'key') {
		writer.key(message);
		for (const node of message.nodes) writer.node(node);
		writer.end();
	} else if (message.t === 'delta') writer.delta(message.frame, message.seq);
	else writer.eph(message.frame);
	for (const op of message.ops) writer.op(op);
	return writer.finish();
}
