// page.
// What a page does with its own window's functions to what stands in another document of its origin (the style element of a library, made here and put
// into a frame). A browser calls the functions of the window that an object was made in, so this window's runtime hears of it, and tells the document's.
import { natives } from './natives.ts';
import { realm } from './realm.ts';
import { common } from './shared.ts';

/** What a document's runtime is told by those of others, by what it is about. */
export interface Ears {
	/** A shadow root came to an element. */
	root?: (root: ShadowRoot) => void;
	/** The rules of an element's sheet were changed. */
	sheet?: (sheet: CSSStyleSheet) => void;
	/** An animation of an element was made, or changed its mind. */
	animation?: (animation: Animation) => void;
}

/** From now on `ear` hears what others do in `doc`. */
export function hear<K extends keyof Ears>(doc: Document, what: K, ear: Ears[K]): void {
	const ears = common.shared.ears.get(doc) ?? {};
	ears[what] = ear;
	common.shared.ears.set(doc, ears);
}

/** What the runtime of `node`'s document wants to be told; undefined where that is the window's own, or has none. */
export function earOf<K extends keyof Ears>(node: Node, what: K): Ears[K] {
	const doc = natives.ownerDocument(node);
	return doc && doc !== realm.global.document ? common.shared.ears.get(doc)?.[what] : undefined;
}
