// mirror document (guest's browser).
// A pane over the button that the pointer of a guest in control is on. Browsers draw a hovered and a pressed button in their own way, of which the
// host's page knows nothing, and paint the whole view for it: just when what comes of a click is on its way. The pane takes the pointer, and
// hands it on to what is beneath in events of its own, which change no look.
import type { Desk } from './desk.ts';
import { innermost, inRoot } from './spot.ts';

/** What browsers draw hovered and pressed by themselves, and do not work alone (local.ts). */
const DRAWN = 'button,input:is([type=button],[type=submit],[type=reset],[type=image],[type=checkbox],[type=radio])';
const HANDED = ['mousedown', 'mousemove', 'mouseup', 'contextmenu', 'wheel'];

/** Where the pointer is. */
interface Over {
	readonly el: Element;
	readonly doc: Document;
	/** Where that document begins in the root's viewport. */
	readonly left: number;
	readonly top: number;
	/** The pointer, in that document. */
	readonly x: number;
	readonly y: number;
}

export interface Pane {
	/** Whether an event was made here. */
	made(event: Event): boolean;
	/** Listens in a mirrored document. */
	watch(doc: Document): void;
	/** Whether the pointer has left what it was on for the pane alone. */
	covers(event: MouseEvent): boolean;
	/** Something beneath has changed. */
	changed(): void;
	drop(): void;
}

/** Events made here → when a person made them. */
const times = new WeakMap<Event, number>();

/** When a person made an event, milliseconds. */
export const timeOf = (event: Event): number => times.get(event) ?? event.timeStamp;

/** `doc` is the document around the mirrored ones. */
export function makePane(desk: Desk, doc: Document): Pane {
	const pane = doc.createElement('div');
	let over: Over | undefined;
	let held = false;
	let asked = false;

	const drop = () => {
		over = undefined;
		held = false;
		pane.remove();
	};
	const put = ({ el, left, top }: Over) => {
		const box = el.getBoundingClientRect();
		const place = `left:${left + box.left}px;top:${top + box.top}px;width:${box.width}px;height:${box.height}px`;
		const style = `position:fixed;z-index:1;${place};cursor:${getComputedStyle(el).cursor}`;
		if (pane.getAttribute('style') !== style) pane.setAttribute('style', style);
		// Beside the stage: the player replaces what is in the body.
		if (!pane.isConnected) doc.documentElement.append(pane);
	};
	const enter = (of: Document, event: PointerEvent) => {
		const el = drawn(innermost(event));
		if (!el || !desk.allowed || event.pointerType !== 'mouse' || event.buttons || !isStraight(of, doc)) return;
		const { x: left, y: top } = inRoot(desk.view, of, 0, 0);
		over = { el, doc: of, left, top, x: event.clientX, y: event.clientY };
		put(over);
	};
	/** What the pointer is on now; the pane stays as long as that is the button, or one of the mouse's is held. */
	const look = (): Element | undefined => {
		if (!over) return undefined;
		const { el, doc: of, x, y } = over;
		const target = of.defaultView ? beneath(of, x, y) : undefined;
		if (target && drawn(target) === el) put(over);
		else if (!held) drop();
		return target ?? of.documentElement;
	};
	const hand = (event: MouseEvent) => {
		if (!over) return;
		const { doc: of, left, top } = over;
		over = { ...over, x: event.clientX - left, y: event.clientY - top };
		held = event.buttons !== 0;
		const { x, y } = over;
		const target = look();
		if (!target) return;
		pane.title = target.closest<HTMLElement>('[title]')?.title ?? '';
		const copy = copyOf(event, x, y, of.defaultView);
		times.set(copy, event.timeStamp);
		if (!target.dispatchEvent(copy)) event.preventDefault();
	};
	for (const type of HANDED) pane.addEventListener(type, (event) => hand(event as MouseEvent), { passive: false });
	pane.addEventListener('pointerdown', ({ pointerType, pointerId }) => {
		// A finger is the button's own.
		if (pointerType !== 'mouse') return drop();
		desk.pointer = pointerType;
		// Until it is let go, wherever that is.
		pane.setPointerCapture(pointerId);
	});
	pane.addEventListener('mouseout', (event) => {
		if (held) return;
		if (event.relatedTarget === null) hand(event);
		drop();
	});
	pane.addEventListener('dragenter', drop);
	return {
		made: (event) => times.has(event),
		watch: (of) => of.addEventListener('pointerover', (event) => event.isTrusted && enter(of, event), true),
		covers({ view, clientX, clientY }) {
			if (!over || !view) return false;
			const { x, y } = inRoot(desk.view, (view as Window).document, clientX, clientY);
			const box = pane.getBoundingClientRect();
			return x >= box.left && y >= box.top && x < box.right && y < box.bottom;
		},
		changed() {
			if (!over || asked) return;
			asked = true;
			requestAnimationFrame(() => {
				asked = false;
				look();
			});
		},
		drop,
	};
}

function drawn(at: Element | undefined): Element | undefined {
	const el = at?.closest(DRAWN);
	return el && !el.matches(':disabled') ? el : undefined;
}

/** The innermost element at a point, inside shadow roots too. */
function beneath(doc: Document, x: number, y: number): Element | undefined {
	let el = doc.elementFromPoint(x, y);
	for (let inner = el; inner; ) {
		el = inner;
		inner = inner.shadowRoot?.elementFromPoint(x, y) ?? null;
		if (inner === el) break;
	}
	return el ?? undefined;
}

/** Whether a document's pixels are those of `outer`: no frame on the way is drawn larger, smaller or turned. */
function isStraight(doc: Document, outer: Document): boolean {
	for (let at = doc; at !== outer; ) {
		const holder = at.defaultView?.frameElement as HTMLElement | null | undefined;
		if (!holder) return false;
		const box = holder.getBoundingClientRect();
		if (Math.abs(box.width - holder.offsetWidth) > 1 || Math.abs(box.height - holder.offsetHeight) > 1) return false;
		at = holder.ownerDocument;
	}
	return true;
}

function copyOf(event: MouseEvent, clientX: number, clientY: number, view: Window | null): MouseEvent {
	const { type, detail, button, buttons, ctrlKey, shiftKey, altKey, metaKey, screenX, screenY } = event;
	const said = { detail, button, buttons, ctrlKey, shiftKey, altKey, metaKey, screenX, screenY };
	const init = { bubbles: true, cancelable: true, composed: true, view, clientX, clientY, ...said };
	if (!(event instanceof WheelEvent)) return new MouseEvent(type, init);
	const { deltaX, deltaY, deltaMode } = event;
	return new WheelEvent(type, { ...init, deltaX, deltaY, deltaMode });
}
