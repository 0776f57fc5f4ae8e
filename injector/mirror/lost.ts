// page (host).
// Elements that have left the mirror of late, by the ids they had: a guest who acts may still see them.
import type { NodeId } from '../../protocol/mirror.ts';
import { natives } from '../natives.ts';

/** How long they are kept at least, milliseconds: as a guest far away lags behind. */
const KEPT = 1500;

let young: Map<NodeId, Node> | undefined;
let old: typeof young;
let acted = false;

/** A guest acts: what leaves the mirror is kept for a while. */
export function keepLost(): void {
	acted = true;
	if (!young && !old) age();
}

function age(): void {
	old = young;
	young = acted ? new Map() : undefined;
	acted = false;
	if (young || old) natives.setTimeout(age, KEPT);
}

export function lose(id: NodeId, node: Node): void {
	young?.set(id, node);
}

export function lostNode(id: NodeId): Node | undefined {
	return young?.get(id) ?? old?.get(id);
}
