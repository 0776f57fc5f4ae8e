// page (host).
// Down, move, up and hover of a guest's pointer: the events in the browser's order, and what the browser would do after each.
import type { Intent, Keys, PointerIntent, Refusal } from '../../../protocol/intent.ts';
import { natives } from '../../natives.ts';
import { checkpoint } from '../events.ts';
import { isDisabled } from '../focus.ts';
import { isMenuLate } from '../keys/keys.ts';
import { watchRemoval } from '../removal.ts';
import type { Held, Outcome, Stage } from '../stage.ts';
import { flatClosest } from '../tree.ts';
import { drawOn } from './autoscroll.ts';
import { capture, settleCapture } from './capture.ts';
import { pressCaret, takesCaret } from './caret.ts';
import { clickAt, openMenu } from './click.ts';
import { dismiss, isBehindModal, pressedIn } from './dismiss.ts';
import { type Drag, endDrag, moveDrag, startDrag, startTextDrag, tellSource } from './drag.ts';
import { endAbroad, goesAbroad, land } from './drag-abroad.ts';
import { cancelFingers, otherFinger } from './fingers.ts';
import { heirOf, isBuiltAnew } from './heir.ts';
import { metAt, type Place, placeAfter, placeAt, placeOf } from './place.ts';
import { BUTTONS, cameTo, fireMouse, firePointer, hoverOver, type PointerState } from './pointer-events.ts';
import { press } from './press.ts';
import { fireTouch } from './touch.ts';

/** Further than this, in CSS pixels, a press is a drag. */
const SLOP = 3;

export async function down(stage: Stage, intent: PointerIntent): Promise<Outcome> {
	if (intent.finger) return otherFinger(stage, intent, intent.finger);
	if (stage.held) cancel(stage);
	stage.broken = false;
	const before = stage.press;
	stage.press = undefined;
	const meant = placeOf(stage, intent.at, true);
	// The click before this one took away what both were meant for, or built it anew: as of a mouse, the second meets what is there now.
	const again = intent.clicks > 1 && before ? placeAt(stage, before.x, before.y) : undefined;
	const place = meant === 'stale-node' ? (again ?? heirOf(stage, intent) ?? meant) : meant;
	if (typeof place === 'string') return place;
	const { target, x, y } = place;
	stage.press = { x, y };
	if (isBehindModal(stage, target)) return 'covered';
	const touch = !!intent.touch;
	const state = stateOf(place, intent, BUTTONS[intent.button] ?? 1);
	hoverOver(stage, target, { ...state, button: -1, buttons: 0 });
	const pressed = pressedIn(target, x, y);
	const base = {
		target,
		button: intent.button,
		touch,
		x,
		y,
		since: natives.now(),
		removal: watchRemoval(target),
		met: metAt(stage, place) === target,
		pressed,
		selecting: false,
		clicks: intent.clicks,
		from: undefined,
		point: undefined,
		source: undefined,
		text: undefined,
		drag: undefined,
		moved: false,
	};
	// Held already while pointerdown is told: that is where a page captures the pointer.
	stage.held = { ...base, mouse: true };
	const mouse = firePointer(stage, target, 'pointerdown', state);
	await checkpoint();
	stage.held = { ...base, mouse };
	stage.start = target;
	if (touch && !stage.captured) capture(stage, target);
	// After a touch, mouse events come when the finger is lifted (Pointer Events section 11.3).
	if (touch) return void fireTouch(stage, target, 'touchstart', x, y);
	if (mouse) await press(stage, stage.held, state);
	if (intent.button === 2 && !isMenuLate() && target.isConnected && !isDisabled(target)) openMenu(stage, target, state);
	return undefined;
}

export function move(stage: Stage, intent: PointerIntent): Outcome {
	if (intent.finger) return otherFinger(stage, intent, intent.finger);
	if (stage.broken) return 'host-acted';
	const held = stage.held;
	const place = heldAt(stage, held, intent);
	if (typeof place === 'string') return place;
	if (!held && stage.visiting) return void moveDrag(stage, stage.visiting, place, intent.keys);
	if (intent.drags) return undefined;
	if (!held) return overPlace(stage, place, intent.keys);
	if (isElsewhere(stage, held, intent)) return undefined;
	const target = stage.captured?.isConnected ? stage.captured : place.target;
	const state = { ...stateOf(place, intent, BUTTONS[held.button] ?? 1), button: -1, touch: held.touch, came: cameTo(stage, place) };
	if (Math.hypot(place.x - held.x, place.y - held.y) > SLOP) held.moved = true;
	if (held.moved && (held.source || held.text)) beginDrag(stage, held, state);
	if (held.drag) return void dragOn(stage, held.drag, place, intent);
	settleCapture(stage, state);
	hoverOver(stage, target, state);
	firePointer(stage, target, 'pointermove', state);
	if (held.touch) fireTouch(stage, held.target, 'touchmove', place.x, place.y);
	else if (held.mouse) fireMouse(stage, target, 'mousemove', state);
	if (held.selecting && held.moved) selectTo(stage, held, intent, place);
	return undefined;
}

