// tests only (Node).
// A proxy with sessions in memory, sites to put behind it, and a way to ask it as a browser would.
import * as fs from 'node:fs';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { encodeLabel, mirrorLabel, parseZone } from '../../protocol/label.ts';
import {
	acceptOddMethods,
	createProxy,
	type HttpPlane,
	Jar,
	type ProxyOptions,
	type SessionSource,
	type TokenInfo,
	withOwnMethods,
} from '../../proxy/index.ts';

export const ZONE = parseZone('http://tandem.localhost:3000');
export const APP = 'http://app.tandem.localhost:3000';
export const RUN = 'aaaaaaaaaaaaaaaa';
export const ASSETS = 'bbbbbbbbbbbbbbbb';

/** Sessions in memory: one session, one jar, a run token and an assets token; more can be put in. */
export class MemorySessions implements SessionSource {
	readonly tokens = new Map<string, TokenInfo>([
		[RUN, { session: 's1', jar: 'j1', grade: 'run', owner: 'host', holder: 'host' }],
		[ASSETS, { session: 's1', jar: 'j1', grade: 'assets', owner: 'host', holder: 'guest' }],
	]);
	readonly jars = new Map<string, Jar>();
	readonly tables = new Map<string, Map<string, string>>();
	lookup(token: string): TokenInfo | undefined {
		return this.tokens.get(token);
	}
	jar(id: string): Jar {
		return getOrMake(this.jars, id, () => new Jar());
	}
	table(session: string): Map<string, string> {
		return getOrMake(this.tables, session, () => new Map());
	}
}

export interface Started {
	readonly proxy: HttpPlane;
	readonly sessions: MemorySessions;
	readonly port: number;
	readonly logged: { level: string; obj: object; msg: string }[];
	readonly leaks: unknown[];
	ask(origin: string, path: string, options?: AskOptions): Promise<Reply>;
	/** The request itself, for tests that stream. */
	open(origin: string, path: string, options?: AskOptions): http.ClientRequest;
	close(): Promise<void>;
}

export interface AskOptions {
	readonly method?: string;
	readonly headers?: http.OutgoingHttpHeaders;
	readonly body?: string | Buffer;
	readonly token?: string;
	/** Sec-Fetch-Dest; with `document` the rest of a navigation from the address bar is added. */
	readonly dest?: string;
	/** The whole Host header, instead of a label's. */
	readonly host?: string;
}

export interface Reply {
	readonly status: number;
	readonly headers: http.IncomingHttpHeaders;
	readonly raw: readonly string[];
	readonly body: Buffer;
	readonly text: string;
}

/** Starts a proxy on a port of its own. Sites on loopback are reached by `upstreamMap`; nothing private is allowed otherwise. */
export async function startProxy(options: Partial<ProxyOptions> = {}): Promise<Started> {
	const dist = fs.mkdtempSync(path.join(os.tmpdir(), 'tandem-dist-'));
	for (const name of ['runtime', 'worker', 'mirror']) fs.writeFileSync(path.join(dist, `${name}.js`), `globalThis.bundle='${name}';`);
	const sessions = new MemorySessions();
	const logged: Started['logged'] = [];
	const leaks: unknown[] = [];
	const note = (level: string) => (obj: object, msg: string) => void logged.push({ level, obj, msg });
	const proxy = createProxy({
		zone: ZONE,
		appOrigin: APP,
		upstreamMap: '',
		allowPrivate: [],
		sessions,
		dist,
		log: { info: note('info'), warn: note('warn'), error: note('error') },
		onLeak: (_token, report) => void leaks.push(report),
		...options,
	});
	const server = http.createServer(withOwnMethods((req, res) => proxy.request(req, res)));
	acceptOddMethods(server);
	server.on('upgrade', (req, socket, head) => proxy.upgrade(req, socket, head));
	const port = await listen(server);
	const open: Started['open'] = (origin, url, ask = {}) => {
		const request = http.request({ port, path: url, method: ask.method ?? 'GET', agent: false });
		request.setHeader('Host', ask.host ?? hostOf(origin, ask.token));
		for (const [name, value] of Object.entries({ ...metadata(ask.dest), ...ask.headers }))
			if (value !== undefined) request.setHeader(name, value);
		return request;
	};
	return {
		proxy,
		sessions,
		port,
		logged,
		leaks,
		open,
		ask: (origin, url, ask = {}) => read(open(origin, url, ask), ask.body),
		async close() {
			await proxy.close();
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			fs.rmSync(dist, { recursive: true });
		},
	};
}

/** The Host of an origin's label, or of the mirror for origin 'mirror'. */
export function hostOf(origin: string, token = RUN): string {
	const label = origin === 'mirror' ? mirrorLabel(token) : encodeLabel(origin, token);
	return `${label}.tandem.localhost:3000`;
}

/** The origin of ours for an origin of theirs. */
export function ourOrigin(origin: string, token = RUN): string {
	return `http://${hostOf(origin, token)}`;
}

export interface Site {
	readonly port: number;
	readonly url: string;
	readonly server: http.Server;
	/** Connections open now. */
	connections(): Promise<number>;
	close(): Promise<void>;
}

/** A site on loopback. */
export async function startSite(handler: http.RequestListener, server: http.Server = http.createServer(handler)): Promise<Site> {
	const port = await listen(server);
	return {
		port,
		url: `http://127.0.0.1:${port}`,
		server,
		connections: () => new Promise((resolve, reject) => server.getConnections((error, count) => (error ? reject(error) : resolve(count)))),
		async close() {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

/** Reads a response whole. */
export function read(request: http.ClientRequest, body?: string | Buffer): Promise<Reply> {
	return new Promise((resolve, reject) => {
		request.on('error', reject);
		request.on('response', (res) => {
			const chunks: Buffer[] = [];
			res.on('data', (chunk: Buffer) => chunks.push(chunk));
			res.on('error', reject);
			res.on('end', () => {
				const all = Buffer.concat(chunks);
				resolve({ status: res.statusCode ?? 0, headers: res.headers, raw: res.rawHeaders, body: all, text: all.toString('utf8') });
			});
		});
		request.end(body);
	});
}

/** Waits until `holds` does; the suite's time limit is the end of it. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5));
}

function metadata(dest: string | undefined): http.OutgoingHttpHeaders {
	if (dest === undefined) return {};
	if (dest === 'document' || dest === 'iframe')
		return { 'Sec-Fetch-Dest': dest, 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Site': 'same-site', Referer: `${APP}/` };
	return { 'Sec-Fetch-Dest': dest };
}

function listen(server: http.Server): Promise<number> {
	return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)));
}

function getOrMake<K, V>(map: Map<K, V>, key: K, make: () => V): V {
	const found = map.get(key);
	if (found !== undefined) return found;
	const made = make();
	map.set(key, made);
	return made;
}
