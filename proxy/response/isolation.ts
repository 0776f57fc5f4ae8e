// server only (Node).
// Cross-origin isolation. A frame of the shell can't have it by COOP and COEP, which speak of the top; Document-Isolation-Policy gives the
// same to a single document (https://wicg.github.io/document-isolation-policy/).
import type { Answer } from '../context.ts';
import { getHeaders } from '../headers.ts';
import { makeRoom } from '../make-room.ts';
import { trustworthy } from '../site.ts';

const EMBEDDER: Readonly<Record<string, string>> = {
	'require-corp': 'isolate-and-require-corp',
	credentialless: 'isolate-and-credentialless',
};
const WORKERS = new Set(['worker', 'sharedworker']);

/** Tokens kept in `Environment.isolated`. */
const KEPT = 5000;

/** The Document-Isolation-Policy of a document or worker that asked for isolation by COOP and COEP; undefined for any other. */
export function isolationOf(a: Answer): string | undefined {
	const policy = EMBEDDER[token(a, 'cross-origin-embedder-policy')];
	if (!policy || !trustworthy(a.url)) return undefined;
	if (WORKERS.has(a.dest)) return policy;
	if (!a.navigation) return undefined;
	if (a.place === 'nested') return a.env.isolated.get(a.token)?.has(a.url.origin) ? policy : undefined;
	if (!/^same-origin$/.test(token(a, 'cross-origin-opener-policy'))) return undefined;
	remember(a.env.isolated, a.token, a.url.origin);
	return policy;
}

/** A structured field's token, without parameters (COOP and COEP are items). */
function token({ said }: Answer, name: string): string {
	return getHeaders(said, name).join(', ').split(';', 1)[0]?.trim() ?? '';
}

function remember(isolated: Map<string, Set<string>>, key: string, origin: string): void {
	makeRoom(isolated, KEPT);
	isolated.set(key, (isolated.get(key) ?? new Set()).add(origin));
}
