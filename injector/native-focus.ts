// page.
// The browser's own focus() and blur(): HTML, SVG and MathML elements have one each.
import { type Any, method, natives } from './natives.ts';

/** `focusVisible` (HTML section 6.6.6) is not in TypeScript's own. */
interface FocusWay extends FocusOptions {
	readonly focusVisible?: boolean | undefined;
}

const g = globalThis as Any;
const ofKind = (owner: string) => ({ focus: method<void>(g[owner]?.prototype, 'focus'), blur: method<void>(g[owner]?.prototype, 'blur') });
const html = ofKind('HTMLElement');
const svg = ofKind('SVGElement');
const math = ofKind('MathMLElement');

export function focus(el: Element, way?: FocusWay): void {
	kindOf(el).focus(el, way);
}

export function blur(el: Element): void {
	kindOf(el).blur(el);
}

function kindOf(el: Element): typeof html {
	const namespace = natives.namespaceURI(el);
	if (namespace === 'http://www.w3.org/2000/svg') return svg;
	return namespace === 'http://www.w3.org/1998/Math/MathML' ? math : html;
}
