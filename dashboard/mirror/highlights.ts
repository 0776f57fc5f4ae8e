// mirror document (guest's browser).
// Highlights of the host's scripts (injector/mirror/highlights.ts), registered anew over the mirror's own texts.

/** Names that stand in a document's registry for the host's sake. */
const shown = new WeakMap<Document, readonly string[]>();

/** What the host says as JSON; '' takes all away. A browser without highlights shows none. */
export function showHighlights(doc: Document, json: string, nodes: ReadonlyMap<number, Node>): void {
	const win = doc.defaultView as (Window & typeof globalThis) | null;
	const registry = win?.CSS.highlights;
	if (!win || !registry) return;
	for (const name of shown.get(doc) ?? []) registry.delete(name);
	const all: readonly [string, HighlightType, number, readonly number[]][] = json ? JSON.parse(json) : [];
	for (const [name, type, priority, ends] of all) {
		const highlight = new win.Highlight();
		highlight.type = type;
		highlight.priority = priority;
		for (let i = 0; i + 3 < ends.length; i += 4) {
			const [start, end] = [nodes.get(ends[i] as number), nodes.get(ends[i + 2] as number)];
			if (!start || !end) continue;
			const range = doc.createRange();
			range.setStart(start, within(start, ends[i + 1] as number));
			range.setEnd(end, within(end, ends[i + 3] as number));
			highlight.add(range);
		}
		registry.set(name, highlight);
	}
	shown.set(
		doc,
		all.map(([name]) => name),
	);
}

/** What is hidden may be shorter here. */
function within(node: Node, offset: number): number {
	return Math.min(offset, node.nodeType === Node.TEXT_NODE ? (node as Text).length : node.childNodes.length);
}
