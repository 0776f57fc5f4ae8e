// server only (Node).
// What "same site" means (HTML section 7.1.1.1, schemeful): the registrable domain, public suffix list with its private part.
import { getDomain } from 'tldts';

const registrable = (host: string): string => getDomain(host, { allowPrivateDomains: true }) ?? host;

/** Whether two origins are of the same site. */
export function sameSite(a: string, b: string): boolean {
	if (a === b) return true;
	if (!URL.canParse(a) || !URL.canParse(b)) return false;
	const [one, two] = [new URL(a), new URL(b)];
	return one.protocol === two.protocol && registrable(one.hostname) === registrable(two.hostname);
}

/** Whether a URL is potentially trustworthy (Secure Contexts section 3.1): https, or this machine by name or number. */
export function trustworthy(url: URL): boolean {
	if (url.protocol === 'https:' || url.protocol === 'wss:') return true;
	return /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
}
