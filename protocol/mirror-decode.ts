// server and page: no Node, no DOM.
// Bytes to messages of the mirror. Bytes that are no message throw RangeError; nothing else is thrown, whatever they are.
import { ByteReader } from './bytes.ts';
import {
	type FrameId,
	type MirrorMessage,
	type MirrorType,
	NAMESPACES,
	type NodeId,
	type Op,
	STATES,
	TYPES,
	type WireNode,
} from './mirror.ts';
import { ATTR, FLAG, HAS_NODES, KIND, OPS, STEP } from './mirror-code.ts';

/** Nodes inside nodes, deeper than any browser's parser builds (512), well under what would exhaust a stack. */
const DEPTH_MAX = 4000;

/** What a relay needs of a message to pass it on: its type, frame and, where it has one, seq. */
export function headOf(bytes: Uint8Array): { t: MirrorType; frame: FrameId; seq: number } {
	const input = new ByteReader(bytes);
	const t = typeOf(input.uint());
	const frame = input.uint();
	return { t, frame, seq: t === 'eph' || t === 'asset' ? 0 : input.uint() };
}

export function decodeMirror(bytes: Uint8Array): MirrorMessage {
	const input = new ByteReader(bytes);
	const t = typeOf(input.uint());
	const frame = input.uint();
	switch (t) {
		case 'key': {
			const seq = input.uint();
			const flags = input.uint();
			const base = input.string();
			const reader = new MirrorReader(input);
			const nodes = reader.nodes(0);
			return { t, frame, seq, root: (flags & FLAG.ROOT) > 0, quirks: (flags & FLAG.QUIRKS) > 0, base, nodes, ops: reader.ops() };
		}
		case 'delta':
			return { t, frame, seq: input.uint(), ops: new MirrorReader(input).ops() };
		case 'eph':
			return { t, frame, ops: new MirrorReader(input).ops() };
		case 'asset':
			return { t, frame, url: input.string(), type: input.string(), bytes: input.raw() };
		case 'digest':
			return { t, frame, seq: input.uint(), hash: input.uint() };
		case 'resync':
			return { t, frame, seq: input.uint() };
	}
}

function typeOf(code: number): MirrorType {
	const t = TYPES[code];
	if (!t) throw new RangeError(`no message of the mirror has type ${code}`);
	return t;
}

/** Reads nodes and ops; keeps the last id, which others are written against. */
class MirrorReader {
	readonly #in: ByteReader;
	#last: NodeId = 0;

	constructor(input: ByteReader) {
		this.#in = input;
	}

	ops(): Op[] {
		const ops: Op[] = [];
		while (!this.#in.done) ops.push(this.#op());
		return ops;
	}

	/** Nodes up to END. */
	nodes(depth: number): WireNode[] {
		if (depth > DEPTH_MAX) throw new RangeError('nodes nested too deep');
		const nodes: WireNode[] = [];
		for (;;) {
			let head = this.#in.uint();
			if (head === KIND.END) return nodes;
			if (head === KIND.REF) {
				nodes.push({ k: 'ref', id: this.#id() });
				continue;
			}
			if (head === KIND.ID) {
				this.#last += this.#in.int();
				head = this.#in.uint();
			} else this.#last++;
			nodes.push(this.#node(head, this.#last, depth));
		}
	}

	#node(head: number, id: NodeId, depth: number): WireNode {
		const kind = head % HAS_NODES;
		if (kind === KIND.TEXT) return { k: 'text', id, text: this.#in.string() };
		if (kind === KIND.SHADOW) return { k: 'shadow', id, manual: Math.floor(head / HAS_NODES) % 2 > 0, nodes: this.nodes(depth + 1) };
		if (kind === KIND.SHEET_PI) return { k: 'sheet-pi', id, text: this.#in.string() };
		if (kind === KIND.DOCTYPE) {
			return { k: 'doctype', id, name: this.#in.string(), publicId: this.#in.string(), systemId: this.#in.string() };
		}
		if (kind > KIND.OTHER || kind === KIND.END) throw new RangeError(`no node has kind ${kind}`);
		const ns = kind === KIND.OTHER ? this.#in.string() : (NAMESPACES[kind - 1] as string);
		const tag = this.#in.string();
		const attrs: string[] = [];
		for (let n = Math.floor(head / ATTR) * 2; n > 0; n--) attrs.push(this.#in.string());
		const nodes = Math.floor(head / HAS_NODES) % 2 ? this.nodes(depth + 1) : [];
		return { k: 'element', id, ns, tag, attrs, nodes };
	}

	#op(): Op {
		const input = this.#in;
		const code = input.uint();
		const op = OPS[code];
		if (!op) throw new RangeError(`no op has code ${code}`);
		if (op === 'size') return { op, width: input.uint(), height: input.uint() };
		const id = this.#id();
		switch (op) {
			case 'insert':
				return { op, parent: id, before: input.uint() ? this.#id() : 0, nodes: this.nodes(0) };
			case 'remove':
			case 'hover':
			case 'active':
				return { op, id };
			case 'focus': {
				const look = input.uint();
				if (look !== 0 && look !== 1 && look !== 2) throw new RangeError(`a focus has no look ${look}`);
				return { op, id, look };
			}
			case 'attr':
				return { op, id, name: input.string(), value: input.string() };
			case 'unattr':
				return { op, id, name: input.string() };
			case 'text':
				return { op, id, text: input.string() };
			case 'splice':
				return { op, id, at: input.uint(), del: input.uint(), text: input.string() };
			case 'state':
				return { op, id, name: this.#state(), value: input.string() };
			case 'frame':
				return { op, id, child: input.uint() };
			case 'sheet':
				return { op, id, media: input.string(), disabled: input.uint() > 0, rules: this.#strings() };
			case 'rules':
				return { op, id, at: input.uint(), del: input.uint(), rules: this.#strings() };
			case 'adopt': {
				const sheets: NodeId[] = [];
				for (let n = input.uint(); n > 0; n--) sheets.push(this.#id());
				return { op, id, sheets };
			}
			case 'scroll':
				return { op, id, x: input.int() / STEP.SCROLL, y: input.int() / STEP.SCROLL };
			case 'select':
				return { op, anchor: id, anchorOffset: input.uint(), head: this.#id(), headOffset: input.uint() };
			case 'caret':
			case 'compose':
				return { op, id, start: input.uint(), end: input.uint() };
			case 'picture':
				return { op, id, type: input.string(), bytes: input.raw() };
			case 'media':
				return {
					op,
					id,
					playing: input.uint() > 0,
					time: input.uint() / STEP.TIME,
					rate: input.int() / STEP.FACTOR,
					volume: input.uint() / STEP.FACTOR,
				};
		}
	}

	#state(): (typeof STATES)[number] {
		const state = STATES[this.#in.uint()];
		if (!state) throw new RangeError('no such state');
		return state;
	}

	#id(): NodeId {
		this.#last += this.#in.int();
		return this.#last;
	}

	#strings(): string[] {
		const list: string[] = [];
		for (let n = this.#in.uint(); n > 0; n--) list.push(this.#in.string());
		return list;
	}
}
