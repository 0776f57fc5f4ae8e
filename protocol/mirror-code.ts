// server and page: no Node, no DOM.
// The numbers that stand for things in the mirror's bytes; what encode and decode share. A change here raises PROTOCOL_VERSION.
import type { Op } from './mirror.ts';

/**
 * A node begins with `kind + 16 * hasNodes + 32 * number of attributes`. Its id is the last id in the message + 1, unless ID stood
 * before it. Its nodes follow up to END. A shadow root has always some, and says by that bit whether it is `manual`.
 */
export const KIND = { END: 0, HTML: 1, SVG: 2, MATHML: 3, OTHER: 4, TEXT: 5, DOCTYPE: 6, SHADOW: 7, REF: 8, ID: 9, SHEET_PI: 10 } as const;
export const HAS_NODES = 16;
export const ATTR = 32;

/** An op begins with its place in this list, and an id is written as its distance from the last id in the message. */
export const OPS = [
	'insert',
	'remove',
	'attr',
	'unattr',
	'text',
	'splice',
	'state',
	'frame',
	'sheet',
	'rules',
	'adopt',
	'size',
	'scroll',
	'focus',
	'select',
	'caret',
	'hover',
	'active',
	'picture',
	'media',
	'compose',
] as const satisfies readonly Op['op'][];

/** Bits of a key's flags. */
export const FLAG = { ROOT: 1, QUIRKS: 2 } as const;

/** Scroll positions travel in steps of a quarter pixel, times in milliseconds, factors in hundredths. */
export const STEP = { SCROLL: 4, TIME: 1000, FACTOR: 100 } as const;
