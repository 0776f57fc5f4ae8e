// page.
// The text of script and style elements, whichever way it is written: text, textContent, innerText, or text nodes put into them.
import { mapJsonUrls } from '../../rewrite/html/json.ts';
import { scriptKind } from '../../rewrite/html/rules.ts';
import { call, hookAccessor, hookMethod } from '../hook.ts';
import { type Any, getter, natives, setter } from '../natives.ts';
import { realm } from '../realm.ts';
import { isOurs, mapText, rewriteScript, rewriteSheet, scriptSource, sheetSource } from '../rewriting.ts';
import { mapUrl, unmapUrl } from '../urls.ts';

const data = getter<string>(realm.global.CharacterData?.prototype, 'data');
const setData = setter(realm.global.CharacterData?.prototype, 'data');

/** 'script', 'style' or undefined: whether this node's text is code. */
function codeElement(node: Any): 'script' | 'style' | undefined {
	if (natives.nodeType(node) !== 1) return undefined;
	const name = natives.localName(node);
	return name === 'script' || name === 'style' ? name : undefined;
}

function textIn(element: Element, text: string): string {
	if (natives.localName(element) === 'style') return rewriteSheet(text);
	const kind = scriptKind(natives.getAttribute(element, 'type') ?? undefined, natives.getAttribute(element, 'language') ?? undefined);
	if (kind === 'data') return text;
	return kind === 'classic' || kind === 'module' ? rewriteScript(text, kind === 'module') : mapJsonUrls(text, mapUrl);
}

function textOut(element: Element, text: string): string {
	if (!isOurs(text)) return text;
	if (natives.localName(element) === 'style') return sheetSource(text);
	const source = scriptSource(text);
	return source === text ? mapJsonUrls(text, unmapUrl) : source;
}

export function installScriptText(): void {
	const { HTMLScriptElement, HTMLElement, Node, Element } = realm.global;
	for (const [owner, name] of [
		[HTMLScriptElement.prototype, 'text'],
		[HTMLScriptElement.prototype, 'textContent'],
		[HTMLScriptElement.prototype, 'innerText'],
		[HTMLElement.prototype, 'innerText'],
		[Node.prototype, 'textContent'],
	] as const) {
		hookAccessor(owner, name, {
			get(native, self) {
				const text = call(native, self, []);
				return typeof text === 'string' && isOurs(text) && codeElement(self) ? textOut(self, text) : text;
			},
			set(native, self, value) {
				call(native, self, [codeElement(self) && value !== null ? mapText(value, 'TrustedScript', (text) => textIn(self, text)) : value]);
			},
		});
	}
	const intoCode = (native: (...args: Any[]) => Any, self: Any, args: Any[]) => {
		if (codeElement(self)) for (const [i, child] of args.entries()) args[i] = adopted(self, child);
		return call(native, self, args);
	};
	for (const name of ['appendChild', 'insertBefore', 'replaceChild']) hookMethod(Node.prototype, name, intoCode);
	for (const name of ['append', 'prepend', 'replaceChildren']) hookMethod(Element.prototype, name, intoCode);
}

/** A string or text node on its way into a script or style element. */
function adopted(element: Element, child: unknown): unknown {
	if (typeof child === 'string') return textIn(element, child);
	try {
		if (natives.nodeType(child) !== 3 || natives.parentNode(child) === element) return child;
		const text = data(child);
		const mapped = textIn(element, text);
		if (mapped !== text) setData(child, mapped);
	} catch {
		// no node: the native says so
	}
	return child;
}
