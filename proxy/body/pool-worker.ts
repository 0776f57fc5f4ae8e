// server only (Node), in a worker thread.
import { parentPort } from 'node:worker_threads';
import { type HitsJob, hitsOf, type Job, piecesOf } from './script-job.ts';

parentPort?.on('message', (job: Job | HitsJob) => {
	try {
		parentPort?.postMessage({ value: 'variant' in job ? piecesOf(job) : hitsOf(job) });
	} catch (error) {
		parentPort?.postMessage({ error: String(error) });
	}
});
