// server only (Node).
// Logins that a person gave a site go with its requests as a browser would send them (RFC 9110 section 11).
import { pick } from '../auth/answer.ts';
import { type Challenge, parseChallenges } from '../auth/challenge.ts';
import type { Exchange } from '../context.ts';
import { getHeader, without } from '../headers.ts';
import { hasBody, send } from './send.ts';

/** How often one request is sent anew: with a login, and once more with a fresh nonce. */
const TRIES = 2;

/** Stage: adds Authorization where the site is known to want it. */
export function addLogin(x: Exchange): void {
	if (!x.credentials || getHeader(x.headers, 'authorization') !== undefined) return;
	const header = x.jar.keys.header(x.url, x.req.method ?? 'GET');
	if (header) x.headers.push(['Authorization', header]);
}

/** Stage: answers a challenge with a login we have, and asks again. */
export async function answerChallenge(x: Exchange): Promise<void> {
	if (!x.credentials || x.req.headers.authorization !== undefined) return;
	for (let tries = 0; tries < TRIES; tries++) {
		const challenge = challengeOf(x);
		if (!challenge) return;
		const header = x.jar.keys.answer(x.url, x.req.method ?? 'GET', challenge, getHeader(x.headers, 'authorization'));
		if (!header || hasBody(x)) return;
		x.upstream?.destroy();
		x.headers = [...without(x.headers, 'authorization'), ['Authorization', header]];
		await send(x);
	}
}

/** The challenge of a 401 that we can answer; undefined for everything else. */
export function challengeOf({ upstream }: Pick<Exchange, 'upstream'>): Challenge | undefined {
	if (upstream?.statusCode !== 401) return undefined;
	return pick(parseChallenges(`${upstream.headers['www-authenticate'] ?? ''}`));
}
