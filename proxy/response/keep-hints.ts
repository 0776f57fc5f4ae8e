// server only (Node).
import type { Answer } from '../context.ts';
import { getHeader } from '../headers.ts';
import { trustworthy } from '../site.ts';

/** Stage: Accept-CH of a tab's root document goes into the memory of what its site asks for. */
export function keepHints(a: Answer): void {
	const header = getHeader(a.answer, 'accept-ch');
	if (header === undefined || !a.navigation || a.place === 'nested' || a.info.grade !== 'run' || !trustworthy(a.url)) return;
	a.env.hints.learn(a.token, a.url.origin, header);
}
