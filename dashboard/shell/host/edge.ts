// page: no Node.
// A tab's first page has nothing before it, but the window's history has: the page that led to the shell. Two steps of the shell's own stand between
// them, so that who goes back there (a page by `history.back()`, the shell's button, a guest in control, more than once) doesn't take the host out of the
// session. A person who means it goes back twice.

/** Steps before the first page; each knows how far it is from there. */
const DEEP = 2;
/** Milliseconds within which a second step back is meant. */
const TWICE = 1000;
/** Milliseconds for which a step that was asked for by a button may be on its way. */
const UNDER_WAY = 5000;

let asked = Number.NEGATIVE_INFINITY;

/** Before the first page opens. A shell that is loaded anew finds the steps there. */
export function makeEdge(): void {
	if (depthOf(history.state) === undefined) {
		history.replaceState({ edge: DEEP }, '');
		for (let edge = DEEP - 1; edge >= 0; edge--) history.pushState({ edge }, '');
	}
	let last = Number.NEGATIVE_INFINITY;
	addEventListener('popstate', ({ state }) => {
		const depth = depthOf(state);
		if (!depth) return;
		const now = performance.now();
		if (now - last < TWICE && now - asked > UNDER_WAY) return history.go(depth - DEEP - 1);
		last = now;
		history.go(depth);
	});
}

/** Somebody asked for a step by a button: whatever comes of it, nobody means to leave. */
export function stepsBack(): void {
	asked = performance.now();
}

function depthOf(state: unknown): number | undefined {
	return (state as { edge?: number } | null)?.edge;
}
