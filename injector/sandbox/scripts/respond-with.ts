// worker: service workers only.
// What a service worker fetches is what the site sent: it has no destination yet (Service Workers section 4.6). What it answers with is
// rewritten here, for the destination that the page asked for. Documents are rewritten by the server, which is asked with the body.
import { OWN_PATH, SAID } from '../../../protocol/page.ts';
import { leakGuard, mapCsp } from '../../../rewrite/headers/csp.ts';
import { mapPlace } from '../../../rewrite/headers/reporting.ts';
import { PKCS8, SEED, signedBy, unsigned, type Wanted, wantedIn } from '../../../rewrite/integrity.ts';
import { treeHits } from '../../../rewrite/js/tree.ts';
import { workerFront } from '../../../rewrite/js/worker-front.ts';
import { schemeOf } from '../../../rewrite/url.ts';
import { call, hookMethod } from '../../hook.ts';
import { type Any, getter, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isOurs, rewriteScript, rewriteSheet } from '../../rewriting.ts';
import { unmapUrl } from '../../urls.ts';
import { asSaid } from '../network/response-headers.ts';
import { takesAnswer } from './hashed-hosts.ts';

const { Response, Headers, TextDecoder, FetchEvent, Request, crypto, Crypto, SubtleCrypto, atob, btoa } = realm.global;
const requestOf = getter<Request>(FetchEvent?.prototype, 'request');
const destination = getter<string>(Request?.prototype, 'destination');
const requestUrl = getter<string>(Request?.prototype, 'url');
const integrity = getter<string>(Request?.prototype, 'integrity');
const referrer = getter<string>(Request?.prototype, 'referrer');
const mode = getter<string>(Request?.prototype, 'mode');
const typeOf = getter<string>(Response?.prototype, 'type');
const urlOf = getter<string>(Response?.prototype, 'url');
const status = getter<number>(Response?.prototype, 'status');
const statusText = getter<string>(Response?.prototype, 'statusText');
const redirected = getter<boolean>(Response?.prototype, 'redirected');
const bodyUsed = getter<boolean>(Response?.prototype, 'bodyUsed');
const bodyOf = getter<ReadableStream | null>(Response?.prototype, 'body');
const headersOf = getter<Headers>(Response?.prototype, 'headers');
const cancel = method<Promise<void>>(realm.global.ReadableStream?.prototype, 'cancel');
const clone = method<Response>(Response?.prototype, 'clone');
const bytesOf = method<Promise<ArrayBuffer>>(Response?.prototype, 'arrayBuffer');
const getHeader = method<string | null>(Headers?.prototype, 'get');
const setHeader = method<void>(Headers?.prototype, 'set');
const deleteHeader = method<void>(Headers?.prototype, 'delete');
const eachHeader = method<void>(Headers?.prototype, 'forEach');
const decode = method<string>(TextDecoder?.prototype, 'decode');
const subtleOf = getter<SubtleCrypto>(Crypto?.prototype, 'subtle');
const networkError = method<Response>(Response, 'error');
const digestOf = method<Promise<ArrayBuffer>>(SubtleCrypto?.prototype, 'digest');
const importKey = method<Promise<CryptoKey>>(SubtleCrypto?.prototype, 'importKey');
const sign = method<Promise<ArrayBuffer>>(SubtleCrypto?.prototype, 'sign');

type Way = (request: Request, response: Response) => Promise<Response>;

const WAYS: Readonly<Record<string, Way>> = {
	document,
	iframe: document,
	frame: document,
	object: document,
	embed: document,
	script: (request, response) => withText(response, (source) => rewriteScript(source, isModule(request, source))),
	worker,
	sharedworker: worker,
	style: (_, response) => withText(response, rewriteSheet),
};

export function installRespondWith(): void {
	hookMethod(FetchEvent?.prototype, 'respondWith', (native, self, args) => {
		const way = args.length ? wayOf(self) : undefined;
		const given = way ? adapted(way, requestOf(self), args[0]) : args[0];
		return args.length && takesAnswer(self, given) ? undefined : call(native, self, way ? [given, ...args.slice(1)] : args);
	});
}

