// server and page: no Node, no DOM.
// A guest's gesture in a mirror, as it goes to the host's tab: what was meant, addressed by frame and node, never by screen coordinates;
// a drag also by how far it has come.
//
// 1. Intents of one guest are carried out strictly in the order they were made, each at most once, and each is answered once.
// 2. One for a frame or a node that is gone is refused ('stale-frame', 'stale-node'), never carried out somewhere else: at most, a press, on the same
//    built anew at the same place.
// 3. While the host holds a button or a key of their own, intents wait; what the guest had half done is cancelled ('host-acted').
import { hashOf } from './digest.ts';

/** A place on a node: `fx`, `fy` are fractions (0 to 1, past them outside) of its box. `node` 0 is the frame's viewport. */
export interface Spot {
	readonly node: number;
	readonly fx: number;
	readonly fy: number;
}

/** A DOM position: a node and an offset as in Range (DOM section 5.2), or for inputs an offset into the value. */
export interface Caret {
	readonly node: number;
	readonly offset: number;
}

export interface Keys {
	readonly shift?: boolean;
	readonly ctrl?: boolean;
	readonly alt?: boolean;
	readonly meta?: boolean;
	/** The guest's platform's key for shortcuts (Ctrl, or Command on a Mac); becomes the one of the host's platform. */
	readonly accel?: boolean;
}

/** Pointer down, move, up at a spot. Down and up on one node make the click. */
export interface PointerIntent {
	readonly k: 'down' | 'up' | 'move';
	readonly at: Spot;
	/** As in MouseEvent: 0 main, 1 middle, 2 secondary; of a move, the button that is held. */
	readonly button: number;
	/** 2: the second click of a double click. */
	readonly clicks: number;
	readonly keys?: Keys;
	readonly touch?: boolean;
	/** Of several fingers, which: the first is 0, and absent. */
	readonly finger?: number;
	/**
	 * How far the pointer has come since it went down, CSS pixels of the frame. What is dragged, and all that makes room for it, stands elsewhere
	 * at the host's already than where the guest sees it: where a drag has got to, no node can say. Absent where it left the document it went down in.
	 */
	readonly by?: { readonly x: number; readonly y: number };
	/** Where a press was made, CSS pixels of the frame's viewport: counts where what was pressed has been built anew since, and stands there as it was. */
	readonly seen?: { readonly x: number; readonly y: number };
	/** Of a release: for how long the button was held, milliseconds. */
	readonly lasted?: number;
	/** It is over another document by now, to which it is told too: here it counts for whoever has captured the pointer, and for what is dragged. */
	readonly beyond?: boolean;
	/** It belongs to the frame that it went down in: here it counts for what is dragged out of there alone. */
	readonly drags?: boolean;
}

/** A text on a clipboard by its hash; systems write its line ends in ways of their own. */
export function clipName(text: string): number {
	return hashOf(text.replaceAll('\r', ''));
}

/** A key that is no text, or a letter where nothing is typed: `key` and `code` as in KeyboardEvent. Without `phase` it is pressed and released at once. */
export interface KeyIntent {
	readonly k: 'key';
	readonly node: number;
	readonly key: string;
	readonly code: string;
	readonly keys?: Keys;
	readonly phase?: 'down' | 'up';
	/** Held down long enough to come again. */
	readonly repeat?: boolean;
	/** An input method has taken it (keyCode 229): it does nothing by itself. */
	readonly taken?: boolean;
	/** It copies or cuts: the name (`clipName`) of the text that the guest's clipboard was given, which is what their mirror showed as selected. */
	readonly copied?: number;
}

/** Text typed, key by key. */
export interface TextIntent {
	readonly k: 'text';
	readonly node: number;
	readonly text: string;
	/** It came at once and by no key: picked from a panel of emoji, dictated, suggested. */
	readonly keyless?: boolean;
}

/** What an input method has made so far of the word or phrase at the caret, as a whole; it replaces what it had made before. Keys come by themselves. */
export interface ComposeIntent {
	readonly k: 'compose';
	readonly node: number;
	readonly text: string;
	/** Where the caret stands in it; absent: at its end. */
	readonly caret?: number;
	/** The first of its kind: what stood there before is not its own. */
	readonly begins?: boolean;
	/** That is what it has become; without text, it was given up. */
	readonly ends?: boolean;
}

export interface PasteIntent {
	readonly k: 'paste';
	readonly node: number;
	readonly text: string;
	readonly html?: string;
	/** The key that it was pasted by; absent where it was by a menu. */
	readonly press?: Pick<KeyIntent, 'key' | 'code' | 'keys'>;
}

