// server and page: no Node, no DOM.
// Whether a script speaks of opening a window (`open(…)` that is no other object's method, and no declaration; a document's with three arguments) or of leading the top. Guesses, from the text alone.

const OPENS =
	/(?:\b(?:window|self|top|parent|globalThis)\.|(?<![\w$.]|function\s))open\s*\(|\bdocument\.open\s*\([^,;]{0,200},[^,;]{0,200},/g;
/** What stands before the brace of a block that runs more than once. */
const LOOP = /(?:\b(?:for|while)\s*\([^{}]*\)|\bdo|\.(?:forEach|map)\s*\([^{}]*)\s*$/;
/** How far back a loop's head is looked for, and how many turns it is taken to make. */
const HEAD = 200;
const TURNS = 3;

/** How often `text` does so. */
export function countOpens(text: string): number {
	if (!text.includes('open')) return 0;
	let count = 0;
	for (const { index } of text.matchAll(OPENS)) count += isLooped(text, index) ? TURNS : 1;
	return count;
}

/** Whether `text` speaks of where the top is, and so perhaps sends it elsewhere. */
export function leadsTop(text: string): boolean {
	return /\b(?:top|parent)\s*\.\s*location\b/.test(text);
}

/** Whether the innermost block around `at` is a loop's. */
function isLooped(text: string, at: number): boolean {
	const brace = text.lastIndexOf('{', at);
	return brace > text.lastIndexOf('}', at) && LOOP.test(text.slice(Math.max(0, brace - HEAD), brace));
}
