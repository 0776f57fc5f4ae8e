// server only (Node).
// Scripts: gathered, looked up by hash, rewritten where the hash is new. One that needs no change goes out byte for byte.
import { specifier } from '../../rewrite/js/index.ts';
import { INLINE_RUNTIME } from '../../rewrite/js/worker-front.ts';
import { schemeOf } from '../../rewrite/url.ts';
import type { Answer } from '../context.ts';
import { getHeader } from '../headers.ts';
import { workerText } from '../own/boot.ts';
import { decodeAll, gather, sendGathered } from './gather.ts';
import { type Rewritten, ScriptCache } from './script-cache.ts';
import type { Variant } from './script-job.ts';
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
	const bytes = pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(specifier(piece, a.scope, scheme), 'latin1') : piece));
	sendText(a, a.dest === 'serviceworker' ? [withRuntime(a, bytes)] : bytes);
}

/** A classic service worker imports the runtime and never comes to the text; a module that looks like one does. */
function withRuntime(a: Answer, bytes: readonly Buffer[]): Buffer {
	const runtime = Buffer.from(workerText(a)).toString('latin1');
	const text = Buffer.concat(bytes).toString('latin1');
	return Buffer.from(
		text.replace(INLINE_RUNTIME, () => `{${runtime}}`),
		'latin1',
	);
}

async function rewritten(a: Answer, chunks: readonly Buffer[]): Promise<Rewritten | 'raw'> {
	// a script without CORS is never a module (HTML section 8.1.4.2)
	const own = VARIANTS[a.dest];
	// a worker's first script is of its own origin; what it imports from elsewhere finds the runtime there
	const first = own !== 'worker' || (a.req.headers['sec-fetch-site'] ?? 'same-origin') === 'same-origin';
	const variant = (first && own) || (a.mode === 'no-cors' ? 'page-classic' : 'page');
	const key = ScriptCache.key(chunks, getHeader(a.answer, 'content-encoding') ?? '', variant);
	const kept = a.env.scripts.get(key);
	if (kept) return kept;
	const decoded = a.fitting ?? (await decodeAll(a, chunks));
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
