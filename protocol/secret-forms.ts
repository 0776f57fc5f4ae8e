// server and page: no Node, no DOM.
// The ways a value is written in other texts: reversed, and as URLs, HTML, JSON, hexadecimal and base64 write it, also one inside another.
// Like secrets.ts it runs among scripts of pages, and keeps to functions saved when the bundle was evaluated.

type Fn<R> = (self: unknown, ...args: unknown[]) => R;
const { call, bind } = Function.prototype;
const callOf = bind.bind(call) as (fn: unknown) => Fn<never>;
const uncurry = <R>(fn: unknown) => callOf(fn) as Fn<R>;
export const codeAt = uncurry<number>(String.prototype.charCodeAt);
const pointAt = uncurry<number>(String.prototype.codePointAt);
export const slice = uncurry<string>(String.prototype.slice);
export const fromCode = String.fromCharCode;
const normalize = uncurry<string>(String.prototype.normalize);
const lower = uncurry<string>(String.prototype.toLowerCase);
const encode = encodeURIComponent;
/** The old one, of Latin-1 and UTF-16. */
const escapeOld = (globalThis as unknown as { escape?: (text: string) => string }).escape;
const toBase64 = btoa;
const stringify = JSON.stringify;
const { floor } = Math;
/** A value's letters and digits alone, as a name is made of it, are looked for from this length on. */
const LETTERS = 6;

/** Shorter values are not looked for in texts: too much would go with them. */
export const SHORTEST = 4;

/** A sign without its case, its accent and its width, and a digit of any script as the one of ours. */
export function fold(code: number): number {
	if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code;
	folded ??= new Uint16Array(0x10000);
	const known = folded[code] as number;
	if (known) return known;
	const found = foldAnew(code);
	folded[code] = found;
	return found;
}

/** Filled as signs are met; 0: not yet. */
let folded: Uint16Array | undefined;
/** Where the digits of other scripts begin. */
const ZEROES = new Uint16Array([
	0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0,
]);

function foldAnew(code: number): number {
	for (let i = 0; i < ZEROES.length; i++) {
		const digit = code - (ZEROES[i] as number);
		if (digit >= 0 && digit < 10) return 48 + digit;
	}
	// Half of a surrogate pair is only itself.
	if (code >= 0xd800 && code < 0xe000) return code;
	const parts = normalize(lower(fromCode(code)), 'NFKD');
	for (let i = 1; i < parts.length; i++) if (!isAccent(codeAt(parts, i))) return code;
	const base = codeAt(parts, 0);
	return base >= 65 && base <= 90 ? base + 32 : base;
}

/** An accent that stands behind its letter (Unicode, Combining Diacritical Marks). */
export function isAccent(code: number): boolean {
	return code >= 0x300 && code < 0x370;
}

/** The ways a value is written in other texts. `begins`: it begins as the value does. */
export function formsOf(value: string, take: (form: string, begins: boolean) => void): void {
	const add = (form: string) => take(form, true);
	/** Forms of which but a beginning says too little. */
	const addWhole = (form: string) => take(form, false);
	let back = '';
	mapped(value, (sign) => {
		back = sign + back;
		return '';
	});
	addWhole(back);
	const letters = mapped(value, (sign) => (isLetter(sign) ? sign : ''));
	if (letters.length >= LETTERS) add(letters);
	add(mapped(value, (sign) => (sign === ' ' ? '+' : urlEncoded(sign))));
	const bytes = fromUrl(urlEncoded(value));
	if (bytes.length >= SHORTEST) {
		add(mapped(bytes, (sign) => hex(codeAt(sign, 0))));
		addWhole(mapped(bytes, (sign) => `%${hex(codeAt(sign, 0))}`));
		addWhole(mapped(bytes, (sign) => `x${hex(codeAt(sign, 0))}`));
		addWhole(mapped(bytes, (sign) => `0x${hex(codeAt(sign, 0))}`));
	}
	byCode(value, addWhole);
	asNumber(value, add);
	inBase64(toBase64(bytes), addWhole);
	inBase64(fromUrl(urlEncoded(back)), addWhole);
	if (bytes !== value) beyondAscii(value, bytes, letters, add);
	const attribute = mapped(value, html);
	const markup = mapped(value, (sign) => (sign === '"' ? sign : html(sign)));
	const quoted = json(value);
	carried(value, add);
	if (markup !== value) carried(markup, add);
	if (attribute !== markup) carried(attribute, add);
	if (quoted === value) return;
	carried(quoted, add);
	carried(json(quoted), add);
}

/** Each sign by its number, as HTML, scripts, style sheets (with all six digits) and lists write it. */
function byCode(value: string, add: (form: string) => void): void {
	if (value.length < SHORTEST) return;
	add(mapped(value, (sign) => `&#${pointAt(sign, 0)};`));
	add(mapped(value, (sign) => `&#x${short(pointAt(sign, 0))};`));
	add(mapped(value, units));
	add(mapped(value, (sign) => hex6(pointAt(sign, 0))));
	add(mapped(value, (sign) => `${pointAt(sign, 0)}`));
}

