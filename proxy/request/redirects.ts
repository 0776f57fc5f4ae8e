// server only (Node).
// Fetches that a site sent on to a third origin. From there on a browser says `Origin: null` (Fetch section 4.4, the tainted origin), as it does of a
// sandboxed page; what cookies go along is still a matter of the page that began (RFC 6265bis section 5.2), so it is remembered by where it went,
// and by the origin that the Referer shows, which a redirect changes only where it brings a policy (Fetch section 4.4).
import { locationUrl } from '../../rewrite/headers/index.ts';
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

interface Way {
	readonly far: 'same-site' | 'cross-site' | undefined;
	/** The page that began, where the browser may not say so any more. */
	readonly page: Page | undefined;
	readonly until: number;
}

export class Redirects {
	readonly #known = new Map<string, Sent>();

	readonly #ways = new Map<string, Way>();

	/** Takes note of where an answer sends what a page asked for. */
	noteWay(a: Answer, now = Date.now()): void {
		const { token, url, initiator, answer } = a;
		const to = redirectOf(a);
		if (initiator.kind !== 'page' || !to) return;
		const found = fetchSite(initiator, url.origin);
		const far = found === 'same-site' || found === 'cross-site' ? found : undefined;
		const hidden = !initiator.referrer || getHeader(answer, 'referrer-policy') !== undefined;
		if (!far && !hidden) return;
		makeRoom(this.#ways, KEPT);
		const page: Page = { kind: 'page', origin: initiator.origin, referrer: '', back: far };
		this.#ways.set(keyOf(token, to), { far, page: hidden ? page : undefined, until: now + PATIENCE });
	}

	/**
	 * Who asks where a redirect led, if the browser says nothing else than that some page does: where it stands the answer may have hidden by its policy. And how
	 * far the way led on which a page's own site is asked again, and not by the page itself (Fetch Metadata section 2.3).
	 */
	onTheWay(token: string, url: URL, said: Initiator, now = Date.now()): Initiator {
		const key = keyOf(token, url);
		const found = this.#ways.get(key);
		this.#ways.delete(key);
		if (!found || found.until < now) return said;
		if (said.kind === 'unknown') return found.page ?? said;
		return said.kind === 'page' ? { ...said, back: found.far } : said;
	}

	/** Takes note of an answer that sends a page's fetch from one foreign origin to another. */
	note(a: Answer, now = Date.now()): void {
		const { token, url, req, initiator, navigation, answer } = a;
		const next = redirectOf(a);
		if (navigation || initiator.kind !== 'page' || initiator.origin === url.origin || !next || next.origin === url.origin) return;
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

function redirectOf({ url, status, answer }: Answer): URL | undefined {
	const to = getHeader(answer, 'location');
	return to && status >= 300 && status <= 399 ? locationUrl(to, url.href) : undefined;
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
