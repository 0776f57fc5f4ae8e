// server only (Node).
// What a token may be used for. A run label answers everything; an assets label only what a mirror without scripts can show.
import { TandemError } from '../../protocol/errors.ts';
import type { Exchange } from '../context.ts';
import { ASSETS } from './embedders.ts';

/** Stage. Throws 'asset-only'. Absent metadata is refused as well: only a browser that says what it wants gets an asset. */
export function refuseByGrade(x: Exchange): void {
	if (x.info.grade !== 'assets') return;
	const dest = x.req.headers['sec-fetch-dest'];
	// The one file that the host gave this guest.
	const given = x.req.method === 'GET' && x.navigation ? x.env.mayDownload?.(x.info, x.url.href) : undefined;
	if (given !== undefined) {
		Object.assign(x, { given });
		return;
	}
	const asks = x.req.method === 'GET' || x.req.method === 'HEAD';
	if (!asks || typeof dest !== 'string' || !ASSETS.has(dest)) throw new TandemError('asset-only');
}
