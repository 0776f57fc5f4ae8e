// server only (Node).
// What we answer ourselves on a run label: a table of the paths under /.tandem/.
import { TandemError } from '../../protocol/errors.ts';
import { OWN_PATH } from '../../protocol/page.ts';
import { leakGuard } from '../../rewrite/headers/index.ts';
import { isNear } from '../body/send-text.ts';
import type { Exchange } from '../context.ts';
import { inTurn, marksIn, settled } from '../cookie-writes.ts';
import { versionCookie } from '../jar-version.ts';
import { newNonce } from '../nonce.ts';
import { answerNoAnswer } from '../pages/error-page.ts';
import { fromHere } from '../request/from-here.ts';
import { bootTag, workerText } from './boot.ts';
import { answerCarry } from './carry.ts';
import { answerKeptDocument } from './document.ts';
import { answerHold } from './hold.ts';
import { readText } from './read-text.ts';
import { answerEarly, answerSpare } from './spare.ts';

interface Endpoint {
	readonly path: RegExp;
	readonly methods: readonly string[];
	/** Answered to documents of opaque origin and other labels too. */
	readonly open?: boolean;
	/** Documents of opaque origin may read the answer: a sandboxed frame has workers and scripts too. */
	readonly opaque?: boolean;
	readonly answer: (x: Exchange) => void | Promise<void>;
}

/** Octets of a script that a page may ask about. */
const SCRIPT_MAX = 24 * 1024 * 1024;
const JS = 'text/javascript; charset=utf-8';

const ENDPOINTS: readonly Endpoint[] = [
	{ path: /^runtime-\w+\.js$/, methods: ['GET'], open: true, opaque: true, answer: runtime },
	{ path: /^worker\.js$/, methods: ['GET'], opaque: true, answer: worker },
	{ path: /^blank$/, methods: ['GET'], open: true, answer: blank },
	{ path: /^carry$/, methods: ['GET'], open: true, answer: answerCarry },
	{ path: /^hold$/, methods: ['GET', 'POST'], open: true, opaque: true, answer: answerHold },
	{ path: /^early$/, methods: ['GET'], open: true, answer: answerEarly },
	{ path: /^spare$/, methods: ['GET'], open: true, answer: answerSpare },
	{ path: /^cookie$/, methods: ['GET', 'POST'], answer: cookie },
	{ path: /^document$/, methods: ['POST'], answer: answerKeptDocument },
	{ path: /^no-answer$/, methods: ['GET'], answer: answerNoAnswer },
	{ path: /^origin$/, methods: ['GET', 'POST'], opaque: true, answer: origin },
	{ path: /^login$/, methods: ['POST'], answer: login },
	{ path: /^dialog$/, methods: ['POST'], opaque: true, answer: dialog },
	{ path: /^lead$/, methods: ['POST'], answer: lead },
	{ path: /^led$/, methods: ['GET', 'POST'], open: true, answer: led },
	{ path: /^leak$/, methods: ['POST'], open: true, answer: leak },
	{ path: /^unheard$/, methods: ['POST'], open: true, answer: unheard },
	{ path: /^hits$/, methods: ['POST'], open: true, opaque: true, answer: hits },
];

/** Stage: answers paths of ours. Throws 'not-found' (to a guest's assets too: what these paths say is the owner's), and 'forbidden' to whoever is not of the same label. */
export function answerOwnPaths(x: Exchange): void | Promise<void> {
	if (!x.req.url?.startsWith(OWN_PATH)) return;
	const name = x.url.pathname.slice(OWN_PATH.length);
	const endpoint = ENDPOINTS.find(({ path, methods }) => path.test(name) && methods.includes(x.req.method ?? ''));
	if (!endpoint || x.info.grade !== 'run') throw new TandemError('not-found');
	const opaque = endpoint.opaque && x.req.headers.origin === 'null';
	if (!endpoint.open && !opaque && !fromHere(x.req)) throw new TandemError('forbidden');
	if (opaque) x.res.setHeader('Access-Control-Allow-Origin', 'null');
	x.done = true;
	return endpoint.answer(x);
}

function runtime(x: Exchange): void {
	const { runtime } = x.env.bundles;
	// a document out of the browser's cache may still name an older one: it gets today's, once
	const cache = x.url.pathname === runtime.path ? 'private, max-age=31536000, immutable' : 'no-store';
	const headers = { 'Cache-Control': cache, 'Cross-Origin-Resource-Policy': 'cross-origin', Vary: 'Accept-Encoding' };
	const far = !isNear(x.req) && /\bbr\b/.test(String(x.req.headers['accept-encoding'] ?? '')) ? runtime.packed : undefined;
	reply(x, 200, JS, far ?? runtime.text, far ? { ...headers, 'Content-Encoding': 'br' } : headers);
}

function worker(x: Exchange): void {
	reply(x, 200, JS, workerText(x));
}

