// server only (Node).
import type { IncomingMessage } from 'node:http';
import { TandemError } from '../../protocol/errors.ts';

/** A request's body as UTF-8 text. Throws 'too-large' above `limit` bytes. */
export async function readText(req: IncomingMessage, limit: number): Promise<string> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of req as AsyncIterable<Buffer>) {
		size += chunk.length;
		if (size > limit) throw new TandemError('too-large');
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString('utf8');
}
