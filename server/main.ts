// server only (Node).
// The composition root: settings in, a listening server out. Everything is made here, and only here.
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseZone, zoneOrigin } from '../protocol/label.ts';
import { acceptOddMethods, createProxy, withOwnMethods } from '../proxy/index.ts';
import { createApp, createLoopback } from './app.ts';
import { openAccounts } from './auth/accounts.ts';
import { createWho } from './auth/who.ts';
import { ConfigError, readConfig } from './config.ts';
import { Dialogs } from './dialogs.ts';
import { Downloads } from './downloads.ts';
import { Gateway } from './gateway.ts';
import { type Face, faceOf, isAmbiguous } from './hosts.ts';
import { Brakes } from './limits.ts';
import { Lines } from './lines.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { Policies } from './policies.ts';
import { Hub } from './rooms/hub.ts';
import { send } from './rooms/room.ts';
import { isShared, Source } from './rooms/source.ts';
import { Sessions } from './sessions.ts';
import { openSqlite } from './store/kysely.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
/** Octets of a request's header section. */
const HEADERS_MAX = 1024 * 1024;
/** Milliseconds between looks for sessions that everybody left. */
const LOOK_FOR_ABANDONED = 10 * 60 * 1000;

export interface Running {
	/** The origin all labels live under, e.g. `http://tandem.localhost:3000`. */
	readonly origin: string;
	/** The app's origin. */
	readonly app: string;
	readonly port: number;
	/** The account that this first run made. */
	readonly first: { readonly email: string; readonly password: string } | undefined;
	/** Stops listening, says goodbye to nobody (sessions go on after a restart), writes what is not written, closes the store. */
	close(): Promise<void>;
}

