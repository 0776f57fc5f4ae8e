// server and page: no Node, no DOM.
// An edit replaces `source[start, end)` by `text`; `start === end` inserts. Everything between edits keeps its bytes.

export interface Edit {
	readonly start: number;
	readonly end: number;
	readonly text: string;
}

/**
 * Applies edits that stand in order of `start`; insertions at one place go out in the order given.
 * Throws RangeError where two overlap or one lies outside the source: a rewriter that makes such edits is wrong, and a
 * half-edited script is worse than an unedited one.
 */
export function applyEdits(source: string, edits: readonly Edit[]): string {
	if (edits.length === 0) return source;
	let out = '';
	let at = 0;
	for (const { start, end, text } of edits) {
		if (start < at || end < start || end > source.length) throw new RangeError(`edit ${start}–${end} overlaps or is out of range`);
		out += source.slice(at, start) + text;
		at = end;
	}
	return out + source.slice(at);
}
