// server only (Node).
// A document without a Content-Type is HTML if it looks like it (MIME Sniffing section 7.1); everything else is left to the browser.

const SIGNATURES =
	/^(?:\xef\xbb\xbf)?[\t\n\f\r ]*(?:<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p)[\t\n\f\r >/]|<!--)/i;

/** Whether these first bytes are HTML's. */
export function looksLikeHtml(head: Buffer): boolean {
	return SIGNATURES.test(head.toString('latin1', 0, 512));
}
