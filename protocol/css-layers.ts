// server and page: no Node, no DOM.
// What the mirror says in the browser's place (the ring of what has the focus) stands in a layer, and a layer that is named later is the stronger
// (CSS Cascading and Inheritance Level 5 section 6.4.3). So a guest's sheets that have layers of their own name that one first.

/** The mirror's own layer, beneath all of the page. */
export const OWN_LAYER = 'tandem';
const FIRST = `@layer ${OWN_LAYER};`;

/** A whole style sheet for a guest; rules of one by themselves are not for this. */
export function ownLayerFirst(css: string): string {
	return /\blayer\b/i.test(css) && !css.startsWith(FIRST) ? FIRST + css : css;
}
