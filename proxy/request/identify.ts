// server only (Node).
// Reads what a request is for out of its Host, its token and its metadata. Throws where no label of ours is meant.
import type { IncomingMessage } from 'node:http';
import { versionName } from '../../protocol/cookies.ts';
import { TandemError } from '../../protocol/errors.ts';
import { hashOrigin, type Label } from '../../protocol/label.ts';
import { wantedIn } from '../../rewrite/integrity.ts';
import type { Asked, Environment } from '../context.ts';
import { isSpare } from '../own/spare.ts';
import { findInitiator } from './initiator.ts';
import { isCanonical, readLabel } from './labels.ts';
import { upgraded } from './transport.ts';

const DOCUMENTS = new Set(['document', 'iframe', 'frame', 'embed', 'object', 'fencedframe']);

/** Throws 'not-found' (no label), 'label-revoked' (its token is dead), 'forbidden' (asked by a page of another token), 'bad-url' and 'bad-request'. */
export function identify(env: Environment, req: IncomingMessage): Asked {
	const label = labelOf(env, req.headers.host);
	if (!label) throw new TandemError('not-found');
	const info = env.sessions.lookup(label.token);
	if (!info) throw new TandemError('label-revoked');
	if (isForeign(env, req, label.token)) throw new TandemError('forbidden');
	if (!req.url?.startsWith('/')) throw new TandemError('bad-request');
	const table = env.sessions.table(info.session);
	const scope = { zone: env.zone, token: label.token, register: (origin: string) => table.set(hashOrigin(origin), origin) };
	const origin = originOf(label, table);
	const asked = new URL(origin + req.url);
	const dest = destination(req);
	const mode = header(req, 'sec-fetch-mode');
	// the picture in an `object` or `embed` is asked for as theirs too, and is no document
	const framed = DOCUMENTS.has(dest) && (mode === '' || mode === 'navigate');
	// a service worker that passes a navigation on (Service Workers section 4.7) has a destination of its own: none
	const navigation = framed || (mode === 'navigate' && dest === 'empty');
	const said = findInitiator(req.headers, { zone: env.zone, appOrigin: env.appOrigin, table, origin: asked.origin });
	const behind = navigation ? env.leads.by(label.token, asked) : said.kind === 'opaque' && env.redirects.follow(label.token, asked, req);
	const initiator = behind || (fromElsewhere(req) ? env.redirects.onTheWay(label.token, asked, said) : said);
	const url = upgraded(asked, dest, initiator);
	const place = framed && !isSpare(req.url) ? env.places.placeOf(req, label.token) : undefined;
	const embedded = env.places.isEmbedded(label.token, url.origin, initiator, place);
	const native = cookieNames(req.headers.cookie).has(versionName(label.token));
	// a document of opaque origin has no cookies of ours: what it embeds is asked for with credentials all the same
	const opaque = initiator.kind === 'opaque' && mode === 'no-cors';
	const credentials = navigation || native || opaque || info.grade === 'assets' || req.headers.upgrade !== undefined;
	const jar = env.sessions.jar(info.jar);
	return {
		...{ env, req, label, token: label.token, info, jar, scope, table, url, dest, mode },
		...{ navigation, initiator, place, embedded, credentials, wanted: wantedIn(`${req.headers['accept-signature'] ?? ''}`) },
	};
}

/** Whether another label's page asks, or a redirect from there leads here. */
const fromElsewhere = (req: IncomingMessage) => header(req, 'sec-fetch-site') === 'same-site';

function labelOf(env: Environment, host = ''): Label | undefined {
	const name = host.replace(/:\d*$/, '').toLowerCase();
	const suffix = `.${env.zone.domain}`;
	return name.endsWith(suffix) ? readLabel(name.slice(0, -suffix.length)) : undefined;
}

/** Whether a page of another session, participant or grade asks: it was not given this label, wherever it has it from. */
function isForeign({ zone }: Environment, { headers }: IncomingMessage, token: string): boolean {
	return [headers.origin, headers.referer].some((from) => {
		if (from === undefined || !URL.canParse(from)) return false;
		const { hostname } = new URL(from);
		const other = hostname.endsWith(`.${zone.domain}`) ? readLabel(hostname.slice(0, -zone.domain.length - 1)) : undefined;
		return other !== undefined && other.token !== token;
	});
}

/** The real origin of a label. Only what `new URL` would give is taken, so that no odd spelling of an address gets further. */
function originOf(label: Label, table: Asked['table']): string {
	if (label.kind === 'mirror') return 'about:blank';
	const origin = label.kind === 'origin' ? label.origin : table.get(label.hash);
	if (!origin) throw new TandemError('not-found');
	if (!isCanonical(origin)) throw new TandemError('bad-url', origin);
	return origin;
}

/** Sec-Fetch-Dest; a browser without it (or on a page that is no secure context) is read by its Accept header. */
function destination(req: IncomingMessage): string {
	const dest = header(req, 'sec-fetch-dest');
	if (dest) return dest;
	const accept = req.headers.accept ?? '';
	if (accept.startsWith('text/html')) return 'document';
	if (accept.startsWith('text/css')) return 'style';
	return '';
}

function header(req: IncomingMessage, name: string): string {
	const value = req.headers[name];
	return typeof value === 'string' ? value.toLowerCase() : '';
}

function cookieNames(cookie = ''): Set<string> {
	return new Set(cookie.split(';').map((pair) => pair.split('=', 1)[0]?.trim() ?? ''));
}
