// page.
// Frames that the shell keeps ready for windows this document may open (docs/decisions/0017). The document opens each by its secret name, so that
// the browser makes it the opener, and has it show about:blank: then it is what a new window is, down to base URL and policies.
import type { ShellMessage } from '../../../protocol/page.ts';
import { type Any, method, natives, setter } from '../../natives.ts';
import { realm } from '../../realm.ts';
import type { Sandbox } from '../index.ts';
import type { BoxedWindows } from './boxed.ts';

export interface Spare {
	readonly name: string;
	readonly window: Any;
}

export interface Spares {
	/** Has the shell keep at least `n` ready. */
	prepare(n: number): void;
	/** One that can be used now. */
	take(): Spare | undefined;
	/** Calls `use` with one as soon as there is one, or `failed` where none comes. Returns what takes the wish back. */
	when(use: (spare: Spare) => void, failed: () => void): () => void;
	/** What opens windows for this document instead, where it can't use any. */
	instead(): BoxedWindows | undefined;
	/** Whether as many are there as were asked for, or none will come. */
	complete(): boolean;
	/** The shell has put a frame of that name on its stage. */
	arrived(message: ShellMessage): void;
	/** A new document stands in this window: what was ready was the old one's. */
	begin(): void;
}

/** Firefox makes nobody the opener of a frame that is there already, and gives the frame the keyboard instead. */
const TAKES_FOCUS = 'mozInnerScreenX' in realm.global;

/** Milliseconds after which a window opens without one. */
const PATIENCE = 4000;
/** Most that are kept ready. */
const MOST = 6;

const setDomain = setter(realm.global.Document?.prototype, 'domain');
const domain = natives.getOwnPropertyDescriptor(realm.global.Document?.prototype ?? {}, 'domain')?.get as Any;
const setTimer = natives.setTimeout;
const findIndex = method<number>(Array.prototype, 'findIndex');
const splice = method<Any[]>(Array.prototype, 'splice');

export function makeSpares({ place, send }: Pick<Sandbox, 'place' | 'send'>, boxed: BoxedWindows): Spares {
	let ready: Spare[] = [];
	let waiting: { use: (spare: Spare) => void; done: boolean }[] = [];
	let wanted = 0;
	/** Opaque origins have no label: nothing of the shell's is theirs to touch. Nor may a sandbox touch what is outside of it. */
	let able = realm.global.origin === 'null' || realm.boot.sandboxes ? false : undefined;

	const isAble = (): boolean => {
		able ??= mayOpen(place.isTop);
		return able;
	};

	const spares: Spares = {
		prepare(n) {
			if (n <= wanted || !place.shell) return;
			if (!isAble()) return boxed.ask();
			wanted = Math.min(n, MOST);
			send({ t: 'spares', n: wanted });
		},
		take() {
			const at = findIndex(ready, isBlank) as number;
			const [spare] = at < 0 ? [] : (splice(ready, at, 1) as Spare[]);
			// The next comes when this one is a tab: what a page did once it does again, perhaps at once.
			if (spare) again();
			return spare;
		},
		when(use, failed) {
			const spare = spares.take();
			const entry = { use, done: spare !== undefined };
			const stop = () => {
				entry.done = true;
			};
			if (spare) use(spare);
			else if (!place.shell || !isAble()) failed();
			else {
				waiting.push(entry);
				setTimer(() => {
					if (!entry.done) failed();
					stop();
				}, PATIENCE);
				again();
			}
			return stop;
		},
		instead: () => (place.shell && !isAble() ? boxed : undefined),
		complete: () => (able === false ? boxed.known() : wanted === 0 || ready.filter(isBlank).length >= wanted),
		arrived(message) {
			if (message.t !== 'spare') return boxed.arrived(message);
			const window = find(place.shell, message.name);
			if (!window) return;
			if (!TAKES_FOCUS) natives.apply(natives.windowOpen as Any, realm.global, ['', message.name]);
			window.location.replace('about:blank');
			ready.push({ name: message.name, window });
			if (waiting.length) serve();
		},
		begin() {
			ready = [];
			waiting = [];
			wanted = 0;
			boxed.begin();
			if (able === false && !place.isTop) boxed.ask();
		},
	};

	/** Asks for one more than before. Sent after what was done with the one just taken. */
	function again(): void {
		const n = Math.max(wanted, 1) + (ready.length ? 0 : 1);
		natives.queueMicrotask(() => {
			wanted = 0;
			spares.prepare(n);
		});
	}

	function serve(): void {
		waiting = waiting.filter(({ done }) => !done);
		const next = waiting[0];
		if (!next) return;
		const spare = spares.take();
		if (spare) {
			next.done = true;
			next.use(spare);
		}
		setTimer(serve, spare ? 0 : 5);
	}
	return spares;
}

/** It shows about:blank already, as a new window does. */
function isBlank({ window }: Spare): boolean {
	try {
		return natives.documentURL(window.document) === 'about:blank';
	} catch {
		return false;
	}
}

/** The frame of that name: one that this document may touch, so one of its own label. */
function find(shell: Window | undefined, name: string): Any {
	for (let i = 0; shell && i < shell.length; i++) {
		try {
			if (shell[i]?.name === name) return shell[i];
		} catch {
			// another site's
		}
	}
	return undefined;
}

/**
 * Whether this document may open a frame that stands outside of its tab by name. A sandboxed one may not (HTML section 7.4.2.4), and would open
 * a window of the browser: those can't set their domain either (section 7.1.1.1), which nobody else notices.
 */
function mayOpen(isTop: boolean): boolean {
	if (isTop) return true;
	const { document } = realm.global;
	try {
		setDomain(document, natives.apply(domain, document, []));
		return true;
	} catch {
		return false;
	}
}
