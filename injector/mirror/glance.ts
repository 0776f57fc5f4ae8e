// page (host): every proxied document, before its own scripts.
// Where the host is in the page: scroll positions, focus, hover, playing media, size of the viewport.
import { scrollSaid } from '../../protocol/digest.ts';
import type { NodeId } from '../../protocol/mirror.ts';
import { type Any, getter, method } from '../natives.ts';
import { activeElement, focused } from './caret.ts';
import { ELEMENT, isConnected, targetType } from './dom.ts';
import { idOf } from './ids.ts';
import { lookAtKey } from './privacy/keypad.ts';
import { placeShown } from './privacy/mask.ts';
import type { Capture, Tracker } from './tracker.ts';

const g = globalThis as Any;
const scrollLeft = getter<number>(g.Element?.prototype, 'scrollLeft');
const scrollTop = getter<number>(g.Element?.prototype, 'scrollTop');
const hasFocus = method<boolean>(g.Document?.prototype, 'hasFocus');
const matches = method<boolean>(g.Element?.prototype, 'matches');
const path = method<EventTarget[]>(g.Event?.prototype, 'composedPath');

const PRESS = ['pointerdown', 'pointerup', 'pointercancel', 'dragend', 'blur'];
/** What may be said to have the focus though it is hidden: which field it is gives nothing away. */
const FIELD = /^(?:input|textarea|select)$/;
const MEDIA = ['play', 'pause', 'seeked', 'ratechange', 'volumechange', 'ended', 'loadedmetadata'];

export function trackGlance({ ctx, stream }: Capture): Tracker {
	const { win, doc, natives } = ctx;
	/** Elements that were scrolled, with what the mirror was told. */
	const scrolled = new Map<Element, { id: NodeId; x: number; y: number }>();
	/** Whether the document ever scrolled: asking where it stands costs a layout. */
	let moved = false;
	/** The last message after which scroll positions were looked at. */
	let seen = 0;
	let at0: { id: NodeId; x: number; y: number } | undefined;
	const passive = { capture: true, passive: true };
	/** The id of a node that a person is at; it may stand in changes that are held. */
	const named = (node: Node) => {
		if (idOf(node) === undefined) stream.settle();
		return idOf(node);
	};

	const onScroll = (event: Event) => {
		const target = path(event)[0] as Node;
		if (targetType(target) === ELEMENT) scroll(target as Element);
		else scrollDocument();
	};
	const scroll = (el: Element) => {
		const id = idOf(el);
		if (id === undefined && !isConnected(el)) {
			scrolled.delete(el);
			return;
		}
		// One that is not in the mirror yet is remembered for when it comes.
		const told = { id: id ?? -1, x: scrollLeft(el), y: scrollTop(el) };
		scrolled.set(el, told);
		if (id !== undefined) stream.drop({ op: 'scroll', ...told });
	};
	const scrollDocument = () => {
		moved = true;
		at0 = { id: 0, x: win.scrollX, y: win.scrollY };
		stream.drop({ op: 'scroll', ...at0 });
	};
	const size = () => stream.push({ op: 'size', width: win.innerWidth, height: win.innerHeight });
	/** What the mirror was told last, so that a look from time to time says nothing twice. */
	let told = '0 0';
	const focus = (anew = true) => {
		const el = activeElement(doc) === doc.body ? null : focused(doc);
		const at = el && (FIELD.test(el.localName) ? el : placeShown(el));
		const id = (at && named(at)) || 0;
		// Where nothing has it, it is still told whether the window is in front.
		const look = !id || !el ? (hasFocus(doc) ? 1 : 0) : !matches(el, ':focus') ? 0 : matches(el, ':focus-visible') ? 2 : 1;
		if (!anew && told === `${id} ${look}`) return;
		told = `${id} ${look}`;
		stream.drop({ op: 'focus', id, look });
	};
	const press = (event: Event) => {
		const target = path(event)[0] as Node | Window;
		// Somebody loses the focus under every press.
		if (event.type === 'blur' && target !== win) return;
		const held = event.type === 'pointerdown' ? placeShown(target as Node) : null;
		stream.drop({ op: 'active', id: (held && named(held)) || 0 });
	};
	const hover = (event: Event) => {
		const left = event.type === 'pointerleave' || (event.type === 'pointerout' && !(event as PointerEvent).relatedTarget);
		if (event.type === 'pointerout' && !left) return;
		const over = path(event)[0];
		// a script may dispatch it at what is no node
		const target = left || targetType(over) === undefined ? null : (over as Node);
		if (target) lookAtKey(target);
		const at = placeShown(target);
		stream.drop({ op: 'hover', id: (at && named(at)) || 0 });
	};
	const media = (el: HTMLMediaElement) => {
		const id = named(el);
		if (!id) return;
		const playing = !el.paused && !el.ended;
		stream.drop({ op: 'media', id, playing, time: el.currentTime, rate: el.playbackRate, volume: el.muted ? 0 : el.volume });
	};
	/** Where the host is, once more: what it names has come. */
	const again = () => {
		if (moved) scrollDocument();
		for (const el of [...scrolled.keys()]) scroll(el);
		focus();
	};
	const onMedia = (event: Event) => {
		const target = path(event)[0];
		if (target instanceof HTMLMediaElement) media(target);
	};
	return {
		arm() {
			natives.addEventListener(win, 'scroll', onScroll, passive);
			natives.addEventListener(win, 'resize', size, passive);
			natives.addEventListener(win, 'focusin', () => focus(), passive);
			natives.addEventListener(win, 'focusout', () => natives.queueMicrotask(() => focus()), passive);
			natives.addEventListener(win, 'pointerover', hover, passive);
			natives.addEventListener(win, 'pointerout', hover, passive);
			for (const name of PRESS) natives.addEventListener(win, name, press, passive);
			natives.addEventListener(doc, 'pointerleave', hover, passive);
			for (const name of MEDIA) natives.addEventListener(win, name, onMedia, passive);
		},
		element(el, tag) {
			if (scrolled.has(el)) scroll(el);
			if (tag === 'video' || tag === 'audio') media(el as HTMLMediaElement);
		},
		shadow(root) {
			natives.addEventListener(root, 'scroll', onScroll, passive);
			// From one element of the tree to another nothing leaves it (DOM section 2.9, step 5.9: outside, target and relatedTarget are one).
			natives.addEventListener(root, 'pointerover', hover, passive);
			for (const name of MEDIA) natives.addEventListener(root, name, onMedia, passive);
		},
		state(node) {
			if (node !== doc) return undefined;
			const said = [...scrolled].filter(([el, { id }]) => idOf(el) === id).map(([, at]) => scrollSaid(at));
			return moved && at0 ? [...said, scrollSaid(at0)] : said;
		},
		tick() {
			focus(false);
			if (!scrolled.size || seen === stream.seq) return;
			// one that was taken out and put in again stands at its beginning, of which no event tells
			seen = stream.seq;
			for (const [el, at] of [...scrolled]) if (idOf(el) !== at.id || scrollLeft(el) !== at.x || scrollTop(el) !== at.y) scroll(el);
		},
		key() {
			size();
			again();
		},
		whole: again,
	};
}
