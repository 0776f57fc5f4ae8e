// server only (Node).
// A document that a page's service worker made or kept: rewritten as if the site had sent it. The body is what the worker answers with.
import { TandemError } from '../../protocol/errors.ts';
import { deliverHtml } from '../body/html.ts';
import type { Answer, Exchange } from '../context.ts';
import { type HeaderList, without } from '../headers.ts';
import { newNonce } from '../nonce.ts';
import { mapFraming } from '../response/framing.ts';
import { mapHeaders } from '../response/header-table.ts';
import { addOurHeaders } from '../response/own-headers.ts';

/** Endpoint: `?path=` is the document's; X-Tandem-Said has its headers as the site or the worker gave them, X-Tandem-Referrer its real referrer. */
export async function answerKeptDocument(x: Exchange): Promise<void> {
	const said = (name: string) => x.req.headers[`x-tandem-${name}`] as string | undefined;
	const { origin } = x.url;
	const path = x.url.searchParams.get('path') ?? '/';
	const url = new URL(origin + (path.startsWith('/') ? path : '/'));
	const answer = saidHeaders(said('said'));
	const a: Answer = {
		...x,
		...{ url, answer, said: answer, navigation: true, initiator: { kind: 'page', origin, referrer: said('referrer') ?? '' } },
		...{ upstream: x.req, status: 200, body: 'html', nonce: newNonce() },
	};
	mapFraming(a);
	mapHeaders(a);
	addOurHeaders(a);
	a.answer.push(['X-Tandem-Document', '1']);
	await deliverHtml(a);
}

/** A header's name and value as they may stand in a message (RFC 9110 section 5). */
const NAME = /^[!#$%&'*+.^`|~\w-]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** The list in `json`; what describes the bytes as they came goes. Throws 'bad-request'. */
function saidHeaders(json = '[]'): HeaderList {
	const list = parsed(json);
	const fine =
		Array.isArray(list) && list.every((pair) => Array.isArray(pair) && NAME.test(String(pair[0])) && VALUE.test(String(pair[1])));
	if (!fine) throw new TandemError('bad-request');
	const pairs = list.map(([name, value]): [string, string] => [String(name), String(value)]);
	return without(pairs, 'content-encoding', 'content-length', 'set-cookie', 'date');
}

function parsed(json: string): unknown {
	try {
		return JSON.parse(json);
	} catch {
		return undefined;
	}
}
