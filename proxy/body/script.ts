// server only (Node).
// Scripts: gathered, looked up by hash, rewritten where the hash is new. One that needs no change goes out byte for byte.
import { mapUrl, schemeOf } from '../../rewrite/url.ts';
import type { Answer } from '../context.ts';
import { getHeader } from '../headers.ts';
import { decodeAll, gather, sendGathered } from './gather.ts';
import { ScriptCache } from './script-cache.ts';
import type { Pieces, Variant } from './script-job.ts';
import { sendText } from './send-text.ts';

const VARIANTS: Readonly<Record<string, Variant>> = {
	worker: 'worker',
	sharedworker: 'worker',
	serviceworker: 'worker',
	audioworklet: 'worklet',
	paintworklet: 'worklet',
};

export async function deliverScript(a: Answer): Promise<void> {
	const chunks = await gather(a);
	if (!chunks) return;
	const pieces = await rewritten(a, chunks);
	if (pieces === 'raw') a.env.counts.rawFallbacks++;
	if (pieces === 'unchanged') a.env.counts.unchanged++;
	if (typeof pieces === 'string') return sendGathered(a, chunks);
	const scheme = schemeOf(a.url.href);
	sendText(a, Buffer.from(pieces.map((piece, i) => (i % 2 ? mapUrl(piece, a.scope, scheme) : piece)).join(''), 'latin1'));
}

async function rewritten(a: Answer, chunks: readonly Buffer[]): Promise<Pieces | 'raw'> {
	// a script without CORS is never a module (HTML section 8.1.4.2)
	const variant = VARIANTS[a.dest] ?? (a.mode === 'no-cors' ? 'page-classic' : 'page');
	const key = ScriptCache.key(chunks, getHeader(a.answer, 'content-encoding') ?? '', variant);
	const kept = a.env.scripts.get(key);
	if (kept) return kept;
	const decoded = await decodeAll(a, chunks);
	if (!decoded || isUtf16(decoded)) return 'raw';
	try {
		return await a.env.scripts.rewrite(key, { source: decoded.toString('latin1'), variant });
	} catch (error) {
		a.env.log.warn({ err: error, host: a.url.host }, 'a script goes out raw');
		return 'raw';
	}
}

function isUtf16(bytes: Buffer): boolean {
	return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
