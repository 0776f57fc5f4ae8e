// page (host): every proxied document, before its own scripts.
// What is pushed beside the tree (fields' values, style sheets), looked through for known secrets on its way out.
import type { Op } from '../../protocol/mirror.ts';
import { clean, cleanCss } from './privacy-taint.ts';

export function cleanOp(op: Op): Op {
	switch (op.op) {
		case 'state': {
			const value = op.name === 'defined' ? op.value : clean(op.value);
			return value === op.value ? op : { ...op, value };
		}
		case 'sheet':
		case 'rules':
			return { ...op, rules: op.rules.map(cleanCss) };
		default:
			return op;
	}
}
