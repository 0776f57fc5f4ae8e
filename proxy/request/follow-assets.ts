// server only (Node).
// A guest's assets are followed through redirects here: where a site sends its visitor on the way (a code in a query, an account's name) is
// the host's business, and only what a mirror can show comes out at the end (response/asset-only.ts).
import { TandemError } from '../../protocol/errors.ts';
import type { Exchange } from '../context.ts';
import { aim } from './aim.ts';
import { askHeaders } from './ask-headers.ts';
import { send } from './send.ts';

/** As browsers do (Fetch section 4.4, step 6). */
const HOPS_MAX = 20;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Stage. Throws 'redirect-loop', 'asset-only' where it leads to no http(s) URL, and what the ways to a site throw. */
export async function followForAssets(x: Exchange): Promise<void> {
	if (x.info.grade !== 'assets') return;
	for (let hops = 0; REDIRECTS.has(x.upstream?.statusCode ?? 0); hops++) {
		if (hops === HOPS_MAX) throw new TandemError('redirect-loop', x.url.host);
		const location = x.upstream?.headers.location;
		if (location === undefined || !URL.canParse(location, x.url)) return;
		const url = new URL(location, x.url);
		if (!/^https?:$/.test(url.protocol)) throw new TandemError('asset-only');
		x.upstream?.destroy();
		Object.assign(x, { url, redirected: true });
		aim(x);
		askHeaders(x);
		await send(x);
	}
}
