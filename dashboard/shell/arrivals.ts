// page: no Node.
// What comes over the socket, in its order though some of it has to be inflated first; and the acknowledgements of mirror bytes, by which
// the server knows how slow this line is.
import type { Socket } from 'socket.io-client';

/** Milliseconds between two acknowledgements. */
const ACK = 100;

export interface Arrivals {
	/** A connection begins: nothing is counted yet. */
	begin(): void;
	/** Mirror bytes came. */
	got(bytes: number): void;
	/** Does something with what came, after all that came before. */
	take(work: () => void | Promise<void>): void;
}

export function makeArrivals(socket: Socket): Arrivals {
	let total = 0;
	let acked = 0;
	let timer: ReturnType<typeof setTimeout> | undefined;
	/** The last of what waits; undefined where nothing does, and work is done at once. */
	let tail: Promise<void> | undefined;

	const ack = () => {
		timer = undefined;
		if (total === acked || !socket.connected) return;
		acked = total;
		socket.emit('a', total);
		timer = setTimeout(ack, ACK);
	};
	return {
		begin() {
			total = 0;
			acked = 0;
		},
		got(bytes) {
			total += bytes;
			if (timer === undefined) ack();
		},
		take(work) {
			const before = tail;
			const now = before ? before.then(work) : work();
			if (!(now instanceof Promise)) return;
			// One packet that can't be read must not stop what follows it; the mirror asks again for what it misses.
			const done: Promise<void> = now
				.catch(() => undefined)
				.then(() => {
					if (tail === done) tail = undefined;
				});
			tail = done;
		},
	};
}

export function asBytes(data: ArrayBuffer | Uint8Array): Uint8Array {
	return data instanceof Uint8Array ? data : new Uint8Array(data);
}

/** The messages of a deflated packet: each stands after its length as four bytes, big endian. Rejects where it can't be inflated. */
export async function unpack(packet: Uint8Array): Promise<Uint8Array[]> {
	const stream = new Blob([packet as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
	const row = new Uint8Array(await new Response(stream).arrayBuffer());
	const view = new DataView(row.buffer);
	const messages: Uint8Array[] = [];
	for (let at = 0; at + 4 <= row.byteLength; ) {
		const length = view.getUint32(at);
		// A copy: each goes its own way, and may be transferred.
		messages.push(row.slice(at + 4, at + 4 + length));
		at += 4 + length;
	}
	return messages;
}
