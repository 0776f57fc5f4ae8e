// server and page: no Node, no DOM.
// The bytes under the mirror's messages: variable-length numbers, and strings that are written once and referred to afterwards.
// A string is `length * 2` and its UTF-8 bytes, or `index * 2 + 1` into the table of strings met so far in the same message.

/** Strings of this many UTF-16 units or fewer enter the table, on both sides alike. */
const TABLE_MAX = 96;

/** What every table begins with, so that the usual names cost one byte in the smallest delta too. Changing it changes the protocol. */
const PRESET = [
	'',
	'div',
	'span',
	'class',
	'a',
	'href',
	'p',
	'li',
	'ul',
	'style',
	'id',
	'td',
	'tr',
	'button',
	'input',
	'type',
	'img',
	'src',
	'value',
	'svg',
	'path',
	'd',
	'data-id',
	'title',
	'name',
	'label',
	'h1',
	'h2',
	'h3',
	'section',
	'role',
	'aria-label',
	'aria-hidden',
	'true',
	'false',
	'tabindex',
	'0',
	'-1',
	'1',
	'text',
	'link',
	'script',
	'rel',
	'stylesheet',
	'meta',
	'content',
	'width',
	'height',
	'alt',
	'i',
	'b',
	'option',
	'select',
	'br',
	'hidden',
	'disabled',
	'fill',
	'none',
	'viewBox',
	'g',
	'th',
	'table',
	'tbody',
	'form',
] as const; // prettier-ignore

/** Places in PRESET by text; made when first needed, as every document's start would pay for it. */
let known: Map<string, number> | undefined;
/** A buffer that the last writer has no more use for; larger ones are let go. */
let spare: Uint8Array<ArrayBuffer> | undefined;
const SPARE_MOST = 64 * 1024;

let ascii: string[] | undefined;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Bytes that `uint` takes for a number. */
function widthOf(value: number): number {
	let width = 1;
	for (let rest = value; rest > 127; rest = Math.floor(rest / 128)) width++;
	return width;
}

/** Writes one message. The buffer grows; `finish` gives a copy of what was written. */
export class ByteWriter {
	#bytes = spare ?? new Uint8Array(1024);
	#at = 0;
	/** Strings met in this message; most messages are short and meet none. */
	#table: Map<string, number> | undefined;

	constructor() {
		spare = undefined;
	}

	get length(): number {
		return this.#at;
	}

	/** A whole number from 0 to 2^53-1, seven bits a byte, the lowest first. */
	uint(value: number): void {
		this.#room(8);
		const bytes = this.#bytes;
		let at = this.#at;
		let rest = value;
		while (rest > 127) {
			bytes[at++] = (rest % 128) | 128;
			rest = Math.floor(rest / 128);
		}
		bytes[at++] = rest;
		this.#at = at;
	}

	/** A whole number of either sign: 0, -1, 1, -2 … become 0, 1, 2, 3 … */
	int(value: number): void {
		this.uint(value < 0 ? -value * 2 - 1 : value * 2);
	}

	/** A string; lone surrogates become U+FFFD. */
	string(text: string): void {
		if (text.length <= TABLE_MAX) {
			known ??= new Map<string, number>(PRESET.map((preset, i) => [preset, i]));
			const index = known.get(text) ?? this.#table?.get(text);
			if (index !== undefined) {
				this.uint(index * 2 + 1);
				return;
			}
			this.#table ??= new Map();
			this.#table.set(text, PRESET.length + this.#table.size);
		}
		this.#literal(text);
	}

	raw(bytes: Uint8Array): void {
		this.uint(bytes.length);
		this.#room(bytes.length);
		this.#bytes.set(bytes, this.#at);
		this.#at += bytes.length;
	}

	/** The bytes written; the writer is of no use afterwards. */
	finish(): Uint8Array {
		const written = this.#bytes.slice(0, this.#at);
		this.drop();
		return written;
	}

	/** Nothing was worth writing. */
	drop(): void {
		if (this.#bytes.length <= SPARE_MOST) spare = this.#bytes;
	}

	#literal(text: string): void {
		this.#room(text.length * 3 + 8);
		const start = this.#at;
		this.uint(text.length * 2);
		if (text.length < 48 && this.#ascii(text)) return;
		const head = this.#at - start;
		const { written } = encoder.encodeInto(text, this.#bytes.subarray(this.#at));
		if (written === text.length) {
			this.#at += written;
			return;
		}
		// The length takes more room than the guess did: the text moves up before it is written over.
		const wide = widthOf(written * 2);
		if (wide > head) this.#bytes.copyWithin(start + wide, start + head, start + head + written);
		this.#at = start;
		this.uint(written * 2);
		this.#at += written;
	}

	/** Short plain text, faster than TextEncoder; false (and nothing written) where a character is not ASCII. */
	#ascii(text: string): boolean {
		const bytes = this.#bytes;
		const at = this.#at;
		for (let i = 0; i < text.length; i++) {
			const code = text.charCodeAt(i);
			if (code > 127) return false;
			bytes[at + i] = code;
		}
		this.#at = at + text.length;
		return true;
	}

	#room(more: number): void {
		if (this.#at + more <= this.#bytes.length) return;
		const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + more));
		grown.set(this.#bytes.subarray(0, this.#at));
		this.#bytes = grown;
	}
}

/** Reads what a ByteWriter wrote. Throws RangeError where the bytes end too early or a reference points nowhere. */
export class ByteReader {
	readonly #bytes: Uint8Array;
	#at = 0;
	readonly #table: string[] = [...PRESET];

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get done(): boolean {
		return this.#at >= this.#bytes.length;
	}

	uint(): number {
		let value = 0;
		let scale = 1;
		for (let i = 0; i < 8; i++) {
			const byte = this.#bytes[this.#at++];
			if (byte === undefined) throw new RangeError('the message ends too early');
			value += (byte & 127) * scale;
			if (byte < 128) return value;
			scale *= 128;
		}
		throw new RangeError('a number of more than eight bytes');
	}

	int(): number {
		const value = this.uint();
		return value % 2 ? -(value + 1) / 2 : value / 2;
	}

	string(): string {
		const head = this.uint();
		if (head % 2) {
			const known = this.#table[(head - 1) / 2];
			if (known === undefined) throw new RangeError('a string that was never sent');
			return known;
		}
		const text = this.#ascii(head / 2) ?? decoder.decode(this.#take(head / 2));
		if (text.length <= TABLE_MAX) this.#table.push(text);
		return text;
	}

	/** A view on the message's own bytes. */
	raw(): Uint8Array {
		return this.#take(this.uint());
	}

	/** Short plain text, faster than TextDecoder; undefined (and nothing taken) where it is long, or not all ASCII. */
	#ascii(length: number): string | undefined {
		if (length > 24 || this.#at + length > this.#bytes.length) return undefined;
		ascii ??= Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
		let text = '';
		for (let i = this.#at; i < this.#at + length; i++) {
			const code = this.#bytes[i] as number;
			if (code > 127) return undefined;
			text += ascii[code];
		}
		this.#at += length;
		return text;
	}

	#take(length: number): Uint8Array {
		const end = this.#at + length;
		if (end > this.#bytes.length) throw new RangeError('the message ends too early');
		const part = this.#bytes.subarray(this.#at, end);
		this.#at = end;
		return part;
	}
}
