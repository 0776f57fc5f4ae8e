// page, tests only.
// A document as lines of text that must be alike on both sides: what the mirror promises to carry, and nothing it may leave out.
import { attrKind } from '../../../protocol/mirror-attrs.ts';

const EMPTY = new Set(['script', 'noscript', 'template', 'iframe', 'canvas']);

export function outline(doc: Document, closed: (el: Element) => ShadowRoot | null = () => null): string {
	const lines: string[] = [`mode ${doc.compatMode}`];
	const walk = (node: Node, indent: string, texts = true) => {
		for (const child of node.childNodes) {
			if (child.nodeType === 3 && texts) lines.push(`${indent}${JSON.stringify((child as Text).data)}`);
			if (child.nodeType === 10) lines.push(`${indent}<!doctype ${child.nodeName}>`);
			if (child.nodeType !== 1) continue;
			const el = child as Element;
			lines.push(`${indent}<${el.nodeName} ${el.namespaceURI}>${state(el)}`);
			for (const { name, value } of [...el.attributes].sort((a, b) => (a.name < b.name ? -1 : 1))) {
				const kind = attrKind(el.localName, name);
				if (kind === 'plain' && !(el.localName === 'iframe' && name === 'sandbox'))
					lines.push(`${indent}  @${name}=${JSON.stringify(value)}`);
			}
			const shadow = el.shadowRoot ?? closed(el);
			if (shadow) {
				lines.push(`${indent}  #shadow ${shadow.adoptedStyleSheets.filter((sheet) => !('tandem' in sheet)).length}`);
				walk(shadow, `${indent}    `);
			}
			if (el.localName === 'style') lines.push(`${indent}  ${rules(el)}`);
			else if (!EMPTY.has(el.localName)) walk(el, `${indent}  `);
			// Elements in it are drawn where a style says so; its text is nobody's.
			else if (el.localName === 'script') walk(el, `${indent}  `, false);
		}
	};
	walk(doc, '');
	lines.push(...[...doc.adoptedStyleSheets].filter((sheet) => !('tandem' in sheet)).map((sheet) => `adopted ${text(sheet)}`));
	return lines.join('\n');
}

function state(el: Element): string {
	const is = (name: string) => el.localName === name && el.namespaceURI === 'http://www.w3.org/1999/xhtml';
	if (is('input')) {
		const input = el as HTMLInputElement;
		return ` ${input.type === 'file' ? '' : JSON.stringify(input.value)} ${input.checked} ${input.indeterminate}`;
	}
	if (is('textarea')) return ` ${JSON.stringify((el as HTMLTextAreaElement).value)}`;
	if (is('select')) return ` ${[...(el as HTMLSelectElement).options].map((option) => option.selected)}`;
	return el.scrollTop || el.scrollLeft ? ` scrolled ${el.scrollLeft} ${el.scrollTop}` : '';
}

function rules(el: Element): string {
	const sheet = (el as HTMLStyleElement).sheet;
	return sheet ? text(sheet) : '';
}

function text(sheet: CSSStyleSheet): string {
	// URLs differ by design: each side has labels of its own.
	return [...sheet.cssRules].map((rule) => rule.cssText.replace(/url\([^)]*\)/g, 'url()')).join('\n');
}
