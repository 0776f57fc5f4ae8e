// mirror document (guest's browser).
// Long work in slices, between which the browser does what else there is to do.

/** Milliseconds of one slice, and steps between two looks at the clock. */
const SLICE = 20;
const STRIDE = 64;

/** A slice begins now; what comes back is asked after each step whether it is over. */
export function slice(): () => boolean {
	const ends = performance.now() + SLICE;
	let steps = 0;
	return () => ++steps % STRIDE === 0 && performance.now() > ends;
}

const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** Has `go` called in a task of its own. A message is not slowed down in background tabs, as timers are. */
export function nextTask(go: () => void): void {
	waiting.push(go);
	port2.postMessage(0);
}

/** Does work that gives way whenever `full` says so, and then calls `done`; at once where one slice is enough. */
export function inSlices<T>(work: (full: () => boolean) => Generator<void, T>, done: (value: T) => void): void {
	let full = slice();
	const steps = work(() => full());
	const go = () => {
		full = slice();
		const { done: over, value } = steps.next();
		if (over) done(value);
		else nextTask(go);
	};
	go();
}
