// tests only (Node).
// A whole server in this process: the real composition root on a free port, with a data folder of its own that goes away with it.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_FLAGS } from '../scripts/lib/ensure.mjs';
import { startServer } from '../server/main.ts';

const MAIN = fileURLToPath(new URL('../server/main.ts', import.meta.url));

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
	const { settings, clear } = await settle(env);
	const { origin, app, port, first, close } = await startServer(settings);
	return {
		...{ origin, app, port, first },
		...face(port, settings.TANDEM_API_KEY),
		async close() {
			await close();
			await clear();
		},
	};
}

/** The same in a process of its own, as people run it: what is measured doesn't wait for the measuring. */
export async function startTandemApart({
	env = {},
}: {
	env?: Readonly<Record<string, string>>;
} = {}): Promise<Pick<Tandem, 'port' | 'rest' | 'close'>> {
	const { settings, clear } = await settle(env);
	const child = spawn(process.execPath, [...SERVER_FLAGS, MAIN], {
		env: { ...process.env, ...settings },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const gone = once(child, 'exit');
	const port = await new Promise<number>((resolve, reject) => {
		let said = '';
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			said += text;
			const ready = /Tandem is ready: \S+:(\d+)/.exec(said);
			if (ready) resolve(Number(ready[1]));
		});
		void gone.then(() => reject(new Error(`the server ended:\n${said}`)));
	});
	return {
		port,
		rest: face(port, settings.TANDEM_API_KEY).rest,
		async close() {
			child.kill();
			await gone;
			await clear();
		},
	};
}

async function settle(env: Readonly<Record<string, string>>) {
	const folder = env.TANDEM_DATA ?? (await mkdtemp(join(tmpdir(), 'tandem-test-')));
	const fixed = { TANDEM_PORT: '0', TANDEM_API_KEY: 'test-key-0123456789abcdef', TANDEM_LOG_LEVEL: 'error' };
	return {
		settings: { ...fixed, ...env, TANDEM_DATA: folder },
		async clear() {
			if (env.TANDEM_DATA === undefined) await rm(folder, { recursive: true, force: true });
		},
	};
}

function face(port: number, apiKey: string): Pick<Tandem, 'api' | 'apiKey' | 'rest'> {
	const api = `http://127.0.0.1:${port}`;
	return {
		api,
		apiKey,
		async rest<T>(method: string, path: string, body?: unknown) {
			const response = await fetch(api + path, {
				method,
				headers: {
					authorization: `Bearer ${apiKey}`,
					...(body === undefined ? {} : { 'content-type': 'application/json' }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
			});
			const text = await response.text();
			return { status: response.status, body: (response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text) as T };
		},
	};
}
