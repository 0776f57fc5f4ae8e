// server only (Node).
// Which encoding a document is in, as far as we must know it: our script stands before the page's own <meta charset>,
// which then may no longer be within the first 1024 bytes that browsers look at (HTML section 13.2.3.2).
import { mediaType } from '../headers.ts';

/** Bytes a browser looks at for a meta element. */
export const PRESCAN = 1024;

/** The label in a Content-Type, lower case; undefined where it names no encoding, or no type: the document says it then. */
export function headerCharset(contentType: string): string | undefined {
	const type = mediaType(contentType);
	if (!type.includes('/') || type === '*/*') return undefined;
	const label = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(contentType)?.slice(1).find(Boolean)?.toLowerCase();
	return label !== undefined && isEncoding(label) ? label : undefined;
}

/** By byte order mark, which outranks everything (Encoding section 6). */
export function bomCharset(head: Buffer): string | undefined {
	if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
	if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
	return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 'utf-8' : undefined;
}

/** What a meta element can't mean, and what is meant (HTML section 13.2.3.2, steps 2.2.17 and 18 of the prescan). */
const MEANT: readonly (readonly [label: RegExp, meant: string])[] = [
	[/^utf-?16/i, 'utf-8'],
	[/^x-user-defined$/i, 'windows-1252'],
];

/** Labels that no decoder has, and that name something all the same (Encoding section 4.2). */
const UNDECODED = new Set(['x-user-defined', 'replacement', 'csiso2022kr', 'hz-gb-2312', 'iso-2022-cn', 'iso-2022-cn-ext', 'iso-2022-kr']);

/** Whether a label names an encoding ("get an encoding"). */
function isEncoding(label: string): boolean {
	if (UNDECODED.has(label.toLowerCase())) return true;
	try {
		return !!new TextDecoder(label);
	} catch {
		return false;
	}
}

/** By meta element. */
export function metaCharset(head: Buffer): string | undefined {
	const text = head.toString('latin1', 0, PRESCAN).replace(/<!--[\s\S]*?-->|<[?!/][^>]*>/g, '');
	for (const [tag] of text.matchAll(/<meta[\s/][^>]*>/gi)) {
		const label = attributeOf(tag, 'charset') ?? pragmaCharset(tag);
		// What names no encoding is passed over.
		if (label && isEncoding(label)) return MEANT.find(([odd]) => odd.test(label))?.[1] ?? label.toLowerCase();
	}
	return undefined;
}

/** XML's own declaration, for XHTML. */
export function xmlCharset(head: Buffer): string | undefined {
	return /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']+)/i.exec(head.toString('latin1', 0, 256))?.[1]?.toLowerCase();
}

function attributeOf(tag: string, name: string): string | undefined {
	for (const [, found = '', ...values] of tag.matchAll(/([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*))/g))
		if (found.toLowerCase() === name) return values.find(Boolean)?.trim();
	return undefined;
}

function pragmaCharset(tag: string): string | undefined {
	return /http-equiv\s*=\s*["']?content-type/i.test(tag) ? /charset\s*=\s*["']?([^\s"';/>]+)/i.exec(tag)?.[1] : undefined;
}

/** The Content-Type with this charset, and no other. */
export function withCharset(contentType: string, charset: string): string {
	return `${contentType.replace(/;\s*charset\s*=\s*(?:"[^"]*"|[^\s;]*)/gi, '')}; charset=${charset}`;
}