/** What a parser asks for ahead of itself; of that Chromium tells a worker no hashes. */
const PRELOADED = new natives.Set(['script', 'style']);

/** What an answer to the event's request goes through; the page's own promise stays what the event waits for where that is nothing. */
function wayOf(event: Any): Way | undefined {
	try {
		const request = requestOf(event);
		const to = destination(request);
		const way = natives.hasOwn(WAYS, to) ? WAYS[to] : undefined;
		const wanted = wantedIn(integrity(request));
		return wanted || PRELOADED.has(to) ? (asked, response) => vouched(wanted, asked, response, way) : way;
	} catch {
		return undefined; // no FetchEvent: the browser says so
	}
}

async function adapted(way: Way, request: Request, given: Any): Promise<unknown> {
	let response: Response;
	try {
		response = await given;
	} catch (error) {
		const page = way === document ? await noAnswer(request) : undefined;
		if (page) return page;
		throw error;
	}
	try {
		if (way === document && typeOf(response) === 'error') return (await noAnswer(request)) ?? response;
		if (status(response) < 200 || status(response) === 206 || bodyUsed(response) || !bodyOf(response)) return response;
	} catch {
		return response; // no Response: the browser says so
	}
	// an opaque body is nobody's to read; the proxy has rewritten it
	const type = typeOf(response);
	// a worker's script from elsewhere is refused, which one that we made would not be (Fetch section 4.4)
	if (type === 'cors' && mode(request) === 'same-origin') return response;
	if (type.startsWith('opaque') || (redirected(response) && mode(request) === 'navigate')) return response;
	try {
		const next = await way(request, response);
		// as it would be used up by being answered with
		if (next !== response) void cancel(bodyOf(response));
		return next;
	} catch {
		return response;
	}
}

/** The page that says why the site gave no answer, where that is what the worker was told (proxy/pages/error-page.ts). */
async function noAnswer(request: Request): Promise<Response | undefined> {
	const { pathname, search } = new natives.URL(requestUrl(request));
	try {
		const answer = await natives.fetch(`${realm.ours}${OWN_PATH}no-answer?path=${encodeURIComponent(pathname + search)}`);
		return getHeader(headersOf(answer), 'content-type')?.includes('text/html') ? answer : undefined;
	} catch {
		return undefined;
	}
}

async function document(request: Request, response: Response): Promise<Response> {
	const headers = headersOf(response);
	const type = getHeader(headers, 'content-type') ?? '';
	const said: [string, string][] = [];
	eachHeader(asSaid(headers), (value: string, name: string) => void said.push([name, value]));
	if (getHeader(headers, 'x-tandem-document') || !/^\s*(?:text\/html|application\/xhtml\+xml)\s*(?:;|$)/i.test(type)) return response;
	const { pathname, search } = new natives.URL(requestUrl(request));
	const answer = await natives.fetch(`${realm.ours}${OWN_PATH}document?path=${encodeURIComponent(pathname + search)}`, {
		method: 'POST',
		headers: {
			'X-Tandem-Said': natives.stringify(said),
			'X-Tandem-Referrer': /^about:/.test(referrer(request)) ? '' : unmapUrl(referrer(request)),
		},
		body: await bytesOf(clone(response)),
	});
	if (status(answer) !== 200) return response;
	return made(response, bodyOf(answer), rewrittenHeaders(answer));
}

/** Bytes that the page asks for by hash are compared here, and signed as they go to it, as by the server (proxy/body/integrity.ts). */
async function vouched(wanted: Wanted | undefined, request: Request, response: Response, way: Way | undefined): Promise<Response> {
	if (wanted && !(await fits(wanted, response))) return networkError(Response);
	const next = way ? await way(request, response) : response;
	// one that we make has no URL of its own
	if (!wanted && next === response && (urlOf(response) || requestUrl(request)) !== requestUrl(request)) return response;
	try {
		return await signed(next);
	} catch {
		return next; // a browser that knows no such keys asks for none
	}
}

