// mirror document (guest's browser).
// Texts that the private mode hides come as signs about as wide (injector/mirror/privacy/shape.ts). They are drawn as boxes, one for each word, by
// highlights, which change neither tree nor layout (CSS Custom Highlight API Level 1). A browser without them shows the signs.

/** Begins such a text. */
const MARK = '\u2060';
const NAME = 'tandem-stand-in';
/** Words of one text that get a box of their own; what follows is one box. */
const MOST = 500;

const drawn = new WeakMap<Node, readonly AbstractRange[]>();

/** A text of the mirror is this now. */
export function showStandIn(node: CharacterData, text: string): void {
	const hidden = text.startsWith(MARK);
	if (!hidden && !drawn.has(node)) return;
	dropStandIn(node);
	const highlight = hidden ? highlightOf(node.ownerDocument) : undefined;
	if (!highlight) return;
	const ranges = boxesOf(node, text);
	for (const range of ranges) highlight.add(range);
	drawn.set(node, ranges);
}

/** A node is gone. */
export function dropStandIn(node: Node): void {
	const ranges = drawn.get(node);
	if (!ranges) return;
	drawn.delete(node);
	const highlight = highlightOf(node.ownerDocument);
	for (const range of ranges) highlight?.delete(range);
}

function boxesOf(node: Node, text: string): AbstractRange[] {
	const words = [...text.matchAll(/[^\s\u2060]+/g)];
	const spans = words.slice(0, MOST).map(({ index, 0: word }) => [index, index + word.length] as const);
	const rest = words[MOST];
	if (rest) spans.push([rest.index, text.length]);
	return spans.map(([start, end]) => new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }));
}

function highlightOf(doc: Document | null): Highlight | undefined {
	const win = doc?.defaultView as (Window & typeof globalThis) | null | undefined;
	if (!win?.Highlight || !win.CSS.highlights) return undefined;
	const known = win.CSS.highlights.get(NAME);
	if (known) return known;
	const made = new win.Highlight();
	win.CSS.highlights.set(NAME, made);
	return made;
}

/** How they look: the grey of other masks. */
export const STAND_IN_CSS = `::highlight(${NAME}){color:transparent!important;background-color:#9aa0a6!important;text-shadow:none!important}`;

/** A document is drawn anew; highlights of the host's scripts are told anew too. */
export function clearStandIns(doc: Document): void {
	doc.defaultView?.CSS?.highlights?.clear();
}
