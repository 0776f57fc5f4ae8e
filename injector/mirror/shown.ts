// page (host): every proxied document, before its own scripts.
// What is shown without an attribute saying so: modal dialogs, open popovers, masked places, style sheets switched off, custom elements
// that are defined.
import type { StateName } from '../../protocol/mirror.ts';
import { type Mask, NOBODY, veil } from '../../protocol/privacy.ts';
import { getter, method } from '../natives.ts';
import { hasAttribute, holds } from './dom.ts';
import { idOf } from './ids.ts';
import { SOFT } from './privacy/rules.ts';
import type { Capture, Tracker } from './tracker.ts';

const matches = method<boolean>(Element.prototype, 'matches');
const path = method<EventTarget[]>(globalThis.Event?.prototype, 'composedPath');
const newState = getter<string>(globalThis.ToggleEvent?.prototype, 'newState');
const whenDefined = method<Promise<unknown>>(globalThis.CustomElementRegistry?.prototype, 'whenDefined');

const is = (el: Element, selector: string) => {
	try {
		return matches(el, selector);
	} catch {
		// A browser that doesn't know the selector doesn't have the state either.
		return false;
	}
};
const READ: Readonly<Partial<Record<StateName, (el: Element) => boolean>>> = {
	modal: (el) => is(el, 'dialog:modal'),
	popover: (el) => hasAttribute(el, 'popover') && is(el, ':popover-open'),
	'sheet-off': (el) => (el as HTMLStyleElement).sheet?.disabled ?? false,
};

/** Elements that are looked at in one go. */
const MOST = 200;

export function trackShown({ ctx, stream }: Capture): Tracker {
	/** Elements by the state to look at, with what was sent. */
	const watched = new Map<Element, { name: StateName; value: string }>();
	let turn = watched.keys();
	/** Which came how late into the top layer. */
	const places = new WeakMap<EventTarget, number>();
	let top = 0;
	const onToggle = (event: Event) => {
		const el = path(event)[0];
		if (el && newState(event) === 'open') places.set(el, ++top);
	};
	const listen = (target: EventTarget) => ctx.natives.addEventListener(target, 'beforetoggle', onToggle, { capture: true, passive: true });
	const asked = new Set<string>();
	const defined: string[] = [];

	const watch = (el: Element, name: StateName) => {
		watched.set(el, { name, value: '' });
		look(el);
	};
	const look = (el: Element) => {
		const entry = watched.get(el);
		const id = idOf(el);
		if (!entry) return;
		if (id === undefined) {
			watched.delete(el);
			return;
		}
		const value = READ[entry.name]?.(el) ? (entry.name === 'sheet-off' ? '1' : placeOf(el)) : '';
		if (value === entry.value) return;
		entry.value = value;
		stream.push({ op: 'state', id, name: entry.name, value });
	};
	const placeOf = (el: Element) => {
		const place = places.get(el) ?? ++top;
		places.set(el, place);
		return `${place}`;
	};
	const tellDefined = () => {
		if (defined.length) stream.push({ op: 'state', id: 0, name: 'defined', value: defined.join(' ') });
	};
	return {
		arm: () => listen(ctx.win),
		shadow: listen,
		element(el, tag, id, { names, secret, masked, outside }) {
			if (tag === 'dialog') watch(el, 'modal');
			else if (tag === 'style' || tag === 'link') watch(el, 'sheet-off');
			else if (holds(names, 'popover')) watch(el, 'popover');
			const state = maskState(tag, secret, masked, outside);
			if (state) stream.push({ op: 'state', id, name: 'masked', value: state });
			if (tag.includes('-') && !asked.has(tag)) {
				asked.add(tag);
				const known = () => {
					defined.push(tag);
					tellDefined();
				};
				void whenDefined(ctx.win.customElements, tag).then(known, () => {});
			}
		},
		attribute(el, _tag, name) {
			if (name === 'popover' && !watched.has(el)) watch(el, 'popover');
			if (name === 'open') look(el);
		},
		key: tellDefined,
		tick() {
			for (let n = Math.min(MOST, watched.size); n > 0; n--) {
				let next = turn.next();
				if (next.done) {
					turn = watched.keys();
					next = turn.next();
				}
				if (!next.done) look(next.value);
			}
		},
	};
}

/** Elements that show a picture and not their content. */
const PICTURES = new Set(['img', 'canvas', 'video', 'svg', 'object', 'embed', 'iframe', 'picture']);

/**
 * How a masked place is drawn: '1' a grey box from here on, '2' shown again inside of one, '' as ever. In the private mode texts keep their
 * width and are drawn over by the player; pictures are grey.
 */
function maskState(tag: string, secret: boolean, masked: Mask, outside: Mask): string {
	if (!secret && masked === 0 && outside === 0) return '';
	const soft = (masked & SOFT) > 0;
	const box = secret || (soft ? PICTURES.has(tag) : masked !== 0 && masked !== outside);
	const mask = secret && masked === 0 ? NOBODY : masked & NOBODY;
	if (box) return veil('', '1', mask) ?? '1';
	return outside & ~masked & NOBODY ? (veil('', '2', outside & ~masked & NOBODY) ?? '2') : '';
}
