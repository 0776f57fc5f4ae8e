// page (host): every proxied document, before its own scripts.
// A code with a field for each of its signs: which fields together are one value. A form may have two codes (a new one, and once more), and one code may
// stand in two parts; so all that stand together are one value, and each part of them too.
import { squeeze } from '../../../protocol/secrets.ts';
import { type Any, method } from '../../natives.ts';
import { composedParent, data, getRootNode } from '../dom.ts';
import { nextNode, TEXTS, walkerOf } from '../walk.ts';

const g = globalThis as Any;
const position = method<number>(g.Node?.prototype, 'compareDocumentPosition');
const contains = method<boolean>(g.Node?.prototype, 'contains');
const FOLLOWING = 4;
/** Fields looked at together, levels of elements around them, and texts between two of them. */
const MOST = 32;
const LEVELS = 8;
const BETWEEN = 12;

export interface Group {
	/** Names the group as long as the page keeps it. */
	readonly at: Node;
	readonly text: string;
}

/** What the groups that `el` is in say together. `boxes`: the fields of one sign that are there, `el` among them, with what is in each. */
export function groupsOf(el: Element, boxes: readonly (readonly [Element, string])[]): Group[] {
	if (boxes.length < 2 || boxes.length > MOST) return [];
	const root = getRootNode(el);
	const sorted = [...boxes].filter(([box]) => getRootNode(box) === root).sort(([a], [b]) => (position(a, b) & FOLLOWING ? -1 : 1));
	const groups: Group[] = [];
	let size = 1;
	for (let at = composedParent(el), n = 0; at && n < LEVELS; n++, at = composedParent(at)) {
		const inside = sorted.filter(([box]) => contains(at, box));
		if (inside.length === size) continue;
		size = inside.length;
		groups.push({ at, text: joined(inside) });
		if (size === sorted.length) break;
	}
	// Across shadow roots, one field in each.
	if (sorted.length < boxes.length) groups.push({ at: el.ownerDocument, text: joined(boxes) });
	const row = rowOf(el, sorted);
	if (row.length > 1 && row.length < sorted.length) groups.push({ at: (row[0] as (typeof row)[number])[0], text: joined(row) });
	return groups;
}

function joined(boxes: readonly (readonly [Element, string])[]): string {
	let text = '';
	for (const [, value] of boxes) text += value;
	return text;
}

/** Those that stand in a row with `el`, no words between them. */
function rowOf<T extends readonly [Element, string]>(el: Element, sorted: readonly T[]): readonly T[] {
	const at = sorted.findIndex(([box]) => box === el);
	let from = at;
	let to = at;
	while (from > 0 && isNext((sorted[from - 1] as T)[0], (sorted[from] as T)[0])) from--;
	while (to < sorted.length - 1 && isNext((sorted[to] as T)[0], (sorted[to + 1] as T)[0])) to++;
	return sorted.slice(from, to + 1);
}

function isNext(one: Element, two: Element): boolean {
	const walker = walkerOf(getRootNode(one), TEXTS, one);
	for (let n = 0; n < BETWEEN; n++) {
		const text = nextNode(walker);
		if (!text || !(position(text, two) & FOLLOWING)) return true;
		if (squeeze(data(text)) !== '') return false;
	}
	return false;
}
