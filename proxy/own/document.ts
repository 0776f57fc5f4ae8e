// server only (Node).
// A document that a page's service worker made or kept: rewritten as if the site had sent it. The body is what the worker answers with.
import { deliverHtml } from '../body/html.ts';
import type { Answer, Exchange } from '../context.ts';
import type { HeaderList } from '../headers.ts';
import { newNonce } from '../nonce.ts';
import { mapHeaders } from '../response/header-table.ts';
import { addOurHeaders } from '../response/own-headers.ts';

/** Endpoint: `?path=` is the document's; X-Tandem-Type, X-Tandem-Policy and X-Tandem-Referrer are its Content-Type, CSP and real referrer. */
export async function answerKeptDocument(x: Exchange): Promise<void> {
	const said = (name: string) => x.req.headers[`x-tandem-${name}`] as string | undefined;
	const { origin } = x.url;
	const path = x.url.searchParams.get('path') ?? '/';
	const url = new URL(origin + (path.startsWith('/') ? path : '/'));
	const answer: HeaderList = [['Content-Type', said('type') ?? 'text/html']];
	const policy = said('policy');
	if (policy) answer.push(['Content-Security-Policy', policy]);
	const a: Answer = {
		...x,
		...{ url, answer, navigation: true, initiator: { kind: 'page', origin, referrer: said('referrer') ?? '' } },
		...{ upstream: x.req, status: 200, body: 'html', nonce: newNonce() },
	};
	mapHeaders(a);
	addOurHeaders(a);
	a.answer.push(['X-Tandem-Document', '1']);
	await deliverHtml(a);
}
