// page.
// innerHTML, outerHTML, insertAdjacentHTML, createContextualFragment, DOMParser, XMLSerializer, getHTML, setHTMLUnsafe: markup in and out.
import { call, hookAccessor, hookMethod } from '../hook.ts';
import { type Any, natives } from '../natives.ts';
import { realm } from '../realm.ts';
import { mapText, rewriteScript, rewriteSheet, scriptSource, sheetSource } from '../rewriting.ts';
import { htmlSource, rewriteFragment, rewriteInert } from './html.ts';
import { faithful } from './serialize.ts';

/** Elements whose content is no markup. */
const TEXT: Readonly<Record<string, readonly [(text: string) => string, (text: string) => string]>> = {
	script: [(text) => rewriteScript(text), scriptSource],
	style: [rewriteSheet, sheetSource],
};

function into(element: Any, value: unknown, roots = false): unknown {
	const name = contextOf(element);
	const rewrite = TEXT[name]?.[0] ?? ((text: string) => rewriteFragment(text, name, roots));
	return value === null ? value : mapText(value, 'TrustedHTML', rewrite);
}

function contextOf(node: Any): string {
	try {
		return natives.localName(node);
	} catch {
		return 'body';
	}
}

const outOf = (element: Any, text: unknown): unknown =>
	typeof text === 'string' ? (TEXT[contextOf(element)]?.[1] ?? htmlSource)(text) : text;

export function installInnerHtml(): void {
	const { Element, ShadowRoot, Range, DOMParser, XMLSerializer, Document } = realm.global;
	for (const owner of [Element.prototype, ShadowRoot?.prototype]) {
		hookAccessor(owner, 'innerHTML', {
			get: (native, self) => outOf(self, call(native, faithful(self), [])),
			set: (native, self, value) => call(native, self, [into(self, value)]),
		});
		hookMethod(owner, 'setHTMLUnsafe', (native, self, [value, ...rest]) => call(native, self, [into(self, value, true), ...rest]));
		hookMethod(owner, 'setHTML', (native, self, [value, ...rest]) => call(native, self, [into(self, value), ...rest]));
		hookMethod(owner, 'getHTML', (native, self, args) => outOf(self, call(native, self, args)));
	}
	hookAccessor(Element.prototype, 'outerHTML', {
		get: (native, self) => htmlSource(call(native, faithful(self), [])),
		set: (native, self, value) => call(native, self, [into(natives.parentNode(self), value)]),
	});
	hookMethod(Element.prototype, 'insertAdjacentHTML', (native, self, args) => {
		if (args.length < 2) return call(native, self, args);
		const inside = /^(?:afterbegin|beforeend)$/i.test(`${args[0]}`);
		return call(native, self, [args[0], into(inside ? self : natives.parentNode(self), args[1])]);
	});
	hookMethod(Range.prototype, 'createContextualFragment', (native, self, args) =>
		call(native, self, args.length ? [into(undefined, args[0])] : args),
	);
	hookMethod(DOMParser.prototype, 'parseFromString', (native, self, args) =>
		call(
			native,
			self,
			args.length > 1 && `${args[1]}` === 'text/html' ? [mapText(args[0], 'TrustedHTML', (text) => rewriteInert(text)), args[1]] : args,
		),
	);
	hookMethod(Document, 'parseHTMLUnsafe', (native, self, [value, ...rest]) =>
		call(native, self, [mapText(value, 'TrustedHTML', (text) => rewriteInert(text, true)), ...rest]),
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
