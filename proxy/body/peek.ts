// server only (Node).
// The first bytes of a body, before it is decided what it is; then the body from its beginning.
import { PRESCAN } from './charset.ts';

/** Milliseconds to wait for the bytes that may say it. */
const PATIENCE = 100;

export interface Peeked {
	readonly bytes: Buffer;
	/** The next chunk, where it was asked for and is still awaited. */
	readonly next: Promise<IteratorResult<Buffer>> | undefined;
	readonly done: boolean;
}

/** The first bytes: until `enough` says so, or what a prescan wants, or what came in its time; at least one chunk. */
export async function peek(chunks: AsyncIterator<Buffer>, enough: (bytes: Buffer) => boolean): Promise<Peeked> {
	const { value, done = false } = await chunks.next();
	let bytes = (value as Buffer | undefined) ?? Buffer.alloc(0);
	const late = Symbol('late');
	let timer: NodeJS.Timeout | undefined;
	const patience = new Promise<typeof late>((resolve) => {
		timer = setTimeout(() => resolve(late), PATIENCE);
	});
	try {
		while (!done && bytes.length < PRESCAN && !enough(bytes)) {
			const next = chunks.next();
			const came = await Promise.race([next, patience]);
			if (came === late) return { bytes, next, done: false };
			if (came.done) return { bytes, next: undefined, done: true };
			bytes = Buffer.concat([bytes, came.value]);
		}
		return { bytes, next: undefined, done };
	} finally {
		clearTimeout(timer);
	}
}

/** All of the body, the peeked bytes first. */
export async function* all(first: Peeked, chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
	if (first.bytes.length) yield first.bytes;
	if (first.done) return;
	for (let step = await (first.next ?? chunks.next()); !step.done; step = await chunks.next()) yield step.value;
}
