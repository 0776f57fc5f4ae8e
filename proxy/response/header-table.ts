// server only (Node).
// What a site's response headers become in a proxied page: a table of the ones that don't go as they are.
import { toProxied } from '../../protocol/url.ts';
import {
	asBuilt,
	asDrawing,
	asShown,
	asStill,
	asUpgraded,
	locationUrl,
	mapCsp,
	mapLink,
	mapLocation,
	mapOrigins,
	mapPermissionsPolicy,
	mapPlace,
	mapRefresh,
	mapReportingEndpoints,
	mapReportTo,
	type Shape,
} from '../../rewrite/headers/index.ts';
import { schemeOf } from '../../rewrite/url.ts';
import type { Answer } from '../context.ts';
import { connectionNames, getHeader, type HeaderList, mediaType } from '../headers.ts';
import { framers } from '../own/framers.ts';
import { fetchSite } from '../request/initiator.ts';
import { sameSite } from '../site.ts';
import { isShown } from './choose-body.ts';
import { tagEtag } from './etag.ts';
import { readable } from './said.ts';
import { isStillDocument } from './still.ts';

/** Undefined drops the header. */
type Rule = (value: string, a: Answer) => string | undefined;
const drop: Rule = () => undefined;
const ofSite: Rule = (value, { wanted }) => (wanted ? undefined : value);
const url: Rule = (value, a) => mapLocation(value, a.scope, a.url.href);
const origins: Rule = (value, a) => (a.info.grade === 'assets' ? undefined : mapOrigins(value, a.scope));

/** A 304 renews the stored headers (RFC 9111 section 3.2), but the stored body holds the nonce of its own day. */
function mappedCsp(value: string, a: Answer): string | undefined {
	// what a page reads holds nowhere; what a service worker makes of it is mapped then (injector/sandbox/scripts/respond-with.ts)
	if (a.status === 304 || isRead(a)) return undefined;
	const place = (url: string) => mapPlace(url, a.scope, schemeOf(a.url.href));
	const options = {
		scope: a.scope,
		nonce: a.nonce || undefined,
		documentUrl: a.url.href,
		framers: framers(a.env),
		place,
		shape: shapeOf(a),
	};
	return mapCsp(value, options) || undefined;
}

function shapeOf(a: Answer): Shape {
	const as = shownAs(a);
	return (directives) => {
		as?.(directives);
		if (a.url.protocol === 'https:') asUpgraded(directives, a.url.href, a.scope, a.table);
	};
}

function shownAs(a: Answer): Shape | undefined {
	if (a.body === 'text' || a.body === 'media') return asBuilt;
	if (isStillDocument(a)) return asStill;
	if (isShown(a)) return asShown;
	return isDrawing(a) ? asDrawing : undefined;
}

const isDrawing = ({ navigation, answer }: Answer) => navigation && mediaType(getHeader(answer, 'content-type')) === 'image/svg+xml';

/** Whether it is a script's to read, and no document. */
const isRead = (a: Answer) => readable(a) && !a.navigation;

/** Whether browsers send what the site wants reported by name (Reporting API section 2.1: they do over https alone). */
const tells = ({ info, url, env }: Answer) => info.grade === 'run' && url.protocol === 'https:' && env.zone.scheme === 'https';

/** What leads nowhere, also to a browser of which a label has another scheme than the site (`https:`). */
const NOWHERE = 'http://:/';

/** Location: resolved here, since in its odder spellings it means something else beside a label. An empty one is none. */
const location: Rule = (value, a) => {
	if (!value) return value;
	const to = locationUrl(value, a.url.href);
	if (!to) return NOWHERE;
	takeLogin(to, a);
	return value === to.pathname + to.search + to.hash ? value : toProxied(to.href, a.scope);
};

