// server only (Node).
// Mirror bytes for guests' lines: what is large goes deflated, once for all who get it. A packet is a row of messages, each after its
// length as four bytes (big endian), deflated raw (RFC 1951).
import { deflateRawSync } from 'node:zlib';

/** Bytes up to which deflating is not worth a guest's trouble. */
const SMALL = 1024;
/** Bytes past which speed counts more than the last percent. */
const LARGE = 256 * 1024;

const packets = new WeakMap<object, Uint8Array | undefined>();

/** The packet of these messages; undefined where they are small, or do not shrink. The same array (or message) is packed once. */
export function packed(messages: readonly Uint8Array[] | Uint8Array): Uint8Array | undefined {
	if (packets.has(messages)) return packets.get(messages);
	const packet = pack(messages instanceof Uint8Array ? [messages] : messages);
	packets.set(messages, packet);
	return packet;
}

function pack(messages: readonly Uint8Array[]): Uint8Array | undefined {
	const size = messages.reduce((sum, { byteLength }) => sum + byteLength + 4, 0);
	if (size <= SMALL) return undefined;
	const row = new Uint8Array(size);
	const view = new DataView(row.buffer);
	let at = 0;
	for (const message of messages) {
		view.setUint32(at, message.byteLength);
		row.set(message, at + 4);
		at += 4 + message.byteLength;
	}
	const packet = deflateRawSync(row, { level: size > LARGE ? 3 : 6 });
	return packet.byteLength < size * 0.9 ? packet : undefined;
}
