// server and page: no Node, no DOM.
// Steps over the literals and comments of a script. Each answers where it ends, or -1 where it doesn't.

/** The quote's code is at `at`. A line may not end inside, unless escaped. */
export function stringEnd(source: string, at: number, quote: number): number {
	for (let i = at + 1; i < source.length; i++) {
		const code = source.charCodeAt(i);
		if (code === quote) return i + 1;
		if (code === 92) {
			i++;
			if (source.charCodeAt(i) === 13 && source.charCodeAt(i + 1) === 10) i++;
		} else if (code === 10 || code === 13) return -1;
	}
	return -1;
}

/** Template characters from `at` on: behind the closing backtick, or behind `${`. */
export function templateEnd(source: string, at: number): number {
	for (let i = at; i < source.length; i++) {
		const code = source.charCodeAt(i);
		if (code === 96) return i + 1;
		if (code === 92) i++;
		else if (code === 36 && source.charCodeAt(i + 1) === 123) return i + 2;
	}
	return -1;
}

/** A regular expression whose `/` is at `at`, with its flags. */
export function regexEnd(source: string, at: number): number {
	let inClass = false;
	for (let i = at + 1; i < source.length; i++) {
		const code = source.charCodeAt(i);
		if (code === 10 || code === 13) return -1;
		if (code === 92) i++;
		else if (code === 91) inClass = true;
		else if (code === 93) inClass = false;
		else if (code === 47 && !inClass) {
			i++;
			while (isWordCode(source.charCodeAt(i))) i++;
			return i;
		}
	}
	return -1;
}

/** A number whose first character (a digit, or `.` before one) is at `at` (ECMA-262 section 12.9.3). */
export function numberEnd(source: string, at: number): number {
	const radix = source.charCodeAt(at) === 48 && /[xob]/i.test(source[at + 1] ?? '');
	const end = digitsEnd(source, at, radix);
	if (radix || source.charCodeAt(end) !== 46 || (end > at && endsNumber(source.slice(at, end)))) return end;
	return digitsEnd(source, end + 1, radix);
}

function digitsEnd(source: string, at: number, radix: boolean): number {
	let i = at;
	while (isWordCode(source.charCodeAt(i))) i = exponent(source, i, radix);
	return i;
}

/** One character on; past `e` and its sign where it is an exponent. */
function exponent(source: string, i: number, radix: boolean): number {
	const sign = source.charCodeAt(i + 1);
	return !radix && (source.charCodeAt(i) | 32) === 101 && (sign === 43 || sign === 45) ? i + 2 : i + 1;
}

/** Whether a dot behind these digits is a member's: `1n.x`, `1e3.x`, `017.x` (an octal of old). */
function endsNumber(digits: string): boolean {
	return /[ne]/i.test(digits) || /^0[0-7]+$/.test(digits);
}

/** Where the line that `at` is on ends. */
export function lineEnd(source: string, at: number): number {
	for (let i = at; i < source.length; i++) {
		const code = source.charCodeAt(i);
		if (code === 10 || code === 13 || (code >= 128 && wideSpace(source, i) < 0)) return i;
	}
	return source.length;
}

/** Letters, digits, `_` and `$`. */
export function isWordCode(code: number): boolean {
	return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code === 36;
}

/**
 * How many characters of white space past ASCII stand at `at`; negative where they end a line, 0 for none. Binary strings (one char =
 * one byte of UTF-8) are understood beside decoded ones: their sequences can't stand in decoded code.
 */
export function wideSpace(source: string, at: number): number {
	const code = source.charCodeAt(at);
	if (code === 0x2028 || code === 0x2029) return -1;
	if (code === 0xfeff || code === 0x3000 || code === 0x202f || code === 0x205f || code === 0x1680 || (code >= 0x2000 && code <= 0x200a))
		return 1;
	if (code === 0xa0) return source.charCodeAt(at - 1) < 128 || at === 0 ? 1 : 0;
	const next = source.charCodeAt(at + 1);
	if (code === 0xc2) return next === 0xa0 ? 2 : 0;
	const last = source.charCodeAt(at + 2);
	if (code === 0xef) return next === 0xbb && last === 0xbf ? 3 : 0;
	if (code === 0xe3) return next === 0x80 && last === 0x80 ? 3 : 0;
	if (code !== 0xe2 || next !== 0x80) return 0;
	return last === 0xa8 || last === 0xa9 ? -3 : last === 0xaf || (last >= 0x80 && last <= 0x8a) ? 3 : 0;
}
