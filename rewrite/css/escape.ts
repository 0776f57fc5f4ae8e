// server and page: no Node, no DOM.
// Escapes in CSS strings and unquoted URLs (CSS Syntax Level 3, section 4.3.7).

const ESCAPE = /\\(?:([0-9a-f]{1,6})(?:\r\n|[ \t\r\n\f])?|(\r\n|[\r\n\f])|(.))/gis;

/** The value an escaped string or URL stands for. */
export function unescapeCss(raw: string): string {
	return raw.replace(ESCAPE, (_, hex?: string, newline?: string, char?: string) => (hex ? codePoint(hex) : newline ? '' : (char ?? '')));
}

/** A value as it may stand between `quote`s, or unquoted (`quote` '') inside `url()`. */
export function escapeCss(value: string, quote: string): string {
	if (!quote) return value.replace(/[\\"'()\s]/g, hexEscape);
	return value.replace(quote === '"' ? /["\\\r\n\f]/g : /['\\\r\n\f]/g, hexEscape);
}

function codePoint(hex: string): string {
	const code = Number.parseInt(hex, 16);
	return code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? '\ufffd' : String.fromCodePoint(code);
}

function hexEscape(char: string): string {
	return `\\${char.charCodeAt(0).toString(16)} `;
}
