// page (host): every proxied document, before its own scripts.
// Where the document's selection begins and ends, in shadow trees too (Selection API section 3, getComposedRanges).
import { type Any, getter, method, natives } from '../natives.ts';
import { firstChild, getRootNode, nextSibling } from './dom.ts';

const g = globalThis as Any;
const selection = g.Selection?.prototype;
const ofDocument = method<Selection | null>(g.Document?.prototype, 'getSelection');
/** Chromium's; elsewhere the document's own selection reaches into shadow trees or says nothing of them. */
const ofShadow = g.ShadowRoot?.prototype.getSelection ? method<Selection | null>(g.ShadowRoot.prototype, 'getSelection') : undefined;
const composedRanges = selection?.getComposedRanges ? method<StaticRange[]>(selection, 'getComposedRanges') : undefined;
const direction = getter<string>(selection, 'direction');
const anchorNode = getter<Node | null>(selection, 'anchorNode');
const anchorOffset = getter<number>(selection, 'anchorOffset');
const focusNode = getter<Node | null>(selection, 'focusNode');
const focusOffset = getter<number>(selection, 'focusOffset');
/** Which of its prototypes has it differs between browsers, and some have one without a name. */
export const ofRange = (name: string, kind = 'StaticRange') => {
	let owner = g[kind]?.prototype;
	while (owner && !natives.getOwnPropertyDescriptor(owner, name)) owner = natives.getPrototypeOf(owner);
	return getter(owner, name);
};
const startContainer = ofRange('startContainer');
const startOffset = ofRange('startOffset');
const endContainer = ofRange('endContainer');
const endOffset = ofRange('endOffset');

export interface Ends {
	readonly anchor: Node;
	readonly anchorOffset: number;
	readonly head: Node;
	readonly headOffset: number;
}

/** The selection of the document, or of the shadow tree that `el` is in. */
export function selectionAt(doc: Document, el: Element | null): Selection | null {
	const root = el && ofShadow && getRootNode(el);
	return root && root !== doc && ofShadow ? ofShadow(root) : ofDocument(doc);
}

/** The ends of the document's selection; `el` has the focus, `roots` are the shadow roots that are known. */
export function endsOf(doc: Document, el: Element | null, roots: readonly ShadowRoot[]): Ends | undefined {
	const all = ofDocument(doc);
	const composed = roots.length && all && composedRanges ? composedRanges(all, { shadowRoots: roots })[0] : undefined;
	if (all && composed) {
		const start = { node: startContainer(composed), offset: startOffset(composed) };
		const last = { node: endContainer(composed), offset: endOffset(composed) };
		// What is selected inside a field is none of the document's: browsers name the place around the field.
		const end =
			el && 'selectionStart' in el && last.node === start.node && last.offset === start.offset + 1 && childAt(start) === el ? start : last;
		const [anchor, head] = direction(all) === 'backward' ? [end, start] : [start, end];
		return { anchor: anchor.node, anchorOffset: anchor.offset, head: head.node, headOffset: head.offset };
	}
	const found = selectionAt(doc, el);
	const [anchor, head] = found ? [anchorNode(found), focusNode(found)] : [];
	return found && anchor && head ? { anchor, anchorOffset: anchorOffset(found), head, headOffset: focusOffset(found) } : undefined;
}

function childAt({ node, offset }: { readonly node: Node; readonly offset: number }): Node | null {
	let child = firstChild(node);
	for (let i = 0; child && i < offset; i++) child = nextSibling(child);
	return child;
}

/** Whether two are the same, or both none. */
export function sameEnds(a: Ends | undefined, b: Ends | undefined): boolean {
	if (!a || !b) return a === b;
	return a.anchor === b.anchor && a.head === b.head && a.anchorOffset === b.anchorOffset && a.headOffset === b.headOffset;
}
