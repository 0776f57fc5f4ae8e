// server and page: no Node, no DOM.
// SHA-256 (FIPS 180-4) of a string's UTF-8 bytes, synchronous: a page must know a label before it can ask anybody.

/** Made when first needed: most pages hash nothing. */
let table: Uint32Array | undefined;

/** The 32 bytes of the digest of `text`. */
export function sha256(text: string): Uint8Array {
	const bytes = new TextEncoder().encode(text);
	const blocks = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
	blocks.set(bytes);
	blocks[bytes.length] = 0x80;
	const view = new DataView(blocks.buffer);
	view.setUint32(blocks.length - 8, Math.floor(bytes.length / 0x20000000));
	view.setUint32(blocks.length - 4, bytes.length << 3);
	const state = Uint32Array.from([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
	const w = new Uint32Array(64);
	for (let at = 0; at < blocks.length; at += 64) compress(state, w, view, at);
	const out = new DataView(new ArrayBuffer(32));
	state.forEach((word, i) => {
		out.setUint32(i * 4, word);
	});
	return new Uint8Array(out.buffer);
}

function compress(state: Uint32Array, w: Uint32Array, view: DataView, at: number): void {
	table ??= constants();
	for (let i = 0; i < 16; i++) w[i] = view.getUint32(at + i * 4);
	for (let i = 16; i < 64; i++) {
		const a = w[i - 15] as number;
		const b = w[i - 2] as number;
		const s0 = rotate(a, 7) ^ rotate(a, 18) ^ (a >>> 3);
		const s1 = rotate(b, 17) ^ rotate(b, 19) ^ (b >>> 10);
		w[i] = (w[i - 16] as number) + s0 + (w[i - 7] as number) + s1;
	}
	let [a, b, c, d, e, f, g, h] = state as unknown as [number, number, number, number, number, number, number, number];
	for (let i = 0; i < 64; i++) {
		const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
		const t1 = (h + s1 + ((e & f) ^ (~e & g)) + (table[i] as number) + (w[i] as number)) | 0;
		const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
		const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
		h = g;
		g = f;
		f = e;
		e = (d + t1) | 0;
		d = c;
		c = b;
		b = a;
		a = (t1 + t2) | 0;
	}
	[a, b, c, d, e, f, g, h].forEach((word, i) => {
		state[i] = (state[i] as number) + word;
	});
}

function rotate(word: number, by: number): number {
	return (word >>> by) | (word << (32 - by));
}

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4 section 4.2.2). */
function constants(): Uint32Array {
	const out: number[] = [];
	for (let n = 2; out.length < 64; n++) {
		let prime = true;
		for (let d = 2; d * d <= n; d++) if (n % d === 0) prime = false;
		if (prime) out.push(Math.floor((Math.cbrt(n) % 1) * 0x100000000));
	}
	return Uint32Array.from(out);
}
