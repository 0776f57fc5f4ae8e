// tests only (Node).
// Serves a site's hosts, each by a server of its own on a free port of the loopback.
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App, Names, Site } from './site.ts';

export interface Served {
	/** Where the journey begins. */
	readonly url: string;
	/** The site's part of TANDEM_UPSTREAM_MAP. */
	readonly upstreamMap: string;
	/** Host to loopback port. */
	readonly ports: ReadonlyMap<string, number>;
	close(): Promise<void>;
}

/** Starts `site`. `direct`: a browser comes without Tandem, so names carry their port and no TLS. */
export async function serve(site: Site, direct: boolean): Promise<Served> {
	const servers = new Map<string, Server>();
	const ports = new Map<string, number>();
	const folder = await mkdtemp(join(tmpdir(), `tandem-site-${site.name}-`));
	for (const host of site.hosts) {
		const server = createServer();
		await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
		servers.set(host, server);
		ports.set(host, (server.address() as AddressInfo).port);
	}
	const names: Names = {
		origin: (host) => (direct ? `http://${host}:${ports.get(host)}` : `https://${host}`),
		server: (host) => must(servers.get(host), host),
		folder,
	};
	// Behind Tandem the site believes it is served over TLS, as behind any front that ends TLS and says so.
	const sayTls = (req: IncomingMessage) => {
		if (!direct) req.headers['x-forwarded-proto'] = 'https';
	};
	for (const server of servers.values()) server.prependListener('request', sayTls);
	let app: App = {};
	const close = async () => {
		await app.close?.();
		for (const server of servers.values()) {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
		}
		await rm(folder, { recursive: true, force: true, maxRetries: 5 });
	};
	try {
		app = await site.start(names);
	} catch (error) {
		await close();
		throw error;
	}
	for (const [host, handler] of Object.entries(app.handlers ?? {})) names.server(host).on('request', handler);
	if (app.upgrade) names.server(site.hosts[0]).on('upgrade', app.upgrade);
	return {
		url: names.origin(site.hosts[0]) + site.path,
		upstreamMap: site.hosts.map((host) => `https://${host}=http://127.0.0.1:${ports.get(host)}`).join(','),
		ports,
		close,
	};
}

function must<T>(value: T | undefined, name: string): T {
	if (value === undefined) throw new Error(`no ${name} in this site`);
	return value;
}
