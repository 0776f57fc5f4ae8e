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
	private readonly xml: boolean | 'xslt';

	constructor(markup: string | undefined, xml: boolean | 'xslt') {
		this.markup = markup;
		this.xml = xml;
	}

	/** A start tag; `tag` makes its text. XML: behind the root's start tag, with a namespace of its own; an empty root is opened for it. */
	around(name: string, tag: () => string): string {
		if (this.markup === undefined) return tag();
		if (this.xml === 'xslt') return this.intoResult(name, tag());
		if (this.xml) {
			const markup = this.take().replace(/^<script(?=\s)/, `<script xmlns="${HTML_NAMESPACE}"`);
			return inside(name, tag(), markup);
		}
		if (name === 'html') return tag();
		return name === 'head' ? tag() + this.take() : this.take() + tag();
	}

	/** A style sheet's literal result element (XSLT section 7.1.1), in whose attributes braces count. */
	private intoResult(name: string, text: string): string {
		if (name !== 'head' && name !== 'body') return text;
		const markup = this.take().replace(/[{}]/g, '$&$&');
		return name === 'head' ? inside(name, text, markup) : markup + text;
	}

	/** The document goes through XSLT, which would read our script as content: its style sheet puts it into the result. */
	leave(): void {
		this.markup = undefined;
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

/** `markup` first in the element of this start tag; an empty element is opened for it. */
function inside(name: string, tag: string, markup: string): string {
	return tag.endsWith('/>') ? `${tag.slice(0, -2)}>${markup}</${name}>` : tag + markup;
}
