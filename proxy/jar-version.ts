// server only (Node).
// The native cookie that tells a page's runtime which state the jar is in, so that `document.cookie` asks the server only after a change.
// It stands on the zone's domain: all labels of one owner share a jar, and a page sees at once what another label's response set.
import type { IncomingMessage } from 'node:http';
import { versionName } from '../protocol/cookies.ts';
import type { Zone } from '../protocol/label.ts';
import type { Jar } from './jar.ts';

/** The Set-Cookie that brings the browser up to date, or undefined where it is. */
export function versionCookie(req: IncomingMessage, zone: Zone, token: string, jar: Jar): string | undefined {
	const name = versionName(token);
	const known = (req.headers.cookie ?? '').split(';').some((pair) => pair.trim() === `${name}=${jar.version}`);
	return known ? undefined : `${name}=${jar.version}; Domain=${zone.domain}; Path=/; SameSite=Lax`;
}
