// page (host): every proxied document, before its own scripts.
// What slots of a shadow tree with `slotAssignment: "manual"` were given (DOM section 4.2.2.5): it stands in no attribute.
import { call, hookMethod } from '../hook.ts';
import { type Any, method } from '../natives.ts';
import { getRootNode, isShadow } from './dom.ts';
import { idOf } from './ids.ts';
import { isManual } from './serialize.ts';
import type { Capture, Tracker } from './tracker.ts';

const proto = (globalThis as Any).HTMLSlotElement?.prototype;
const assignedNodes = method<Node[]>(proto, 'assignedNodes');

export function trackSlots({ stream }: Capture): Tracker {
	/** Slots of such trees, with what was sent. */
	const slots = new Map<Element, string>();
	hookMethod(proto, 'assign', (native, self, args) => {
		const result = call(native, self, args);
		stream.wake();
		return result;
	});
	return {
		element(el, tag) {
			if (tag !== 'slot') return;
			const root = getRootNode(el);
			if (isShadow(root) && isManual(root)) slots.set(el, '');
		},
		// Also where nobody gives anything: what was given may come, go, or be in the mirror only now.
		flush() {
			for (const [slot, told] of slots) {
				const id = idOf(slot);
				if (id === undefined) {
					slots.delete(slot);
					continue;
				}
				const value = assignedNodes(slot)
					.map(idOf)
					.filter((given) => given !== undefined)
					.join();
				if (value === told) continue;
				slots.set(slot, value);
				stream.push({ op: 'state', id, name: 'slotted', value });
			}
		},
	};
}
