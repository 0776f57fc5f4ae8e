// tests only (Node).
// A slow line in front of a server: a TCP relay that lets so many bytes a second through each way, all connections together, each byte late by
// half the round trip. It can be cut: then connections break, and new ones are refused, until it is mended.
import type { AddressInfo } from 'node:net';
import { createServer, type Server, Socket } from 'node:net';

export interface SlowLine {
	readonly port: number;
	/** Breaks all connections and takes no new ones. */
	cut(): void;
	/** Nothing gets through, but nobody is told. */
	stall(): void;
	mend(): void;
	/** From now on; 0: as fast as it goes. */
	pace(bytesPerSecond: number, roundTrip: number): void;
	close(): void;
}

/** Bytes read ahead of what may go out: so few that whoever sends feels the line. */
const AHEAD = 4096;

/** A relay to `target` on the loopback. */
export async function slowLine(target: number, bytesPerSecond = 0, roundTrip = 0): Promise<SlowLine> {
	let rate = bytesPerSecond;
	let trip = roundTrip;
	let up = true;
	let still = false;
	const pairs = new Set<readonly [Socket, Socket]>();
	const held = new Set<() => void>();
	/** When each direction is free again. */
	const free = { down: 0, up: 0 };

	const pipe = (from: Socket, to: Socket, way: 'down' | 'up') => {
		let waiting = 0;
		from.on('data', (data: Buffer) => {
			// In small pieces, so that connections share the line.
			for (let at = 0; at < data.length; at += AHEAD) {
				const piece = data.subarray(at, at + AHEAD);
				waiting += piece.length;
				const now = performance.now();
				free[way] = Math.max(free[way], now) + (rate ? (piece.length / rate) * 1000 : 0);
				const go = () => {
					if (still) return void held.add(go);
					to.write(piece);
					waiting -= piece.length;
					if (waiting < AHEAD) from.resume();
				};
				const wait = free[way] - now + trip / 2;
				if (wait < 1 && !still) go();
				else setTimeout(go, wait);
			}
			if (waiting >= AHEAD) from.pause();
		});
		from.on('end', () => setTimeout(() => to.end(), Math.max(0, free[way] - performance.now()) + trip / 2));
		from.on('error', () => to.destroy());
		from.on('close', () => to.destroySoon());
	};
	const server: Server = createServer((near) => {
		if (!up) return void near.resetAndDestroy();
		const far = new Socket();
		const pair = [near, far] as const;
		pairs.add(pair);
		near.on('close', () => pairs.delete(pair));
		// The handshake takes a round trip too.
		near.pause();
		setTimeout(() => far.connect(target, '127.0.0.1', () => near.resume()), trip);
		pipe(near, far, 'up');
		pipe(far, near, 'down');
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const drop = () => {
		for (const [near, far] of pairs) {
			near.resetAndDestroy();
			far.destroy();
		}
		pairs.clear();
	};
	return {
		port: (server.address() as AddressInfo).port,
		cut() {
			up = false;
			drop();
		},
		stall() {
			still = true;
		},
		mend() {
			up = true;
			still = false;
			const waiting = [...held];
			held.clear();
			for (const go of waiting) go();
		},
		pace(next, nextTrip) {
			rate = next;
			trip = nextTrip;
		},
		close() {
			drop();
			server.close();
		},
	};
}
