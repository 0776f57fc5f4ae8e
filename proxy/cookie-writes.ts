// server only (Node).
// A page doesn't wait for its writes of `document.cookie`: it numbers them, and names the last of them in a native cookie that goes with all it asks
// for after that. What is asked for waits here until the write has come (docs/decisions/0033).
import type { IncomingMessage } from 'node:http';
import { markName } from '../protocol/cookies.ts';
import type { Exchange } from './context.ts';

/** For how long a write is waited for, milliseconds: it was sent first, so that it is late only where a line breaks. */
const PATIENCE = 3000;
/** Documents of which it is known how far they are. */
const KNOWN = 2000;
/** Documents that one request can name. */
const NAMED = 4;

interface Document {
	/** The number of its last write that has come, or that nobody waits for any more. */
	done: number;
	readonly waiting: Set<{ readonly n: number; readonly go: () => void }>;
}

/** How many writes of each document have come. A document is named by its token and a word of its own. */
export class CookieWrites {
	readonly #documents = new Map<string, Document>();

	/** Settles once the `n`th write of a document has come, or is late; undefined where it has. */
	arrived(document: string, n: number): Promise<void> | undefined {
		const known = this.#of(document);
		if (known.done >= n) return undefined;
		return new Promise((resolve) => {
			const timer = setTimeout(() => this.note(document, n), PATIENCE);
			const go = () => {
				clearTimeout(timer);
				resolve();
			};
			known.waiting.add({ n, go });
		});
	}

	/** The `n`th write of a document has come, and those before it. */
	note(document: string, n: number): void {
		const known = this.#of(document);
		known.done = Math.max(known.done, n);
		for (const one of known.waiting) {
			if (one.n > known.done) continue;
			known.waiting.delete(one);
			one.go();
		}
	}

	#of(document: string): Document {
		const known = this.#documents.get(document) ?? { done: 0, waiting: new Set() };
		this.#documents.delete(document);
		this.#documents.set(document, known);
		if (this.#documents.size > KNOWN) this.#forget();
		return known;
	}

	#forget(): void {
		for (const [document, { waiting }] of this.#documents) {
			if (waiting.size) continue;
			this.#documents.delete(document);
			return;
		}
	}
}

/** The writes that a request names, as its native cookie says it; '' where there are none. */
export function marksIn(req: IncomingMessage, token: string): string {
	const name = `${markName(token)}=`;
	const said = req.headers.cookie?.split(';').find((pair) => pair.trimStart().startsWith(name));
	return said?.trim().slice(name.length) ?? '';
}

/** One write, `<document>.<number>`. */
function readMark(x: Exchange, text: string): { readonly document: string; readonly n: number } | undefined {
	const [, by, n] = /^([0-9a-z]{1,8})\.([1-9]\d{0,8})$/.exec(text) ?? [];
	return by ? { document: `${x.token} ${by}`, n: Number(n) } : undefined;
}

/** Carries a write out once those of its document before it have come; at once where `mark` names none. Throws what `work` does. */
export async function inTurn(x: Exchange, mark: string, work: () => void): Promise<void> {
	const write = readMark(x, mark);
	if (write) await x.env.writes.arrived(write.document, write.n - 1);
	work();
	if (write) x.env.writes.note(write.document, write.n);
}

/** Stage: what a page asks for after a write isn't carried out before it. */
export function awaitWrites(x: Exchange): Promise<void> | undefined {
	return x.req.headers.cookie?.includes('tandem-w-') ? settled(x, marksIn(x.req, x.token).split('-')) : undefined;
}

/** Settles once the writes so named have come. */
export function settled(x: Exchange, marks: readonly string[]): Promise<void> | undefined {
	const late = marks.slice(0, NAMED).flatMap((text) => {
		const mark = readMark(x, text);
		return (mark && x.env.writes.arrived(mark.document, mark.n)) ?? [];
	});
	return late.length ? Promise.all(late).then(() => undefined) : undefined;
}
