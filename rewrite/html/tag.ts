// server and page: no Node, no DOM.
// Reads one tag (HTML sections 13.2.5.6 to 13.2.5.40): its name and where its attributes stand.

/** An attribute's place. `valueStart` is -1 where it has no value; `quote` is '' for an unquoted one. */
export interface Attribute {
	readonly name: string;
	readonly start: number;
	readonly end: number;
	readonly valueStart: number;
	readonly valueEnd: number;
	readonly quote: '"' | "'" | '';
}

export interface Tag {
	/** In lower case, unless the document is XML. */
	readonly name: string;
	readonly attributes: readonly Attribute[];
	readonly selfClosing: boolean;
	/** Just behind `>`. */
	readonly end: number;
}

const SLASH = 47;
const GREATER = 62;
const EQUALS = 61;

/** The tag whose name begins at `at`; undefined where the text ends inside it. */
export function readTag(text: string, at: number, xml: boolean): Tag | undefined {
	const length = text.length;
	const nameStart = at;
	let code = text.charCodeAt(at);
	while (at < length && code !== SLASH && code !== GREATER && !isSpace(code)) code = text.charCodeAt(++at);
	const name = caseOf(text.slice(nameStart, at), xml);
	const attributes: Attribute[] = [];
	let selfClosing = false;
	while (at < length) {
		code = text.charCodeAt(at);
		if (code === GREATER) return { name, attributes, selfClosing, end: at + 1 };
		if (code === SLASH) {
			selfClosing = text.charCodeAt(at + 1) === GREATER;
			at++;
		} else if (isSpace(code)) at++;
		else {
			const attribute = readAttribute(text, at, xml);
			if (!attribute) return undefined;
			attributes.push(attribute);
			at = attribute.end;
		}
	}
	return undefined;
}

function readAttribute(text: string, start: number, xml: boolean): Attribute | undefined {
	const length = text.length;
	let at = start + 1; // the first character belongs to the name, even `=`
	let code = text.charCodeAt(at);
	while (at < length && code !== EQUALS && code !== SLASH && code !== GREATER && !isSpace(code)) code = text.charCodeAt(++at);
	const end = at;
	const name = caseOf(text.slice(start, at), xml);
	while (isSpace(text.charCodeAt(at))) at++;
	if (at >= length) return undefined;
	if (text.charCodeAt(at) !== EQUALS) return { name, start, end, valueStart: -1, valueEnd: -1, quote: '' };
	at++;
	while (isSpace(text.charCodeAt(at))) at++;
	if (at >= length) return undefined;
	const quote = text[at];
	if (quote === '"' || quote === "'") {
		const close = text.indexOf(quote, at + 1);
		return close < 0 ? undefined : { name, start, end: close + 1, valueStart: at + 1, valueEnd: close, quote };
	}
	const valueStart = at;
	code = text.charCodeAt(at);
	while (at < length && code !== GREATER && !isSpace(code)) code = text.charCodeAt(++at);
	return at >= length ? undefined : { name, start, end: at, valueStart, valueEnd: at, quote: '' };
}

const UPPER = /[A-Z]/;

function caseOf(name: string, xml: boolean): string {
	return !xml && UPPER.test(name) ? name.replace(/[A-Z]+/g, (part) => part.toLowerCase()) : name;
}

/** HTML's white space (section 2.3.3 of Infra): tab, LF, FF, CR, space. */
export function isSpace(code: number): boolean {
	return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}
