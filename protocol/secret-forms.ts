// server and page: no Node, no DOM.
// The ways a value is written in other texts: reversed, and as URLs, HTML, JSON, hexadecimal and base64 write it, also one inside another.
// Like secrets.ts it runs among scripts of pages, and keeps to functions saved when the bundle was evaluated.

type Fn<R> = (self: unknown, ...args: unknown[]) => R;
const { call, bind } = Function.prototype;
const callOf = bind.bind(call) as (fn: unknown) => Fn<never>;
const uncurry = <R>(fn: unknown) => callOf(fn) as Fn<R>;
export const codeAt = uncurry<number>(String.prototype.charCodeAt);
export const slice = uncurry<string>(String.prototype.slice);
export const fromCode = String.fromCharCode;
const encode = encodeURIComponent;
const toBase64 = btoa;
const stringify = JSON.stringify;
const { floor } = Math;
/** A value's letters and digits alone, as a name is made of it, are looked for from this length on. */
const LETTERS = 6;

/** Shorter values are not looked for in texts: too much would go with them. */
export const SHORTEST = 4;

export const fold = (code: number): number => (code >= 65 && code <= 90 ? code + 32 : code);

/** The ways a value is written in other texts. `begins`: it begins as the value does. */
export function formsOf(value: string, take: (form: string, begins: boolean) => void): void {
	const add = (form: string) => take(form, true);
	let back = '';
	for (let i = value.length - 1; i >= 0; i--) back += value[i];
	take(back, false);
	const letters = mapped(value, (sign) => (isLetter(sign) ? sign : ''));
	if (letters.length >= LETTERS) add(letters);
	add(mapped(value, (sign) => (sign === ' ' ? '+' : urlEncoded(sign))));
	const bytes = fromUrl(urlEncoded(value));
	if (bytes.length >= SHORTEST) add(mapped(bytes, (sign) => hex(codeAt(sign, 0))));
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

/** As it is, and in a URL (`data:` too) or in base64: a value in markup, in JSON or in a style sheet may be carried so. */
function carried(text: string, add: (form: string) => void): void {
	const url = urlEncoded(text);
	add(text);
	add(url);
	add(mapped(url, (sign) => (isMark(sign) ? `%${hex(codeAt(sign, 0))}` : sign)));
	const bytes = fromUrl(url);
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

function mapped(text: string, change: (sign: string) => string): string {
	let out = '';
	for (let i = 0; i < text.length; i++) out += change(text[i] as string);
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
