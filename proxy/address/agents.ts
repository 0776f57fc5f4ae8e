// server only (Node).
// Keep-alive connections to sites. Each jar has a pool of its own: a connection can carry a login (NTLM, Negotiate: RFC 4559 section 4),
// and what one session opened is no other's business.
import * as http from 'node:http';
import * as https from 'node:https';
import type { Duplex } from 'node:stream';
import type { Guard } from './guard.ts';
import { type Peer, Protocols } from './protocols.ts';

/** Milliseconds for which a connection is kept where the site doesn't name a shorter time (`Keep-Alive: timeout`, RFC 2068 section 19.7.1.1), which Node looks at only where there is a time of ours. */
const IDLE = 300_000;

const POOL: http.AgentOptions = { keepAlive: true, maxFreeSockets: 32, scheduling: 'lifo', timeout: IDLE };

type Opened = Parameters<http.Agent['createConnection']>[0] & Partial<Pick<Peer, 'partition' | 'trusted' | 'servername'>>;

export class Agents {
	readonly protocols: Protocols;
	readonly #http: http.Agent;
	readonly #https: https.Agent;

	constructor(guard: Guard) {
		this.protocols = new Protocols(guard);
		this.#http = guarded(new http.Agent(POOL), guard);
		this.#https = guarded(new https.Agent({ ...POOL, maxCachedSessions: 500 }), guard, (peer) => this.protocols.spare(peer));
	}

	for(protocol: 'http:' | 'https:'): http.Agent {
		return protocol === 'http:' ? this.#http : this.#https;
	}

	/** Closes the kept connections that a request with these options could have. */
	forget(protocol: 'http:' | 'https:', options: https.RequestOptions): void {
		const agent = this.for(protocol) as http.Agent & { readonly options: http.AgentOptions };
		for (const socket of agent.freeSockets[agent.getName({ ...options, ...agent.options })] ?? []) socket.destroy();
	}

	destroy(): void {
		this.protocols.destroy();
		this.#http.destroy();
		this.#https.destroy();
	}
}

/** `spare` may have a connection that was opened to ask for the protocol, and is for the first to use. */
function guarded<A extends http.Agent>(agent: A, guard: Guard, spare?: (peer: Peer) => Duplex | undefined): A {
	const connect = agent.createConnection.bind(agent);
	const name = agent.getName.bind(agent);
	agent.getName = (options) => `${name(options)}|${(options as Opened | undefined)?.partition}|${(options as Opened | undefined)?.trusted}`;
	agent.createConnection = (options, callback) => {
		const { trusted = false, partition = '', host = '', port = 0, servername = '' } = options as Opened;
		const open = spare?.({ partition, trusted, host: host ?? '', port: Number(port), servername });
		if (open) return open;
		if (trusted) return connect(options, callback);
		guard.checkLiteral(host ?? '', Number(port));
		return connect({ ...options, lookup: guard.lookup(Number(port)) } as typeof options, callback);
	};
	return agent;
}
