// server only (Node).

/** Forgets what a map has held for longest where it holds `most` entries, before the next is put in. */
export function makeRoom<K>(map: Map<K, unknown>, most: number): void {
	if (map.size < most) return;
	for (const oldest of map.keys()) {
		map.delete(oldest);
		return;
	}
}
