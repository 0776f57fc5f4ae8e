// server only (Node). Runs in the main thread for small scripts, in worker.ts for large ones.
// One script to its rewritten form.
import { Script } from 'node:vm';
import { applyEdits, type Edit } from '../../rewrite/edits.ts';
import type { JsHits } from '../../rewrite/js/hits.ts';
import { jsEdits } from '../../rewrite/js/index.ts';
import { treeHits } from '../../rewrite/js/tree.ts';
import { workerFront } from '../../rewrite/js/worker-front.ts';

/** `page`: run by a document. `worker`: first script of a worker. `worklet`: has no runtime of ours, so only its imports change. */
export type Variant = 'page' | 'page-classic' | 'worker' | 'worklet';

export interface Job {
	/** One char a byte. */
	readonly source: string;
	readonly variant: Variant;
}

/**
 * `unchanged`, or text with slots: even entries are text (one char a byte), odd ones absolute import specifiers
 * that each session maps for itself.
 */
export type Pieces = 'unchanged' | readonly string[];

/** A question of a page's runtime: only the tree's answer is wanted. */
export interface HitsJob {
	readonly source: string;
	readonly module: boolean;
}

/** The tree's answer; undefined where the source is no script. */
export function hitsOf({ source, module }: HitsJob): JsHits | undefined {
	return treeHits(source, module);
}

export function piecesOf({ source, variant }: Job): Pieces {
	const module = variant !== 'page-classic' && isModule(source);
	const found = jsEdits(source, { module });
	const edits: Edit[] = variant === 'worklet' ? [] : found.edits;
	const preamble = variant === 'worker' ? workerFront(source, module) : '';
	if (!edits.length && !found.urls.length && !preamble) return 'unchanged';
	const pieces: string[] = [];
	let from = 0;
	let lead = preamble;
	for (const { start, end, url } of found.urls) {
		pieces.push(lead + slice(source, edits, from, start), url);
		from = end;
		lead = '';
	}
	pieces.push(lead + slice(source, edits, from, source.length));
	return pieces;
}

function slice(source: string, edits: readonly Edit[], from: number, to: number): string {
	const own = edits
		.filter(({ start, end }) => start >= from && end <= to)
		.map((edit) => ({ ...edit, start: edit.start - from, end: edit.end - from }));
	return applyEdits(source.slice(from, to), own);
}

const MAY_BE_MODULE = /\b(?:import|export|await)\b/;
const MODULE_ERROR = /Cannot use import statement outside|Unexpected token 'export'|Cannot use 'import\.meta' outside|await is only valid/;

/**
 * Whether a source is a module: no request says so reliably. V8 reads it as a classic script, without running it,
 * and says what it stumbled over.
 */
export function isModule(source: string): boolean {
	if (!MAY_BE_MODULE.test(source)) return false;
	try {
		new Script(Buffer.from(source, 'latin1').toString('utf8'));
		return false;
	} catch (error) {
		return MODULE_ERROR.test(String(error));
	}
}
