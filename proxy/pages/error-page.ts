// server only (Node).
// Whatever stops a request is said in words: a page where a page was asked for, else one line of text. A script that asks is told what the browser
// would tell it: that there is no answer.
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { REASONS, type ReasonCode, type TandemError } from '../../protocol/errors.ts';
import type { Asked, Environment } from '../context.ts';
import { newNonce } from '../nonce.ts';
import { bootTag } from '../own/boot.ts';
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
 */
export function sendErrorPage(
	_env: Environment,
	req: IncomingMessage,
	res: ServerResponse,
	error: TandemError,
	x: Asked | undefined,
): void {
	if (res.destroyed) return;
	if (res.headersSent) {
		res.destroy();
		return;
	}
	const { status, title, advice } = REASONS[error.code];
	const dest = req.headers['sec-fetch-dest'];
	const wantsPage = typeof dest === 'string' ? PAGES.test(dest) : (req.headers.accept ?? '').includes('text/html');
	const runs = wantsPage && x !== undefined && x.info.grade === 'run';
	const nonce = runs ? newNonce() : '';
	const body = wantsPage ? page({ title, advice, detail: error.detail, head: runs ? bootTag(x, nonce) : '' }) : `${error.message}\n`;
	res.writeHead(status, STATUS_CODES[status] ?? '', {
		'Content-Type': `${wantsPage ? 'text/html' : 'text/plain'}; charset=utf-8`,
		'Content-Length': Buffer.byteLength(body),
		'Cache-Control': 'no-store',
		'Origin-Agent-Cluster': '?1',
		'X-Content-Type-Options': 'nosniff',
		'X-Tandem-Error': error.code,
		...(dest === 'empty' && x?.info.grade === 'run' && NO_ANSWER.has(error.code) ? NONE : {}),
		...(wantsPage ? { 'Content-Security-Policy': pagePolicy(nonce) } : {}),
		// the rest of a body we will not read
		...(req.complete ? {} : { Connection: 'close' }),
	});
	res.end(req.method === 'HEAD' ? undefined : body);
}
