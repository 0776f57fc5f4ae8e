// benchmarks only (Node). Many guests by socket alone: each speaks what a shell does, acknowledges, and notes when the host's stamps arrive.
import { inflateRawSync } from 'node:zlib';
import { io, type Socket } from 'socket.io-client';
import { PROTOCOL_VERSION } from '../../protocol/limits.ts';

/** What programs show, as test/tandem.ts sets it. */
export const KEY = 'test-key-0123456789abcdef';
/** Milliseconds between two acknowledgements, as in a shell. */
const ACK = 100;
/** Guests that join at a time. */
const AT_ONCE = 10;
/** A guest that had nothing for so long, milliseconds, is lost. */
const PATIENCE = 3000;

export interface Crowd {
	/** From now on arrivals count. */
	begin(): void;
	/** Milliseconds of every arrival; how many guests have gone, or hear nothing any more. */
	end(): { took: number[]; lost: number };
}

interface Guest {
	readonly socket: Socket;
	heard: number;
}

/** `count` guests join a session by its code. The page's stamps are `at<milliseconds since the epoch>;`. */
export async function gather(api: string, app: string, code: string, count: number): Promise<Crowd> {
	let took: number[] = [];
	const guests: Guest[] = [];
	const heard = (guest: Guest, bytes: Uint8Array) => {
		guest.heard = Date.now();
		const text = Buffer.from(bytes).toString('latin1');
		const now = performance.timeOrigin + performance.now();
		for (const [, at] of text.matchAll(/at(\d{13}\.\d\d);/g)) took.push(now - Number(at));
	};
	const join = async (n: number) => {
		const response = await fetch(`${api}/api/join`, {
			method: 'POST',
			headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
			body: JSON.stringify({ code, name: `Guest ${n}` }),
		});
		if (!response.ok) throw new Error(`join: ${response.status} ${await response.text()}`);
		const { secret } = (await response.json()) as { secret: string };
		const socket = io(api, {
			auth: { version: PROTOCOL_VERSION, secret, modern: true, fresh: true },
			transports: ['websocket'],
			extraHeaders: { host: new URL(app).host },
			reconnection: false,
			forceNew: true,
		});
		const guest: Guest = { socket, heard: Date.now() };
		guests.push(guest);
		let total = 0;
		let acked = 0;
		let timer: NodeJS.Timeout | undefined;
		const ack = () => {
			timer = undefined;
			if (total === acked) return;
			acked = total;
			socket.emit('a', total);
			timer = setTimeout(ack, ACK);
		};
		const got = (bytes: number) => {
			total += bytes;
			if (timer === undefined) ack();
		};
		socket.on('x', (_: string, bytes: Uint8Array) => {
			got(bytes.byteLength);
			heard(guest, bytes);
		});
		socket.on('z', (_: string, bytes: Uint8Array) => {
			got(bytes.byteLength);
			heard(guest, inflateRawSync(bytes));
		});
		await new Promise<void>((done, failed) => {
			socket.once('connect_error', failed);
			socket.on('m', ({ t }: { t: string }) => t === 'welcome' && done());
		});
	};
	for (let n = 0; n < count; n += AT_ONCE) await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - n) }, (_, i) => join(n + i)));
	return {
		begin() {
			took = [];
		},
		end() {
			const lost = guests.filter(({ socket, heard: at }) => !socket.connected || Date.now() - at > PATIENCE).length;
			return { took, lost };
		},
	};
}
