// server and page: no Node, no DOM.
// Where our script goes: first in head. Without an explicit `<head>`, before whatever would open one (HTML section 13.2.6.4.1 to 4).

const HTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';
/** End tags that open a head which isn't there; all others are ignored before it. */
const OPENING_END_TAGS = new Set(['head', 'body', 'html', 'br']);
/** A byte order mark (as a character, or its three bytes) and white space; neither opens anything. */
const BLANK = /^(?:\ufeff|\xef\xbb\xbf)?[\t\n\f\r ]*/;

/** Puts `inject` into a document, once. The rewriter hands it every token until then. */
export class Injector {
	private markup: string | undefined;
	private readonly xml: boolean;

	constructor(markup: string | undefined, xml: boolean) {
		this.markup = markup;
		this.xml = xml;
	}

	/** A start tag; `tag` makes its text. XML: behind the root's start tag if that is `html`, with a namespace of its own. */
	around(name: string, raw: string, tag: () => string): string {
		if (this.markup === undefined) return tag();
		if (this.xml) {
			const markup = this.take().replace(/^<script(?=\s)/, `<script xmlns="${HTML_NAMESPACE}"`);
			return /^(?:[^:]*:)?html$/.test(name) && !raw.endsWith('/>') ? tag() + markup : tag();
		}
		if (name === 'html') return tag();
		return name === 'head' ? tag() + this.take() : this.take() + tag();
	}

	/** What goes before an end tag. */
	beforeEnd(name: string): string {
		return this.markup !== undefined && !this.xml && OPENING_END_TAGS.has(name) ? this.take() : '';
	}

	/** Text: white space opens nothing. */
	text(raw: string): string {
		if (this.markup === undefined || this.xml) return raw;
		const blank = BLANK.exec(raw)?.[0].length ?? 0;
		return blank === raw.length ? raw : raw.slice(0, blank) + this.take() + raw.slice(blank);
	}

	/** The document is over: an empty one has a realm too. */
	atEnd(): string {
		return this.xml ? '' : this.take();
	}

	private take(): string {
		const markup = this.markup ?? '';
		this.markup = undefined;
		return markup;
	}
}
