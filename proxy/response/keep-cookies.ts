// server only (Node).
// Set-Cookie goes into the jar and no further; Clear-Site-Data empties it.
import { getDomain } from 'tldts';
import type { Answer } from '../context.ts';
import { getHeader } from '../headers.ts';
import { cookieRequest } from '../request/ask-headers.ts';

/** Stage. A guest's assets never change the owner's jar, nor does what the browser asked for without credentials. */
export function keepCookies(a: Answer): void {
	if (a.info.grade === 'assets' || !a.credentials) return;
	const clear = getHeader(a.answer, 'clear-site-data');
	if (clear?.split(',').some((part) => /^(?:"cookies"|"\*")$/.test(part.trim())))
		a.jar.clear(getDomain(a.url.hostname, { allowPrivateDomains: true }) ?? a.url.hostname);
	if (!a.upstream.headers['set-cookie']) return;
	const request = cookieRequest(a);
	for (const [name, value] of a.answer) if (name.toLowerCase() === 'set-cookie') a.jar.store(value, request);
}
