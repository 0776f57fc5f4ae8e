// server only (Node).
// Bodies that must be whole before they can be rewritten, with limits on what is held and on what a decoder may make of it.
import type { ServerResponse } from 'node:http';
import { pipeline, Readable } from 'node:stream';
import type { Answer } from '../context.ts';
import { getHeader } from '../headers.ts';
import { decodersFor } from './decode.ts';
import { fits, vouch } from './integrity.ts';
import { pipeOn, writeHead } from './raw.ts';

/** Bytes as they come, and decoded: past either a body goes out as it is. A small body that grows huge is a bomb. */
const ENCODED_MAX = 24 * 1024 * 1024;
const DECODED_MAX = 48 * 1024 * 1024;

/** Bytes held for all exchanges together, each until its browser has its answer: past it a body goes out as it is. */
const HELD_MAX = 384 * 1024 * 1024;
const holding = new WeakMap<ServerResponse, number>();
let held = 0;

/** Whether so many bytes more may be held for an exchange; they then are, until it closes. */
function hold({ res }: Answer, bytes: number): boolean {
	if (held + bytes > HELD_MAX || res.destroyed) return false;
	if (!holding.has(res))
		res.once('close', () => {
			held -= holding.get(res) ?? 0;
			holding.delete(res);
		});
	held += bytes;
	holding.set(res, (holding.get(res) ?? 0) + bytes);
	return true;
}

/** The whole body as it came; undefined where it was too large and is being sent on raw already. */
export async function gather(a: Answer): Promise<Buffer[] | undefined> {
	const chunks: Buffer[] = [];
	let size = 0;
	const source = a.upstream;
	for await (const chunk of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
		chunks.push(chunk);
		size += chunk.length;
		if (size > ENCODED_MAX || !hold(a, chunk.length)) {
			a.env.counts.rawFallbacks++;
			writeHead(a);
			pipeOn(a, Readable.from(rest(chunks, source)));
			return undefined;
		}
	}
	if (!source.complete) throw Object.assign(new Error('the body ended early'), { code: 'ECONNRESET' });
	if (a.wanted) {
		const bytes = await decodeAll(a, chunks);
		a.fitting = bytes && fits(a.wanted, bytes) ? bytes : undefined;
	}
	return chunks;
}

async function* rest(chunks: readonly Buffer[], source: Readable): AsyncGenerator<Buffer> {
	yield* chunks;
	yield* source as AsyncIterable<Buffer>;
}

/** The body without its codings; undefined where they are unknown, broken, or the result too large. */
export async function decodeAll(a: Answer, chunks: readonly Buffer[]): Promise<Buffer | undefined> {
	const decoders = decodersFor(getHeader(a.answer, 'content-encoding'));
	if (!decoders) return undefined;
	if (!decoders.length) return Buffer.concat(chunks);
	const last = decoders.at(-1) as Readable;
	pipeline([Readable.from(chunks), ...decoders], () => {});
	const decoded: Buffer[] = [];
	let size = 0;
	try {
		for await (const chunk of last as AsyncIterable<Buffer>) {
			decoded.push(chunk);
			size += chunk.length;
			if (size > DECODED_MAX || !hold(a, chunk.length)) return undefined;
		}
	} catch {
		return undefined;
	}
	return Buffer.concat(decoded);
}

/** Sends gathered chunks as they came. */
export function sendGathered(a: Answer, chunks: readonly Buffer[]): void {
	if (a.fitting) vouch(a, [a.fitting]);
	writeHead(a);
	for (const chunk of chunks) a.res.write(chunk);
	a.res.end();
}

/** Sends a body that nobody edits and somebody wants whole. */
export async function deliverWhole(a: Answer): Promise<void> {
	const chunks = await gather(a);
	if (chunks) sendGathered(a, chunks);
}