/** `https://user:password@host/` in a redirect: kept for the host's challenge. A frame may not be sent there, and a tab's root is one here. */
function takeLogin(to: URL, a: Answer): void {
	if (!/^https?:$/.test(to.protocol) || !(to.username || to.password)) return;
	// browsers lead neither frames there, nor what a page is made of, nor a script's request to another origin (Fetch section 4.4)
	const root = a.navigation && a.place !== 'nested';
	const script = /^(?:cors|same-origin)$/.test(a.mode) && fetchSite(a.initiator, to.origin) === 'same-origin';
	if (!root && !script) return;
	const login = { user: decode(to.username), password: decode(to.password) };
	if (a.credentials && a.info.grade === 'run') a.jar.keys.give(to.origin, login);
	if (root) to.username = to.password = '';
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

const RULES: Readonly<Record<string, Rule>> = {
	'set-cookie': drop,
	etag: tagEtag,
	location,
	'content-location': url,
	sourcemap: url,
	'x-sourcemap': url,
	'service-worker-allowed': url,
	// nothing happens by itself where no script may run (HTML section 7.1.5)
	refresh: (value, a) => (isStillDocument(a) ? undefined : mapRefresh(value, a.scope, a.url.href)),
	link: (value, a) => mapLink(value, a.scope, a.url.href),
	'access-control-allow-origin': origins,
	'timing-allow-origin': origins,
	'permissions-policy': (value, a) => mapPermissionsPolicy(value, a.scope),
	'permissions-policy-report-only': (value, a) => mapPermissionsPolicy(value, a.scope),
	'feature-policy': drop,
	'content-security-policy': mappedCsp,
	'content-security-policy-report-only': mappedCsp,
	// a document's became a policy (framing.ts)
	'x-frame-options': (value, a) => (a.navigation ? undefined : value),
	// they would bind our host name to their promises
	'strict-transport-security': drop,
	'alt-svc': drop,
	'public-key-pins': drop,
	'public-key-pins-report-only': drop,
	'expect-ct': drop,
	'cross-origin-opener-policy': drop,
	'cross-origin-opener-policy-report-only': drop,
	'cross-origin-embedder-policy': drop,
	'cross-origin-embedder-policy-report-only': drop,
	'document-isolation-policy': drop,
	// no hash that we leave is one to a browser (rewrite/integrity.ts)
	'integrity-policy': drop,
	'integrity-policy-report-only': drop,
	// nobody but us vouches for what is asked for by hash
	signature: ofSite,
	'signature-input': ofSite,
	'unencoded-digest': ofSite,
	'origin-agent-cluster': drop,
	'report-to': (value, a) => (tells(a) ? mapReportTo(value, a.scope) : undefined),
	'reporting-endpoints': (value, a) => (tells(a) && !isRead(a) ? mapReportingEndpoints(value, a.scope) : undefined),
	// it would tell of the way to us
	nel: drop,
	'speculation-rules': drop,
	// device-bound sessions: the browser would renew them past the proxy
	'sec-session-registration': drop,
	'secure-session-registration': drop,
	'use-as-dictionary': drop,
	'activate-storage-access': drop,
	// natively it would clear our own cookies too, since all labels are one site; the jar was cleared (keep-cookies.ts)
	'clear-site-data': (value) => {
		const parts = value.split(',').map((part) => part.trim());
		const kept = parts.includes('"*"') ? ['"cache"', '"storage"'] : parts.filter((part) => part !== '"cookies"');
		return kept.join(', ') || undefined;
	},
	// same-origin holds between labels as between origins; same-site does not, for all labels are one site
	'cross-origin-resource-policy': (value, a) => {
		// a tab's icon is the page's own, and the shell shows it
		if (a.info.grade === 'assets' || (a.dest === 'image' && a.req.headers.referer?.startsWith(`${a.env.appOrigin}/`))) return undefined;
		const { initiator } = a;
		const near = initiator.kind === 'person' || (initiator.kind === 'page' && sameSite(initiator.origin, a.url.origin));
		return value.trim() === 'same-site' && !near ? 'same-origin' : value;
	},
	// hop-by-hop, RFC 9110 section 7.6.1
	connection: drop,
	'keep-alive': drop,
	'proxy-connection': drop,
	'proxy-authenticate': drop,
	// the browser would ask for a password by our host's name; answered by request/authorize.ts and response/ask-password.ts
	'www-authenticate': drop,
	trailer: drop,
	'transfer-encoding': drop,
	upgrade: drop,
};

/** Stage: maps `answer`. Names that begin with x-tandem- are ours alone. */
export function mapHeaders(a: Answer): void {
	const hops = connectionNames(a.upstream.headers.connection);
	const mapped: HeaderList = [];
	for (const [name, value] of a.answer) {
		const key = name.toLowerCase();
		if (hops.has(key) || key.startsWith('x-tandem-')) continue;
		const rule = Object.hasOwn(RULES, key) ? RULES[key] : undefined;
		const said = rule ? rule(value, a) : value;
		if (said !== undefined) mapped.push([name, said]);
	}
	a.answer = mapped;
}
