// mirror document (guest's browser).
// What a guest copies, as markup for elsewhere: the mirror's own names places that answer this guest alone, and has attributes of ours.

/** Elements that what is selected inside them means nothing without. */
const AROUND = 'a,span,b,strong,i,em,u,s,code,pre,h1,h2,h3,h4,h5,h6,blockquote,li,ul,ol,td,th,tr,tbody,thead,tfoot,table';
/** Of an element elsewhere nothing else counts than this, how it looks, and where it leads. */
const KEPT = /^(?:alt|title|colspan|rowspan|width|height|start|dir|lang|datetime|data-(?!tandem).*)$/;
const LOOKS = 'color background-color font-family font-size font-style font-weight text-decoration-line text-align white-space'.split(' ');
const LEFT_OUT = 'script,style,link,meta,template,noscript,iframe,object,embed';
/** URLs that mean the same everywhere. */
const EVERYWHERE = /^(?:data|mailto|tel|sms):/;
/** More elements than these are copied without their looks. */
const MOST = 3000;

/** What is selected in a mirrored document; `real` gives the page's URL for a guest's. */
export function selectedHtml(doc: Document, real: (url: string) => string): string {
	const selection = doc.getSelection();
	const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
	if (!range || range.collapsed) return '';
	const common = range.commonAncestorContainer;
	let up = common.nodeType === 1 ? (common as Element) : common.parentElement;
	const holder = doc.createElement('div');
	holder.append(range.cloneContents());
	const copies = [...holder.querySelectorAll('*')];
	const originals = [...(up?.querySelectorAll('*') ?? [])].filter((element) => range.intersectsNode(element));
	const known = copies.length === originals.length && copies.length < MOST;
	for (const [i, copy] of copies.entries()) dress(copy, known ? originals[i] : undefined, real);
	for (; up?.matches(AROUND); up = up.parentElement) {
		const copy = up.cloneNode(false) as Element;
		copy.append(...holder.childNodes);
		dress(copy, up, real);
		holder.append(copy);
	}
	return holder.innerHTML;
}

function dress(copy: Element, original: Element | undefined, real: (url: string) => string): void {
	const style = original && getComputedStyle(original);
	if (copy.matches(LEFT_OUT) || style?.display === 'none') {
		copy.remove();
		return;
	}
	for (const { name, value } of [...copy.attributes]) {
		const url = name === 'href' || name === 'src' ? real(value) : undefined;
		if (url && (url !== value || EVERYWHERE.test(url))) copy.setAttribute(name, url);
		else if (!KEPT.test(name)) copy.removeAttribute(name);
	}
	const above = original?.parentElement;
	if (!style || !above) return;
	const from = getComputedStyle(above);
	const looks = LOOKS.filter((name) => style.getPropertyValue(name) !== from.getPropertyValue(name));
	if (looks.length) copy.setAttribute('style', looks.map((name) => `${name}: ${style.getPropertyValue(name)}`).join('; '));
}
