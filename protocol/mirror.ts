// server and page: no Node, no DOM.
// What the mirror says. A host's document is a *frame*; its tree goes once as a key, then as deltas. Bytes: mirror-encode, mirror-decode.
//
// 1. A frame is named by Hello.frame, a random number of the document. A new document is a new frame, also in the same window.
// 2. A node is named by a whole number that the host gives; 0 is the document (and its viewport). A name is never used again in a frame.
// 3. Deltas of a frame have seq 1, 2, 3 … after its key (a key says the seq it stands at). A delta is applied whole or not at all.
//    Who misses one asks with 'resync', and gets the missing deltas or a fresh key from the relay, not from the host.
//    Who misses none and asks for what comes after the last differs even so: that one's key is the host's.
// 4. 'eph' is droppable: for each kind and node only the latest counts. It has no seq.
// 5. URLs are the page's real ones, and may be relative to the key's `base`. What is masked is masked before it is written here.
// 6. The tree of a child document hangs on its iframe by the op 'frame'; the child's own key may come before or after it.
// 7. The root is the last key with `root`; frames that hang on no iframe of the root's tree are forgotten.
// 8. The same 'resync' from the server to the host's shell means: tell that document 'key' (ShellMessage).

export type FrameId = number;
/** 0: the document itself. */
export type NodeId = number;

/** Namespaces by number; 3 carries its URI. Position is the code on the wire. */
export const NAMESPACES = ['http://www.w3.org/1999/xhtml', 'http://www.w3.org/2000/svg', 'http://www.w3.org/1998/Math/MathML'] as const;

/** Elements of HTML with more to them than what is in them. */
const OF_HTML = new Set(
	'audio button canvas details dialog embed fieldset form frame iframe img input label link noembed noframes noscript object option output select selectedcontent slot template textarea video'.split(
		' ',
	),
);

/** Whether an element of this name is one of those only if it is of HTML: `<svg><textarea>` has neither value nor state. */
export function isOfHtml(name: string): boolean {
	return OF_HTML.has(name);
}

/** How an element is called where its name says what it is: one that only bears the name, in another namespace, `:name`. */
export function kindOf(el: { readonly localName: string; readonly namespaceURI: string | null }): string {
	return isOfHtml(el.localName) && el.namespaceURI !== NAMESPACES[0] ? `:${el.localName}` : el.localName;
}

export interface ElementNode {
	readonly k: 'element';
	readonly id: NodeId;
	readonly ns: string;
	/** The qualified name, as `Element.prefix:localName`. */
	readonly tag: string;
	/** Name, value, name, value … */
	readonly attrs: readonly string[];
	readonly nodes: readonly WireNode[];
}

export type WireNode =
	| ElementNode
	| { readonly k: 'text'; readonly id: NodeId; readonly text: string }
	| { readonly k: 'doctype'; readonly id: NodeId; readonly name: string; readonly publicId: string; readonly systemId: string }
	/** The shadow root of the element it stands first in. `manual`: its slots show what they are given ('slotted'). */
	| { readonly k: 'shadow'; readonly id: NodeId; readonly manual: boolean; readonly nodes: readonly WireNode[] }
	/** `<?xml-stylesheet …?>`: what stands in it. */
	| { readonly k: 'sheet-pi'; readonly id: NodeId; readonly text: string }
	/** A node that is there already and moves here with all that is in it. */
	| { readonly k: 'ref'; readonly id: NodeId };

/** State of an element that stands in no attribute. '' takes it back. Position is the code on the wire. */
export const STATES = [
	/** The value of an input or textarea: text. '' is an empty field. */
	'value',
	/** '1' or '0', as `checked` is. */
	'checked',
	'indeterminate',
	/** A select's chosen indices joined by ','; '-' for none. */
	'selected',
	/** While a dialog is open through showModal(): a number, the higher the nearer to the eye (CSS Positioned Layout 4 section 3, "top layer"). */
	'modal',
	/** While a popover is shown: such a number. */
	'popover',
	/** '1': what is in it is masked; the guest draws a grey box. */
	'masked',
	/** '1': the style sheet of this link or style element is disabled. */
	'sheet-off',
	/** '1': a custom element that is defined (`:defined` holds on the host). */
	'defined',
	/** What holds of an element on the host beside hover and focus: names from css-states.ts, joined by ' '. */
	'looks',
	/** '1': a field that a script declared invalid (setCustomValidity). */
	'error',
	/** The animations that scripts made on an element, as JSON (injector/mirror/animations.ts). */
	'animations',
	/** Where the animations of style sheets on an element stand, as JSON. */
	'phase',
	/** '1': a field of which nothing but its masked value is said. */
	'unsaid',
	/** Names of the files chosen in a file input, joined by '/', which none can hold. */
	'files',
	/** Of the document: 'dark' or 'light', which the host's browser prefers. */
	'scheme',
	/**
	 * '1': the host alone sees what is in this frame (a PDF, a film as a document) or on this canvas (it can't be read). `<width> <height> <URL>`: the
	 * picture that this object or embed is, and its size there.
	 */
	'unseen',
	/** Of a slot in a `manual` shadow root: the nodes it was given, by id, joined by ','. */
	'slotted',
	/** Of the document: highlights for `::highlight()`, as JSON (injector/mirror/highlights.ts). */
	'highlights',
	/** Of an SVG with animations in it: where its clock stands (dashboard/mirror/smil.ts). */
	'clock',
	/** Of an animation in an SVG that began by an event or a script: when, in milliseconds of that clock. */
	'begun',
] as const;
/** 0: the window is not in front, so nothing shows; 1: it is, and `:focus` holds of what has the focus; 2: `:focus-visible` too. */
export type FocusLook = 0 | 1 | 2;

