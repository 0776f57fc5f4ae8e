// server only (Node).
import type { Answer } from '../context.ts';

/** Stage: whose fetch a redirect leads elsewhere is kept for the request that follows (request/redirects.ts). */
export function keepRedirects(a: Answer): void {
	if (a.info.grade !== 'run') return;
	a.env.redirects.note(a);
	a.env.redirects.noteWay(a);
}
