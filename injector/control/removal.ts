// page (host).
// Whether an element was taken out of the document meanwhile, even if only to be put elsewhere: a browser forgets then that it was pressed, so
// that no click follows, and takes what it stood in for the place of the pointer.
import { natives } from '../natives.ts';
import { shadowHost } from '../shadow-roots.ts';
import { dom } from './dom.ts';

export interface Removal {
	/** What the element stood in when it, or what it stands in, was taken out; null where that is no element, undefined while it stays. */
	from(): Element | null | undefined;
	/** When that was (`natives.now`), as far as it is known. */
	readonly at: number;
	stop(): void;
}

/** Watches `el` until `stop` is called. */
export function watchRemoval(el: Element): Removal {
	let from: Element | null | undefined;
	let at = Number.POSITIVE_INFINITY;
	const see = (records: readonly MutationRecord[]) => {
		for (const { target, removedNodes } of records) {
			for (const node of removedNodes) {
				if (!holds(node, el)) continue;
				if (from === undefined) at = natives.now();
				from = target.nodeType === 1 ? (target as Element) : null;
			}
		}
	};
	const observer = new natives.MutationObserver(see);
	for (let root: Node | undefined = dom.rootNode(el); root; root = outside(root))
		observer.observe(root, { childList: true, subtree: true });
	return {
		from() {
			see(observer.takeRecords());
			return from;
		},
		get at() {
			return at;
		},
		stop: () => observer.disconnect(),
	};
}

/** The tree around a shadow tree. */
function outside(root: Node): Node | undefined {
	const host = hostOf(root);
	return host && dom.rootNode(host);
}

function hostOf(root: Node): Element | undefined {
	return root.nodeType === 11 && 'host' in root ? shadowHost(root as ShadowRoot) : undefined;
}

/** Whether `el` stands in `node`, inside shadow roots too. */
function holds(node: Node, el: Element): boolean {
	for (let at: Element | undefined = el; at; at = hostOf(dom.rootNode(at))) if (dom.contains(node, at)) return true;
	return false;
}
