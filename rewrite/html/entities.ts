// server and page: no Node, no DOM.
// Character references in attribute values (HTML section 13.2.5.72). Only references to ASCII matter to URLs and code; the others are
// held opaque by a private-use character in place of their `&`, so that they come back as they were written.

const HELD = '\uf8ff';
const REFERENCE = /&(?:#(?:x([0-9a-f]+)|(\d+));?|([a-z][a-z0-9]*)(;?)(?=([=a-z0-9])?))/gi;

/** The named references to ASCII characters. */
const NAMED: Readonly<Record<string, string>> = {
	Tab: '\t', NewLine: '\n', excl: '!', quot: '"', QUOT: '"', num: '#', dollar: '$', percnt: '%', amp: '&', AMP: '&', apos: "'",
	lpar: '(', rpar: ')', ast: '*', midast: '*', plus: '+', comma: ',', period: '.', sol: '/', colon: ':', semi: ';', lt: '<', LT: '<',
	equals: '=', gt: '>', GT: '>', quest: '?', commat: '@', lsqb: '[', lbrack: '[', bsol: '\\', rsqb: ']', rbrack: ']', Hat: '^',
	lowbar: '_', UnderBar: '_', grave: '`', DiacriticalGrave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', VerticalLine: '|',
	rcub: '}', rbrace: '}',
}; // biome-ignore format: a table
/** Those that count without a semicolon too, unless a letter, digit or `=` follows. */
const BARE =
	'AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml uuml yacute yen yuml';
let bare: ReadonlySet<string> | undefined;

/** Words of scripts that no reference is called: `a&location;` in an event handler is what it looks like. */
const CODE = /^(?:location|eval|postMessage|import|window|document|self|parent)$/;

/** The value an attribute's raw text stands for. */
export function decodeAttribute(raw: string): string {
	if (!raw.includes('&')) return raw;
	return raw.replace(REFERENCE, (whole, hex?: string, decimal?: string, name?: string, semicolon?: string, next?: string) => {
		if (name !== undefined) {
			if (semicolon ? CODE.test(name) : next !== undefined || !isBare(name)) return whole;
			return (Object.hasOwn(NAMED, name) ? NAMED[name] : undefined) ?? HELD + whole.slice(1);
		}
		const code = Number.parseInt(hex ?? decimal ?? '', hex ? 16 : 10);
		return code > 0 && code < 0x80 && code !== 13 ? String.fromCharCode(code) : HELD + whole.slice(1);
	});
}

function isBare(name: string): boolean {
	bare ??= new Set(BARE.split(' '));
	return bare.has(name);
}

/** A value as raw text between `quote`s; '' quotes it first. */
export function encodeAttribute(value: string, quote: string): string {
	// `<` and `>` as serializers escape them (HTML section 13.3), so that markup read back is what the browser would have shown.
	const escaped = value.replace(/&/g, '&amp;').replaceAll(HELD, '&').replace(/</g, '&lt;').replace(/>/g, '&gt;');
	if (quote === "'") return escaped.replace(/'/g, '&#39;');
	const text = escaped.replace(/"/g, '&quot;');
	return quote ? text : `"${text}"`;
}

/** A value as element text in XML or foreign content. */
export function encodeText(value: string): string {
	return value.replace(/&/g, '&amp;').replaceAll(HELD, '&').replace(/</g, '&lt;').replace(/]]>/g, ']]&gt;');
}
