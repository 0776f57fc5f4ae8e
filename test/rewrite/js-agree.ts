// tests only.
// The lexer against its judge: both must find the same places, or the lexer must say that it is in doubt.
import { Script } from 'node:vm';
import * as assert from 'uvu/assert';
import { applyEdits } from '../../rewrite/edits.ts';
import type { JsHits } from '../../rewrite/js/hits.ts';
import { jsEdits, unrewriteJs } from '../../rewrite/js/index.ts';
import { lexHits } from '../../rewrite/js/lexed.ts';
import { treeHits } from '../../rewrite/js/tree.ts';

function places({ wraps, urls }: JsHits): string[] {
	return [
		...wraps.map(
			(w) =>
				`${w.start}-${w.end} ${w.call} ${w.shorthand ?? ''} ${w.callee ?? ''} ${w.chain ?? ''} ${w.relative ?? ''} ${w.key ?? ''} ${w.optional ?? ''}`,
		),
		...urls.map((u) => `${u.start}-${u.end} ${u.url}`),
	].sort();
}

export type Verdict = 'same' | 'doubt' | 'no script';

/** Fails where the two differ, where the result does not parse, or where it can't be undone. */
export function agree(source: string, module: boolean): Verdict {
	const tree = treeHits(source, module);
	if (!tree) return 'no script';
	const lexed = lexHits(source, module);
	if (lexed && places(lexed).join() !== places(tree).join()) {
		if (source.length < 2000 && !isValid(source)) return 'no script';
		assert.equal(places(lexed), places(tree), shorten(source));
	}
	const rewritten = applyEdits(source, jsEdits(source, { module }).edits);
	if (!treeHits(rewritten, module) && source.length < 2000 && !isValid(source)) return 'no script';
	assert.ok(treeHits(rewritten, module), `does not parse: ${shorten(rewritten)}`);
	assert.is(unrewriteJs(rewritten), source);
	// What parses may still be another program: `return(a).top` is none that calls `return$tandem$`.
	if (!/[\w$]\$tandem\$/.test(source)) assert.not.match(rewritten, /[\w$]\$tandem\$\./);
	return lexed ? 'same' : 'doubt';
}

/** V8's opinion, for acorn lets some early errors pass (`[{a = 1}, async a => 1]`). */
function isValid(source: string): boolean {
	try {
		new Script(`async function* _() {${source}\n}`);
		return true;
	} catch {
		return false;
	}
}

function shorten(text: string): string {
	return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}
