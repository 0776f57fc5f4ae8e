// server and page: no Node, no DOM.
// What somebody draws over a page: it belongs to a place in the page's content, never to a place on a screen, and it is drawn by the shells
// alone, so that no page ever sees it.

export type MarkKind = 'ink' | 'highlight';

export interface Mark {
	/** Counts for each participant. The same again: the points follow those before. */
	readonly id: number;
	readonly kind: MarkKind;
	/** The document, and the element in it that the mark moves with; 0: the document itself, past its scrolling. */
	readonly frame: number;
	readonly node: number;
	/** x, y, x, y …: CSS pixels of the host from the element's top left corner. A highlight has none: it is the element's box. */
	readonly points: readonly number[];
	/** It stays until it is cleared, and late guests get it; otherwise it fades. */
	readonly stays: boolean;
}

/** A box in a viewport, CSS pixels. */
export interface Box {
	readonly x: number;
	readonly y: number;
	readonly width: number;
	readonly height: number;
}

export const MARKS = {
	/** Lasting marks of one tab; the oldest go first. */
	kept: 300,
	/** Numbers in `points` of one message, and of one mark in all. */
	points: 512,
	all: 8000,
} as const;
