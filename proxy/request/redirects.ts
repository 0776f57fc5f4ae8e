// server only (Node).
// Fetches that a site sent on to a third origin. From there on a browser says `Origin: null` (Fetch section 4.4, the tainted origin), as it does of a
// sandboxed page; what cookies go along is still a matter of the page that began (RFC 6265bis section 5.2), so it is remembered by where it went,
// and by the origin that the Referer shows, which a redirect changes only where it brings a policy (Fetch section 4.4).
import type { Answer, Asked } from '../context.ts';
import { getHeader } from '../headers.ts';
import { makeRoom } from '../make-room.ts';
import { sameSite } from '../site.ts';
import { fetchSite, type Initiator } from './initiator.ts';

type Page = Extract<Initiator, { kind: 'page' }>;

/** Milliseconds within which a browser follows. */
const PATIENCE = 10_000;
/** Redirects under way that are remembered. */
const KEPT = 1000;

interface Sent {
	readonly page: Page;
	/** The origin in its Referer, '' for none; undefined: the answer may have changed that. */
	readonly shown: string | undefined;
	readonly until: number;
}

export class Redirects {
	readonly #known = new Map<string, Sent>();

	readonly #ways = new Map<string, { readonly far: 'same-site' | 'cross-site'; readonly until: number }>();

	/** Takes note of where an answer sends what a page asked for. */
	noteWay({ token, url, initiator, status, answer }: Answer, now = Date.now()): void {
		const to = getHeader(answer, 'location');
		if (initiator.kind !== 'page' || !to || status < 300 || status > 399 || !URL.canParse(to, url.href)) return;
		const far = fetchSite(initiator, url.origin);
		if (far !== 'same-site' && far !== 'cross-site') return;
		makeRoom(this.#ways, KEPT);
		this.#ways.set(keyOf(token, new URL(to, url.href)), { far, until: now + PATIENCE });
	}

	/** How far the way led on which a page's own origin is asked again, and not by the page itself (Fetch Metadata section 2.3). */
	wayBack(token: string, url: URL, now = Date.now()): 'same-site' | 'cross-site' | undefined {
		const key = keyOf(token, url);
		const found = this.#ways.get(key);
		this.#ways.delete(key);
		return found && found.until > now ? found.far : undefined;
	}

	/** Takes note of an answer that sends a page's fetch from one foreign origin to another. */
	note({ token, url, req, initiator, navigation, status, answer }: Answer, now = Date.now()): void {
		const to = getHeader(answer, 'location');
		if (navigation || initiator.kind !== 'page' || initiator.origin === url.origin || !to || status < 300 || status > 399) return;
		if (!URL.canParse(to, url.href)) return;
		const next = new URL(to, url.href);
		if (next.origin === url.origin) return;
		makeRoom(this.#known, KEPT);
		const far = initiator.sentOn === 'cross-site' || !sameSite(initiator.origin, url.origin);
		const shown = getHeader(answer, 'referrer-policy') === undefined ? shownBy(req) : undefined;
		this.#known.set(keyOf(token, next), { page: { ...initiator, sentOn: far ? 'cross-site' : 'same-site' }, shown, until: now + PATIENCE });
	}

	/** The page behind a request of opaque origin, where it comes of a redirect; a preflight doesn't use it up. */
	follow(token: string, url: URL, req: Asked['req'], now = Date.now()): Page | undefined {
		const key = keyOf(token, url);
		const found = this.#known.get(key);
		if (!found || (found.shown !== undefined && found.shown !== shownBy(req))) return undefined;
		if (req.method !== 'OPTIONS') this.#known.delete(key);
		return found.until > now ? found.page : undefined;
	}
}

function shownBy({ headers: { referer = '' } }: Asked['req']): string {
	return URL.canParse(referer) ? new URL(referer).origin : '';
}

/** The token and the URL, as a server is asked for it. */
export function keyOf(token: string, url: URL): string {
	const bare = new URL(url);
	bare.hash = '';
	return `${token} ${bare.href}`;
}