function blank(x: Exchange): void {
	const nonce = newNonce();
	const html = `<!doctype html><html><head>${bootTag(x, nonce)}</head><body></body></html>`;
	reply(x, 200, 'text/html; charset=utf-8', html, { 'Content-Security-Policy': leakGuard(x.env.zone) });
}

/** `document.cookie` in a document of this origin: read after all writes that the request names, or written in their order. */
async function cookie(x: Exchange): Promise<void> {
	const path = x.url.searchParams.get('path') ?? '/';
	const document = new URL(x.url.origin);
	document.pathname = path;
	const embedded = x.url.searchParams.has('embedded');
	const write = x.url.searchParams.get('write') ?? '';
	const marks = marksIn(x.req, x.token);
	if (x.req.method === 'POST') {
		const text = await readText(x.req, 64 * 1024);
		await inTurn(x, write, () => {
			for (const one of textsIn(text)) x.jar.setDocumentCookie(document, one, embedded);
		});
	} else await settled(x, [...(write ? [write] : []), ...marks.split('-')]);
	const body = JSON.stringify(x.jar.documentCookies(document, embedded, x.req.method === 'POST' ? '' : marks));
	const native = versionCookie(x.req, x.env.zone, x.token, x.jar);
	reply(x, 200, 'application/json', body, native ? { 'Set-Cookie': native } : {});
}

/** What a document wrote in one go, in its order. Throws 'bad-request' where that is no list of texts. */
function textsIn(body: string): string[] {
	let texts: unknown;
	try {
		texts = JSON.parse(body);
	} catch {}
	if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) throw new TandemError('bad-request');
	return texts;
}

/** The origin behind a hash, or one more that has to be known by its own. */
async function origin(x: Exchange): Promise<void> {
	if (x.req.method === 'GET') {
		const known = x.table.get(x.url.searchParams.get('hash') ?? '');
		return known ? reply(x, 200, 'text/plain', known) : reply(x, 204, '', '');
	}
	const text = (await readText(x.req, 4096)).trim();
	if (!URL.canParse(text) || new URL(text).origin !== text || !/^https?:/.test(text)) throw new TandemError('bad-url');
	x.scope.register?.(text);
	reply(x, 204, '', '');
}

/** Keeps a login for this label's origin, given on the page of response/ask-password.ts or in a URL (`for` is its origin); `to` is where to go then. */
async function login(x: Exchange): Promise<void> {
	const form = new URLSearchParams(await readText(x.req, 64 * 1024));
	const to = form.get('to');
	const other = form.get('for') ?? x.url.origin;
	if (!URL.canParse(other) || new URL(other).origin !== other) throw new TandemError('bad-url');
	x.jar.keys.give(other, { user: form.get('user') ?? '', password: form.get('password') ?? '' });
	if (to === null) return reply(x, 204, '', '');
	if (!/^\/(?![/\\])/.test(to)) throw new TandemError('bad-request');
	reply(x, 303, '', '', { Location: to });
}

/** Where a frame leads the tab's root. */
async function lead(x: Exchange): Promise<void> {
	reply(x, 200, 'text/plain', await x.env.leads.note(x));
}

function led(x: Exchange): void {
	reply(x, 307, '', '', { Location: x.env.leads.take(x) });
}

/** A page's script waits in this request for what somebody answers to its dialog. */
async function dialog(x: Exchange): Promise<void> {
	const asked = parse(await readText(x.req, 64 * 1024));
	// Any page can have a document of opaque origin ask: the label it asks at is not its name.
	const from = x.req.headers.origin === 'null' ? 'null' : x.url.origin;
	const answer = await x.env.onDialog?.(x.info, from, asked, (then) => x.res.once('close', then));
	reply(x, 200, 'application/json', JSON.stringify(answer ?? { t: 'native' }));
}

async function leak(x: Exchange): Promise<void> {
	const text = await readText(x.req, 64 * 1024);
	x.env.counts.leaks++;
	x.env.onLeak?.(x.token, parse(text));
	reply(x, 204, '', '');
}

/** A violation that a site wants told by name, in a browser that tells none so: it is not told (rewrite/headers/csp.ts). */
function unheard(x: Exchange): void {
	reply(x, 204, '', '');
}

/** What a script needs changed, by the tree, for the runtime's lexer where it is in doubt. 'null': the script has a syntax error. */
async function hits(x: Exchange): Promise<void> {
	const job = { source: await readText(x.req, SCRIPT_MAX), module: x.url.searchParams.get('module') === '1' };
	const found = await x.env.scripts.hits(job).catch(() => undefined);
	reply(x, 200, 'application/json', JSON.stringify(found ?? null), { 'Access-Control-Allow-Origin': '*' });
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new TandemError('bad-request');
	}
}

function reply(x: Exchange, status: number, type: string, body: string | Buffer, headers: Record<string, string> = {}): void {
	const own = { 'Cache-Control': 'no-store', 'Origin-Agent-Cluster': '?1', 'Cross-Origin-Resource-Policy': 'same-origin', ...headers };
	const content = type ? { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) } : {};
	x.res.writeHead(status, { ...own, ...content });
	x.res.end(type ? body : undefined);
}
