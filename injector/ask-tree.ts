// page: stands in a document's bundle for rewrite/js/tree.ts, by scripts/build.mjs.
// What takes a parser to tell is asked of the server, synchronously: it is rare, and a parser would be half of the runtime.
import type { JsHits } from '../rewrite/js/hits.ts';
import { natives } from './natives.ts';
import { ask } from './realm.ts';

/** Answers kept, and the longest source whose answer is. */
const KEPT = 200;
const KEPT_LENGTH = 20_000;

const known = new natives.Map<string, JsHits | undefined>();

/** All hits of a script, or undefined where it has a syntax error, or where the server can't be asked. */
export function treeHits(source: string, module: boolean): JsHits | undefined {
	const key = `${module} ${source}`;
	if (known.has(key)) return known.get(key);
	const answer = ask('POST', `hits${module ? '?module=1' : ''}`, source);
	const hits = answer ? ((natives.parse(answer) as JsHits | null) ?? undefined) : undefined;
	if (known.size >= KEPT) known.clear();
	if (answer && source.length <= KEPT_LENGTH) known.set(key, hits);
	return hits;
}
