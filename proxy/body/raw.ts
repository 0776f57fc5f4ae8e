// server only (Node).
// A body as it is: piped with backpressure, in constant memory.
import type { Readable } from 'node:stream';
import type { Answer } from '../context.ts';
import { toRaw } from '../headers.ts';
import { withSaid } from '../response/said.ts';

/** What may stand in a status line (RFC 9112 section 4); parsers let more pass. */
const PHRASE = /^[\t\x20-\x7e\x80-\xff]+$/;

/** Sends status and headers. Nothing can be answered otherwise after it. */
export function writeHead(a: Answer): void {
	a.res.sendDate = false;
	const said = a.upstream.statusMessage ?? '';
	a.res.writeHead(a.status, said === '' || PHRASE.test(said) ? said : undefined, toRaw(withSaid(a)));
}

/** Sends the body untouched. */
export function deliverRaw(a: Answer): void {
	writeHead(a);
	if (a.body === 'none') {
		a.upstream.resume();
		a.res.end();
		return;
	}
	pipeOn(a, a.upstream);
	// the head goes with the first bytes in one write, or alone where they let us wait (server-sent events)
	let began = false;
	a.upstream.once('data', () => {
		began = true;
	});
	setImmediate(() => {
		if (!began && !a.res.destroyed && !a.res.writableEnded) a.res.flushHeaders();
	});
}

/** Pipes `from` to the browser; where it breaks, the browser's connection breaks too, so that nobody takes a part for the whole. */
export function pipeOn(a: Answer, from: Readable): void {
	from.on('error', () => a.res.destroy());
	a.upstream.on('error', () => a.res.destroy());
	a.upstream.on('close', () => {
		if (!a.upstream.complete) a.res.destroy();
	});
	from.pipe(a.res);
}
