// server only (Node).
// What the browser said, said again in real terms. A table of the headers that don't go as they are; all others do.
import { stillNonce } from '../../protocol/still.ts';
import type { Asked, Exchange } from '../context.ts';
import { connectionNames, fromRaw, type HeaderList } from '../headers.ts';
import type { CookieRequest, SiteContext } from '../jar.ts';
import { untagEtags } from '../response/etag.ts';
import { sameSite, trustworthy } from '../site.ts';
import { fetchSite } from './initiator.ts';
import { isTabRoot } from './tab-root.ts';

/** Undefined drops the header. */
type Rule = (value: string, x: Asked) => string | undefined;
const drop: Rule = () => undefined;

/** Codings we can decode (RFC 9110 section 8.4, RFC 7932, RFC 8878). */
const CODINGS = new Set(['gzip', 'deflate', 'br', 'zstd', 'identity']);
/** What is rewritten is never asked for in part. */
export const REWRITTEN: ReadonlySet<string> = new Set([
	'document',
	'iframe',
	'frame',
	'script',
	'style',
	'worker',
	'sharedworker',
	'serviceworker',
]);

const RULES: Readonly<Record<string, Rule>> = {
	host: drop,
	cookie: drop,
	// hop-by-hop, RFC 9110 section 7.6.1
	connection: drop,
	'keep-alive': drop,
	'proxy-connection': drop,
	'proxy-authorization': drop,
	te: drop,
	trailer: drop,
	upgrade: drop,
	'transfer-encoding': drop,
	// our server answered it already
	expect: drop,
	// of a reverse proxy before us
	forwarded: drop,
	via: drop,
	'x-forwarded-for': drop,
	'x-forwarded-host': drop,
	'x-forwarded-port': drop,
	'x-forwarded-proto': drop,
	'x-forwarded-server': drop,
	'x-real-ip': drop,
	'x-request-id': drop,
	'sec-fetch-storage-access': drop,
	'available-dictionary': drop,
	'dictionary-id': drop,
	'sec-required-csp': (value) => (stillNonce(value) ? undefined : value),
	origin: (value, { initiator, url, info }) => {
		// What the browser says here is the mirror's: the page is said where it is known (embedders.ts).
		if (info.grade === 'assets') return initiator.kind === 'page' && !initiator.sentOn ? initiator.origin : url.origin;
		// a form of a page that hides where it is (Fetch section 3.2, "append a request Origin header")
		if (initiator.kind === 'page') return initiator.sentOn || (value === 'null' && !initiator.led) ? 'null' : initiator.origin;
		return initiator.kind === 'person' ? url.origin : 'null';
	},
	referer: (_, { initiator, url }) => {
		if (initiator.kind !== 'page' || !initiator.referrer) return undefined;
		// the default policy hides it on the way from https to http (Referrer Policy section 3.7); to the browser both are one scheme
		return initiator.referrer.startsWith('https:') && !trustworthy(url) ? undefined : initiator.referrer;
	},
	'sec-fetch-site': (_, { initiator, url, info }) =>
		info.grade === 'assets' && initiator.kind !== 'page' ? 'same-origin' : fetchSite(initiator, url.origin),
	'sec-fetch-dest': (value, x) => (value !== 'empty' && x.navigation && isTabRoot(x) ? 'document' : value),
	'accept-encoding': (value) =>
		value
			.split(',')
			.filter((coding) => CODINGS.has(coding.split(';')[0]?.trim().toLowerCase() ?? ''))
			.join(',')
			.trim() || 'identity',
	range: (value, { dest }) => (REWRITTEN.has(dest) ? undefined : value),
	'if-range': (value, { dest }) => (REWRITTEN.has(dest) ? undefined : value),
	'if-none-match': (value, x) => (x.wanted ? undefined : untagEtags(value, x)),
	// bytes that are asked for by hash are looked at, so they have to come
	'if-modified-since': (value, { wanted }) => (wanted ? undefined : value),
	'accept-signature': (value, { wanted }) => (wanted ? undefined : value),
	'if-match': untagEtags,
};

/** Browsers keep these to secure contexts (Fetch Metadata section 2; UA Client Hints section 3). */
const SECURE_ONLY = /^sec-(?:fetch|ch)-/;

/** Stage: fills `headers`. */
export function askHeaders(x: Exchange): void {
	const raw = fromRaw(x.req.rawHeaders);
	const hops = connectionNames(x.req.headers.connection);
	const secure = trustworthy(x.url);
	const headers: HeaderList = [['Host', x.url.host]];
	if (x.info.grade === 'assets' && x.req.headers.referer === undefined) raw.push(['Referer', '']);
	for (const [name, value] of raw) {
		const key = name.toLowerCase();
		if (hops.has(key) || (!secure && SECURE_ONLY.test(key)) || x.env.hints.withholds(x.token, x.url.origin, key)) continue;
		const rule = Object.hasOwn(RULES, key) ? RULES[key] : undefined;
		const said = rule ? rule(value, x) : value;
		if (said !== undefined) headers.push([name, said]);
	}
	if (x.credentials) {
		const cookie = x.jar.cookieHeader(cookieRequest(x));
		if (cookie) headers.push(['Cookie', cookie]);
	}
	x.headers = headers;
}

/** The request as the cookie rules see it. */
export function cookieRequest(x: Asked): CookieRequest {
	return { url: x.url, site: siteContext(x), method: x.req.method ?? 'GET' };
}

function siteContext({ info, initiator, url, navigation, place, embedded }: Asked): SiteContext {
	if (embedded) return 'cross-site';
	if (info.grade === 'assets' || initiator.kind === 'person') return 'same-site';
	if (initiator.kind === 'page' && sameSite(initiator.origin, url.origin)) return 'same-site';
	return navigation && place !== 'nested' ? 'navigation' : 'cross-site';
}
