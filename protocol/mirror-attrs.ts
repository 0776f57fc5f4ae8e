// server and page: no Node, no DOM.
// What an attribute is to the mirror. The host maps its URLs to real ones and leaves out what is dropped; the player maps them to the
// guest's labels, and drops again, because it doesn't trust what comes.

export type AttrKind =
	/** One URL that the guest may load, or shows. */
	| 'url'
	| 'srcset'
	/** A media query: a guest's has to answer as the host's. */
	| 'media'
	/** A declaration list or a value that can hold url(). */
	| 'css'
	/** One URL that a guest's style sheets may ask about (css-given.ts), and nothing else: carried without query and fragment. */
	| 'said'
	/** Keys by which a link asks for bytes with a hash (rewrite/integrity.ts): a guest asks for a style sheet by them too. */
	| 'keys'
	/** Never carried: it would run, load, submit, steal the focus, or mean nothing here. */
	| 'drop'
	| 'plain';

const KINDS: Readonly<Record<string, AttrKind>> = {
	src: 'url',
	href: 'url',
	'xlink:href': 'url',
	poster: 'url',
	background: 'url',
	srcset: 'srcset',
	media: 'media',
	style: 'css',
	fill: 'css',
	stroke: 'css',
	filter: 'css',
	mask: 'css',
	'clip-path': 'css',
	'marker-start': 'css',
	'marker-mid': 'css',
	'marker-end': 'css',
	cursor: 'css',
	// They run, load a document, or talk to somebody.
	integrity: 'keys',
	srcdoc: 'drop',
	action: 'drop',
	formaction: 'drop',
	ping: 'drop',
	manifest: 'drop',
	data: 'drop',
	classid: 'drop',
	codebase: 'drop',
	archive: 'drop',
	imagesrcset: 'drop',
	attributionsrc: 'drop',
	'http-equiv': 'drop',
	// The guest's copy has other bytes, no request mode of its own, and is played and focused by the host.
	nonce: 'drop',
	crossorigin: 'drop',
	referrerpolicy: 'drop',
	csp: 'drop',
	sandbox: 'drop',
	allow: 'drop',
	credentialless: 'drop',
	loading: 'drop',
	autofocus: 'drop',
	autoplay: 'drop',
	longdesc: 'drop',
	cite: 'drop',
};

const KEYS = /(?:(?<=^| )ed25519-[\w+/=]+ ?)+$/;

/** The keys alone, of an attribute's value. */
export function keysIn(value: string): string | undefined {
	return KEYS.exec(value)?.[0];
}

/** Elements whose `src` is a document or a script, or whose `href` says something to the document: never carried. */
const NO_URL = new Set(['iframe', 'frame', 'embed', 'script', 'object', 'applet', 'portal', 'fencedframe', 'base', 'track']);

/** Documents inside documents, and where forms go: pages style them by that. */
const SAID: ReadonlySet<string> = new Set(['iframe src', 'frame src', 'embed src', 'object data', 'form action']);

/** What attribute `name` of element `tag` (both as in the DOM, HTML ones in lower case) is to the mirror. */
export function attrKind(tag: string, name: string): AttrKind {
	if (name.startsWith('on') || (name.startsWith('data-tandem-') && name !== 'data-tandem-mask')) return 'drop';
	const kind = KINDS[name] ?? 'plain';
	if ((kind === 'url' || kind === 'drop') && SAID.has(`${tag} ${name}`)) return 'said';
	if (kind === 'keys') return tag === 'link' ? kind : 'drop';
	if (kind === 'plain') return name === 'content' && tag === 'meta' ? 'drop' : kind;
	return kind === 'url' && NO_URL.has(tag) ? 'drop' : kind;
}

/** URLs that must not stand in a mirror in any form: they run (HTML section 7.4.2.3, javascript:) or carry a document. */
export function unsafeUrl(url: string): boolean {
	// biome-ignore lint/suspicious/noControlCharactersInRegex: the URL parser strips them, so they must not hide the scheme
	return /^[\u0000-\u0020]*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|v\s*b\s*s\s*c\s*r\s*i\s*p\s*t|data\s*:\s*text\/html)\s*:?/i.test(url);
}

/** Whether an attribute holds what guests' browsers load by themselves; links lead elsewhere. */
export function isLoaded(tag: string, name: string): boolean {
	const kind = attrKind(tag, name);
	return kind === 'srcset' || (kind === 'url' && tag !== 'a' && tag !== 'area');
}

/** Link relations whose `href` the guest loads. All others are carried without it. */
export function loadsLink(rel: string): boolean {
	return /(?:^|\s)stylesheet(?:\s|$)/i.test(rel);
}
