// server and page: no Node, no DOM.
// Values that must not leave, and the finding of them in texts: in all the forms of secret-forms.ts, in another case, with separators between
// their signs; and their beginnings, which a page keeps of what is typed sign by sign. It runs among scripts of pages too, so it calls only
// functions saved when the bundle was evaluated, and keeps to lists and loops that no prototype of the page takes part in (no regular
// expressions, no iterators, no index of a plain array that is not there yet): a page must not learn what was typed in another document.
import { codeAt, fold, formsOf, fromCode, isAccent, SHORTEST, slice } from './secret-forms.ts';

/** A word: what also names classes, folders and files of a page that was there before anybody typed it (`/static/admin/`, `.password`). */
const WORD = 12;
/** Signs of a beginning that tells: of letters and digits, and of digits alone (or all but the last of these); one with another sign in it from SHORTEST on. */
const MIXED = 6;
const DIGITS = 8;
/** Places in a value from which on a piece of it is looked for. */
const PLACES = 64;
/** Signs that one sign may be written with. */
const ODD = 6;
const QUERY = 63;
const FRAGMENT = 35;
const { create } = Object;
const { max } = Math;

/** Longer values are no secret that somebody types. */
const LONGEST = 4096;
/** Values kept of one tab, the newest; older ones go. */
const MOST = 200;
const HIDDEN = '••••••••';

/** Signs that may stand between those of a value: of groups, of lists, of quoted strings in either. */
const GAPS = new Uint8Array(128);
for (const sign of ' -./_():,;|[]"\'\\') GAPS[codeAt(sign, 0)] = 1;

/** Whether a sign may stand between the signs of a value, or is not seen at all. */
function isGap(code: number): boolean {
	if (code < 128) return code <= 32 || GAPS[code] === 1;
	const plain = fold(code);
	return (
		(plain < 128 && GAPS[plain] === 1) ||
		code === 0xa0 ||
		code === 0xad ||
		code === 0xb7 ||
		code === 0x66b ||
		code === 0x66c ||
		code === 0x180e ||
		isAccent(code) ||
		// General Punctuation, Arrows, Variation Selectors
		(code >= 0x2000 && code <= 0x206f) ||
		(code >= 0x2190 && code <= 0x21ff) ||
		(code >= 0xfe00 && code <= 0xfe0f) ||
		code === 0xfeff
	);
}

/** The text in lower case without gaps; a text of nothing but gaps stays. */
export function squeeze(text: string): string {
	let out = '';
	for (let i = 0; i < text.length; i++) {
		const code = codeAt(text, i);
		if (!isGap(code)) out += fromCode(fold(code));
	}
	return out;
}

interface Needle {
	readonly codes: Uint16Array;
	/** Where in `codes` it begins. */
	readonly from: number;
	/** Nothing but a word. */
	readonly word: boolean;
	/** So many of its first signs count as well. */
	readonly least: number;
	readonly next: Needle | undefined;
}

interface Value {
	readonly text: string;
	next: Value | undefined;
}

/** Where finds begin and end, in order; they don't touch each other. */
export interface Find {
	readonly begin: number;
	end: number;
	next: Find | undefined;
}

export class Secrets {
	#first: Value | undefined;
	#last: Value | undefined;
	#size = 0;
	#version = 0;
	/** Whether a needle begins with four signs of that hash; and the needles by that hash. */
	#marks = new Uint8Array(0x10000);
	#needles: Record<number, Needle> = nothing();

	get size(): number {
		return this.#size;
	}

