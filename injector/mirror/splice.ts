// page (host): every proxied document, before its own scripts.
// The one edit that turns a list into another: what stayed at both ends is left out.

/** `del` entries at `at` replaced by `rules`; undefined where the lists are equal. */
export function spliceOf(
	was: readonly string[],
	now: readonly string[],
): { at: number; del: number; rules: readonly string[] } | undefined {
	const most = Math.min(was.length, now.length);
	let at = 0;
	while (at < most && was[at] === now[at]) at++;
	if (at === was.length && at === now.length) return undefined;
	let end = 0;
	while (end < most - at && was[was.length - 1 - end] === now[now.length - 1 - end]) end++;
	return { at, del: was.length - at - end, rules: now.slice(at, now.length - end) };
}
