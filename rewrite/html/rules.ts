// server and page: no Node, no DOM.
// Which attribute of which element holds what. The HTML rewriter and the page's DOM hooks read the same table.

/**
 * What an attribute's value is:
 * - `url` one URL (may be `javascript:`), `urls` several parted by spaces, `srcset` image candidates
 * - `cite` a URL nothing is fetched from: not rewritten in markup, only its getter resolves against the real document
 * - `style` CSS declarations or one value, `script` an inline event handler, `html` a document (srcdoc)
 * - `meta` the content of a meta element, which its `http-equiv` explains
 * - `allow` a policy about features, which may name origins
 * - `integrity` hashes of bytes that the proxy may change
 * - `sandbox` what a frame may, and `csp` the policy that it holds its documents to
 */
export type AttributeKind =
	| 'url'
	| 'urls'
	| 'srcset'
	| 'cite'
	| 'style'
	| 'script'
	| 'html'
	| 'meta'
	| 'allow'
	| 'integrity'
	| 'sandbox'
	| 'csp';

type Rules = Readonly<Record<string, AttributeKind>>;

const href: Rules = { href: 'url' };
const media: Rules = { src: 'url' };
const cite: Rules = { cite: 'cite' };
const background: Rules = { background: 'url' };

/** Attributes of HTML elements (HTML section "Attributes", and the obsolete ones that browsers still load). */
export const htmlRules: Readonly<Record<string, Rules>> = {
	a: { href: 'url', ping: 'urls', attributionsrc: 'urls' },
	area: { href: 'url', ping: 'urls', attributionsrc: 'urls' },
	applet: { codebase: 'url', archive: 'url' },
	audio: media,
	base: href,
	blockquote: cite,
	body: background,
	button: { formaction: 'url' },
	del: cite,
	embed: media,
	form: { action: 'url' },
	frame: { src: 'url', longdesc: 'cite' },
	html: { manifest: 'url' },
	iframe: { src: 'url', srcdoc: 'html', longdesc: 'cite', allow: 'allow', sandbox: 'sandbox', csp: 'csp' },
	img: { src: 'url', srcset: 'srcset', lowsrc: 'url', longdesc: 'cite', attributionsrc: 'urls' },
	input: { src: 'url', formaction: 'url' },
	ins: cite,
	link: { href: 'url', imagesrcset: 'srcset', integrity: 'integrity' },
	meta: { content: 'meta' },
	object: { data: 'url', codebase: 'url' },
	q: cite,
	script: { src: 'url', href: 'url', integrity: 'integrity', attributionsrc: 'urls' },
	source: { src: 'url', srcset: 'srcset' },
	table: background,
	tbody: background,
	td: background,
	tfoot: background,
	th: background,
	thead: background,
	tr: background,
	track: media,
	video: { src: 'url', poster: 'url' },
	// SVG 2 chapter "Linking"; `xlink:href` stands among the global ones below.
	animate: href,
	animatemotion: href,
	animatetransform: href,
	feimage: href,
	filter: href,
	image: href,
	lineargradient: href,
	mpath: href,
	pattern: href,
	radialgradient: href,
	set: href,
	textpath: href,
	use: href,
	// XSLT section 2.6
	import: href,
	include: href,
};

/** Attributes of every element. The SVG presentation attributes may hold `url(…)`. */
export const globalRules: Rules = {
	style: 'style',
	'xlink:href': 'url',
	fill: 'style',
	stroke: 'style',
	filter: 'style',
	mask: 'style',
	cursor: 'style',
	'clip-path': 'style',
	marker: 'style',
	'marker-start': 'style',
	'marker-mid': 'style',
	'marker-end': 'style',
};

const NONE: Rules = {};
const table = new Map(Object.entries(htmlRules));
const globals = new Map(Object.entries(globalRules));

/** The kind of an attribute; undefined where it holds nothing to rewrite. Names in lower case. */
export function ruleFor(element: string, attribute: string): AttributeKind | undefined {
	const rules = table.get(element) ?? NONE;
	if (Object.hasOwn(rules, attribute)) return rules[attribute];
	if (attribute.length > 2 && attribute.startsWith('on')) return 'script';
	return globals.get(attribute);
}

let ruled: Set<string> | undefined;

/** Whether an attribute of that name, in lower case, holds something to rewrite on any element. */
export function isRuled(attribute: string): boolean {
	ruled ??= new Set([...Object.values(htmlRules), globalRules].flatMap((rules) => Object.keys(rules)));
	return ruled.has(attribute) || attribute.startsWith('on');
}

/** What runs or is read in a script element. `data` blocks are the page's own business. */
export type ScriptKind = 'classic' | 'module' | 'importmap' | 'speculationrules' | 'data';

/** JavaScript MIME types (MIME Sniffing section 4.6, "JavaScript MIME type"). */
const JS_MIME = /^(?:text\/(?:(?:x-)?(?:java|ecma)script|javascript1\.[0-5]|jscript|livescript)|application\/(?:x-)?(?:java|ecma)script)$/i;

/** The kind of a script element by its attributes (HTML section 4.12.1.1, "prepare the script element"). */
export function scriptKind(type: string | undefined, language?: string | undefined): ScriptKind {
	const text = type === undefined ? (language ? `text/${language}` : '') : type.trim();
	if (text === '' || JS_MIME.test(text)) return 'classic';
	const lower = text.toLowerCase();
	return lower === 'module' || lower === 'importmap' || lower === 'speculationrules' ? lower : 'data';
}
