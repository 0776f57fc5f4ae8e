// server only (Node).
// What a shadow keeps beside its tree: of each kind of state and node the latest, in an order in which a player can apply it.
import type { Ephemeral, FrameId, NodeId, Op } from '../../protocol/mirror.ts';

type StateOp = Exclude<Op, { op: 'insert' | 'remove' | 'attr' | 'unattr' | 'text' | 'splice' }>;

/** Kinds of which a frame has one, whatever node they name. */
const SINGLE = new Set<Op['op']>(['size', 'focus', 'select', 'compose', 'hover', 'active']);
/** Kinds that travel in 'eph' messages. */
const GLANCES = new Set<Op['op']>([
	'scroll',
	'focus',
	'select',
	'caret',
	'compose',
	'hover',
	'active',
	'picture',
	'media',
] satisfies Ephemeral['op'][]);
/** Sheets before those who adopt them; positions when everything that gives them room is there. */
const ORDER: readonly Op['op'][] = [
	'size',
	'sheet',
	'adopt',
	'state',
	'frame',
	'media',
	'picture',
	'scroll',
	'caret',
	'focus',
	'select',
	'compose',
	'hover',
	'active',
];

export class ShadowState {
	readonly #kept = new Map<string, StateOp>();
	/** Keys of #kept by node, so that a node's state goes with it. */
	readonly #byNode = new Map<NodeId, Set<string>>();

	/** Keeps an op in the place of the one before it. */
	take(op: Op): void {
		if (op.op === 'rules') {
			const sheet = this.#kept.get(`sheet ${op.id}`);
			if (sheet?.op !== 'sheet') throw new RangeError(`no sheet ${op.id}`);
			const rules = [...sheet.rules];
			rules.splice(op.at, op.del, ...op.rules);
			this.#kept.set(`sheet ${op.id}`, { ...sheet, rules });
			return;
		}
		if (op.op === 'insert' || op.op === 'remove' || op.op === 'attr' || op.op === 'unattr' || op.op === 'text' || op.op === 'splice')
			return;
		const id = 'id' in op ? op.id : op.op === 'select' ? op.anchor : 0;
		const key = SINGLE.has(op.op) ? op.op : op.op === 'state' ? `state ${id} ${op.name}` : `${op.op} ${id}`;
		if (op.op === 'frame' && !op.child) {
			this.#kept.delete(key);
			return;
		}
		this.#kept.set(key, op);
		const keys = this.#byNode.get(id);
		if (keys) keys.add(key);
		else this.#byNode.set(id, new Set([key]));
	}

	/** A node is gone, and its state with it. */
	forget(id: NodeId): void {
		for (const key of this.#byNode.get(id) ?? []) {
			const op = this.#kept.get(key);
			const still = op && ('id' in op ? op.id === id : op.op === 'select' && op.anchor === id);
			if (still) this.#kept.delete(key);
		}
		this.#byNode.delete(id);
	}

	/** All that is kept, in an order in which it can be applied after the tree. */
	ops(): Op[] {
		return [...this.#kept.values()].sort((a, b) => ORDER.indexOf(a.op) - ORDER.indexOf(b.op));
	}

	/** The latest of each droppable thing. */
	glances(): Ephemeral[] {
		return this.ops().filter((op): op is Ephemeral => GLANCES.has(op.op));
	}

	/** Frames that hang on iframes of this one. */
	*children(): Generator<FrameId> {
		for (const op of this.#kept.values()) if (op.op === 'frame') yield op.child;
	}
}