/** True: it is over another document that can't be reached. */
function dragOn(stage: Stage, drag: Drag, place: Place, { beyond, keys }: PointerIntent): boolean {
	const abroad = goesAbroad(stage, drag, place, !!beyond);
	if (abroad) tellSource(stage, drag, place.x, place.y, keys);
	else moveDrag(stage, drag, place, keys);
	return abroad;
}

/** The button comes up that went down in another document: what is dragged from there is dropped here. */
function drop(stage: Stage, { at, keys }: PointerIntent): Outcome {
	const { visiting } = stage;
	if (!visiting) return undefined;
	const place = placeOf(stage, at);
	if (typeof place === 'string') return place;
	moveDrag(stage, visiting, place, keys);
	land(stage, visiting, place.x, place.y);
	return undefined;
}

/**
 * Where the pointer is that holds a button. A drag has its place from where it began; a click, and what the browser carries over the page,
 * from what the guest saw beneath.
 */
function heldAt(stage: Stage, held: Held | undefined, { at, by }: PointerIntent): Place | Refusal {
	const drags = held && by && Math.hypot(by.x, by.y) > SLOP && !held.source && !held.text && !held.drag;
	return drags ? placeAfter(stage, held, by) : placeOf(stage, at);
}

/** The text to be selected is what the guest saw under the pointer. */
function selectTo(stage: Stage, held: Held, intent: PointerIntent, place: Place): void {
	const seen = placeOf(stage, intent.at);
	const { x, y } = typeof seen === 'string' ? place : seen;
	held.point = { x, y };
	drawOn(stage, held);
}

export async function up(stage: Stage, intent: PointerIntent): Promise<Outcome> {
	if (intent.finger) return otherFinger(stage, intent, intent.finger);
	if (stage.broken) return 'host-acted';
	const held = stage.held;
	if (!held || intent.drags) return drop(stage, intent);
	if (isElsewhere(stage, held, intent)) {
		letGo(stage);
		return undefined;
	}
	const aimed = heldAt(stage, held, intent);
	if (typeof aimed === 'string' && (aimed !== 'stale-node' || held.drag)) {
		cancel(stage);
		return aimed;
	}
	// What the guest saw there is gone by now, often because it was pressed: the button comes up where the pointer was last.
	const place = typeof aimed === 'string' ? placeAt(stage, stage.x, stage.y) : aimed;
	if (held.drag) {
		letGo(stage);
		if (dragOn(stage, held.drag, place, intent)) await endAbroad(stage, held.drag, place.x, place.y);
		else endDrag(stage, held.drag, place.x, place.y, 'drop', intent.keys);
		return undefined;
	}
	const captured = stage.captured?.isConnected ? stage.captured : undefined;
	const target = captured ?? (held.met && !held.touch ? metAt(stage, place) : place.target);
	const state = { ...stateOf(place, intent, 0), touch: held.touch };
	settleCapture(stage, state);
	hoverOver(stage, target, { ...state, button: -1, buttons: BUTTONS[held.button] ?? 1 });
	const released = pressedIn(place.target, place.x, place.y);
	const gone = watchRemoval(target);
	firePointer(stage, target, 'pointerup', state);
	await checkpoint();
	const beneath = gone.from() ?? target;
	gone.stop();
	const mouse = held.touch ? fireTouch(stage, held.target, 'touchend', place.x, place.y) && held.mouse && !held.moved : held.mouse;
	if (mouse && held.touch) await press(stage, held, { ...state, buttons: 1 });
	if (mouse && !flatClosest(beneath, isDisabled)) fireMouse(stage, beneath, 'mouseup', state);
	await checkpoint();
	dismiss(stage, held.pressed, released);
	// What might have been dragged and was not is clicked after all: now the caret goes there.
	if ((held.source || held.text) && !held.moved && takesCaret(held.target)) {
		pressCaret(stage, held.target, place.x, place.y, intent.clicks, !!intent.keys?.shift, false);
	}
	capture(stage, undefined);
	settleCapture(stage, state);
	const clicks = !held.touch || (mouse && !held.moved);
	// A button of the mouse clicks what has stayed under it; a tap, what is there.
	const stayed = held.touch || held.button === 2 || held.removal.from() === undefined;
	const heir = !stayed && isLate(held, intent) && isBuiltAnew(stage, held.target, target) ? target : undefined;
	letGo(stage);
	if (!clicks || !(stayed || heir)) return undefined;
	return clickAt(stage, heir ? { ...held, target: heir } : held, target, state);
}

