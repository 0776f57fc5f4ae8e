// mirror document (guest's browser).
// Where root frames are shown. An old one stays in sight until the new one has something to show and its style sheets are there, so that no page
// begins with a white or unstyled flash.
import { OWN_LAYER } from '../../protocol/css-layers.ts';
import { stateAttribute } from '../../protocol/css-states.ts';

/** Milliseconds between two looks at a new document. */
const LOOK = 40;
/** Milliseconds that it may take until there is something in it, and then its style sheets, before it is shown as it is. */
const PATIENCE = { content: 2500, sheets: 1500 };
/** Light, as most hosts are, whatever this guest prefers; a host that isn't says so (player.ts). */
const STYLE = 'position:fixed;inset:0;width:100%;height:100%;border:0;color-scheme:light';
const CALM = stateAttribute('calm');
export const CALM_CSS = `@layer ${OWN_LAYER}{:root[${CALM}]{&,*{&,&::before,&::after{transition:none!important}}}}`;
const SHOWS = 'img,svg,canvas,video,iframe,frame,object,embed,input,button,select,textarea,hr,progress,meter';
const SILENT = new Set(['script', 'style', 'noscript', 'template']);

/** An iframe for a new root, beneath the one that is in sight. */
export function newRoot(stage: HTMLElement): HTMLIFrameElement {
	const iframe = document.createElement('iframe');
	iframe.setAttribute('sandbox', 'allow-same-origin');
	iframe.style.cssText = STYLE;
	for (const old of roots(stage)) {
		old.inert = true;
		Object.assign(old.style, { background: '#fff', pointerEvents: 'none' });
	}
	stage.prepend(iframe);
	return iframe;
}

/** A root's tree is built: what was shown before goes as soon as this one is fit to be seen. */
export function drawn(stage: HTMLElement, root: HTMLIFrameElement): void {
	if (roots(stage).length < 2) return;
	const began = performance.now();
	let filled: number | undefined;
	const look = () => {
		const now = performance.now();
		const doc = root.contentDocument;
		// Another root has come meanwhile, and waits for itself.
		if (!doc || !root.isConnected || root.inert) return;
		if (hasContent(doc)) filled ??= now;
		const fit = filled === undefined ? now - began > PATIENCE.content : isStyled(doc) || now - filled > PATIENCE.sheets;
		if (fit) for (const old of roots(stage)) old !== root && old.remove();
		else setTimeout(look, LOOK);
	};
	look();
}

/** Until a new document has its style sheets, that the host's waited for, nothing in it makes a transition to what they say. */
export function calm(doc: Document): void {
	const html = doc.documentElement;
	if (!html || isStyled(doc)) return;
	const began = performance.now();
	html.setAttribute(CALM, '');
	const look = () => {
		if (!isStyled(doc) && performance.now() - began < PATIENCE.content) return void setTimeout(look, LOOK);
		html.getBoundingClientRect(); // they count before transitions do
		html.removeAttribute(CALM);
	};
	setTimeout(look, LOOK);
}

function roots(stage: HTMLElement): HTMLIFrameElement[] {
	return [...stage.querySelectorAll<HTMLIFrameElement>(':scope > iframe')];
}

/** Whether anything is in a document that a person could see. */
function hasContent(doc: Document): boolean {
	const { documentElement: html, body } = doc;
	if (!html || !body) return html !== null && html.localName !== 'html';
	if (body.localName === 'frameset' || body.querySelector(SHOWS) || body.shadowRoot) return true;
	const walker = doc.createTreeWalker(body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
		if (node.nodeType === Node.TEXT_NODE) return /\S/.test((node as Text).data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
		if (SILENT.has((node as Element).localName)) return NodeFilter.FILTER_REJECT;
		return (node as Element).shadowRoot ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
	});
	return walker.nextNode() !== null;
}

function isStyled(doc: Document): boolean {
	const links = [...doc.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet" i][href]')];
	return links.every((link) => link.sheet || link.disabled || failed.has(link));
}

const failed = new WeakSet<HTMLLinkElement>();

/** Keeps in mind which style sheets of a document can't be had, so that nobody waits for them. */
export function watchSheets(doc: Document): void {
	doc.addEventListener('error', ({ target }) => (target as Element).localName === 'link' && failed.add(target as HTMLLinkElement), true);
}
