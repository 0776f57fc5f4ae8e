// page.
// Windows of a document that can't open the shell's frames by name: one in a sandbox, or without an origin (docs/decisions/0027). The shell opens them
// if the sandbox has windows, and the two documents find each other by a message: so each has the other's real window.
import type { FrameMessage, ShellMessage } from '../../../protocol/page.ts';
import { type Any, method, natives } from '../../natives.ts';
import { meetings } from '../../port.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';
import type { Place } from '../../windows.ts';
import { facade } from './facade.ts';
import type { Opening } from './open.ts';

export interface BoxedWindows {
	/** Has the shell say whether this document may open any, and lead the tab's root. */
	ask(): void;
	/** Whether that is known, or nobody asked. */
	known(): boolean;
	/** Whether it is known that this document may not lead the tab's root just now. */
	stays(): boolean;
	/** Opens one: what stands for it, or null where it isn't the page's business, or where there are to be none. */
	open(opening: Opening): unknown;
	arrived(message: ShellMessage): void;
	/** A new document stands in this window. */
	begin(): void;
}

const { crypto } = realm.global;
const getRandomValues = method<Uint8Array>(realm.global.Crypto?.prototype, 'getRandomValues');

export function makeBoxedWindows({ place, send }: { readonly place: Place; send(message: FrameMessage): void }): BoxedWindows {
	let asked = false;
	let may: boolean | undefined;
	let leads: 'always' | 'active' | 'never' = 'always';
	/** Windows that were opened and not met yet. */
	const opened = new natives.Map<string, (window: Any) => void>();
	/** What a window will say, and which one it is. */
	const expected = new natives.Map<string, string>();
	meetings.met = (key, window) => {
		const spare = expected.get(key);
		if (spare === undefined) return;
		expected.delete(key);
		opened.get(spare)?.(window);
		opened.delete(spare);
	};
	return {
		ask() {
			if (asked || !place.shell) return;
			asked = true;
			send({ t: 'may-open' });
		},
		known: () => !asked || may !== undefined,
		stays: () => leads === 'never' || (leads === 'active' && !realm.global.navigator.userActivation?.isActive),
		open(opening) {
			const { real, name, noopener } = opening;
			if (may === false || !place.shell) return null;
			const spare = newKey();
			// a message to it would come from the document whose runtime this is
			const tied = !noopener && !realm.lent;
			send({ t: 'open', url: real, name, spare, tied });
			if (!tied) return null;
			const when = (use: (window: Any) => void) => {
				opened.set(spare, (window) => {
					common.shared.opened.set(spare, window);
					if (name) common.shared.named.set(name, window);
					use(window);
				});
				return () => void opened.delete(spare);
			};
			return facade(opening, when, send, (wish) => send({ t: 'window', spare, ...wish }));
		},
		arrived(message) {
			if (message.t === 'may-open') ({ may, leads } = message);
			if (message.t !== 'meet') return;
			expected.set(message.key, message.spare);
			// should another window have slipped to that place meanwhile, it knows nothing of the key, and is passed over
			const window = place.shell?.[message.at];
			if (window) natives.apply(natives.windowPostMessage as Any, window, [{ tandem: 1, meet: message.key }, '*']);
		},
		begin() {
			asked = false;
			may = undefined;
			leads = 'always';
		},
	};
}

/** What nobody guesses. */
export function newKey(): string {
	let key = '';
	for (const byte of getRandomValues(crypto, new natives.Uint8Array(16))) key += byte.toString(36);
	return key;
}
