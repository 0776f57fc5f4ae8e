// tests only (Node, Chromium).
// Everything that one window says to the app and hears from it: frames of its socket, URLs, headers and bodies of its requests.
import { inflateRawSync } from 'node:zlib';
import type { CDPSession } from 'puppeteer-core';
import type { Person } from './people.ts';

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
export function catchLogs(t: { defer(undo: () => unknown): void }): () => Buffer {
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
