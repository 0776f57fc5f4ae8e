// page (host).
// Making and dispatching events as the browser itself would have them: bubbling, cancelable, composed, with a view.
import { type Any, natives } from '../natives.ts';

const g = globalThis as Any;

const KINDS = {
	Event: g.Event,
	MouseEvent: g.MouseEvent,
	PointerEvent: g.PointerEvent,
	WheelEvent: g.WheelEvent,
	DragEvent: g.DragEvent,
	KeyboardEvent: g.KeyboardEvent,
	InputEvent: g.InputEvent,
	FocusEvent: g.FocusEvent,
	ClipboardEvent: g.ClipboardEvent,
	TouchEvent: g.TouchEvent,
	CompositionEvent: g.CompositionEvent,
	TextUpdateEvent: g.TextUpdateEvent,
	TextFormatUpdateEvent: g.TextFormatUpdateEvent,
	CharacterBoundsUpdateEvent: g.CharacterBoundsUpdateEvent,
} as const;

/** Of these Chromium names no view. */
const PLAIN: ReadonlySet<string> = new Set(['Event', 'InputEvent']);

const createEvent = natives.apply.bind(undefined, g.Document.prototype.createEvent);

/** Dispatches a new event of class `kind` on `target`; `made` sees it first. True: no listener prevented its default action. */
export function fire(
	target: EventTarget,
	kind: keyof typeof KINDS,
	type: string,
	init: Readonly<Record<string, unknown>> = {},
	made?: (event: Event) => void,
): boolean {
	const Kind = KINDS[kind];
	if (!Kind) return true;
	const event = new Kind(type, { bubbles: true, cancelable: true, composed: true, view: PLAIN.has(kind) ? undefined : g.window, ...init });
	made?.(event);
	return natives.dispatchEvent(target, event);
}

let none: number | undefined;

/** The `button` to make an event of a mouse with that has nothing to do with any: in Chromium its `which` is 0 then, and its `button` 0 all the same. */
export function noButton(): number {
	none ??= new KINDS.MouseEvent('mousemove', { button: -1 }).button === 0 ? -1 : 0;
	return none;
}

/** Microtasks that queue further ones are followed this deep. */
const LEVELS = 12;

/**
 * Between two events of a browser what listeners have queued runs first (HTML section 8.1.7.3, "perform a microtask checkpoint"): frameworks draw
 * then. Between two that a script dispatches it would not.
 */
export async function checkpoint(): Promise<void> {
	for (let level = 0; level < LEVELS; level++) await undefined;
}

/** The old `textInput` event (UI Events, legacy), which React's `onBeforeInput` is made of. True: not prevented. */
export function fireTextInput(target: EventTarget, data: string): boolean {
	if (!g.TextEvent) return true;
	const event = createEvent(g.document, ['TextEvent']);
	event.initTextEvent('textInput', true, true, g.window, data);
	return natives.dispatchEvent(target, event);
}

/** `input` (composed) and, unless `live`, `change` (not composed), as after a choice of the user (HTML section 4.10.5.5). */
export function fireChosen(target: EventTarget, live = false): void {
	fire(target, 'Event', 'input', { cancelable: false });
	if (!live) fire(target, 'Event', 'change', { cancelable: false, composed: false });
}
