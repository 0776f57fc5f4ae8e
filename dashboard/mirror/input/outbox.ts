// mirror document (guest's browser).
// Intents on their way out. What follows quickly on the same is made one (a row of letters, of moves, of wheel turns); order is kept.
import type { Intent } from '../../../protocol/intent.ts';

/** Kinds that may wait for the next frame of the screen, to be joined. All others go at once, behind what waits. */
const JOINED = new Set<Intent['k']>(['hover', 'move', 'wheel', 'text', 'compose', 'scroll']);
/** One frame of a 60 Hz screen, milliseconds. */
const FRAME = 16;

export interface Outbox {
	push(intent: Intent): void;
	/** Forgets what waits. */
	clear(): void;
}

/** `send` gets the intents, `later` runs something within a frame, `now` is a clock in milliseconds. */
export function makeOutbox(send: (intent: Intent) => void, later: (run: () => void) => void, now: () => number): Outbox {
	let waiting: Intent[] = [];
	let asked = false;
	let sent = Number.NEGATIVE_INFINITY;
	const flush = () => {
		asked = false;
		const ready = waiting;
		waiting = [];
		if (ready.length) sent = now();
		for (const intent of ready) send(intent);
	};
	return {
		push(intent) {
			const last = waiting.at(-1);
			const joined = last && join(last, intent);
			if (joined) waiting[waiting.length - 1] = joined;
			else waiting.push(intent);
			if (!JOINED.has(intent.k) || now() - sent > FRAME) return flush();
			if (!asked) later(flush);
			asked = true;
		},
		clear() {
			waiting = [];
		},
	};
}

/** Both as one intent, or undefined where they must stay two. */
export function join(a: Intent, b: Intent): Intent | undefined {
	if (a.frame !== b.frame) return undefined;
	if (a.k === 'text' && b.k === 'text') {
		return a.node === b.node && !a.keyless && !b.keyless ? { ...a, text: a.text + b.text } : undefined;
	}
	if (a.k === 'compose' && b.k === 'compose') return b.begins || a.ends ? undefined : { ...b, ...(a.begins && { begins: true }) };
	if (a.k === 'wheel' && b.k === 'wheel') {
		const same = a.at.node === b.at.node && !!a.keys?.shift === !!b.keys?.shift && !!a.keys?.ctrl === !!b.keys?.ctrl;
		return same ? { ...b, dx: a.dx + b.dx, dy: a.dy + b.dy } : undefined;
	}
	if (a.k === 'scroll' && b.k === 'scroll') return a.node === b.node ? b : undefined;
	if (a.k === 'hover' && b.k === 'hover') return a.rests ? b : { ...b, rests: false };
	return a.k === 'move' && b.k === 'move' && a.at.node === b.at.node && a.finger === b.finger ? b : undefined;
}
