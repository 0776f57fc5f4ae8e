// tests only (Node, Chromium).
// Everything that one window says to the app and hears from it: frames of its socket, URLs, headers and bodies of its requests.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import type { CDPSession } from 'puppeteer-core';
import type { TestContext } from '../harness.ts';
import { join, makeSession, type Person, type SessionMade, sit } from './people.ts';
import { openTown, type Pages, type Town } from './town.ts';

export interface Overheard {
	readonly town: Town;
	readonly session: SessionMade;
	readonly host: Person;
	readonly guest: Person;
	/** What both windows said and heard so far, what the server keeps, and what it logged. */
	said(): Promise<Record<'host' | 'guest' | 'kept' | 'logs', Buffer>>;
}

/** A session of host and guest on `pages`, of which every byte is listened to. */
export async function overhear(t: TestContext, pages: Pages): Promise<Overheard> {
	const data = await mkdtemp(path(tmpdir(), 'tandem-secrets-'));
	t.defer(() => rm(data, { recursive: true, force: true }));
	const logs = catchLogs(t);
	const town = await openTown(t, pages, undefined, { TANDEM_DATA: data, TANDEM_LOG_LEVEL: 'trace' });
	const session = await makeSession(town.tandem, 'https://a.example/');
	const host = await sit(town.browser, 'host');
	const sent = await listen(host);
	await host.page.goto(session.hostUrl);
	const guest = await sit(town.browser, 'guest');
	const received = await listen(guest);
	await join(guest, session);
	return {
		...{ town, session, host, guest },
		async said() {
			const names = await readdir(data, { recursive: true });
			const kept = await Promise.all(names.map((name) => readFile(path(data, name)).catch(() => Buffer.alloc(0))));
			return { host: sent(), guest: received(), kept: Buffer.concat(kept), logs: logs() };
		},
	};
}

/** Begins to listen; what it returns gives the bytes so far, those of deflated packets also as what they inflate to. */
export async function listen({ page }: Person): Promise<() => Buffer> {
	const seen: Buffer[] = [];
	const cdp: CDPSession = await page.createCDPSession();
	await cdp.send('Network.enable');
	const keep = ({ response }: { response: { opcode: number; payloadData: string } }) => {
		const bytes = Buffer.from(response.payloadData, response.opcode === 2 ? 'base64' : 'utf8');
		seen.push(bytes);
		if (response.opcode === 2) seen.push(inflated(bytes));
	};
	cdp.on('Network.webSocketFrameSent', keep);
	cdp.on('Network.webSocketFrameReceived', keep);
	page.on('request', (request) => {
		if (!new URL(request.url()).hostname.startsWith('app.')) return;
		seen.push(Buffer.from(`${request.url()} ${JSON.stringify(request.headers())} ${request.postData() ?? ''}`));
	});
	return () => Buffer.concat(seen);
}

/** What a packet of mirror bytes inflates to (server/rooms/pack.ts); nothing where it is none. */
function inflated(bytes: Buffer): Buffer {
	try {
		return inflateRawSync(bytes);
	} catch {
		return Buffer.alloc(0);
	}
}

/** Takes what the server in this process logs; it is not printed. */
function catchLogs(t: { defer(undo: () => unknown): void }): () => Buffer {
	const lines: Buffer[] = [];
	const { stdout } = process;
	const write = stdout.write.bind(stdout);
	stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
		if (!String(chunk).startsWith('{"level"')) return write(chunk, ...rest);
		lines.push(Buffer.from(chunk));
		return true;
	}) as typeof stdout.write;
	t.defer(() => {
		stdout.write = write;
	});
	return () => Buffer.concat(lines);
}
