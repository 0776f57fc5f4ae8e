// server only (Node).
// Labels read before are not read again: a page asks for a hundred things under the same few names.
import { decodeLabel, type Label } from '../../protocol/label.ts';

/** Names kept; anybody may ask for any name, so that all are forgotten when there are more. */
const KEPT = 2000;
const labels = new Map<string, Label | undefined>();
const origins = new Map<string, boolean>();

/** What a label (the part of a host before the zone) means; undefined where it is none. */
export function readLabel(name: string): Label | undefined {
	return keep(labels, name, decodeLabel);
}

/** Whether an origin is spelt as `new URL` would spell it. */
export function isCanonical(origin: string): boolean {
	return keep(origins, origin, (text) => URL.canParse(text) && new URL(text).origin === text);
}

function keep<V>(map: Map<string, V>, key: string, make: (key: string) => V): V {
	const found = map.get(key);
	if (found !== undefined || map.has(key)) return found as V;
	if (map.size >= KEPT) map.clear();
	const made = make(key);
	map.set(key, made);
	return made;
}
