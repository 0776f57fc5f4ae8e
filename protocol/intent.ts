// server and page: no Node, no DOM.
// A guest's gesture in a mirror, as it goes to the host's tab: what was meant, addressed by frame and node, never by screen coordinates.

/** A place on a node: `fx`, `fy` are fractions (0 to 1) of its box. `node` 0 is the frame's viewport. */
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
}

/** Every intent names the document it was made for; one for a document that is gone is refused. */
export type Intent = {
	readonly frame: number;
} & /** Pointer down, move, up at a spot; `button` as in MouseEvent; `clicks` counts (2: double). Down+up on one node make the click. */
(
	| {
			readonly k: 'down' | 'up' | 'move';
			readonly at: Spot;
			readonly button: number;
			readonly clicks: number;
			readonly keys?: Keys;
			readonly touch?: boolean;
	  }
	| { readonly k: 'hover'; readonly at: Spot }
	/** A key that is no text: `key` and `code` as in KeyboardEvent. */
	| { readonly k: 'key'; readonly node: number; readonly key: string; readonly code: string; readonly keys?: Keys }
	/** Text typed or composed into the node that has the guest's focus. */
	| { readonly k: 'text'; readonly node: number; readonly text: string }
	| { readonly k: 'paste'; readonly node: number; readonly text: string; readonly html?: string }
	| { readonly k: 'focus'; readonly node: number }
	| { readonly k: 'select'; readonly anchor: Caret; readonly head: Caret }
	/** The value a guest picked on a control (select, date, colour, range); for a multiple select the chosen indices joined by ','. */
	| { readonly k: 'value'; readonly node: number; readonly value: string }
	/** A scroller's new position, CSS pixels; node 0 is the document. */
	| { readonly k: 'scroll'; readonly node: number; readonly x: number; readonly y: number }
	| { readonly k: 'wheel'; readonly at: Spot; readonly dx: number; readonly dy: number; readonly keys?: Keys }
	| {
			readonly k: 'files';
			readonly node: number;
			readonly files: readonly { readonly name: string; readonly type: string; readonly bytes: Uint8Array }[];
	  }
	| { readonly k: 'drag'; readonly from: Spot; readonly to: Spot }
);
