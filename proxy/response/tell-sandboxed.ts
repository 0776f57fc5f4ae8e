// server only (Node).
// A tab's document without an origin speaks for itself to the shell, which can't see where it is from: so it is told here.
import { takesOrigin } from '../../rewrite/headers/csp.ts';
import type { Answer } from '../context.ts';
import { getHeaders } from '../headers.ts';
import { isStillDocument } from './still.ts';

/** Stage. */
export function tellSandboxed(a: Answer): void {
	if (!a.navigation || a.info.grade !== 'run' || !(isStillDocument(a) || getHeaders(a.said, 'content-security-policy').some(takesOrigin)))
		return;
	a.env.onSandboxed?.(a.info, a.url.origin);
}
