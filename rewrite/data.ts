// server and page: no Node, no DOM.
// `data:` URLs (Fetch section 6) that hold a document, a style sheet or a script: their text is rewritten like any other. What the author
// wrote goes along as a parameter of the media type, so that it can be shown again to the letter.
import { trimUrl } from '../protocol/url.ts';

/** The parameter's name; browsers pass over parameters that they don't know. */
const GIVEN = '$tandem$';
const HEAD = /^[\0-\x20]*data:([^,]*),/i;
const BASE64 = /;\s*base64\s*$/i;
const GIVEN_VALUE = new RegExp(`^data:[^,]*;${GIVEN.replace(/\$/g, '\\$')}=([^;,]*)`);

export const DOCUMENT = /^\s*(?:text\/html|application\/xhtml\+xml|image\/svg\+xml|(?:text|application)\/xml)\s*(?:;|$)/i;
export const SHEET = /^\s*text\/css\s*(?:;|$)/i;
export const SCRIPT = /^\s*(?:text|application)\/(?:javascript|ecmascript|x-javascript)\s*(?:;|$)/i;

/** Whether a URL may be one for `mapData`. */
export function isData(url: string): boolean {
	return HEAD.test(url);
}

/** What a URL holds: its text as a binary string, and its type; undefined where it is none, or no base64. */
export function readData(url: string): { readonly text: string; readonly type: string } | undefined {
	const head = HEAD.exec(url);
	if (!head) return undefined;
	const base64 = BASE64.test(head[1] ?? '');
	const text = decode(ascii(url).replace(/#.*$/, '').replace(HEAD, ''), base64);
	return text === undefined ? undefined : { text, type: (head[1] ?? '').replace(BASE64, '') };
}

/** `url` with its text (a binary string, one char a byte) passed through `map`, which is told its type; the same where type or text don't ask for it. */
export function mapData(url: string, type: RegExp, map: (text: string, type: string) => string): string {
	const head = HEAD.exec(url);
	const given = head?.[1] ?? '';
	if (!head || !type.test(given) || given.includes(GIVEN)) return url;
	const hash = url.indexOf('#');
	const before = ascii(hash < 0 ? url : url.slice(0, hash));
	const base64 = BASE64.test(given);
	const text = decode(before.slice(head[0].length), base64);
	const mapped = text === undefined ? undefined : map(text, given);
	if (text === undefined || mapped === undefined || mapped === text) return url;
	const kept = given.replace(BASE64, '');
	return `data:${kept}${withGiven(before)},${encode(mapped, /[^\x20-\x7e]|[%#]|\s$/g)}${hash < 0 ? '' : url.slice(hash)}`;
}

/** The parameter that says what the author wrote. */
export function withGiven(url: string): string {
	return `;${GIVEN}=${encode(ascii(url), /[^\w.~*'!-]/g)}`;
}

/** What the author wrote, where `mapData` made `url`; with the fragment that it has now. */
export function givenData(url: string): string {
	const value = GIVEN_VALUE.exec(url)?.[1];
	if (value === undefined) return url;
	const hash = url.indexOf('#');
	return unescapePercent(value) + (hash < 0 ? '' : url.slice(hash));
}

/** The bytes of a body; undefined where it is not base64. */
function decode(body: string, base64: boolean): string | undefined {
	const text = unescapePercent(body);
	if (!base64) return text;
	try {
		return atob(text);
	} catch {
		return undefined;
	}
}

function encode(text: string, unsafe: RegExp): string {
	return text.replace(unsafe, percent);
}

function percent(c: string): string {
	return `%${c.charCodeAt(0).toString(16).padStart(2, '0').toUpperCase()}`;
}

function unescapePercent(text: string): string {
	return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** As the URL parser writes it: no tabs and newlines, UTF-8 escaped. On the server, where a char is a byte, it is UTF-8 already. */
function ascii(url: string): string {
	return trimUrl(url)
		.replace(/[\t\n\r]/g, '')
		.replace(/[^\0-\x7f]+/g, (text) => {
			const bytes = text.replace(/[\x80-\xff]/g, percent);
			try {
				if (bytes.length === text.length * 3) return decodeURIComponent(bytes) && bytes;
			} catch {} // a page's own text
			return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));
		});
}
