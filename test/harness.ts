// tests only (Node).
// A thin layer over uvu: each test has a time limit and a list of things to undo, run last to first whatever happens.
import { suite as uvuSuite } from 'uvu';

export interface TestContext {
	/** Runs `undo` after the test, last registered first, also when the test failed. */
	defer(undo: () => unknown): void;
}

export interface Suite {
	(name: string, body: (t: TestContext) => unknown): void;
	/** Starts the tests; the last line of every test file. */
	run(): void;
}

/** Milliseconds after the last test of a file. Some real applications have no way to stop their timers; the process ends without them. */
const GRACE = 250;
let leaving: NodeJS.Timeout | undefined;
const ends: (() => unknown)[] = [];

/** Runs `undo` after the file's last test: for what all of its tests share. */
export function atEnd(undo: () => unknown): void {
	ends.push(undo);
}

/** A suite of tests. `limit` is what one test may take, in milliseconds, teardown not counted. */
export function suite(name: string, { limit = 20_000 }: { limit?: number } = {}): Suite {
	const tests = uvuSuite(name);
	tests.before(() => clearTimeout(leaving));
	tests.after(async () => {
		for (const undo of ends.splice(0).reverse()) await undo();
		leaving = setTimeout(() => process.exit(), GRACE).unref();
	});
	const add = (title: string, body: (t: TestContext) => unknown) =>
		tests(title, async () => {
			const undos: (() => unknown)[] = [];
			try {
				await within(body({ defer: (undo) => undos.push(undo) }), limit, title);
			} finally {
				for (const undo of undos.reverse()) await undo();
			}
		});
	return Object.assign(add, { run: () => tests.run() });
}

async function within(work: unknown, limit: number, title: string): Promise<void> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`"${title}" took longer than ${limit} ms`)), limit);
	});
	try {
		await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
