// server only (Node).
// The HTTP plane: one origin of ours stands for one origin of theirs. This file wires the parts together; the way of a
// request is the list in pipeline.ts.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Agents } from './address/agents.ts';
import { Guard } from './address/guard.ts';
import { parseUpstreamMap } from './address/upstream-map.ts';
import { ScriptCache } from './body/script-cache.ts';
import type { Environment } from './context.ts';
import { CookieWrites } from './cookie-writes.ts';
import { loadBundles } from './own/bundles.ts';
import { Leads } from './own/leads.ts';
import { serve } from './pipeline.ts';
import { ClientHints } from './request/client-hints.ts';
import { Embedders } from './request/embedders.ts';
import { Places } from './request/place.ts';
import { Redirects } from './request/redirects.ts';
import type { ProxyOptions, ProxyStats } from './types.ts';
import { serveUpgrade } from './upgrade.ts';

export { Jar } from './jar.ts';
export { acceptOddMethods, withOwnMethods } from './odd-methods.ts';
export type { FileSeen, ProxyOptions, ProxyStats, SessionSource, TokenInfo } from './types.ts';

export interface HttpPlane {
	/** Whether a request with this Host header is for the proxy (any name under the zone but the app's). */
	owns(host: string | undefined): boolean;
	request(req: IncomingMessage, res: ServerResponse): void;
	upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
	stats(): ProxyStats;
	/** Ends every connection to a site and every worker. */
	close(): Promise<void>;
}

/** Builds the proxy. Throws TypeError where `upstreamMap` or `allowPrivate` can't be read, and names the entry. */
export function createProxy(options: ProxyOptions): HttpPlane {
	const guard = new Guard(options.allowPrivate, options.resolve);
	const env: Environment = {
		...options,
		timeouts: { connect: 15_000, answer: 300_000, ...options.timeouts },
		map: parseUpstreamMap(options.upstreamMap),
		guard,
		agents: new Agents(guard),
		bundles: loadBundles(options.dist, options.log),
		scripts: new ScriptCache(options.log),
		live: new Set(),
		isolated: new Map(),
		silent: new Map(),
		places: new Places(),
		hints: new ClientHints(),
		redirects: new Redirects(),
		leads: new Leads(),
		writes: new CookieWrites(),
		embedders: new Embedders(),
		counts: { requests: 0, upgrades: 0, errors: 0, refused: 0, leaks: 0, rewritten: 0, unchanged: 0, rawFallbacks: 0 },
	};
	const appHost = new URL(options.appOrigin).hostname;
	return {
		owns(host) {
			const name = (host ?? '').replace(/:\d*$/, '').toLowerCase();
			return name !== appHost && name.endsWith(`.${options.zone.domain}`);
		},
		request(req, res) {
			void serve(env, req, res);
		},
		upgrade(req, socket, head) {
			void serveUpgrade(env, req, socket, head);
		},
		stats: () => ({ ...env.counts, ...env.scripts.stats(), open: env.live.size }),
		async close() {
			for (const stop of env.live) stop();
			env.agents.destroy();
			await env.scripts.close();
		},
	};
}
