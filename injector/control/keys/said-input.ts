// page (host).
// What the browser says of a command in its trusted `input` event (`insertText`, `deleteContentBackward`) isn't what the guest did (pasted,
// cut, deleted a word): of that one event the page is told what the `beforeinput` before it said.
import { call, hookAccessor } from '../../hook.ts';
import { type Any, natives, softGetter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { dom } from '../dom.ts';
import type { Stage } from '../stage.ts';

export interface Said {
	readonly inputType: string;
	readonly data: string | null;
	readonly dataTransfer: DataTransfer | null;
}

const MEMBERS = ['inputType', 'data', 'dataTransfer'] as const satisfies readonly (keyof Said)[];
const typeOf = softGetter<string>((globalThis as Any).Event?.prototype, 'type');

const told = new natives.WeakMap<Event, Said>();
/** What is being done now, until its event has been met. */
let now: Said | undefined;
let hooked = false;

/** Runs a command; its `input` event says `said`. */
export function saying<T>(stage: Stage, said: Said, run: () => T): T {
	hook();
	now = said;
	// Listeners of the window that were there first meet it by what they ask of it; this one for those that never do, or later.
	natives.addEventListener(stage.win, 'input', meet, true);
	try {
		return run();
	} finally {
		now = undefined;
		natives.removeEventListener(stage.win, 'input', meet, true);
	}
}

function meet(event: Event): Said | undefined {
	if (now && !told.has(event) && typeOf(event) === 'input' && dom.isTrusted(event)) {
		told.set(event, now);
		now = undefined;
	}
	return told.get(event);
}

/** Only in a page that a guest has edited in such a way. */
function hook(): void {
	if (hooked) return;
	hooked = true;
	const InputEvents = (realm.global as Any).InputEvent?.prototype;
	for (const member of MEMBERS) {
		hookAccessor(InputEvents, member, {
			get: (native, self) => {
				const own = call(native, self, []);
				const said = meet(self);
				return said ? said[member] : own;
			},
		});
	}
}
