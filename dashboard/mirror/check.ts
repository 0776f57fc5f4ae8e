// mirror document (guest's browser).
// The hash of a frame as it stands here, to be compared with the host's.
import { Digest, STATEFUL } from '../../protocol/digest.ts';
import type { FrameView } from './frame.ts';

/** Elements whose inside is not the mirror's: the host doesn't carry it. */
const EMPTY = new Set(['script', 'template', 'iframe', 'noembed', 'noframes', 'canvas', 'embed', 'selectedcontent']);

/** The hash; gives way where `full` says so. */
export function* digestOf(view: FrameView, full: () => boolean): Generator<void, number> {
	const digest = new Digest();
	function* walk(parent: Node, parentTag: string): Generator<void> {
		for (let node = parent.firstChild; node; node = node.nextSibling) {
			if (full()) yield;
			// One of ours gives a document of no quirks its mode where the host's has none.
			if (node.nodeType === Node.DOCUMENT_TYPE_NODE) continue;
			const id = view.ids.get(node);
			if (id === undefined) {
				// A node that isn't the host's is a difference.
				digest.mark(-1);
				continue;
			}
			if (node.nodeType === Node.ELEMENT_NODE) yield* element(node as Element, id);
			else if (node.nodeType === Node.TEXT_NODE && parentTag !== 'style') digest.text(id, (node as Text).data);
		}
		digest.mark(0);
	}
	function* element(el: Element, id: number): Generator<void> {
		const tag = view.tagOf(el);
		digest.element(
			id,
			tag,
			[...el.attributes].map(({ name, value }) => [name, value] as const),
		);
		if (STATEFUL.has(tag)) digest.state(view.stateOf(el));
		if (el.shadowRoot) {
			digest.state(view.stateOf(el.shadowRoot));
			digest.mark(view.ids.get(el.shadowRoot) ?? 0);
			yield* walk(el.shadowRoot, '');
		}
		if (!EMPTY.has(tag) || (tag === 'script' && el.firstElementChild)) yield* walk(el, tag);
	}
	digest.state(view.stateOf(view.doc));
	yield* walk(view.doc, '');
	return digest.value;
}
