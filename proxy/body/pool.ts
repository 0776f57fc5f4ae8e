// server only (Node).
// Threads that rewrite large scripts, so that no script, however hostile, holds up the server: past the deadline its thread is ended.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { JsHits } from '../../rewrite/js/hits.ts';
import type { Log } from '../types.ts';
import type { HitsJob, Job, Pieces } from './script-job.ts';

/** Milliseconds of CPU time for one script, and more for each megabyte; on a busy machine they may take so many times as long. */
const DEADLINE = 2000;
const DEADLINE_PER_MB = 500;
const PATIENCE = 8;
/** Milliseconds of it that are not worth another look. */
const REST = 100;
const HEAP_MB = 512;

interface Task {
	readonly job: Job | HitsJob;
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: Error) => void;
}

export class RewritePool {
	readonly #log: Log;
	readonly #limitOf: (bytes: number) => number;
	readonly #size = Math.max(1, Math.min(4, availableParallelism() - 1));
	readonly #idle: Worker[] = [];
	readonly #all = new Set<Worker>();
	readonly #queue: Task[] = [];

	/** `limitOf`: milliseconds of CPU time for a script of so many bytes. */
	constructor(log: Log, limitOf = (bytes: number) => DEADLINE + (bytes / 1_000_000) * DEADLINE_PER_MB) {
		this.#log = log;
		this.#limitOf = limitOf;
	}

	/** Rejects past the deadline, on a crash, and with what the rewriter threw. */
	run(job: Job): Promise<Pieces> {
		return this.#ask(job) as Promise<Pieces>;
	}

	/** Likewise, for the tree's answer alone. */
	hits(job: HitsJob): Promise<JsHits | undefined> {
		return this.#ask(job) as Promise<JsHits | undefined>;
	}

	async close(): Promise<void> {
		for (const task of this.#queue.splice(0)) task.reject(new Error('closed'));
		await Promise.all([...this.#all].map((worker) => worker.terminate()));
	}

	#ask(job: Job | HitsJob): Promise<unknown> {
		return new Promise((resolve, reject) => {
			this.#queue.push({ job, resolve, reject });
			this.#next();
		});
	}

	#next(): void {
		if (!this.#queue.length) return;
		const worker = this.#idle.pop() ?? (this.#all.size < this.#size ? this.#start() : undefined);
		const task = worker && this.#queue.shift();
		if (worker && task) this.#give(worker, task);
	}

	#start(): Worker {
		const worker = new Worker(new URL('./pool-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } });
		worker.unref();
		this.#all.add(worker);
		worker.once('exit', () => this.#all.delete(worker));
		return worker;
	}

	#give(worker: Worker, { job, resolve, reject }: Task): void {
		const limit = this.#limitOf(job.source.length);
		const latest = performance.now() + limit * PATIENCE;
		const before = cpuTime(worker);
		let timer: NodeJS.Timeout | undefined;
		let finished = false;
		const finish = (again: boolean) => {
			finished = true;
			clearTimeout(timer);
			worker.removeAllListeners('message').removeAllListeners('error');
			worker.on('error', () => {});
			if (again) this.#idle.push(worker);
			else void worker.terminate();
			if (!again) this.#all.delete(worker);
			this.#next();
		};
		const look = async () => {
			const left = limit - ((await cpuTime(worker)) - (await before));
			if (finished) return;
			if (left > REST && performance.now() < latest) {
				timer = setTimeout(look, left);
				return;
			}
			this.#log.warn({ bytes: job.source.length, limit }, 'a script took too long to rewrite');
			finish(false);
			reject(new Error('past the deadline'));
		};
		timer = setTimeout(look, limit);
		worker.once('message', (answer: { value: unknown } | { error: string }) => {
			finish(true);
			if ('value' in answer) resolve(answer.value);
			else reject(new Error(answer.error));
		});
		worker.once('error', (error) => {
			finish(false);
			reject(error instanceof Error ? error : new Error(String(error)));
		});
		worker.postMessage(job);
	}
}

/** Milliseconds of CPU time that a thread has had; 0 while it isn't running. */
async function cpuTime(worker: Worker): Promise<number> {
	const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
	return (user + system) / 1000;
}
