// server only (Node).
// Which of our three faces a request is for, by its Host header alone. Any other name gets nothing, so that a foreign name
// pointed at this address (DNS rebinding) reaches none of them.
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

/**
 * Whether a request names its host twice, or names it in its target (RFC 9112 sections 3.2 and 3.2.2): a server before us may go by
 * the one and we by the other. Such requests are for proxies; no browser sends them here.
 */
export function isAmbiguous(req: IncomingMessage): boolean {
	const hosts = req.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host');
	return hosts.length !== 1 || !req.url?.startsWith('/');
}

export type Face = 'app' | 'pages' | 'loopback' | 'nobody';

/** `app` and `owns` say which host names are the app's and the proxy's. */
export function faceOf(host: string | undefined, app: string, owns: (host: string | undefined) => boolean): Face {
	const name = (host ?? '').replace(/:\d*$/, '').toLowerCase();
	if (name === app) return 'app';
	if (owns(host)) return 'pages';
	if (name === 'localhost' || ipaddr.isValid(name.replace(/^\[(.*)\]$/, '$1'))) return 'loopback';
	return 'nobody';
}