async function fits({ algorithm, digests }: Wanted, response: Response): Promise<boolean> {
	const found = await digest(algorithm.replace('sha', 'SHA-'), await bytesOf(clone(response)));
	return digests.some((one) => btoa(atob(one)) === found);
}

let key: Promise<CryptoKey> | undefined;

async function signed(response: Response): Promise<Response> {
	const subtle = subtleOf(crypto);
	const bytes = await bytesOf(clone(response));
	const said = unsigned(await digest('SHA-256', bytes));
	key ??= importKey(subtle, 'pkcs8', binary(PKCS8 + SEED), 'Ed25519', false, ['sign']);
	const signature = base64(await sign(subtle, 'Ed25519', await key, binary(said.base)));
	const headers = rewrittenHeaders(response);
	for (const [name, value] of signedBy(said, signature)) setHeader(headers, name, value);
	return made(response, bytes, headers);
}

async function digest(algorithm: string, bytes: BufferSource): Promise<string> {
	return base64(await digestOf(subtleOf(crypto), algorithm, bytes));
}

function base64(bytes: ArrayBuffer): string {
	return btoa(String.fromCharCode(...new natives.Uint8Array(bytes)));
}

/** The bytes of a text of one char a byte. */
function binary(text: string): Uint8Array<ArrayBuffer> {
	const bytes = new natives.Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return bytes;
}

function worker(request: Request, response: Response): Promise<Response> {
	const url = urlOf(response);
	const policy = getHeader(asSaid(headersOf(response)), 'content-security-policy');
	const documentUrl = unmapUrl(url || requestUrl(request));
	const place = (told: string) => mapPlace(told, realm.scope, schemeOf(documentUrl));
	const policies = [mapCsp(policy ?? '', { scope: realm.scope, documentUrl, place }), leakGuard(realm.zone)];
	const moved = url && url !== requestUrl(request) ? `globalThis.$tandemSelf=${natives.stringify(url)};` : '';
	const guarded = { 'content-security-policy': policies.filter((one) => one !== '').join(', ') };
	return withText(
		response,
		(source) => {
			const module = isModule(request, source);
			return workerFront(source, module, { first: moved }) + rewriteScript(source, module);
		},
		guarded,
	);
}

/** The response with its text changed; the very same one where nothing changes. */
async function withText(
	response: Response,
	change: (source: string) => string,
	more: Readonly<Record<string, string>> = {},
): Promise<Response> {
	const type = getHeader(headersOf(response), 'content-type') ?? '';
	const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(type)?.[1] ?? 'utf-8';
	const source = decode(new TextDecoder(charset), await bytesOf(clone(response)));
	const text = isOurs(source) ? source : change(source);
	if (text === source) return response;
	const headers = rewrittenHeaders(response);
	if (type) setHeader(headers, 'content-type', `${type.split(';', 1)[0]};charset=utf-8`);
	for (const name of natives.objectKeys(more)) setHeader(headers, name, more[name]);
	return made(response, text, headers);
}

/** What the browser was told, and nothing of what was said instead: as a list, this object is asked what it shows a page. */
function rewrittenHeaders(response: Response): Headers {
	const headers = new Headers();
	eachHeader(headersOf(response), (value: string, name: string) => setHeader(headers, name, value));
	for (const name of ['content-length', 'content-encoding', 'unencoded-digest', SAID.first, SAID.renewed]) deleteHeader(headers, name);
	return headers;
}

function made(like: Response, body: BodyInit | null, headers: Headers): Response {
	return new Response(body, { status: status(like), statusText: statusText(like), headers });
}

const MAY_BE_MODULE = /\b(?:import|export|await)\b/;

/** No request says it; one without CORS is none, and what can't be read as a script may be a module. */
function isModule(request: Request, source: string): boolean {
	return mode(request) !== 'no-cors' && MAY_BE_MODULE.test(source) && treeHits(source, false) === undefined;
}
