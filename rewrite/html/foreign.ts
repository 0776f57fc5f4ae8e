// server and page: no Node, no DOM.
// Whether the tokenizer stands in SVG or MathML, where `<style>` and `<script>` hold markup and `<![CDATA[` counts (HTML section 13.2.6.5).

/** Start tags that end foreign content. */
const BREAKOUT = new Set(
	'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var'.split(
		' ',
	),
);
const HTML_IN_SVG = new Set(['foreignobject', 'desc', 'title']);
const HTML_IN_MATHML = new Set(['mi', 'mo', 'mn', 'ms', 'mtext']);

interface Open {
	readonly name: string;
	readonly space: 'svg' | 'math';
	/** An integration point: what is inside is HTML again. */
	readonly html: boolean;
}

/** The open elements that matter, from the outermost `svg` or `math` on. HTML inside an integration point isn't tracked. */
export class Foreign {
	private readonly open: Open[] = [];

	constructor(context?: string) {
		if (context === 'svg' || context === 'math') this.open.push({ name: '', space: context, html: false });
	}

	/** Whether the current node is a foreign element. */
	get inside(): boolean {
		const top = this.open[this.open.length - 1];
		return top !== undefined && !top.html;
	}

	/** Takes a start tag note of; answers whether its element is foreign. `font` breaks out only with color, face or size. */
	start(name: string, selfClosing: boolean, has: (attribute: string) => string | undefined): boolean {
		const top = this.open[this.open.length - 1];
		if (!top || top.html) {
			if (name !== 'svg' && name !== 'math') return this.textPoint(top, name);
		} else if (BREAKOUT.has(name) || (name === 'font' && (has('color') ?? has('face') ?? has('size')) !== undefined)) {
			while (this.inside) this.open.pop();
			return false;
		}
		const space = name === 'svg' || name === 'math' ? (top && !top.html ? top.space : name) : (top?.space ?? 'svg');
		if (!selfClosing) this.open.push({ name, space, html: isIntegration(space, name, has) });
		return true;
	}

	/** Takes note of an end tag. One that closes nothing foreign is taken to close an element around it. */
	end(name: string): void {
		if (this.open.length === 0) return;
		for (let i = this.open.length - 1; i >= 0; i--) {
			const open = this.open[i];
			if (open?.name === name) {
				this.open.length = i;
				return;
			}
			if (open?.html) return; // an end tag of HTML inside the integration point
		}
		if (this.open[0]?.name) this.open.length = 0;
	}

	/** In MathML's text integration points `mglyph` and `malignmark` alone are MathML. */
	private textPoint(top: Open | undefined, name: string): boolean {
		return top !== undefined && HTML_IN_MATHML.has(top.name) && (name === 'mglyph' || name === 'malignmark');
	}
}

function isIntegration(space: 'svg' | 'math', name: string, has: (attribute: string) => string | undefined): boolean {
	if (space === 'svg') return HTML_IN_SVG.has(name);
	if (name === 'annotation-xml') return /^(?:text\/html|application\/xhtml\+xml)$/i.test(has('encoding') ?? '');
	return HTML_IN_MATHML.has(name);
}
