// page (host).
// Pointer and mouse events of the guest's pointer, and who is under it. pointerId 1 is the mouse's own: capture takes no other.
import type { Keys } from '../../../protocol/intent.ts';
import { fire, noButton } from '../events.ts';
import { modifiers } from '../keys/keys.ts';
import type { Stage } from '../stage.ts';
import { flatChain } from '../tree.ts';
import { drawHover } from './hover/style.ts';

/** MouseEvent.buttons of each MouseEvent.button. */
export const BUTTONS = [1, 4, 2, 8, 16] as const;

export interface PointerState {
	readonly x: number;
	readonly y: number;
	/** The one that changed; -1 (pointer) or 0 (mouse) where none did. */
	readonly button: number;
	readonly buttons: number;
	readonly clicks?: number;
	readonly touch?: boolean;
	/** Which finger; the first is the primary pointer. */
	readonly finger?: number;
	readonly keys?: Keys | undefined;
	/** How far a move has come (Pointer Lock section 6: of every other event that is 0). */
	readonly came?: Came;
}

export interface Came {
	readonly x: number;
	readonly y: number;
}

/** From where the pointer was to a place, before it is said to be there: whole pixels, which add up. */
export function cameTo(stage: Stage, { x, y }: { readonly x: number; readonly y: number }): Came {
	return { x: Math.floor(x) - Math.floor(stage.x), y: Math.floor(y) - Math.floor(stage.y) };
}

/** The init dictionary that pointer and mouse events share (UI Events section 5.3, Pointer Events section 4.1). */
export function pointerInit(stage: Stage, at: PointerState): Record<string, unknown> {
	return {
		clientX: at.x,
		clientY: at.y,
		screenX: at.x + stage.win.screenX,
		screenY: at.y + stage.win.screenY,
		movementX: at.came?.x ?? 0,
		movementY: at.came?.y ?? 0,
		button: at.button,
		buttons: at.buttons,
		detail: at.clicks ?? 0,
		pointerId: 1 + (at.finger ?? 0),
		pointerType: at.touch ? 'touch' : 'mouse',
		isPrimary: !at.finger,
		pressure: at.buttons ? 0.5 : 0,
		width: 1,
		height: 1,
		...modifiers(at.keys),
	};
}

/** A pointer event. True: not prevented. */
export function firePointer(stage: Stage, target: Element, type: string, at: PointerState): boolean {
	return fire(target, 'PointerEvent', type, { ...pointerInit(stage, at), detail: 0 });
}

/** A mouse event. `click`, `auxclick` and `contextmenu` are PointerEvents, as browsers have them. `made` sees it first. True: not prevented. */
export function fireMouse(stage: Stage, target: Element, type: string, at: PointerState, made?: (event: Event) => void): boolean {
	const init = pointerInit(stage, { ...at, button: mouseButton(at) });
	const click = type === 'click' || type === 'auxclick' || type === 'contextmenu';
	return fire(target, click ? 'PointerEvent' : 'MouseEvent', type, click ? { ...init, pressure: 0, isPrimary: false } : init, made);
}

function mouseButton({ button, buttons }: PointerState): number {
	return button >= 0 ? button : buttons ? 0 : noButton();
}

/** Tells the page that the pointer is over `target` now: out, leave, over, enter, where it was not before. Undefined: it left. */
export function hoverOver(stage: Stage, target: Element | undefined, at: PointerState): void {
	const from = stage.over?.isConnected ? stage.over : undefined;
	if (from !== target) {
		stage.over = target;
		const left = from ? flatChain(from) : [];
		const entered = target ? flatChain(target) : [];
		const stay = new Set(left.filter((el) => entered.includes(el)));
		for (const kind of ['pointer', 'mouse'] as const) {
			const tell = kind === 'pointer' ? firePointer : fireMouse;
			if (from) crossing(stage, tell, from, `${kind}out`, target, at, true);
			for (const el of left) if (!stay.has(el)) crossing(stage, tell, el, `${kind}leave`, target, at, false);
			if (target) crossing(stage, tell, target, `${kind}over`, from, at, true);
			for (const el of entered.toReversed()) if (!stay.has(el)) crossing(stage, tell, el, `${kind}enter`, from, at, false);
		}
	}
	if (!at.touch) drawHover(stage.over);
	stage.x = at.x;
	stage.y = at.y;
}

function crossing(
	stage: Stage,
	tell: typeof firePointer,
	el: Element,
	type: string,
	relatedTarget: Element | undefined,
	at: PointerState,
	bubbles: boolean,
): void {
	const kind = tell === firePointer ? 'PointerEvent' : 'MouseEvent';
	const init = pointerInit(stage, { ...at, button: kind === 'PointerEvent' ? -1 : mouseButton({ ...at, button: -1 }), clicks: 0 });
	fire(el, kind, type, { ...init, relatedTarget: relatedTarget ?? null, bubbles, cancelable: bubbles, composed: bubbles });
}
