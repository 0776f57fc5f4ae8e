// page (host): every proxied document, before its own scripts.
// What is pushed beside the tree (fields' values, style sheets), looked through for known secrets on its way out.
import type { Op, StateName } from '../../../protocol/mirror.ts';
import { clean, cleanCss } from './taint.ts';

/** States that a page's own words stand in; in the others numbers and names of ours do. */
const WORDS: ReadonlySet<StateName> = new Set<StateName>(['value', 'animations', 'files', 'looks', 'unseen']);

export function cleanOp(op: Op): Op {
	switch (op.op) {
		case 'state': {
			const value = WORDS.has(op.name) ? clean(op.value) : op.value;
			return value === op.value ? op : { ...op, value };
		}
		case 'sheet':
		case 'rules':
			return { ...op, rules: op.rules.map(cleanCss) };
		default:
			return op;
	}
}
