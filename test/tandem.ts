// tests only (Node).
// A whole server in this process: the real composition root on a free port, with a data folder of its own that goes away with it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../server/main.ts';

export interface Tandem {
	/** The origin all labels live under, `http://tandem.localhost:<port>`. */
	readonly origin: string;
	/** The app's origin, `http://app.tandem.localhost:<port>`: for browsers. */
	readonly app: string;
	/** `http://127.0.0.1:<port>`: for fetch and other programs, which don't resolve *.localhost. */
	readonly api: string;
	readonly apiKey: string;
	readonly port: number;
	readonly first: { readonly email: string; readonly password: string } | undefined;
	/** Calls the REST API with the key; `body` goes as JSON. */
	rest<T = unknown>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }>;
	close(): Promise<void>;
}

/** Starts a server. `env` adds settings; TANDEM_DATA in it names a folder that is kept (to start again on the same data). */
export async function startTandem({ env = {} }: { env?: Readonly<Record<string, string>> } = {}): Promise<Tandem> {
	const apiKey = 'test-key-0123456789abcdef';
	const folder = env.TANDEM_DATA ?? (await mkdtemp(join(tmpdir(), 'tandem-test-')));
	const settings = { TANDEM_PORT: '0', TANDEM_API_KEY: apiKey, TANDEM_LOG_LEVEL: 'error', ...env, TANDEM_DATA: folder };
	const { origin, app, port, first, close } = await startServer(settings);
	const api = `http://127.0.0.1:${port}`;
	return {
		origin,
		app,
		api,
		apiKey: settings.TANDEM_API_KEY,
		port,
		first,
		async rest<T>(method: string, path: string, body?: unknown) {
			const response = await fetch(api + path, {
				method,
				headers: {
					authorization: `Bearer ${settings.TANDEM_API_KEY}`,
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const text = await response.text();
			return { status: response.status, body: (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as T };
		},
		async close() {
			await close();
			if (env.TANDEM_DATA === undefined) await rm(folder, { recursive: true, force: true });
		},
	};
}
