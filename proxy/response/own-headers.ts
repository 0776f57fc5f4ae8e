// server only (Node).
// What we add to every answer: the leak guard, an agent cluster of its own, caches kept private, the jar's version.
import { leakGuard } from '../../rewrite/headers/index.ts';
import type { Answer } from '../context.ts';
import { addToken, getHeader, type HeaderList, mediaType, without } from '../headers.ts';
import { versionCookie } from '../jar-version.ts';
import { isHandedOn } from './etag.ts';
import { isolationOf } from './isolation.ts';
import { readable } from './said.ts';
import { heldTo } from './still.ts';

const WORKERS = new Set(['worker', 'sharedworker', 'serviceworker']);
/** The same URL is rewritten for one destination and raw for another (a script run, and the same script fetched). */
const BY_DEST = /^(?:|text\/.*|(?:image|audio|video)\/.*|.*[/+](?:xml|json)|application\/(?:(?:x-)?javascript|ecmascript))$/;
/** An image of a guest's mirror that is opened by itself is no page. */
const ASSET_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** What a browser needs of an asset; whatever else a site says is said to the host. */
const ASSET_HEADERS =
	/^(?:content-(?:type|length|encoding|range)|accept-ranges|age|cache-control|date|etag|expires|last-modified|origin-agent-cluster|vary|x-content-type-options)$/i;

/** Stage: adds to `answer`. */
export function addOurHeaders(a: Answer): void {
	const list = without(a.answer, 'cache-control');
	// a 304 renews what it says and nothing else (RFC 9111 section 3.2)
	const adds = (name: string) => a.status !== 304 || getHeader(a.answer, name) !== undefined;
	if (adds('cache-control')) list.push(['Cache-Control', heldTo(a.req) ? 'no-store' : privately(getHeader(a.answer, 'cache-control'))]);
	if (a.navigation || !readable(a)) list.push(['Origin-Agent-Cluster', '?1']);
	// what nobody asked for by hash isn't signed
	if (adds('vary')) addToken(list, 'Vary', a.navigation ? 'Sec-Required-CSP' : 'Accept-Signature');
	if (adds('vary') && BY_DEST.test(mediaType(getHeader(list, 'content-type')))) {
		addToken(list, 'Vary', 'Sec-Fetch-Dest');
		addToken(list, 'Vary', 'Sec-Fetch-Mode'); // a service worker's requests have no destination
	}
	if (a.info.grade === 'run') runHeaders(a, list);
	a.answer = a.info.grade === 'run' ? list : assetHeaders(list, a.given !== undefined);
}

function runHeaders(a: Answer, list: HeaderList): void {
	if ((a.navigation || WORKERS.has(a.dest)) && a.status !== 304) list.push(['Content-Security-Policy', leakGuard(a.env.zone)]);
	if (a.navigation && a.body !== 'raw' && isHandedOn(a)) list.push(['X-Tandem-Document', '1']);
	const isolation = isolationOf(a);
	if (heldTo(a.req)) list.push(['Allow-CSP-From', '*']);
	if (isolation) list.push(['Document-Isolation-Policy', isolation]);
	const cookie = versionCookie(a.req, a.env.zone, a.token, a.jar);
	if (cookie) list.push(['Set-Cookie', cookie]);
}

function assetHeaders(list: HeaderList, given = false): HeaderList {
	const disposition = given ? list.filter(([name]) => name.toLowerCase() === 'content-disposition') : [];
	return [
		...disposition,
		...list.filter(([name]) => ASSET_HEADERS.test(name)),
		['Access-Control-Allow-Origin', '*'],
		['Cross-Origin-Resource-Policy', 'cross-origin'],
		['Content-Security-Policy', ASSET_POLICY],
	];
}

/** What one person's jar got is never another's, not even in a cache between (RFC 9111 section 5.2.2.7). */
function privately(value: string | undefined): string {
	if (!value) return 'private';
	const kept = value
		.split(',')
		.map((part) => part.trim())
		.filter((part) => !/^(?:public|s-maxage=.*|proxy-revalidate)$/i.test(part));
	return kept.some((part) => /^(?:private|no-store)\b/i.test(part)) ? kept.join(', ') : ['private', ...kept].join(', ');
}
