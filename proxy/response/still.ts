// server only (Node).
// Which documents are still ones (protocol/still.ts): those of a frame that is held to our policy, and those that their own policy sandboxes without scripts.
import { stillNonce } from '../../protocol/still.ts';
import { sandboxes } from '../../rewrite/headers/csp.ts';
import type { Answer, Asked } from '../context.ts';
import { getHeaders } from '../headers.ts';

/** The nonce that a frame holds the document to which it asks for. */
export function heldTo({ headers }: Pick<Asked['req'], 'headers'>): string | undefined {
	const policy = headers['sec-required-csp'];
	return policy === undefined ? undefined : stillNonce(policy);
}

/** Whether the browser knows the `csp` attribute of frames (CSP Embedded Enforcement): Chromium does, and it alone says that it is Chromium. */
export function holdsFrames({ req }: Pick<Asked, 'req'>): boolean {
	return String(req.headers['sec-ch-ua']).includes('"Chromium"');
}

/** In a frame, a document whose policy leaves it its origin has the runtime of the one above it (docs/decisions/0028). */
export function isStillDocument(a: Answer): boolean {
	if (!a.navigation || a.info.grade !== 'run') return false;
	if (heldTo(a.req)) return true;
	const boxes = getHeaders(a.said, 'content-security-policy').flatMap(sandboxes);
	const lacks = (token: string) => boxes.some((flags) => !flags.includes(token));
	return lacks('allow-scripts') && (a.place === 'root' || lacks('allow-same-origin')) && holdsFrames(a);
}
