// page (host).
// The browser's own focus() and blur(): HTML and SVG elements have one each.
import { dom } from './dom.ts';

/** `focusVisible` (HTML section 6.6.6) is not in TypeScript's own. */
interface FocusWay extends FocusOptions {
	readonly focusVisible?: boolean | undefined;
}

export function focus(el: Element, way: FocusWay): void {
	(isSvg(el) ? dom.svgFocus : dom.htmlFocus)(el, way);
}

export function blur(el: Element): void {
	(isSvg(el) ? dom.svgBlur : dom.htmlBlur)(el);
}

function isSvg(el: Element): boolean {
	return el.namespaceURI === 'http://www.w3.org/2000/svg';
}
