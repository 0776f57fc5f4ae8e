// server only (Node).
// What a browser does about http on its own: mixed content, and hosts that asked for https. To the browser here, all labels have one scheme.
import { isIP } from 'node:net';
import { TandemError } from '../../protocol/errors.ts';
import { toProxied } from '../../protocol/url.ts';
import type { Asked, Exchange } from '../context.ts';
import { trustworthy } from '../site.ts';
import type { Initiator } from './initiator.ts';

/** Mixed Content section 4.1: upgraded where the host has a name. */
const UPGRADED = new Set(['image', 'audio', 'video']);

/** The URL to ask for: a picture, sound or film of http in a page of https is asked for over https (Mixed Content section 4.1). */
export function upgraded(url: URL, dest: string, initiator: Initiator): URL {
	if (!UPGRADED.has(dest) || !isMixed(url, initiator) || isAddress(url)) return url;
	const next = new URL(url);
	next.protocol = 'https:';
	return next;
}

/**
 * Stage: everything else of http in a page of https gets no answer (section 4.4), as if the browser hadn't asked. A tab's root may go where it
 * likes. Throws 'mixed-content' where a frame would show the page.
 */
export function refuseMixed(x: Exchange): void {
	if (x.info.grade === 'assets' || UPGRADED.has(x.dest) || !isMixed(x.url, x.initiator)) return;
	if (x.navigation && x.place !== 'nested') return;
	if (x.navigation) throw new TandemError('mixed-content', x.url.host);
	x.done = true;
	x.res.destroy();
}

/** Stage: the internal redirect of a host that is asked over https alone (RFC 6797 section 8.3; Fetch section 4.4). */
export function redirectToSecure(x: Exchange): void {
	if (!mustBeSecure(x)) return;
	const next = new URL(x.url);
	next.protocol = 'https:';
	const { origin } = x.req.headers;
	x.done = true;
	x.res.writeHead(307, {
		Location: toProxied(next.href, x.scope),
		'Cache-Control': 'no-store',
		'Content-Length': 0,
		...(origin ? { 'Access-Control-Allow-Origin': origin, 'Access-Control-Allow-Credentials': 'true' } : {}),
	});
	x.res.end();
}

/** Whether the person's jar says that this host is asked over https alone. */
export function mustBeSecure({ url, jar, info }: Asked): boolean {
	return url.protocol === 'http:' && info.grade === 'run' && jar.hsts.covers(url.hostname);
}

/** Whether a page of a secure origin asks for something that is not. */
export function isMixed(url: URL, initiator: Initiator): boolean {
	return initiator.kind === 'page' && initiator.origin.startsWith('https:') && !trustworthy(url);
}

function isAddress(url: URL): boolean {
	return isIP(url.hostname.replace(/^\[|\]$/g, '')) !== 0;
}
