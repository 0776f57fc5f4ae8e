// mirror document (guest's browser).
// Elements that hold a document of the host's tab: frames, and objects and embeds, which are made to hold an empty one here.
const HOLDERS = 'iframe, frame, object, embed';
/** What makes an element hold an empty document. */
const SOURCE: Readonly<Record<string, string>> = { object: 'data', embed: 'src' };

/** Whether an element can hold a document; one that doesn't yet is made to, as soon as it has a box. */
export function canHold(holder: Element): boolean {
	const source = SOURCE[holder.localName];
	if (source && holder.getAttribute(source) !== 'about:blank') {
		holder.setAttribute('type', 'text/html');
		holder.setAttribute(source, 'about:blank');
		// Laid out, it has its document at once.
		holder.getBoundingClientRect();
	}
	return isHolder(holder);
}

export const isHolder = (el: Element): boolean => el.matches(HOLDERS);

/** Whether a node is such an element or has one below it, in shadow trees too. */
export function holdsDocument(node: Node): boolean {
	if (!('querySelectorAll' in node)) return false;
	const { shadowRoot } = node as Element;
	if (('matches' in node && isHolder(node as Element)) || (shadowRoot && holdsDocument(shadowRoot))) return true;
	const below = node as ParentNode;
	return (
		below.querySelector(HOLDERS) !== null || [...below.querySelectorAll('*')].some((el) => el.shadowRoot && holdsDocument(el.shadowRoot))
	);
}

/** The document in such an element; null while there is none. */
export function documentIn(holder: Element): Document | null {
	if ('contentDocument' in holder) return (holder as HTMLIFrameElement).contentDocument;
	// An embed doesn't tell; its window does.
	const around = holder.ownerDocument.defaultView;
	for (let i = 0; around && i < around.length; i++) {
		const inner = around[i] as Window;
		if (inner.frameElement === holder) return inner.document;
	}
	return null;
}

const sized = new WeakMap<Element, Animation>();

/** An object or embed is as large as its content says, where nothing else does: it gets the size it has on the host. */
export function fitHolder(holder: Element, width: number, height: number): void {
	if (!SOURCE[holder.localName]) return;
	sized.get(holder)?.cancel();
	sized.delete(holder);
	const inner = documentIn(holder)?.defaultView;
	if (!inner || (Math.abs(inner.innerWidth - width) < 1 && Math.abs(inner.innerHeight - height) < 1)) return;
	const size = { width: `${width}px`, height: `${height}px`, boxSizing: 'content-box' };
	sized.set(holder, holder.animate([size, size], { duration: 1, fill: 'forwards' }));
}

const LOOK =
	'html{height:100%;background:repeating-linear-gradient(45deg,#eceff1 0 12px,#e3e7ea 12px 24px)}body{margin:0;height:100%;display:grid;place-items:center}svg{width:48px;max-width:60%;max-height:60%}';
const EYE =
	'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#607080" stroke-width="1.6" stroke-linecap="round"><path d="M2.5 12s3.5-6.5 9.5-6.5S21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/><path d="M4 4l16 16"/></svg>';

const PICTURE = '<!doctype html><style>html,body{margin:0;height:100%}img{display:block;width:100%;height:100%}</style><img alt="">';

/** A picture of what stands where only the host sees something. */
export const UNSEEN = `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%"><rect width="100%" height="100%" fill="#e3e7ea"/>${EYE.replace('<svg', '<svg x="0" y="0" width="48" height="48"')}</svg>`)}`;

/** What only the host's browser can show (a PDF, a film as a document): a hatched box with a crossed eye; or nothing again. */
export function showUnseen(holder: Element, on: boolean): void {
	fill(holder, on ? `<!doctype html><style>${LOOK}</style>${EYE}` : '');
}

/** The picture that an object or embed of the host's is, as large as it is there. */
export function showPicture(holder: Element, url: string, width: number, height: number): void {
	const img = fill(holder, PICTURE)?.querySelector('img');
	if (!img) return;
	const { objectFit, objectPosition, imageRendering } = getComputedStyle(holder);
	Object.assign(img.style, { objectFit, objectPosition, imageRendering });
	img.src = url;
	fitHolder(holder, width, height);
}

/** Puts a document of ours into an element that can hold one; null while it can't. */
function fill(holder: Element, html: string): Document | null {
	const doc = canHold(holder) ? documentIn(holder) : null;
	doc?.open();
	if (html) doc?.write(html);
	doc?.close();
	return doc;
}
