// server only (Node).
// Which page pictures, styles, fonts and media were asked for by. A guest's mirror is another document than the host's page, in which nothing but the
// URL stands; sites that look at Origin, Referer or Sec-Fetch-Site (against hot links, or strangers' pages at a tool for developers) would
// refuse it what they give the host. So it is asked for in the host's words.
import type { Exchange } from '../context.ts';
import { makeRoom } from '../make-room.ts';
import type { Initiator } from './initiator.ts';
import { keyOf } from './redirects.ts';

/** What a mirror can show, by Sec-Fetch-Dest. */
export const ASSETS: ReadonlySet<string> = new Set(['image', 'style', 'font', 'audio', 'video', 'track']);

const KEPT = 4000;
/** Characters of a URL that is remembered. */
const LONGEST = 4096;

export class Embedders {
	/** By the tab's owner and the URL. */
	readonly #known = new Map<string, Initiator>();

	/** The page in whose name an asset is asked for, once the host's page has. */
	of({ info, url, initiator }: Exchange): Initiator {
		if (url.href.length > LONGEST) return initiator;
		const key = keyOf(`${info.session} ${info.owner}`, url);
		if (info.grade === 'assets') return this.#known.get(key) ?? initiator;
		if (initiator.kind !== 'page') return initiator;
		if (!this.#known.delete(key)) makeRoom(this.#known, KEPT);
		this.#known.set(key, initiator);
		return initiator;
	}
}

/** Stage. */
export function askAsTheHost(x: Exchange): void {
	if (ASSETS.has(x.dest) && x.req.method === 'GET') Object.assign(x, { initiator: x.env.embedders.of(x) });
}
