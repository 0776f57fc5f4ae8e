// server and page: no Node, no DOM.
// Small steps over a script's text, between tokens that are already known.

/** The first place at or after `at` that is neither white space nor a comment; with `closing`, closing parentheses are passed too. */
export function skipTrivia(source: string, at: number, closing = false): number {
	for (;;) {
		const code = source.charCodeAt(at);
		if (code === 32 || (code >= 9 && code <= 13) || (closing && code === 41)) at++;
		else if (code === 47 && source.charCodeAt(at + 1) === 42) at = endOr(source, source.indexOf('*/', at + 2), 2);
		else if (code === 47 && source.charCodeAt(at + 1) === 47) {
			while (at < source.length && !isNewline(source.charCodeAt(at))) at++;
		} else if (code === 160 || code === 0xfeff || code === 0x2028 || code === 0x2029) at++;
		else return at;
	}
}

export function isNewline(code: number): boolean {
	return code === 10 || code === 13 || code === 0x2028 || code === 0x2029;
}

function endOr(source: string, found: number, length: number): number {
	return found < 0 ? source.length : found + length;
}