/** Whether the pointer is over another document, and nothing here has it. A browser tells this one nothing then, of its release neither. */
function isElsewhere(stage: Stage, held: Held, intent: PointerIntent): boolean {
	return !!intent.beyond && !stage.captured && !held.drag;
}

/** Whether what was pressed had stayed for as long as the guest held the button: the release took longer on its way here than the press. */
function isLate({ removal, since }: Held, { lasted }: PointerIntent): boolean {
	return lasted !== undefined && removal.at > since + lasted;
}

function letGo(stage: Stage): void {
	stage.held?.removal.stop();
	stage.held = undefined;
}

export function hover(stage: Stage, { at, keys, rests }: Extract<Intent, { k: 'hover' }>): Outcome {
	const place = placeOf(stage, at);
	return typeof place === 'string' ? place : overPlace(stage, place, keys, rests);
}

function overPlace(stage: Stage, place: Place, keys: Keys | undefined, rests = false): undefined {
	const state: PointerState = { x: place.x, y: place.y, button: -1, buttons: 0, keys, came: cameTo(stage, place) };
	hoverOver(stage, place.target, state);
	if (rests) return undefined;
	firePointer(stage, place.target, 'pointermove', state);
	if (!isDisabled(place.target)) fireMouse(stage, place.target, 'mousemove', state);
	return undefined;
}

/** Ends what the guest holds without a click: pointercancel, the button is up, a drag is given up, the pointer is gone. */
export function cancel(stage: Stage): undefined {
	const held = stage.held;
	const state: PointerState = { x: stage.x, y: stage.y, button: -1, buttons: 0, touch: held?.touch ?? false };
	if (held) {
		const target = stage.captured ?? (held.target.isConnected ? held.target : stage.doc.documentElement);
		if (held.drag) {
			if (held.drag.abroad) stage.ctx.send({ t: 'dragging' });
			endDrag(stage, held.drag, stage.x, stage.y, 'cancel');
		}
		firePointer(stage, target, 'pointercancel', state);
		if (held.touch) fireTouch(stage, held.target, 'touchcancel', stage.x, stage.y);
		else if (held.mouse && !held.drag) fireMouse(stage, target, 'mouseup', { ...state, button: held.button });
		capture(stage, undefined);
		settleCapture(stage, state);
		letGo(stage);
	}
	cancelFingers(stage);
	hoverOver(stage, undefined, state);
	return undefined;
}

/** A whole drag: down, a few moves, up. */
export async function drag(stage: Stage, { frame, from, to }: Extract<Intent, { k: 'drag' }>): Promise<Outcome> {
	const step = (k: PointerIntent['k'], at: typeof from): PointerIntent & { frame: number } => ({ frame, k, at, button: 0, clicks: 1 });
	const refused = await down(stage, step('down', from));
	if (refused) return refused;
	const begun = placeOf(stage, from);
	if (typeof begun !== 'string') nudge(stage, begun);
	for (let i = 0; i < 2; i++) {
		await stage.tick();
		const late = move(stage, step('move', to));
		if (late) {
			cancel(stage);
			return late;
		}
	}
	return up(stage, step('up', to));
}

/** The first pixels of a drag are still over what was pressed: that is where libraries decide that it is one. */
function nudge(stage: Stage, { target, x, y }: Place): void {
	const held = stage.held;
	if (!held) return;
	const nudged = { x: x + SLOP + 2, y: y + SLOP + 2 };
	const state: PointerState = { ...nudged, button: -1, buttons: 1, came: cameTo(stage, nudged) };
	held.moved = true;
	if (held.source || held.text) beginDrag(stage, held, state);
	if (held.drag) moveDrag(stage, held.drag, { target, ...nudged });
	else firePointer(stage, target, 'pointermove', state);
	if (held.mouse && !held.drag) fireMouse(stage, target, 'mousemove', state);
}

function beginDrag(stage: Stage, held: Held, state: PointerState): void {
	const { source, text } = held;
	held.source = held.text = undefined;
	if (!(source ?? text?.source)?.isConnected || held.button !== 0 || held.touch) return;
	if (source) held.drag = startDrag(stage, source, held.x, held.y, state.keys);
	else if (text) held.drag = startTextDrag(stage, text, held.x, held.y, state.keys);
	// Chromium says no place.
	if (held.drag) firePointer(stage, held.target, 'pointercancel', { ...state, x: 0, y: 0, button: 0, buttons: 0 });
}

function stateOf(place: Place, intent: PointerIntent, buttons: number): PointerState {
	return { x: place.x, y: place.y, button: intent.button, buttons, clicks: intent.clicks, touch: !!intent.touch, keys: intent.keys };
}
