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
	readonly isComposing?: boolean;
}

const MEMBERS = ['inputType', 'data', 'dataTransfer', 'isComposing'] as const satisfies readonly (keyof Said)[];
const typeOf = softGetter<string>((globalThis as Any).Event?.prototype, 'type');

const told = new natives.WeakMap<Event, Said>();
/** What is being done now, until its event has been met. */
let now: Said | undefined;
let hooked = false;

/** Runs a command; its `input` event says `said`, and `met` is called as it comes. */
export function saying<T>(stage: Stage, said: Said, run: () => T, met?: () => void): T {
	hook();
	now = said;
	first = met;
	// Listeners of the window that were there first meet it by what they ask of it; this one for those that never do, or later.
	natives.addEventListener(stage.win, 'input', saidOf, true);
	try {
		return run();
	} finally {
		now = first = undefined;
		natives.removeEventListener(stage.win, 'input', saidOf, true);
	}
}

/** What the page is told of an `input` event instead of what the browser says; undefined: nothing else. */
export function saidOf(event: Event): Said | undefined {
	if (now && !told.has(event) && typeOf(event) === 'input' && dom.isTrusted(event)) {
		told.set(event, now);
		now = undefined;
	}
	return told.get(event);
}

let quiet = false;
let first: (() => void) | undefined;

/** Runs a command of which the page is told nothing. */
export function hushed(run: () => unknown): void {
	quiet = true;
	try {
		run();
	} finally {
		quiet = false;
	}
}

/** The first that hears of an `input`. */
export function hush(event: Event): void {
	if (!dom.isTrusted(event)) return;
	if (quiet) natives.stopImmediatePropagation(event);
	const met = first;
	first = undefined;
	met?.();
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
				const said = saidOf(self)?.[member];
				return said === undefined ? own : said;
			},
		});
	}
}
