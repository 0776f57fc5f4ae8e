// server only (Node).
// What a document is of which the site doesn't say it (MIME Sniffing section 7), as Chromium finds it.

const HTML =
	/^(?:\xef\xbb\xbf)?[\t\n\f\r ]*(?:<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\t\n\f\r >/]|<!--)/i;
const XML = /^(?:\xef\xbb\xbf)?[\t\n\f\r ]*<\?xml/;
/** Text by its bytes, and none to a browser. */
const FILE = /^%(?:PDF-|!PS-Adobe-)/;
const BOM = /^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)/;
/** Bytes that are looked at. */
const HEAD = 512;
const TEXT_HEAD = 1445;

/** Whether a Content-Type, as its essence, says nothing: such a document is what its first bytes make of it. */
export function isUnknown(type: string): boolean {
	return !type.includes('/') || type === '*/*' || type === 'unknown/unknown' || type === 'application/unknown';
}

/** The type of a document by its first bytes; undefined for a file, which the browser shows or saves as it likes. */
export function sniff(head: Buffer): 'text/html' | 'text/xml' | 'text/plain' | undefined {
	const text = head.toString('latin1', 0, HEAD);
	if (HTML.test(text)) return 'text/html';
	if (XML.test(text)) return 'text/xml';
	return FILE.test(text) || (!BOM.test(text) && looksBinary(head)) ? undefined : 'text/plain';
}

/** Bytes that no text holds make a download of `text/plain` (section 7.2). */
export function looksBinary(bytes: Buffer): boolean {
	return bytes.subarray(0, TEXT_HEAD).some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27);
}