/** A sign by its units of UTF-16. */
function units(sign: string): string {
	return `u${wide(codeAt(sign, 0))}${sign.length > 1 ? `u${wide(codeAt(sign, 1))}` : ''}`;
}

/** Digits alone are also a number, which doesn't begin with noughts. */
function asNumber(value: string, add: (form: string) => void): void {
	let from = 0;
	for (let i = 0; i < value.length; i++) {
		const code = codeAt(value, i);
		if (code < 48 || code > 57) return;
		if (code === 48 && from === i) from++;
	}
	if (from > 0 && value.length - from >= SHORTEST) add(slice(value, from));
}

/** What becomes of signs that others don't take: by number, as the bytes they are, and left out. */
function beyondAscii(value: string, bytes: string, letters: string, add: (form: string) => void): void {
	const others = (change: (sign: string) => string) => mapped(value, (sign) => (codeAt(sign, 0) < 128 ? sign : change(sign)));
	add(bytes);
	add(others((sign) => `&#${pointAt(sign, 0)};`));
	add(others((sign) => `&#x${short(pointAt(sign, 0))};`));
	add(others(units));
	add(others((sign) => (sign === '\u00df' ? 'ss' : sign)));
	if (escapeOld) add(escapeOld(value));
	const plain = mapped(letters, (sign) => (fold(codeAt(sign, 0)) < 128 ? sign : ''));
	if (plain.length >= LETTERS) add(plain);
	const slug = mapped(letters, (sign) => (codeAt(sign, 0) < 128 ? sign : ''));
	if (slug.length >= LETTERS) add(slug);
}

/** As it is, and in a URL (`data:` too) or in base64: a value in markup, in JSON or in a style sheet may be carried so. */
function carried(text: string, add: (form: string) => void): void {
	const url = urlEncoded(text);
	add(text);
	add(url);
	add(mapped(url, (sign) => (isMark(sign) ? `%${hex(codeAt(sign, 0))}` : sign)));
	if (url !== text) add(urlEncoded(url));
	inBase64(fromUrl(url), add);
}

function inBase64(bytes: string, add: (form: string) => void): void {
	// Inside a longer text the value begins at one of three places of a base64 group; signs that depend on its neighbours are left out.
	for (let shift = 0; shift < 3; shift++) {
		const whole = toBase64(slice('aaa', 0, shift) + bytes);
		const piece = slice(whole, shift === 0 ? 0 : shift + 1, floor(((shift + bytes.length) * 8) / 6));
		if (piece.length < 6) continue;
		add(piece);
		add(mapped(piece, (sign) => (sign === '+' ? '-' : sign)));
	}
}

/** As JSON, and CSS, write it in a string. */
function json(text: string): string {
	const quoted = stringify(text);
	return slice(quoted, 1, quoted.length - 1);
}

/** Sign by sign, a pair of surrogates being one. */
function mapped(text: string, change: (sign: string) => string): string {
	let out = '';
	for (let i = 0; i < text.length; ) {
		const size = (pointAt(text, i) as number) > 0xffff ? 2 : 1;
		out += change(slice(text, i, i + size));
		i += size;
	}
	return out;
}

/** What encodeURIComponent leaves and others write as `%XX`. */
function isMark(sign: string): boolean {
	return sign === '!' || sign === "'" || sign === '(' || sign === ')' || sign === '*';
}

function isLetter(sign: string): boolean {
	const code = fold(codeAt(sign, 0));
	return (code >= 48 && code < 58) || (code >= 97 && code < 123) || code > 127;
}

/** As the HTML serialiser writes text and attributes (HTML section 13.3). */
function html(sign: string): string {
	if (sign === '&') return '&amp;';
	if (sign === '<') return '&lt;';
	if (sign === '>') return '&gt;';
	return sign === '"' ? '&quot;' : sign;
}

/** As encodeURIComponent, which throws on half a surrogate pair: signs outside ASCII are left out then. */
function urlEncoded(text: string): string {
	try {
		return encode(text);
	} catch {
		return mapped(text, (sign) => (codeAt(sign, 0) < 128 ? encode(sign) : ''));
	}
}

/** What urlEncoded gives, as bytes: one sign each. */
function fromUrl(url: string): string {
	let out = '';
	for (let i = 0; i < url.length; i++) {
		if (url[i] !== '%') out += url[i];
		else {
			out += fromCode(digit(url, i + 1) * 16 + digit(url, i + 2));
			i += 2;
		}
	}
	return out;
}

function digit(text: string, at: number): number {
	const code = fold(codeAt(text, at));
	return code >= 97 ? code - 87 : code - 48;
}

function hex(code: number): string {
	const digits = '0123456789abcdef';
	return (digits[code >> 4] ?? '') + (digits[code & 15] ?? '');
}

/** Four digits of hexadecimal. */
function wide(code: number): string {
	return hex((code >> 8) & 255) + hex(code & 255);
}

/** Six digits of hexadecimal. */
function hex6(code: number): string {
	return hex(code >> 16) + wide(code);
}

/** As many digits of hexadecimal as it takes. */
function short(code: number): string {
	const all = hex6(code);
	let from = 0;
	while (from < 5 && all[from] === '0') from++;
	return slice(all, from);
}
