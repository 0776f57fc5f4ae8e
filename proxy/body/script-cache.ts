// server only (Node).
// What rewriting makes of a script, kept by the hash of its bytes for all sessions: the result knows no session but for the slots of
// absolute static imports, which are filled in for each.
import { createHash } from 'node:crypto';
import type { JsHits } from '../../rewrite/js/hits.ts';
import type { Log } from '../types.ts';
import { ByteLru } from './lru.ts';
import { RewritePool } from './pool.ts';
import { type HitsJob, hitsOf, type Job, piecesOf } from './script-job.ts';

/** The pieces as they are kept and sent: text as bytes, outside the heap. */
export type Rewritten = 'unchanged' | readonly (Buffer | string)[];

/** Bytes of rewritten scripts kept. */
const CACHE = 96 * 1024 * 1024;
/** Bytes of source above which another thread does the work. */
const INLINE = 256 * 1024;
/** The same for the tree, which takes ten times as long. */
const HITS_INLINE = 24 * 1024;

export class ScriptCache {
	readonly #kept = new ByteLru<Rewritten>(CACHE);
	readonly #pool: RewritePool;
	#hits = 0;

	constructor(log: Log) {
		this.#pool = new RewritePool(log);
	}

	/** The key of a body as it came (still encoded), and of what it is used for. */
	static key(encoded: readonly Buffer[], coding: string, variant: Job['variant']): string {
		const hash = createHash('sha256');
		for (const chunk of encoded) hash.update(chunk);
		return `${variant}:${coding}:${hash.digest('base64')}`;
	}

	get(key: string): Rewritten | undefined {
		const found = this.#kept.get(key);
		if (found) this.#hits++;
		return found;
	}

	/** Rewrites and keeps. Rejects where the source can't be rewritten in time. */
	async rewrite(key: string, job: Job): Promise<Rewritten> {
		const made = job.source.length > INLINE ? await this.#pool.run(job) : piecesOf(job);
		const pieces = made === 'unchanged' ? made : made.map((piece, i) => (i % 2 ? piece : bytesOf(piece)));
		this.#kept.set(key, pieces, 200 + (pieces === 'unchanged' ? 0 : pieces.reduce((sum, piece) => sum + piece.length, 0)));
		return pieces;
	}

	/** What the tree finds in a source. Rejects where that takes too long; undefined where the source is no script. */
	hits(job: HitsJob): Promise<JsHits | undefined> {
		return job.source.length > HITS_INLINE ? this.#pool.hits(job) : Promise.resolve(hitsOf(job));
	}

	stats(): { scriptCacheBytes: number; scriptCacheHits: number } {
		return { scriptCacheBytes: this.#kept.bytes, scriptCacheHits: this.#hits };
	}

	close(): Promise<void> {
		return this.#pool.close();
	}
}

/** Not out of Node's pool, whose 8 kB would stay for the smallest part of them. */
function bytesOf(text: string): Buffer {
	const bytes = Buffer.allocUnsafeSlow(text.length);
	bytes.write(text, 'latin1');
	return bytes;
}
