// server and page: no Node, no DOM.
// Whether the tokenizer stands in SVG or MathML, where `<style>` and `<script>` hold markup and `<![CDATA[` counts (HTML section 13.2.6.5).

/** Start tags that end foreign content. */
const BREAKOUT = new Set(
	'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var'.split(
		' ',
	),
);
const VOID = new Set('area base br col embed hr img input link meta source track wbr'.split(' '));
/** Start tags that open nothing in a body (HTML section 13.2.6.4.7), as every integration point is in one. */
const IGNORED = new Set(['html', 'head', 'body', 'frameset', 'frame']);
const HTML_IN_SVG = new Set(['foreignobject', 'desc', 'title']);
const GLYPHS = new Set(['mglyph', 'malignmark']);
const HTML_IN_MATHML = new Set(['mi', 'mo', 'mn', 'ms', 'mtext']);

/** How far up an end tag looks for its start tag. */
const LOOK_MAX = 256;
/** Foreign elements in each other; Chromium stops there too. What is deeper counts as its parent. */
const DEPTH_MAX = 512;

interface Open {
	readonly name: string;
	readonly space: 'svg' | 'math';
	/** An integration point: what is inside is HTML again, and these are its open elements. */
	readonly html: string[] | undefined;
}

/**
 * The open elements, as far as the tokenizer depends on them: the foreign ones exactly, those of HTML by their tags alone (what the
 * tree builder opens or closes by itself isn't known here).
 */
export class Foreign {
	private readonly open: Open[] = [];
	private readonly document: string[] = [];

	constructor(context?: string) {
		if (context === 'svg' || context === 'math') this.open.push({ name: '', space: context, html: undefined });
	}

	/** Whether the current node is a foreign element, and no integration point. */
	get inside(): boolean {
		const top = this.open[this.open.length - 1];
		return top !== undefined && !top.html;
	}

	/** Takes note of a start tag; answers whether its element is foreign. `font` breaks out only with color, face or size. */
	start(name: string, selfClosing: boolean, has: (attribute: string) => string | undefined): boolean {
		const top = this.open[this.open.length - 1];
		if (!top || top.html) {
			const glyph = top !== undefined && HTML_IN_MATHML.has(top.name) && top.html?.length === 0 && GLYPHS.has(name);
			if (name !== 'svg' && name !== 'math' && !glyph) {
				if (!VOID.has(name) && !(top && IGNORED.has(name))) push(top?.html ?? this.document, name);
				return false;
			}
		} else if (BREAKOUT.has(name) || (name === 'font' && (has('color') ?? has('face') ?? has('size')) !== undefined)) {
			this.breakOut();
			return this.start(name, selfClosing, has);
		}
		const space = top && !top.html ? top.space : name === 'svg' || name === 'math' ? name : (top?.space ?? 'svg');
		if (!selfClosing && this.open.length < DEPTH_MAX)
			this.open.push({ name, space, html: isIntegration(space, name, has) ? [] : undefined });
		return true;
	}

	/** Takes note of an end tag: of the current foreign elements, else of HTML around them, else of nothing. */
	end(name: string): void {
		let at = this.open.length;
		if (at > 0 && (this.open[at - 1]?.html ?? []).length === 0 && (name === 'p' || name === 'br')) {
			this.breakOut();
			at = this.open.length;
		}
		for (;;) {
			const html = at === 0 ? this.document : this.open[at - 1]?.html;
			if (html?.length || at === 0) {
				// HTML's own rules: an element that isn't open is not closed.
				const found = html?.lastIndexOf(name) ?? -1;
				if (html && found >= 0 && html.length - found <= LOOK_MAX) {
					html.length = found;
					this.open.length = at;
				}
				return;
			}
			if (this.open[at - 1]?.name === name) {
				this.open.length = at - 1;
				return;
			}
			at--;
		}
	}

	private breakOut(): void {
		while (this.inside && this.open[0]?.name) this.open.pop();
	}
}

/** Notes an open element. What lies deeper than an end tag looks is forgotten, so that tags without end cost neither memory nor time. */
function push(list: string[], name: string): void {
	if (list.length >= 2 * LOOK_MAX) list.splice(0, LOOK_MAX);
	list.push(name);
}

function isIntegration(space: 'svg' | 'math', name: string, has: (attribute: string) => string | undefined): boolean {
	if (space === 'svg') return HTML_IN_SVG.has(name);
	if (name === 'annotation-xml') return /^(?:text\/html|application\/xhtml\+xml)$/i.test(has('encoding') ?? '');
	return HTML_IN_MATHML.has(name);
}
