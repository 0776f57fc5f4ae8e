// server only (Node).
// Who may show a document in a frame. The browser decides, by a policy that has the app in it too: every tab's root stands in the shell.
import type { Answer } from '../context.ts';
import { getHeaders } from '../headers.ts';

/** Values that say something; others count as none (HTML section 7.5.9, "check a navigation response's adherence to X-Frame-Options"). */
const SAID = new Set(['deny', 'allowall', 'sameorigin']);

/** Stage: X-Frame-Options becomes the policy that says the same (CSP section 6.4.2.2), in real terms; a policy of the site's own goes before it. */
export function mapFraming(a: Answer): void {
	const options = a.navigation ? getHeaders(a.answer, 'x-frame-options') : [];
	if (!options.length) return;
	if (getHeaders(a.answer, 'content-security-policy').some((policy) => /(?:^|[,;])\s*frame-ancestors(?:[\s;,]|$)/i.test(policy))) return;
	const said = new Set(options.flatMap((value) => value.split(',')).map((value) => value.trim().toLowerCase()));
	const conflict = said.size > 1 && [...said].some((value) => SAID.has(value));
	const [only] = said;
	const framers = conflict || only === 'deny' ? "'none'" : only === 'sameorigin' ? "'self'" : undefined;
	if (framers) a.answer = [...a.answer, ['Content-Security-Policy', `frame-ancestors ${framers}`]];
}
