// server only (Node).
// Threads that rewrite large scripts, so that no script, however hostile, holds up the server: past the deadline its thread is ended.
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { JsHits } from '../../rewrite/js/hits.ts';
import type { Log } from '../types.ts';
import type { HitsJob, Job, Pieces } from './script-job.ts';

/** Milliseconds for one script, and more for each megabyte. */
const DEADLINE = 2000;
const DEADLINE_PER_MB = 500;
const HEAP_MB = 512;

interface Task {
	readonly job: Job | HitsJob;
	readonly resolve: (value: unknown) => void;
	readonly reject: (error: Error) => void;
}

export class RewritePool {
	readonly #log: Log;
	readonly #size = Math.max(1, Math.min(4, availableParallelism() - 1));
	readonly #idle: Worker[] = [];
	readonly #all = new Set<Worker>();
	readonly #queue: Task[] = [];

	constructor(log: Log) {
		this.#log = log;
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
		const limit = DEADLINE + (job.source.length / 1_000_000) * DEADLINE_PER_MB;
		const finish = (again: boolean) => {
			clearTimeout(timer);
			worker.removeAllListeners('message').removeAllListeners('error');
			worker.on('error', () => {});
			if (again) this.#idle.push(worker);
			else void worker.terminate();
			if (!again) this.#all.delete(worker);
			this.#next();
		};
		const timer = setTimeout(() => {
			this.#log.warn({ bytes: job.source.length, limit }, 'a script took too long to rewrite');
			finish(false);
			reject(new Error('past the deadline'));
		}, limit);
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
