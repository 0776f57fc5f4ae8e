// page (host).
// One queue a document: intents are carried out in the order they came, each once, each answered once.
import type { Intent } from '../../protocol/intent.ts';
import type { Elsewhere } from './guest-focus.ts';
import type { Outcome } from './stage.ts';

/** Ids remembered, to tell an intent that comes twice. */
const REMEMBERED = 4096;

export interface Queue {
	/** Takes an intent in; one whose id was there before is not carried out again and not answered again. 0 is the shell's own, any number of times. */
	push(id: number, intent: Intent): void;
	/** Refuses what waits. */
	stop(): void;
}

export interface QueueParts {
	perform(intent: Intent): Outcome | Elsewhere | Promise<Outcome>;
	/** See Arbiter.free. */
	free(): Promise<boolean> | undefined;
	done(id: number, outcome: Outcome | Elsewhere): void;
}

export function makeQueue({ perform, free, done }: QueueParts): Queue {
	const waiting: { id: number; intent: Intent }[] = [];
	const seen = new Set<number>();
	let running = false;

	const attempt = async (intent: Intent): Promise<Outcome | Elsewhere> => {
		try {
			const freed = free();
			if (freed && !(await freed)) return 'host-acted';
			return await perform(intent);
		} catch {
			return 'failed';
		}
	};
	const run = async () => {
		running = true;
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const overtaken = isPassing(next.intent) && waiting[0]?.intent.k === next.intent.k;
			done(next.id, overtaken ? undefined : await attempt(next.intent));
		}
		running = false;
	};
	return {
		push(id, intent) {
			if (id && seen.has(id)) return;
			if (id) seen.add(id);
			if (seen.size > REMEMBERED) seen.delete(seen.values().next().value as number);
			waiting.push({ id, intent });
			if (!running) void run();
		},
		stop() {
			for (const { id } of waiting.splice(0)) done(id, 'host-acted');
		},
	};
}

/** Only the latest of a row of these matters. */
function isPassing(intent: Intent): boolean {
	return intent.k === 'hover';
}