/** Starts the server. Throws ConfigError for a bad setting, and what listening throws (EADDRINUSE …). */
export async function startServer(env: Readonly<Record<string, string | undefined>>): Promise<Running> {
	const { config, warnings } = readConfig(env);
	const log = createLog(config.logLevel);
	for (const warning of warnings) log.warn(warning);
	mkdirSync(config.data, { recursive: true, mode: 0o700 });
	const { store, db } = await openSqlite(join(config.data, 'tandem.sqlite'));
	const hub = new Hub(store, log);
	const source = new Source(hub, store, log);
	for (const { room, jars, origins } of await store.live()) {
		hub.resume(room);
		source.resume(room.id, jars, origins);
	}

	// The port may be the system's choice, and everything below is named after it: listen first, answer when all is there.
	let answer: RequestListener = (_req, res) => res.writeHead(503, { 'Retry-After': '1' }).end();
	// An upload may take as long as it takes, headers a minute. They may be large: a page that fills the browser with cookies for the whole
	// domain (180 of 4096 bytes) must not lock people out of the app.
	const server = createServer(
		{ requestTimeout: 0, maxHeaderSize: HEADERS_MAX },
		withOwnMethods((req, res) => answer(req, res)),
	);
	acceptOddMethods(server);
	const port = await listen(server, config.port, config.host);
	const zone = parseZone(config.origin ?? `http://tandem.localhost:${port}`);
	const origin = new URL(config.origin ?? `http://tandem.localhost:${port}`).origin;
	const app = zoneOrigin('app', zone);

	const accounts = await openAccounts(db, app, config.data);
	const first = await accounts.first();
	const brakes = new Brakes();
	const policies = await Policies.open(store);
	const sessions = new Sessions(hub, store, app);
	const dialogs = new Dialogs(hub, (room) => policies.of(room));
	const downloads = new Downloads(hub);
	const proxy = createProxy({
		zone,
		appOrigin: app,
		embedOrigins: config.embedOrigins,
		upstreamMap: config.upstreamMap,
		allowPrivate: config.allowPrivate,
		sessions: source,
		dist: DIST,
		log,
		onDialog: ({ session, holder, jar }, origin, ask, gone) =>
			dialogs.ask({ session, holder, jar: isShared(jar) ? 'shared' : 'private', origin }, ask, gone),
		onDownload: (info, file) => downloads.seen(info, isShared(info.jar) ? 'shared' : 'private', file),
		onSandboxed: ({ session, holder }, origin) => {
			if (!hub.has(session)) return;
			hub.step(session, (room) => ({ room, effects: [send({ one: holder }, { t: 'sandboxed', origin })] }));
		},
		mayDownload: (info, url) => downloads.takes(info, url),
		onLeak: (token) => log.warn({ session: source.lookup(token)?.session }, 'the leak guard stopped a request of a page'),
	});
	const metrics = createMetrics(
		hub,
		() => proxy.stats(),
		() => gateway.kept(),
	);
	const who = createWho(accounts, store, brakes, config.apiKey);
	const needs = {
		zone,
		origin,
		store,
		embedOrigins: config.embedOrigins,
		dist: DIST,
		sessions,
		policies,
		accounts,
		who,
		brakes,
		metrics,
		log,
	};
	// Never listens itself: it holds what is the app's alone, so that a page behind a label can have a /socket.io of its own.
	const appServer = createServer(createApp(needs));
	const gateway = new Gateway(appServer, {
		app,
		zone: origin,
		hub,
		sessions,
		downloads,
		policies,
		store,
		metrics,
		log,
		copyCookies: (...move) => source.copyCookies(...move),
	});
	gateway.expectAll();
	const lines = new Lines();
	hub.onEffects((_room, effects) => {
		const ends = new Set(['tab-gone', 'pass']);
		const revoked = effects.some((effect) => effect.do === 'bye' || (effect.do === 'send' && ends.has(effect.message.t)));
		if (revoked) lines.cut((token) => source.lookup(token) !== undefined);
	});

	const faces: Record<Face, (req: IncomingMessage, res: ServerResponse) => void> = {
		app: (req, res) => appServer.emit('request', req, res),
		pages: (req, res) => {
			lines.add(req.headers.host, res);
			proxy.request(req, res);
		},
		loopback: createLoopback(needs),
		nobody: (_req, res) => res.writeHead(421, { 'Content-Type': 'text/plain' }).end('Tandem does not answer under this name.\n'),
	};
	const appName = new URL(app).hostname;
	const face = (req: IncomingMessage) => faceOf(req.headers.host, appName, (host) => proxy.owns(host));
	answer = (req, res) => {
		if (isAmbiguous(req)) res.writeHead(400, { Connection: 'close' }).end();
		else faces[face(req)](req, res);
	};
	server.on('upgrade', (req, socket, head) => {
		const target = isAmbiguous(req) ? 'nobody' : face(req);
		if (target === 'app') appServer.emit('upgrade', req, socket, head);
		else if (target === 'pages') {
			lines.add(req.headers.host, socket);
			proxy.upgrade(req, socket, head);
		} else socket.destroy();
	});
	const sweep = setInterval(() => void sessions.endAbandoned(), LOOK_FOR_ABANDONED).unref();
	log.info({ app, host: config.host, port }, 'listening');

	return {
		origin,
		app,
		port,
		first,
		async close() {
			clearInterval(sweep);
			const stopped = new Promise((resolve) => server.close(resolve));
			await gateway.close();
			await proxy.close();
			server.closeAllConnections();
			await stopped;
			await hub.flush();
			await source.flush();
			await store.close();
		},
	};
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
	});
}

async function run(): Promise<void> {
	const { app, first, close } = await startServer(process.env);
	console.log(`\nTandem is ready: ${app}\n`);
	if (first)
		console.log(`First run. Sign in with\n  e-mail    ${first.email}\n  password  ${first.password}\nThe password is shown this once.\n`);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => {
			void close().then(() => process.exit(0));
		});
	}
}

if (import.meta.main) {
	try {
		await run();
	} catch (error) {
		const code = (error as { code?: unknown }).code;
		if (error instanceof ConfigError) console.error(error.message);
		else if (code === 'EADDRINUSE') console.error("Tandem can't start: TANDEM_PORT is in use by another program.");
		else console.error(error);
		process.exit(1);
	}
}
