// server only (Node).
import type { Answer } from '../context.ts';
import { getHeader } from '../headers.ts';

/** Stage: Strict-Transport-Security of a site over https goes into the jar (RFC 6797 section 8.1) and no further. */
export function keepHsts(a: Answer): void {
	const header = getHeader(a.answer, 'strict-transport-security');
	if (header && a.url.protocol === 'https:' && a.info.grade === 'run') a.jar.learnHsts(a.url.hostname, header);
}
