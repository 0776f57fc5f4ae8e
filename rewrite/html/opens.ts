// server and page: no Node, no DOM.
// Whether a script speaks of opening a window: `open(…)` that is no other object's method, and no declaration. A guess, from the text alone.

const OPENS = /(?:\b(?:window|self|top|parent|globalThis)\.|(?<![\w$.]|function\s))open\s*\(/g;

/** How often `text` does so. */
export function countOpens(text: string): number {
	return text.includes('open') ? (text.match(OPENS)?.length ?? 0) : 0;
}
