// page (host): every proxied document, before its own scripts.
// What a tracker is: it watches one kind of state that is in no attribute and no text (form values, scroll, sheets, canvas …).
import type { NodeId } from '../../protocol/mirror.ts';
import type { Mask } from '../../protocol/privacy.ts';
import type { Context } from '../context.ts';
import type { Tree } from './observe.ts';
import type { Privacy } from './privacy/index.ts';
import type { Stream } from './stream.ts';
import type { WireUrls } from './urls.ts';

export interface Capture {
	readonly ctx: Context;
	readonly stream: Stream;
	readonly tree: Tree;
	readonly urls: WireUrls;
	readonly privacy: Privacy;
	/** The shadow roots that stand in the document. */
	readonly roots: () => readonly ShadowRoot[];
}

export interface ElementState {
	/** Of its attributes. */
	readonly names: readonly string[];
	/** It is a field whose value never leaves. */
	readonly secret: boolean;
	/** From whom what is in it is hidden. */
	readonly masked: Mask;
	/** From whom what is around it is hidden. */
	readonly outside: Mask;
}

export interface Tracker {
	/** Listeners on window and document: at the start, and again after document.open() took them away. */
	arm?(): void;
	/** An element goes into the mirror, in a key or as a new one. */
	element?(el: Element, tag: string, id: NodeId, state: ElementState): void;
	shadow?(root: ShadowRoot, id: NodeId): void;
	/** An attribute of an element in the mirror has changed. */
	attribute?(el: Element, tag: string, name: string): void;
	/** Something is shown that guests can't load by themselves. */
	asset?(url: string): void;
	/** What the mirror has of an element, document or shadow root beside the tree, for the check by hash; `tag` is '' for the latter two. */
	state?(node: Node, tag: string): readonly string[] | undefined;
	/** A key is written; state that hangs on no element seen by `element` is to be pushed again. */
	key?(): void;
	/** All of a large document, or of a large change, is in the mirror now. */
	whole?(): void;
	/** A delta's ops are about to be collected. */
	flush?(): void;
	/** Called about twenty times a second while somebody watches. */
	tick?(): void;
}
