// page (host): every proxied document, before its own scripts.
// What is shown without an attribute saying so: modal dialogs, open popovers, masked places, style sheets switched off, custom elements
// that are defined.
import type { StateName } from '../../protocol/mirror.ts';
import { method } from '../natives.ts';
import { hasAttribute } from './dom.ts';
import { idOf } from './ids.ts';
import type { Capture, Tracker } from './tracker.ts';

const matches = method<boolean>(Element.prototype, 'matches');
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

export function trackShown({ ctx, stream }: Capture): Tracker {
	/** Elements by the state to look at, with what was sent. */
	const watched = new Map<Element, { name: StateName; on: boolean }>();
	const asked = new Set<string>();
	const defined: string[] = [];

	const watch = (el: Element, name: StateName) => {
		watched.set(el, { name, on: false });
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
		const on = READ[entry.name]?.(el) ?? false;
		if (on === entry.on) return;
		entry.on = on;
		stream.push({ op: 'state', id, name: entry.name, value: on ? '1' : '' });
	};
	const tellDefined = () => {
		if (defined.length) stream.push({ op: 'state', id: 0, name: 'defined', value: defined.join(' ') });
	};
	return {
		element(el, tag, id, { secret, masksHere }) {
			if (tag === 'dialog') watch(el, 'modal');
			else if (tag === 'style' || tag === 'link') watch(el, 'sheet-off');
			else if (hasAttribute(el, 'popover')) watch(el, 'popover');
			if (secret || masksHere) stream.push({ op: 'state', id, name: 'masked', value: '1' });
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
			for (const el of [...watched.keys()]) look(el);
		},
	};
}
