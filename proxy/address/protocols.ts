// server only (Node).
// Which version of HTTP a site speaks over TLS, found out by its first connection (ALPN, RFC 7301), and the HTTP/2 sessions (RFC 9113) to
// those that speak it. Partitioned as the connections of HTTP/1.1 are: see agents.ts.
import * as http2 from 'node:http2';
import * as tls from 'node:tls';
import { TandemError } from '../../protocol/errors.ts';
import type { Guard } from './guard.ts';

/** Whom to connect to: also what makes two connections the same. */
export interface Peer {
	/** Whose pool. */
	readonly partition: string;
	/** The operator named this target in TANDEM_UPSTREAM_MAP: it is allowed as it is. */
	readonly trusted: boolean;
	readonly host: string;
	readonly port: number;
	/** The name for SNI and certificate; '' for an address. */
	readonly servername: string;
}

/** Milliseconds for which a site that spoke HTTP/1.1 is not asked again. */
const REMEMBER = 600_000;
/** Milliseconds after which a session without a stream is closed, and how many are kept in all; the oldest go first. */
const IDLE = 60_000;
const SESSIONS = 500;
/** Octets of a response's header section, whatever the version; some sites send large policies. */
export const HEADER_MAX = 128 * 1024;

type Known = { readonly h1Until: number } | { readonly session: Promise<http2.ClientHttp2Session | undefined> };

export class Protocols {
	readonly #guard: Guard;
	readonly #known = new Map<string, Known>();
	/** Connections that turned out to speak HTTP/1.1: the next request there takes one. */
	readonly #spare = new Map<string, tls.TLSSocket>();

	constructor(guard: Guard) {
		this.#guard = guard;
	}

	/**
	 * A session of HTTP/2 with `peer`; undefined where it speaks HTTP/1.1. `patience`: milliseconds to connect. Rejects as a connection of
	 * HTTP/1.1 does; with 'timeout', or 'private-address' by the guard.
	 */
	session(peer: Peer, patience: number): Promise<http2.ClientHttp2Session | undefined> | undefined {
		const key = keyOf(peer);
		const known = this.#known.get(key);
		if (known && 'session' in known) return known.session;
		if (known && known.h1Until > Date.now()) return undefined;
		const session = this.#negotiate(key, peer, patience);
		this.#known.set(key, { session });
		session.catch(() => this.#known.delete(key));
		this.#trim();
		return session;
	}

	/** From now on HTTP/1.1 alone is spoken with `peer`: it asked for that (HTTP_1_1_REQUIRED, RFC 9113 section 7). */
	downgrade(peer: Peer): void {
		this.#known.set(keyOf(peer), { h1Until: Date.now() + REMEMBER });
	}

	/** A connection to `peer` that is open and was not used yet. */
	spare(peer: Peer): tls.TLSSocket | undefined {
		const key = keyOf(peer);
		const socket = this.#spare.get(key);
		this.#spare.delete(key);
		socket?.removeAllListeners('close');
		return socket?.destroyed ? undefined : socket;
	}

	destroy(): void {
		for (const known of this.#known.values()) if ('session' in known) void known.session.then((s) => s?.destroy()).catch(() => {});
		for (const socket of this.#spare.values()) socket.destroy();
		this.#known.clear();
		this.#spare.clear();
	}

	async #negotiate(key: string, peer: Peer, patience: number): Promise<http2.ClientHttp2Session | undefined> {
		const socket = await this.#connect(peer, patience);
		if (socket.alpnProtocol !== 'h2') {
			this.#known.set(key, { h1Until: Date.now() + REMEMBER });
			this.#spare.get(key)?.destroy();
			this.#spare.set(key, socket);
			socket.once('close', () => this.#spare.delete(key));
			return undefined;
		}
		const session = http2.connect('https://site.invalid', {
			createConnection: () => socket,
			settings: { enablePush: false, maxHeaderListSize: HEADER_MAX },
			maxSessionMemory: 50,
		});
		const gone = () => {
			const known = this.#known.get(key);
			if (known && 'session' in known) this.#known.delete(key);
		};
		session.on('error', gone);
		session.once('goaway', gone);
		session.once('close', gone);
		session.setTimeout(IDLE, () => session.close());
		return session;
	}

	#connect({ host, port, servername, trusted }: Peer, patience: number): Promise<tls.TLSSocket> {
		if (!trusted) this.#guard.checkLiteral(host, port);
		return new Promise((resolve, reject) => {
			const socket = tls.connect({
				...{ host, port, servername, ALPNProtocols: ['h2', 'http/1.1'] },
				...(trusted ? {} : { lookup: this.#guard.lookup(port) }),
			});
			const timer = setTimeout(() => socket.destroy(new TandemError('timeout')), patience);
			socket.once('error', reject);
			socket.once('close', () => clearTimeout(timer));
			socket.once('secureConnect', () => {
				clearTimeout(timer);
				socket.off('error', reject);
				socket.on('error', () => {}); // whoever uses it hears of it by its close
				resolve(socket);
			});
		});
	}

	#trim(): void {
		for (const [key, known] of this.#known) {
			if (this.#known.size <= SESSIONS) return;
			this.#known.delete(key);
			if ('session' in known) void known.session.then((session) => session?.close()).catch(() => {});
		}
	}
}

function keyOf({ partition, trusted, host, port, servername }: Peer): string {
	return `${partition}|${trusted}|${host}|${port}|${servername}`;
}
