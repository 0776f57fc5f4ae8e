// tests only (Node).
// A whole server with a site behind it, and requests with any headers at all.
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, type RequestListener, request } from 'node:http';
import { encodeLabel } from '../../protocol/label.ts';
import { type Site, startSite } from '../proxy/fixture.ts';
import { startTandem, type Tandem } from '../tandem.ts';

export type T = { defer(undo: () => unknown): void };

export interface Answered {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly text: string;
}

/** Tandem in front of one site that answers for every name under .example. */
export async function town(
	t: T,
	listener: RequestListener = (_req, res) => res.end('ok'),
	env: Readonly<Record<string, string>> = {},
): Promise<{ tandem: Tandem; site: Site }> {
	const site = await startSite(listener);
	t.defer(() => site.close());
	const map = `https://*.example=${site.url},http://*.example=${site.url}`;
	const tandem = await startTandem({ env: { TANDEM_LOG_LEVEL: 'silent', TANDEM_UPSTREAM_MAP: map, ...env } });
	t.defer(() => tandem.close());
	return { tandem, site };
}

/** The host of an origin's label. */
export function labelHost(tandem: Tandem, origin: string, token: string): string {
	return `${encodeLabel(origin, token)}.tandem.localhost:${tandem.port}`;
}

/** A request over a connection of its own. */
export function ask(tandem: Tandem, path: string, headers: OutgoingHttpHeaders, method = 'GET', body = ''): Promise<Answered> {
	return new Promise((resolve, reject) => {
		const framed = body ? { ...headers, 'content-length': Buffer.byteLength(body) } : headers;
		const req = request({ host: '127.0.0.1', port: tandem.port, path, method, headers: framed, agent: false }, (res) => {
			let text = '';
			res.setEncoding('utf8').on('data', (chunk: string) => {
				text += chunk;
			});
			res.on('end', () => resolve({ status: res.statusCode ?? 0, headers: res.headers, text }));
			res.on('error', reject);
		});
		req.on('error', reject).end(body);
	});
}
