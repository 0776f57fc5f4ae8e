// server only (Node).
// The site began to answer: what the response stages work on.
import { TandemError } from '../../protocol/errors.ts';
import type { Answer, Exchange } from '../context.ts';
import { fromRaw } from '../headers.ts';
import { newNonce } from '../nonce.ts';
import { oneContentType } from './content-type.ts';
import { heldTo } from './still.ts';

/** Makes the answer of an exchange whose `upstream` is there. Throws 'internal' where it is not. */
export function beginAnswer(x: Exchange): Answer {
	const { upstream } = x;
	if (!upstream) throw new TandemError('internal');
	const list = fromRaw(upstream.rawHeaders);
	const begun = {
		upstream,
		status: upstream.statusCode ?? 502,
		said: list,
		// what a page itself asks for it gets as it was said
		answer: x.dest === 'empty' ? list : oneContentType(list),
		body: 'raw' as const,
		nonce: x.navigation ? (heldTo(x.req) ?? newNonce()) : '',
	};
	return Object.assign(x, begun);
}