	/** Calls `take` with each value, oldest first. */
	each(take: (value: string) => void): void {
		for (let at = this.#first; at; at = at.next) take(at.text);
	}

	/** Another number after each change. */
	get version(): number {
		return this.#version;
	}

	/** Adds a value. False where it was known, or is too short to be looked for. */
	learn(value: string): boolean {
		if (value.length > LONGEST || squeeze(value).length < SHORTEST) return false;
		for (let at = this.#first; at; at = at.next) if (at.text === value) return false;
		const entry: Value = { text: value, next: undefined };
		if (this.#last) this.#last.next = entry;
		else this.#first = entry;
		this.#last = entry;
		if (++this.#size > MOST) this.#forget(this.#first as Value);
		else this.#add(value);
		return true;
	}

	/** Takes a value out again: it was only a step towards a longer one. */
	unlearn(value: string): void {
		let at = this.#first;
		while (at && at.text !== value) at = at.next;
		if (at) this.#forget(at);
	}

	/** The text with every find replaced by bullets; the same text where there is none. `names`: it names things, where words are left. */
	redact(text: string, names = false): string {
		const found = this.find(text, names);
		if (!found) return text;
		let out = '';
		let from = 0;
		for (let at: Find | undefined = found; at; at = at.next) {
			out += slice(text, from, at.begin) + HIDDEN;
			from = at.end;
		}
		return out + slice(text, from);
	}

	/** The same of a URL: its path names things, what follows doesn't, nor what stands in a `data:` URL. */
	redactUrl(url: string): string {
		if (this.#size === 0) return url;
		if (slice(url, 0, 5) === 'data:' || this.find(url, true)) return this.redact(url);
		let end = 0;
		while (end < url.length && codeAt(url, end) !== QUERY && codeAt(url, end) !== FRAGMENT) end++;
		return slice(url, 0, end) + this.redact(slice(url, end));
	}

	/** The first find, with those after it; undefined where there is none. `names`: finds that are but a word don't count. */
	find(text: string, names = false): Find | undefined {
		if (this.#size === 0 || text.length < SHORTEST) return undefined;
		const codes = new Uint16Array(text.length);
		const places = new Uint32Array(text.length);
		let count = 0;
		for (let i = 0; i < text.length; i++) {
			const code = codeAt(text, i);
			if (isGap(code)) continue;
			codes[count] = fold(code);
			places[count++] = i;
		}
		let first: Find | undefined;
		let last: Find | undefined;
		for (let i = 0; i + SHORTEST <= count; i++) {
			const mark = markOf(codes, i);
			if (!this.#marks[mark]) continue;
			const { signs, left } = longest(this.#needles[mark], codes, i, count, names);
			if (!signs) continue;
			const begin = places[i] as number;
			const end = wordEnd(text, (places[i + signs - 1] as number) + 1, left * ODD);
			if (last && begin <= last.end) {
				if (end > last.end) last.end = end;
				continue;
			}
			const found: Find = { begin, end, next: undefined };
			if (last) last.next = found;
			else first = found;
			last = found;
		}
		return first;
	}

	#forget(gone: Value): void {
		const kept = this.#first;
		this.#first = undefined;
		this.#last = undefined;
		this.#size = 0;
		this.#version++;
		this.#marks = new Uint8Array(0x10000);
		this.#needles = nothing();
		for (let at = kept; at; at = at.next) if (at !== gone) this.learn(at.text);
	}

	#add(value: string): void {
		this.#version++;
		formsOf(value, (form, begins) => {
			const text = squeeze(form);
			if (text.length < SHORTEST) return;
			const codes = new Uint16Array(text.length);
			for (let i = 0; i < text.length; i++) codes[i] = codeAt(text, i);
			this.#look(codes, 0, (begins && telling(codes, 0)) || codes.length, isWord(text));
		});
		this.#addPieces(squeeze(value));
	}

	/** A piece of a value that is long enough tells as much as its beginning. */
	#addPieces(text: string): void {
		const codes = new Uint16Array(text.length);
		for (let i = 0; i < text.length; i++) codes[i] = codeAt(text, i);
		for (let from = 1; from + DIGITS <= codes.length && from < PLACES; from++) {
			const least = telling(codes, from);
			if (least) this.#look(codes, from, max(least, DIGITS), false);
		}
	}

	#look(codes: Uint16Array, from: number, least: number, word: boolean): void {
		const mark = markOf(codes, from);
		this.#marks[mark] = 1;
		this.#needles[mark] = { codes, from, word, least, next: this.#needles[mark] };
	}
}

function nothing(): Record<number, Needle> {
	return create(null) as Record<number, Needle>;
}

function markOf(codes: Uint16Array, at: number): number {
	const sum = (codes[at] as number) * 0x1f1f + (codes[at + 1] as number) * 0x3b1;
	return (sum + (codes[at + 2] as number) * 0x1d + (codes[at + 3] as number)) & 0xffff;
}

function isWord(text: string): boolean {
	if (text.length > WORD) return false;
	for (let i = 0; i < text.length; i++) {
		const code = fold(codeAt(text, i));
		if (code < 97 || code > 122) return false;
	}
	return true;
}

/** How many signs, from one on, don't stand in a text by chance, as a word or a year does; 0: not even all that there are. */
function telling(codes: Uint16Array, from: number): number {
	const size = codes.length - from;
	let letters = 0;
	let digits = 0;
	for (let n = 1; n <= size; n++) {
		const code = codes[from + n - 1] as number;
		if (code >= 48 && code < 58) digits++;
		else if ((code >= 97 && code < 123) || code > 127) letters++;
		const enough = letters + digits < n ? SHORTEST : letters && digits ? MIXED : digits ? DIGITS : WORD + 1;
		if (n >= enough || (n >= size - 1 && n >= SHORTEST && digits === n)) return n;
	}
	return 0;
}

/** Signs that the longest needle found at `at` has there, 0 where there is none, and how many of it were `left` out. */
function longest(
	first: Needle | undefined,
	codes: Uint16Array,
	at: number,
	count: number,
	names: boolean,
): { signs: number; left: number } {
	let signs = 0;
	let left = 0;
	for (let needle = first; needle; needle = needle.next) {
		const size = needle.codes.length - needle.from;
		if (size <= signs || (names && needle.word)) continue;
		const end = at + size > count ? count - at : size;
		let i = 0;
		while (i < end && needle.codes[needle.from + i] === codes[at + i]) i++;
		if (i < needle.least || i <= signs) continue;
		signs = i;
		left = size - i;
	}
	return { signs, left };
}

/** After a beginning the rest may follow in a way that isn't known: to the end of the word, or of so many signs. */
function wordEnd(text: string, from: number, most: number): number {
	let end = from;
	while (end < text.length && end - from < most) {
		const code = codeAt(text, end);
		if (code <= 32 || code === 34 || code === 39 || code === 60 || code === 62) break;
		end++;
	}
	return end;
}
