// server only (Node).
// A page's own requests read response headers. Beside those that the browser is told, which it acts on, stands one of ours with what the site
// said where that is something else; the runtime puts it in their place (injector/sandbox/network/response-headers.ts).
import { SAID } from '../../protocol/page.ts';
import type { Answer, Asked } from '../context.ts';
import { getHeaders, type HeaderList } from '../headers.ts';
import { fromHere } from '../request/from-here.ts';

/** What any page may read (Fetch section 2.2.2, "CORS-safelisted response-header name"). */
const SAFE = new Set(['cache-control', 'content-language', 'content-length', 'content-type', 'expires', 'last-modified', 'pragma']);
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
/** What no script reads (Fetch section 2.2.2, "forbidden response-header name"); the third Chromium keeps to itself too. */
const NEVER = new Set(['set-cookie', 'set-cookie2', 'clear-site-data']);
const EXPOSE = 'access-control-expose-headers';

/** Whether a script may get to read the answer's headers: by fetch, XMLHttpRequest, or in a service worker. */
export function readable({ req, info, dest, mode }: Asked): boolean {
	if (info.grade !== 'run') return false;
	if (req.headers['service-worker-navigation-preload'] !== undefined) return true;
	// without CORS a page reads what is of its own origin, a service worker most of what it passes on
	return (dest === 'empty' || dest === '') && (mode !== 'no-cors' || fromHere(req)) && !isPreflight(req);
}

function isPreflight({ method, headers }: Asked['req']): boolean {
	return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** The list that goes to the browser, with ours where there is something to say. */
export function withSaid(a: Answer): HeaderList {
	if (!readable(a) || REDIRECTS.has(a.status)) return a.answer;
	const whole = a.navigation || fromHere(a.req);
	const sent = whole ? a.answer : exposing(a);
	const may = whole ? undefined : exposed(a);
	const said = a.status === 304 ? Object.fromEntries(combined(a.said, may)) : differences(combined(a.said, may), combined(sent, may));
	return [...sent, [a.status === 304 ? SAID.renewed : SAID.first, JSON.stringify(said)]];
}

/** Our header is one that pages of other origins may read; what it says is only what they may. A 304 leaves the list as it was stored, where it has none. */
function exposing({ answer, status }: Answer): HeaderList {
	const ours = `${SAID.first}, ${SAID.renewed}`;
	if (!answer.some(([name]) => name.toLowerCase() === EXPOSE)) return status === 304 ? answer : [...answer, [EXPOSE, ours]];
	return answer.map(([name, value]) => [name, name.toLowerCase() === EXPOSE ? `${value}, ${ours}` : value]);
}

/** Whether a page of another origin may read a header (Fetch section 3.3.4). */
function exposed({ said, credentials }: Answer): (name: string) => boolean {
	const names = new Set(getHeaders(said, EXPOSE).flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase())));
	const all = names.has('*') && !credentials;
	return (name) => all || SAFE.has(name) || names.has(name);
}

/** By name, the values as one, as browsers give them; of those names that `may` lets pass. */
function combined(list: HeaderList, may?: (name: string) => boolean): Map<string, string> {
	const values = new Map<string, string>();
	for (const [name, value] of list) {
		const key = name.toLowerCase();
		if (NEVER.has(key) || (may && !may(key))) continue;
		const before = values.get(key);
		values.set(key, before === undefined ? value : `${before}, ${value}`);
	}
	return values;
}

function differences(said: ReadonlyMap<string, string>, sent: ReadonlyMap<string, string>): Record<string, string | 0> {
	const found: Record<string, string | 0> = {};
	for (const [name, value] of said) if (sent.get(name) !== value) found[name] = value;
	for (const name of sent.keys()) if (!said.has(name) && !name.startsWith('x-tandem-')) found[name] = 0;
	return found;
}
