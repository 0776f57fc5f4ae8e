// server and page: no Node, no DOM.
// The hash by which a host's tree and a guest's are compared at rest: ids, tags, texts, attributes and state in pre-order; FNV-1a, 32 bits.
import type { NodeId } from './mirror.ts';
import { attrKind } from './mirror-attrs.ts';
import { STEP } from './mirror-code.ts';

/** Elements that have state of their own, beside documents and shadow roots. */
export const STATEFUL = new Set(['input', 'textarea', 'select', 'style', 'link', 'iframe', 'frame', 'object']);

const OFFSET = 0x811c9dc5;
const PRIME = 0x01000193;
/** Names every side can set; a parser also makes others. */
const USUAL = /^[a-zA-Z_][\w:.-]*$/;

export class Digest {
	#hash = OFFSET;

	get value(): number {
		return this.#hash >>> 0;
	}

	element(id: NodeId, tag: string, attrs: Iterable<readonly [string, string]>): void {
		this.#mix(id);
		this.#text(tag);
		// A sum, because the order of attributes says nothing and is not kept.
		let sum = 0;
		for (const [name, value] of attrs) if (counts(tag, name, value)) sum = (sum + hashOf(`${name}=${value}`)) | 0;
		this.#mix(sum);
	}

	text(id: NodeId, text: string): void {
		this.#mix(id);
		this.#text(text);
	}

	/** A shadow root begins (its id), or the inside of a node ends (0). */
	mark(id: NodeId): void {
		this.#mix(id);
	}

	/** State beside the tree: what a field shows, a sheet's rules, a frame's document, scroll positions. Their order says nothing. */
	state(pieces: readonly string[]): void {
		let sum = 0;
		for (const piece of pieces) sum = (sum + hashOf(piece)) | 0;
		this.#mix(sum);
	}

	#text(text: string): void {
		this.#mix(hashOf(text));
	}

	#mix(word: number): void {
		let hash = this.#hash;
		for (let shift = 0; shift < 32; shift += 8) hash = Math.imul(hash ^ ((word >>> shift) & 255), PRIME);
		this.#hash = hash;
	}
}

/** Elements whose `type` is the mirror's own: it makes them hold a document of ours. */
const TYPED = new Set(['object', 'embed']);

/** What Chromium writes into a body where the frame around it has the same, and Firefox doesn't (HTML section 15.3.1: they map to its margins). */
const MARGIN = /^margin(?:width|height)$/;

/** Attributes that stand alike on both sides: those with a URL in them differ by design. */
function counts(tag: string, name: string, value: string): boolean {
	if ((name === 'type' && TYPED.has(tag)) || (tag === 'body' && MARGIN.test(name))) return false;
	const kind = attrKind(tag, name);
	return (kind === 'plain' || (kind === 'css' && !/url\(|image-set\(/i.test(value))) && USUAL.test(name);
}

/** FNV-1a over a text's UTF-16 units, 32 bits, signed. */
export function hashOf(text: string): number {
	let hash = OFFSET;
	for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
	return hash | 0;
}

/** A scroll position as both sides say it: in the steps in which it travels. */
export function scrollSaid({ id, x, y }: { readonly id: NodeId; readonly x: number; readonly y: number }): string {
	return `scroll ${id} ${Math.round(x * STEP.SCROLL)} ${Math.round(y * STEP.SCROLL)}`;
}