export type StateName = (typeof STATES)[number];

export type Op =
	/** Puts nodes under `parent` before `before` (0: at the end), or gives it a shadow root. */
	| { readonly op: 'insert'; readonly parent: NodeId; readonly before: NodeId; readonly nodes: readonly WireNode[] }
	/** Takes a node out; it and all that is still in it are gone. */
	| { readonly op: 'remove'; readonly id: NodeId }
	| { readonly op: 'attr'; readonly id: NodeId; readonly name: string; readonly value: string }
	| { readonly op: 'unattr'; readonly id: NodeId; readonly name: string }
	| { readonly op: 'text'; readonly id: NodeId; readonly text: string }
	/** Text with `del` UTF-16 units at `at` replaced. */
	| { readonly op: 'splice'; readonly id: NodeId; readonly at: number; readonly del: number; readonly text: string }
	| { readonly op: 'state'; readonly id: NodeId; readonly name: StateName; readonly value: string }
	/** The document in an iframe (child 0: none). */
	| { readonly op: 'frame'; readonly id: NodeId; readonly child: FrameId }
	/** A constructed style sheet, or the taken-over sheet of a style or link element: from now on its rules are what 'rules' says. */
	| { readonly op: 'sheet'; readonly id: NodeId; readonly media: string; readonly disabled: boolean; readonly rules: readonly string[] }
	/** Replaces `del` top-level rules at `at` of such a sheet. */
	| { readonly op: 'rules'; readonly id: NodeId; readonly at: number; readonly del: number; readonly rules: readonly string[] }
	/** adoptedStyleSheets of the document (0) or of a shadow root. */
	| { readonly op: 'adopt'; readonly id: NodeId; readonly sheets: readonly NodeId[] }
	/** The frame's viewport, CSS pixels. */
	| { readonly op: 'size'; readonly width: number; readonly height: number }
	| Ephemeral;

/** What 'eph' messages carry; a key repeats the latest of each. */
export type Ephemeral =
	/** Scroll position of an element or the document (0), CSS pixels. */
	| { readonly op: 'scroll'; readonly id: NodeId; readonly x: number; readonly y: number }
	/** 0: nothing has the focus. `look`: how it is drawn on the host. */
	| { readonly op: 'focus'; readonly id: NodeId; readonly look: FocusLook }
	/** The document's selection, positions as in Range (DOM section 5.2), children counted as the mirror has them. `anchor` 0: none. */
	| {
			readonly op: 'select';
			readonly anchor: NodeId;
			readonly anchorOffset: number;
			readonly head: NodeId;
			readonly headOffset: number;
	  }
	/** The selection inside an input or textarea. */
	| { readonly op: 'caret'; readonly id: NodeId; readonly start: number; readonly end: number }
	/** What an input method is making stands from `start` to `end` of a text, or of a field's value; 0: it is making nothing. */
	| { readonly op: 'compose'; readonly id: NodeId; readonly start: number; readonly end: number }
	/** The deepest element under the host's pointer; 0: none. */
	| { readonly op: 'hover'; readonly id: NodeId }
	/** The deepest element on which a button of the host's pointer is held down; 0: none. */
	| { readonly op: 'active'; readonly id: NodeId }
	/** What a canvas, or a video that the guest can't play, shows now; without bytes: a video that the guest's copy shows by itself again. */
	| { readonly op: 'picture'; readonly id: NodeId; readonly type: string; readonly bytes: Uint8Array }
	/** A video or audio: seconds, rate as a factor, volume 0 to 1. */
	| {
			readonly op: 'media';
			readonly id: NodeId;
			readonly playing: boolean;
			readonly time: number;
			readonly rate: number;
			readonly volume: number;
	  };

export interface Key {
	readonly t: 'key';
	readonly frame: FrameId;
	/** The seq of the last delta that is in it. */
	readonly seq: number;
	readonly root: boolean;
	/** The real URL that relative URLs in this frame are relative to. */
	readonly base: string;
	readonly quirks: boolean;
	/** The document's children, in order. */
	readonly nodes: readonly WireNode[];
	/** State that goes with them. */
	readonly ops: readonly Op[];
}

export type MirrorMessage =
	| Key
	| { readonly t: 'delta'; readonly frame: FrameId; readonly seq: number; readonly ops: readonly Op[] }
	| { readonly t: 'eph'; readonly frame: FrameId; readonly ops: readonly Op[] }
	/** What stands behind a blob: URL in this frame. */
	| { readonly t: 'asset'; readonly frame: FrameId; readonly url: string; readonly type: string; readonly bytes: Uint8Array }
	/** The host's tree hashes to this at `seq` (digest.ts). */
	| { readonly t: 'digest'; readonly frame: FrameId; readonly seq: number; readonly hash: number }
	/** From a guest: I have this frame up to `seq`, 0: send a key. From the server to a host's shell: a key of this frame is needed. */
	| { readonly t: 'resync'; readonly frame: FrameId; readonly seq: number };

export type MirrorType = MirrorMessage['t'];

/** First byte of a message. */
export const TYPES = ['key', 'delta', 'eph', 'asset', 'digest', 'resync'] as const satisfies readonly MirrorType[];
