// server only (Node).
// Scripts: gathered, looked up by hash, rewritten where the hash is new. One that needs no change goes out byte for byte.
import { INLINE_RUNTIME } from '../../rewrite/js/worker-front.ts';
import { mapUrl, schemeOf } from '../../rewrite/url.ts';
import type { Answer } from '../context.ts';
import { getHeader } from '../headers.ts';
import { workerText } from '../own/boot.ts';
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
	const text = pieces.map((piece, i) => (i % 2 ? mapUrl(piece, a.scope, scheme) : piece)).join('');
	sendText(a, Buffer.from(a.dest === 'serviceworker' ? withRuntime(a, text) : text, 'latin1'));
}

/** A classic service worker imports the runtime and never comes to the text; a module that looks like one does. */
function withRuntime(a: Answer, text: string): string {
	const runtime = Buffer.from(workerText(a)).toString('latin1');
	return text.replace(INLINE_RUNTIME, () => `{${runtime}}`);
}

async function rewritten(a: Answer, chunks: readonly Buffer[]): Promise<Pieces | 'raw'> {
	// a script without CORS is never a module (HTML section 8.1.4.2)
	const own = VARIANTS[a.dest];
	// a worker's first script is of its own origin; what it imports from elsewhere finds the runtime there
	const first = own !== 'worker' || (a.req.headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin';
	const variant = (first && own) || (a.mode === 'no-cors' ? 'page-classic' : 'page');
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
