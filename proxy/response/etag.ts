// server only (Node).
// A body that is rewritten for one destination is another representation than that for any other, so its ETag says which (RFC 9110 section
// 8.8.3), and which rewriter made it. Browsers ask by the ETag of what they have also where `Vary` tells them that it isn't meant: were a 304
// the answer, a script would run as it was fetched, and after an update of ours as the old one had made it.
import type { Asked } from '../context.ts';
import { heldTo } from './still.ts';

/** Raise it when rewriting changes what a body looks like. */
const BUILD = 't3';
const ANY_TAG = /~t\d+[a-z]*"/;

/** Of destinations whose bodies may be rewritten, a letter each. */
const LETTERS: Readonly<Record<string, string>> = {
	style: 's',
	xslt: 'x',
	worker: 'w',
	sharedworker: 'w',
	serviceworker: 'v',
	audioworklet: 'l',
	paintworklet: 'l',
};

/** Which of the bodies that one URL has with us is asked for; '' is the site's own. What `Vary` names decides, and where it comes from. */
function variantOf({ req, dest, mode, navigation }: Asked): string {
	const near = req.headers['sec-fetch-site'] === 'same-origin';
	if (navigation) return heldTo(req) ? 'n' : isHandedOn({ req, dest }) ? 'h' : 'd';
	if (dest === 'script') return mode === 'no-cors' ? 'c' : 'm';
	if (dest === 'empty') return mode === 'no-cors' && !near ? 'o' : '';
	const letter = Object.hasOwn(LETTERS, dest) ? LETTERS[dest] : undefined;
	return letter === 'w' && !near ? 'f' : (letter ?? '');
}

/** A service worker hands the document on: it is marked as one (injector/sandbox/scripts/respond-with.ts). */
export function isHandedOn({ req, dest }: Pick<Asked, 'req' | 'dest'>): boolean {
	return dest === 'empty' || req.headers['service-worker-navigation-preload'] !== undefined;
}

function tagOf(x: Asked): string {
	const variant = variantOf(x);
	return variant && `~${BUILD}${variant}`;
}

/** `"abc"` to `"abc~t2m"`, for what may be rewritten. */
export function tagEtag(etag: string, x: Asked): string {
	return etag.endsWith('"') ? `${etag.slice(0, -1)}${tagOf(x)}"` : etag;
}

/** If-None-Match or If-Match for the site: our tags off, entries of other variants and builds out; undefined where none is left. */
export function untagEtags(list: string, x: Asked): string | undefined {
	const tag = tagOf(x);
	// a page may have written it, in whatever form
	if (tag === '' && !ANY_TAG.test(list)) return list;
	const kept = (list.match(/(?:W\/)?"[^"]*"|\*/g) ?? []).flatMap((etag) => {
		if (etag === '*') return [etag];
		if (tag === '') return ANY_TAG.test(etag) ? [] : [etag];
		return etag.endsWith(`${tag}"`) ? [`${etag.slice(0, -tag.length - 1)}"`] : [];
	});
	return kept.length ? kept.join(', ') : undefined;
}
