// mirror document (guest's browser).
// What the player shows of itself to dashboard/mirror/input/: which node of which frame is which, on the guest's side.
import type { FrameId, NodeId } from '../../protocol/mirror.ts';
import type { Scope } from '../../protocol/url.ts';
import type { Follow } from './follow.ts';
import type { Glance } from './glance.ts';

export interface Place {
	readonly frame: FrameId;
	/** 0: the document itself (its viewport). */
	readonly node: NodeId;
}

/** Where the host may be writing: a drawn frame with what was said of focus, selection and caret in it. */
export interface Writing {
	readonly frame: FrameId;
	readonly doc: Document;
	readonly nodes: ReadonlyMap<NodeId, Node>;
	readonly glance: Pick<Glance, 'focus' | 'look' | 'selection' | 'carets' | 'composed'>;
}

export interface MirrorView {
	/** The root frame, undefined before its first key. */
	readonly root: FrameId | undefined;
	/** The guest's document of a frame; undefined while it is not drawn. */
	documentOf(frame: FrameId): Document | undefined;
	/** The guest's node for a host's node; 0 gives the document. */
	nodeOf(frame: FrameId, node: NodeId): Node | undefined;
	/** Frame and id of a guest's node, or of its nearest ancestor that the host has too (through shadow roots). */
	placeOf(node: Node): Place | undefined;
	/** Calls `seen` for each document the player draws, also the ones that are there; once more when a frame gets a new document. */
	onDocument(seen: (frame: FrameId, doc: Document) => void): void;
	/** Whether the mirror scrolls with the host. */
	readonly follow: Pick<Follow, 'on' | 'set' | 'drift'>;
	/** Runs `change` while the player ignores what it does to the mirror (a guest's own scrolling, the local echo of typing). */
	quietly(change: () => void): void;
}

export interface WritingView extends MirrorView {
	/** Whose labels the mirror's URLs have. */
	readonly scope: Scope;
	/** Calls `told` after each change of a frame. */
	onChange(told: () => void): void;
	writing(): Iterable<Writing>;
}
