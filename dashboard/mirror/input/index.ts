// mirror document (guest's browser).
// Turns what a guest does in the mirrored documents into intents, and keeps the mirror from doing anything by itself.
import type { FromMirror, ToMirror } from '../../../protocol/mirror-port.ts';
import type { WritingView } from '../view.ts';
import type { Desk } from './desk.ts';
import { type Keyboard, makeKeyboard } from './keyboard.ts';
import { makeLead } from './lead.ts';
import { isLocal, MEDIA_EVENTS, onListClick, onMedia, onPicked } from './local.ts';
import { startLook } from './look.ts';
import { makeOutbox } from './outbox.ts';
import { makePane, type Pane } from './pane.ts';
import { onContextMenu, onMouseDown, onMouseMove, onMouseOut, onMouseOver, onMouseUp, onPointerDown, onPointerUp } from './pointer.ts';
import { onScroll, onTouchMove, onWheel, ownZoom } from './scroll.ts';
import { innermost } from './spot.ts';
import { makeSuggestions } from './suggest.ts';
import { onFingersMove, onTouchCancel, onTouchEnd, onTouchStart } from './touch.ts';

/** What a mirrored document must not do by itself: follow links, send forms, drag, edit; local pickers aside. */
const STOPPED = ['dblclick', 'auxclick', 'submit', 'reset', 'dragstart', 'beforeinput', 'toggle', 'invalid'];

/** Starts to listen in every document `view` draws, now and later. The port says whether the guest may act, and takes the intents. */
export function startInput(view: WritingView, port: MessagePort): void {
	const send = (message: FromMirror) => port.postMessage(message);
	const frameLater = (run: () => void) => void requestAnimationFrame(run);
	const outbox = makeOutbox(
		(intent) => send({ t: 'intent', intent }),
		frameLater,
		() => performance.now(),
	);
	const look = startLook(view, port);
	let pointed: { x: number; y: number } | undefined;
	let pointing = false;
	let pressed: number | undefined;
	const desk: Desk = {
		view,
		push: outbox.push,
		handOver: (place, files) => send({ t: 'files', ...place, files }),
		point(at) {
			pointed = at && look.toHost(at);
			if (pointing) return;
			pointing = true;
			frameLater(() => {
				pointing = false;
				send({ t: 'pointer', ...pointed });
			});
		},
		look,
		allowed: false,
		get frame() {
			return pressed !== undefined && view.documentOf(pressed) ? pressed : view.root;
		},
		set frame(frame) {
			pressed = frame;
		},
		pointer: 'mouse',
		held: undefined,
		moved: 0,
		fingers: { held: new Map(), maybe: undefined, frame: undefined },
		scrollsUntil: 0,
		mediaUntil: 0,
		zoomsUntil: 0,
		takeKeys: (typing, x, y) => keyboard.take(typing, x, y),
	};
	const suggestions = makeSuggestions(desk, view, document);
	const keyboard = makeKeyboard(desk, document, suggestions);
	const pane = makePane(desk, document);
	const listeners = table(desk, keyboard, pane);
	view.onDocument((_frame, doc) => {
		for (const [type, listener] of listeners) doc.addEventListener(type, listener, { capture: true, passive: false });
		pane.watch(doc);
		doc.addEventListener('mousedown', (event) => suggestions.pressed(innermost(event)), true);
	});
	view.onChange(pane.changed);
	view.onChange(makeLead(desk, keyboard));
	/** The shell has lent this document the keyboard, with nobody's click in the mirror: keys go to where the host's focus is. */
	const takeKeys = () => {
		if (desk.allowed && document.hasFocus() && document.activeElement === document.body) keyboard.take(false, 0, 0);
	};
	window.addEventListener('focus', takeKeys);
	port.addEventListener('message', ({ data }: MessageEvent<ToMirror>) => {
		if (data.t === 'own-zoom') ownZoom(desk);
		if (data.t !== 'control') return;
		if (!data.allowed && desk.allowed) {
			outbox.clear();
			keyboard.drop();
			pane.drop();
		}
		desk.allowed = data.allowed;
		takeKeys();
		desk.held = undefined;
		desk.fingers.held.clear();
	});
}

/** Event type → what is done with it, in every mirrored document, before anything else. */
function table(desk: Desk, keyboard: Keyboard, pane: Pane): Map<string, (event: Event) => void> {
	const listeners = new Map<string, (event: Event) => void>();
	const on = <E extends Event>(type: string, act: (desk: Desk, event: E) => void) =>
		listeners.set(type, (event) => (event.isTrusted || pane.made(event)) && act(desk, event as E));
	for (const type of STOPPED) on(type, (_desk, event) => (desk.allowed && isLocal(event) ? undefined : event.preventDefault()));
	on('click', (desk, event: MouseEvent) => (desk.allowed && isLocal(event) ? onListClick(desk, event) : event.preventDefault()));
	on('pointerdown', onPointerDown);
	on('pointerup', onPointerUp);
	on('mousedown', onMouseDown);
	on('mousemove', onMouseMove);
	on('mouseover', onMouseOver);
	on('mouseup', onMouseUp);
	on('mouseout', (_desk, event: MouseEvent) => pane.covers(event) || onMouseOut(desk, event));
	on('contextmenu', onContextMenu);
	on('pointercancel', cancel);
	on('wheel', onWheel);
	on('touchstart', onTouchStart);
	on('touchmove', (_desk, event: TouchEvent) => onFingersMove(desk, event) || onTouchMove(desk));
	on('touchend', onTouchEnd);
	on('touchcancel', onTouchCancel);
	on('scroll', (_desk, event) => {
		pane.changed();
		onScroll(desk, event);
	});
	on('input', onPicked);
	on('change', onPicked);
	on('dragover', (_desk, event) => event.preventDefault());
	on('drop', onDrop);
	for (const type of MEDIA_EVENTS) on(type, onMedia);
	for (const type of ['keydown', 'keyup']) on(type, (_desk, event: KeyboardEvent) => keyboard.onStray(event));
	for (const type of ['focusin', 'focusout']) on(type, (_desk, event: FocusEvent) => keyboard.onFocus(event));
	return listeners;
}

function cancel(desk: Desk): void {
	if (desk.held === undefined) return;
	desk.held = undefined;
	if (desk.allowed && desk.frame !== undefined) desk.push({ frame: desk.frame, k: 'cancel' });
}

/** Files from the guest's desktop, dropped on the mirror. */
function onDrop(desk: Desk, event: DragEvent): void {
	event.preventDefault();
	const el = innermost(event);
	const place = el && desk.view.placeOf(el);
	if (desk.allowed && place && event.dataTransfer?.files.length) desk.handOver(place, [...event.dataTransfer.files]);
}
