// server only (Node), in a worker thread.
import { parentPort } from 'node:worker_threads';
import { type Job, piecesOf } from './script-job.ts';

parentPort?.on('message', (job: Job) => {
	try {
		parentPort?.postMessage({ pieces: piecesOf(job) });
	} catch (error) {
		parentPort?.postMessage({ error: String(error) });
	}
});
