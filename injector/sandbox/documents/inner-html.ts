// page.
// innerHTML, outerHTML, insertAdjacentHTML, createContextualFragment, DOMParser, XMLSerializer, getHTML, setHTMLUnsafe: markup in and out.
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { changeAt, once } from '../../late.ts';
import { type Any, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapText } from '../../rewriting.ts';
import { textIn, textOut } from '../scripts/script-text.ts';
import { htmlSource, rewriteFragment, rewriteInert } from './html.ts';
import { faithful } from './serialize.ts';

function rewriter(element: Any, roots = false): (text: string) => string {
	const name = contextOf(element);
	return isCode(name) ? (text) => textIn(element, text) : (text) => rewriteFragment(text, name, roots);
}

/** Whether an element's content is no markup. */
const isCode = (name: string) => name === 'script' || name === 'style';

function into(element: Any, value: unknown, roots = false): unknown {
	return mapText(value, 'TrustedHTML', rewriter(element, roots));
}

function contextOf(node: Any): string {
	try {
		return natives.localName(node);
	} catch {
		return 'body';
	}
}

const outOf = (element: Any, text: unknown): unknown =>
	typeof text === 'string' ? (isCode(contextOf(element)) ? textOut(element, text) : htmlSource(text)) : text;

export function installInnerHtml(): void {
	const { Element, ShadowRoot, Range, DOMParser, XMLSerializer, Document } = realm.global;
	for (const owner of [Element.prototype, ShadowRoot?.prototype]) {
		hookAccessor(owner, 'innerHTML', {
			get: (native, self) => outOf(self, call(native, faithful(self), [])),
			set: (native, self, value) => call(native, self, [into(self, value)]),
		});
		for (const [name, roots] of [
			['setHTMLUnsafe', true],
			['setHTML', false],
		] as const)
			hookMethod(owner, name, (native, self, args) =>
				call(
					native,
					self,
					changeAt(args, 0, (value) => into(self, value, roots)),
				),
			);
		hookMethod(owner, 'getHTML', (native, self, args) => outOf(self, call(native, self, args)));
	}
	hookAccessor(Element.prototype, 'outerHTML', {
		get: (native, self) => htmlSource(call(native, faithful(self), [])),
		set: (native, self, value) => call(native, self, [into(natives.parentNode(self), value)]),
	});
	hookMethod(Element.prototype, 'insertAdjacentHTML', (native, self, args) => {
		if (args.length < 2) return call(native, self, args);
		const where = once(args[0]);
		const around = () => (/^(?:afterbegin|beforeend)$/i.test(String(where)) ? self : natives.parentNode(self));
		return call(native, self, [where, mapText(args[1], 'TrustedHTML', (text) => rewriter(around())(text))]);
	});
	hookMethod(Range.prototype, 'createContextualFragment', (native, self, args) =>
		call(
			native,
			self,
			changeAt(args, 0, (value) => into(undefined, value)),
		),
	);
	hookMethod(DOMParser.prototype, 'parseFromString', (native, self, args) => {
		if (args.length < 2) return call(native, self, args);
		const type = once(args[1]);
		return call(native, self, [
			mapText(args[0], 'TrustedHTML', (text) => (String(type) === 'text/html' ? rewriteInert(text) : text)),
			type,
		]);
	});
	hookMethod(Document, 'parseHTMLUnsafe', (native, self, args) =>
		call(
			native,
			self,
			changeAt(args, 0, (value) => mapText(value, 'TrustedHTML', (text) => rewriteInert(text, true))),
		),
	);
	hookMethod(XMLSerializer.prototype, 'serializeToString', (native, self, args) =>
		htmlSource(call(native, self, args.length && isNode(args[0]) ? [faithful(args[0])] : args)),
	);
}

function isNode(value: unknown): boolean {
	try {
		return natives.nodeType(value) > 0;
	} catch {
		return false;
	}
}
