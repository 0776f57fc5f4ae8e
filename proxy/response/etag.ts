// server only (Node).
// A rewritten body is another representation, so its ETag says so (RFC 9110 section 8.8.3), and which rewriter made it: after an
// update of ours a browser's old copy no longer matches.

/** Raise it when rewriting changes what a body looks like. */
const BUILD = 't1';
const TAGGED = new RegExp(`~${BUILD}"$`);
const ANY_TAG = /~t\d+"$/;

/** `"abc"` to `"abc~t1"`. */
export function tagEtag(etag: string): string {
	return etag.endsWith('"') ? `${etag.slice(0, -1)}~${BUILD}"` : etag;
}

/** If-None-Match or If-Match for the site: our tags off, entries of another build out; undefined where none is left. */
export function untagEtags(list: string): string | undefined {
	const kept = (list.match(/(?:W\/)?"[^"]*"|\*/g) ?? [])
		.filter((etag) => TAGGED.test(etag) || !ANY_TAG.test(etag))
		.map((etag) => etag.replace(TAGGED, '"'));
	return kept.length ? kept.join(', ') : undefined;
}
