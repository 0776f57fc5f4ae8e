// page (host).
// What the parts of control share: the document they act in, what the guest holds down, and what the page has been told of the focus.
import type { KeyIntent, Refusal } from '../../protocol/intent.ts';
import type { Context } from '../context.ts';
import { natives } from '../natives.ts';
import type { Upload } from './files.ts';
import type { Composed } from './keys/composed.ts';
import type { TextField } from './keys/field.ts';
import type { Grown } from './pointer/caret.ts';
import type { Pressed } from './pointer/dismiss.ts';
import type { Drag } from './pointer/drag.ts';
import type { DraggedText } from './pointer/text-drag.ts';
import type { Removal } from './removal.ts';

/** undefined: carried out. */
export type Outcome = Refusal | undefined;

/** A button the guest holds down. */
export interface Held {
	readonly target: Element;
	readonly button: number;
	readonly touch: boolean;
	/** The host's browser met the target too at the place that the guest pressed. */
	readonly met: boolean;
	/** The page did not prevent pointerdown, so mouse events follow (Pointer Events section 11.1). */
	readonly mouse: boolean;
	/** Where it went down, CSS pixels of the viewport. */
	readonly x: number;
	readonly y: number;
	/** When it had gone down (`natives.now`). */
	readonly since: number;
	/** Whether the target has been taken out of the document since. */
	readonly removal: Removal;
	/** The popover and the dialog it went down in. */
	readonly pressed: Pressed;
	readonly clicks: number;
	/** The selection follows the pointer. */
	selecting: boolean;
	/** What it grows from, by words or more. */
	from: Grown | undefined;
	/** Where it has been drawn to. */
	point: { readonly x: number; readonly y: number } | undefined;
	/** An element that may be dragged; undefined once that is decided. */
	source: Element | undefined;
	/** Selected text that may be dragged; likewise. */
	text: DraggedText | undefined;
	drag: Drag | undefined;
	/** The pointer went further than a click does. */
	moved: boolean;
}

export interface Finger {
	readonly target: Element;
	readonly x: number;
	readonly y: number;
	readonly began: { readonly x: number; readonly y: number };
}

export interface Stage {
	/** What the key that is being carried out has put on its guest's clipboard (`KeyIntent.copied`). */
	copied: number | undefined;
	readonly ctx: Context;
	readonly win: Window & typeof globalThis;
	readonly doc: Document;
	/** See Arbiter.free. */
	free(): Promise<boolean> | undefined;
	/** How often what was under way has been stopped. */
	stops: number;
	/** When a guest acted last: pressed, released or typed (`natives.now`). */
	guestActed: number;
	/** A task later: between the keys of a text, as between a person's. Not slowed down in a tab in the background. */
	tick(): Promise<void>;
	held: Held | undefined;
	/** What the guest drags over this document and began to drag in another. */
	visiting: Drag | undefined;
	/** Takes the effect with which another document has got what was dragged from here. */
	dropped: ((effect: string) => void) | undefined;
	/** Where the guest pressed last, unless that was refused. */
	press: { readonly x: number; readonly y: number } | undefined;
	/** The host acted while the guest held a button: what is left of that gesture is refused. */
	broken: boolean;
	/** The pointer's last place and the innermost element under it. */
	over: Element | undefined;
	x: number;
	y: number;
	/** The element that the page captured the guest's pointer with. */
	captured: Element | undefined;
	/** The one that the page was told it is. */
	capturedTold: Element | undefined;
	/** The element that the page believes focused: the browser's events and ours told it so. */
	focused: Element | null;
	/** A text control whose value a guest changed since it got the focus, and that fired no `change` yet. */
	dirty: Element | undefined;
	/** The text control whose `change` the page was told of last, and what was in it then. */
	changed: { readonly el: TextField; readonly text: string } | undefined;
	/** Where the guest's own gestures led the focus. */
	guestFocus: Element | null;
	/** When a gesture of the guest was kept out of a secret field (`natives.now`), until another one has led elsewhere. */
	turnedAway: number | undefined;
	/** What a guest used last, where the host has used nothing since; a press that the page prevents doesn't count, as in browsers. */
	by: 'pointer' | 'keys' | undefined;
	/** When the host acted last (`natives.now`). */
	hostActed: number;
	/** Fingers on the page beside the first, by number: what they went down on, where they are, and where they went down. */
	readonly fingers: Map<number, Finger>;
	/** Keys that the guest holds, by code. */
	readonly keys: Map<string, KeyIntent>;
	/** All fingers on the page, as touch events list them. */
	readonly touches: Map<number, { readonly target: Element; readonly touch: unknown }>;
	/** Files that a guest is handing over, by the upload's number. */
	readonly uploads: Map<number, Upload>;
	/** Inputs for files whose picker the guest was given, by the number it was given under. */
	readonly picks: Map<number, Element>;
	/** What an input method of the guest's is making. */
	composed: Composed | undefined;
	/** Where Tab starts when nothing has the focus. */
	start: Element | undefined;
	/** Tab has led out of the page. */
	out: boolean;
}

/** How long after a guest's gesture the page acts for them, milliseconds: as long as a browser's transient activation. */
const ACTS_FOR = 5000;

/** Whether what the page does now is a guest's doing, of at most `within` milliseconds ago, and not the host's. */
export function isGuests(stage: Stage, within = ACTS_FOR): boolean {
	return stage.guestActed > stage.hostActed && natives.now() - stage.guestActed < within;
}
