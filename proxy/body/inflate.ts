// server only (Node).
// `deflate` as browsers read it: zlib's wrapper (RFC 1950) or none (RFC 1951), told apart by the first byte.
import { Transform, type TransformCallback } from 'node:stream';
import * as zlib from 'node:zlib';

export class AnyInflate extends Transform {
	#inner: zlib.Inflate | zlib.InflateRaw | undefined;

	override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
		if (chunk.length === 0) {
			callback();
			return;
		}
		// RFC 1950 section 2.2: the low four bits of the first byte are 8 in a zlib stream
		this.#inner ??= this.#start(((chunk[0] ?? 0) & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw());
		if (this.#inner.write(chunk)) callback();
		else this.#inner.once('drain', () => callback());
	}

	override _flush(callback: TransformCallback): void {
		const inner = this.#inner;
		if (!inner) {
			callback();
			return;
		}
		inner.once('end', () => callback());
		inner.end();
	}

	override _read(size: number): void {
		this.#inner?.resume();
		super._read(size);
	}

	override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
		this.#inner?.destroy();
		callback(error);
	}

	#start<I extends zlib.Inflate | zlib.InflateRaw>(inner: I): I {
		inner.on('data', (data: Buffer) => {
			if (!this.push(data)) inner.pause();
		});
		inner.on('error', (error) => this.destroy(error));
		return inner;
	}
}
