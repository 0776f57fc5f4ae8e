// server only (Node).
// Whatever stops a request is said in words: a page where a page was asked for, else one line of text. A script that asks is told what the browser
// would tell it: that there is no answer.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { REASONS, type ReasonCode, TandemError } from '../../protocol/errors.ts';
import type { Asked, Environment, Exchange } from '../context.ts';
import { makeRoom } from '../make-room.ts';
import { newNonce } from '../nonce.ts';
import { bootTag } from '../own/boot.ts';
import { heldTo } from '../response/still.ts';
import { page, pagePolicy } from './page.ts';

const PAGES = /^(?:document|iframe|frame|embed|object)$/;

/** Reasons for which a browser by itself has no answer to give (Fetch section 2.2.6, "network error"). */
const NO_ANSWER: ReadonlySet<ReasonCode> = new Set([
	'no-such-host',
	'refused',
	'timeout',
	'broken-answer',
	'bad-certificate',
	'client-certificate',
	'redirect-loop',
	'mixed-content',
]);

/**
 * Two places to go to: browsers take such an answer for none, by a rule of theirs against split responses. A connection that is cut would be one too,
 * but after that they ask a second time where it was kept alive.
 */
const NONE = { Location: ['/.tandem/none?1', '/.tandem/none?2'] };

/**
 * Answers with the reason, its status and `x-tandem-error: <code>`. Where the exchange is known the page carries the runtime,
 * so that guests see in their mirror what the host sees. After the headers went out, it can only cut the connection.
 * `asked`: a page was asked for.
 */
export function sendErrorPage(
	env: Environment,
	req: IncomingMessage,
	res: ServerResponse,
	error: TandemError,
	x: Asked | undefined,
	asked = asksForPage(req),
): void {
	if (res.destroyed) return;
	if (res.headersSent) {
		res.destroy();
		return;
	}
	const { status, title, advice } = REASONS[error.code];
	const ours = x?.info.grade === 'run' ? x : undefined;
	const none = !asked && ours !== undefined && req.headers['sec-fetch-dest'] === 'empty' && NO_ANSWER.has(error.code);
	if (none) remember(env, ours, error.code);
	const runs = asked && ours !== undefined;
	const held = runs ? heldTo(req) : undefined;
	const nonce = runs ? (held ?? newNonce()) : '';
	const body = asked
		? page({ title, advice, detail: error.detail, head: runs ? bootTag(ours, nonce, { still: held !== undefined }) : '' })
		: `${error.message}\n`;
	res.writeHead(status, STATUS_CODES[status] ?? '', {
		'Content-Type': `${asked ? 'text/html' : 'text/plain'}; charset=utf-8`,
		'Content-Length': Buffer.byteLength(body),
		'Cache-Control': 'no-store',
		'Origin-Agent-Cluster': '?1',
		'X-Content-Type-Options': 'nosniff',
		'X-Tandem-Error': error.code,
		...(none ? NONE : {}),
		...(asked ? { 'Content-Security-Policy': pagePolicy(nonce) } : {}),
		...(held ? { 'Allow-CSP-From': '*' } : {}),
		// the rest of a body we will not read
		...(req.complete ? {} : { Connection: 'close' }),
	});
	res.end(req.method === 'HEAD' ? undefined : body);
}

function asksForPage({ headers }: IncomingMessage): boolean {
	const dest = headers['sec-fetch-dest'];
	return typeof dest === 'string' ? PAGES.test(dest) : (headers.accept ?? '').includes('text/html');
}

/** Reasons kept, and for how long, milliseconds. */
const KEPT = 500;
const FRESH = 60_000;
const keyOf = ({ token, url }: Asked) => `${token} ${url.host}`;

function remember({ silent }: Environment, x: Asked, code: ReasonCode): void {
	silent.delete(keyOf(x));
	makeRoom(silent, KEPT);
	silent.set(keyOf(x), { code, at: Date.now() });
}

/**
 * Endpoint: the page that a person is shown where a service worker was told that there is no answer, and has none either; `?path=` is the
 * page's. Throws 'not-found' where the worker was told nothing of the kind.
 */
export function answerNoAnswer(x: Exchange): void {
	const known = x.env.silent.get(keyOf(x));
	if (!known || Date.now() - known.at > FRESH) throw new TandemError('not-found');
	const url = new URL(x.url.searchParams.get('path') ?? '/', x.url.origin);
	sendErrorPage(
		x.env,
		x.req,
		x.res,
		new TandemError(known.code, x.url.host),
		{ ...x, url: url.origin === x.url.origin ? url : x.url },
		true,
	);
}
