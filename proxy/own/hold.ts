// server only (Node).
// A script that keeps a page's parser until the page itself says that it may go on: its inline script is about to open windows, whose frames are being
// made (docs/decisions/0017). It waits in the server, as a parser waits for nothing else.
import type { ServerResponse } from 'node:http';
import type { Exchange } from '../context.ts';

/** Milliseconds after which a parser goes on in any case. */
const PATIENCE = 1200;
/** Keys kept, of those who wait and of those who were let go before they asked. */
const KEPT = 500;
/** The runtime takes the script's element out. */
const TEXT = '$tandem$.h()';

const waiting = new Map<string, () => void>();
const released = new Set<string>();

/** Answers `GET /.tandem/hold?<key>`, once `POST` of the same was asked for at the same label. There is nothing in it: a document without an origin may too. */
export function answerHold(x: Exchange): void {
	const key = `${x.token} ${x.url.origin} ${x.url.search}`;
	if (x.req.method === 'POST') {
		const go = waiting.get(key);
		if (go) go();
		else if (released.size < KEPT) {
			released.add(key);
			setTimeout(() => released.delete(key), PATIENCE).unref();
		}
		x.res.writeHead(204, { 'Cache-Control': 'no-store' }).end();
		return;
	}
	const go = () => {
		waiting.delete(key);
		clearTimeout(timer);
		answer(x.res);
	};
	const timer = setTimeout(go, PATIENCE);
	if (released.delete(key) || waiting.size >= KEPT) go();
	else {
		waiting.set(key, go);
		x.res.once('close', go);
	}
}

function answer(res: ServerResponse): void {
	if (res.headersSent || res.destroyed) return;
	res.writeHead(200, {
		'Content-Type': 'text/javascript; charset=utf-8',
		'Content-Length': TEXT.length,
		'Cache-Control': 'no-store',
		'Cross-Origin-Resource-Policy': 'cross-origin',
		'Origin-Agent-Cluster': '?1',
	});
	res.end(TEXT);
}