/** The value a guest picked on a control (date, colour, range, number); for a select the chosen indices joined by ','. */
export interface ValueIntent {
	readonly k: 'value';
	readonly node: number;
	readonly value: string;
	/** Still being dragged: 'input' is fired now, 'change' with the last one. */
	readonly live?: boolean;
}

export interface FilesIntent {
	readonly k: 'files';
	/** A file input; any other node gets the files dropped on it. */
	readonly node: number;
	/** Instead of the node: the number under which the page opened a picker ('choose'); its input need not be in the document. */
	readonly pick?: number;
	/** What their bytes were sent under before, as 'file-part's. */
	readonly upload: number;
	readonly files: readonly { readonly name: string; readonly type: string }[];
}

/** The next bytes of a file. `file` counts the files of an upload from 0; one without bytes has no part. */
export interface FilePartIntent {
	readonly k: 'file-part';
	readonly upload: number;
	readonly file: number;
	readonly bytes: Uint8Array;
}

export interface MediaIntent {
	readonly k: 'media';
	readonly node: number;
	readonly set: 'playing' | 'time' | 'volume' | 'muted' | 'rate';
	/** Seconds, a factor, 0 to 1, or 0 and 1 for no and yes. */
	readonly value: number;
}

/**
 * Every intent names the document it was made for. `node` 0 of 'key', 'text', 'compose' and 'paste': where the guest's own gestures have led the
 * focus; refused ('focus-moved') when the host has moved it since.
 */
export type Intent = { readonly frame: number } & (
	| PointerIntent
	/** The pointer moves with no button held. Droppable: the latest counts. */
	| {
			readonly k: 'hover';
			readonly at: Spot;
			readonly keys?: Keys;
			/** It has not moved: what was beneath it did. */
			readonly rests?: boolean;
	  }
	/** The guest's pointer left the frame, or what was begun is not to be finished (control ended, the pointer was lost). */
	| { readonly k: 'cancel' }
	| KeyIntent
	| TextIntent
	| ComposeIntent
	| PasteIntent
	| { readonly k: 'focus'; readonly node: number }
	| { readonly k: 'select'; readonly anchor: Caret; readonly head: Caret }
	| ValueIntent
	/** A scroller's new position, CSS pixels; node 0 is the document. */
	| { readonly k: 'scroll'; readonly node: number; readonly x: number; readonly y: number }
	| { readonly k: 'wheel'; readonly at: Spot; readonly dx: number; readonly dy: number; readonly keys?: Keys }
	| FilesIntent
	| FilePartIntent
	/** A whole drag in one: what a long press and a drop by touch make. */
	| { readonly k: 'drag'; readonly from: Spot; readonly to: Spot }
	| MediaIntent
);

/** What comes from a keyboard. */
export type Typed = Extract<Intent, { readonly k: 'key' | 'text' | 'compose' | 'paste' }>;

const TYPED: ReadonlySet<string> = new Set<Typed['k']>(['key', 'text', 'compose', 'paste']);

export function isTyped(intent: Intent): intent is Intent & Typed {
	return TYPED.has(intent.k);
}

/** Whether it is for wherever the focus is. */
export function followsFocus(intent: Intent): intent is Intent & Typed {
	return isTyped(intent) && intent.node === 0;
}

/** A picker of files that a page opened as a guest acted. */
export interface Choice {
	readonly pick: number;
	/** As in the attribute. */
	readonly accept: string;
	readonly multiple: boolean;
	readonly folder: boolean;
}

/** What a page put on the clipboard. */
export interface Copied {
	readonly text: string;
	readonly html?: string;
}

/** Why a host's page did not carry an intent out; `why` of 'input-done'. */
export const REFUSALS = {
	'stale-frame': 'The page has changed since.',
	'stale-node': 'That part of the page is gone.',
	covered: 'A dialog has come in front of it.',
	'host-acted': 'The host acted meanwhile.',
	'focus-moved': 'The host has moved the focus.',
	private: 'Only the host may enter something here.',
	disabled: 'This control is disabled.',
	'not-editable': 'Nothing can be typed here.',
	'scroll-edge': 'There is nothing left to scroll here.',
	'bad-value': 'This control does not take that value.',
	'needs-host': 'Only the host can allow this, with a click of their own.',
	failed: 'The page did not let it happen.',
} as const;

export type Refusal = keyof typeof REFUSALS;
