// server only (Node).
// Missed deltas made short for a guest who lags: what a later op overwrites is left out, so that a place that changes all the time costs one
// change. All ops stand in the last delta; the others stay as empty ones, since a mirror counts them.
import type { NodeId, Op } from '../../protocol/mirror.ts';
import { decodeMirror } from '../../protocol/mirror-decode.ts';
import { encodeMirror } from '../../protocol/mirror-encode.ts';

/** The deltas of one frame, in order, with the same outcome. `textOf`: what a text node holds after them; undefined where it is gone. */
export function merged(deltas: readonly Uint8Array[], textOf: (id: NodeId) => string | undefined): readonly Uint8Array[] {
	if (deltas.length < 2) return deltas;
	const all = deltas.map((bytes) => {
		const message = decodeMirror(bytes);
		if (message.t !== 'delta') throw new TypeError('not a delta');
		return message;
	});
	const ops = latest(
		all.flatMap((delta) => delta.ops),
		textOf,
	);
	return all.map((delta, i) => encodeMirror({ ...delta, ops: i === all.length - 1 ? ops : [] }));
}

/** Ops without those that a later one makes worthless. */
export function latest(ops: readonly Op[], textOf: (id: NodeId) => string | undefined): Op[] {
	const times = new Map<string, number>();
	for (const op of ops) {
		const key = keyOf(op);
		if (key !== undefined) times.set(key, (times.get(key) ?? 0) + 1);
	}
	const seen = new Set<string>();
	const kept: Op[] = [];
	for (let i = ops.length - 1; i >= 0; i--) {
		const op = ops[i] as Op;
		const key = keyOf(op);
		if (key !== undefined && seen.has(key)) continue;
		// A change of some rules builds on those before it; a change of a part of a text is told as the whole text where it is not the only one.
		if (key !== undefined && op.op !== 'rules') seen.add(key);
		if (op.op !== 'splice' || times.get(key ?? '') === 1) kept.push(op);
		else {
			const text = textOf(op.id);
			if (text !== undefined) kept.push({ op: 'text', id: op.id, text });
		}
	}
	return kept.reverse();
}

/** What an op sets; undefined where order matters to others (nodes that come and go). */
function keyOf(op: Op): string | undefined {
	switch (op.op) {
		case 'text':
		case 'splice':
			return `text ${op.id}`;
		case 'attr':
		case 'unattr':
			return `attr ${op.id} ${op.name}`;
		case 'state':
			return `state ${op.id} ${op.name}`;
		case 'sheet':
		case 'rules':
			return `sheet ${op.id}`;
		case 'adopt':
		case 'scroll':
			return `${op.op} ${op.id}`;
		default:
			return undefined;
	}
}
