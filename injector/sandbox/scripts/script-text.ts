// page.
// The text of script and style elements, whichever way it is written: text, textContent, innerText, or text nodes put into them.
import { mapImportMap, mapJsonUrls } from '../../../rewrite/html/json.ts';
import { scriptKind } from '../../../rewrite/html/rules.ts';
import { unmaskIntegrity } from '../../../rewrite/integrity.ts';
import { withSlashes } from '../../../rewrite/url.ts';
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { type Any, getter, method, natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';
import { isOurs, mapText, rewriteScript, rewriteSheet, scriptSource, sheetSource } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { mapUrl, unmapUrl } from '../../urls.ts';
import { readAttr, writeAttr } from '../documents/element-attributes.ts';

/** 'script', 'style' or undefined: whether this node's text is code. */
export function codeElement(node: Any): 'script' | 'style' | undefined {
	if (natives.nodeType(node) !== 1) return undefined;
	const name = natives.localName(node);
	return name === 'script' || name === 'style' ? name : undefined;
}

export function textIn(element: Element, text: string): string {
	if (natives.localName(element) === 'style') return rewriteSheet(text);
	const kind = scriptKind(natives.getAttribute(element, 'type') ?? undefined, natives.getAttribute(element, 'language') ?? undefined);
	if (kind === 'data') return text;
	if (kind === 'classic' || kind === 'module') return rewriteScript(text, kind === 'module');
	return kind === 'importmap' ? mapImportMap(text, (url) => mapUrl(withSlashes(url))) : mapJsonUrls(text, mapUrl);
}

export function textOut(element: Element, text: string): string {
	if (!isOurs(text)) return text;
	if (natives.localName(element) === 'style') return sheetSource(text);
	const source = scriptSource(text);
	return source === text ? mapJsonUrls(unmaskIntegrity(text), unmapUrl) : source;
}

export function installScriptText(): void {
	const { HTMLScriptElement, HTMLElement, Node, CharacterData, Range, Text } = realm.global;
	for (const [owner, name] of [
		[HTMLScriptElement.prototype, 'text'],
		[HTMLScriptElement.prototype, 'textContent'],
		[HTMLScriptElement.prototype, 'innerText'],
		[HTMLElement.prototype, 'innerText'],
		[Node.prototype, 'textContent'],
		[Node.prototype, 'nodeValue'],
		[CharacterData.prototype, 'data'],
		[Text.prototype, 'wholeText'],
	] as const) {
		hookAccessor(owner, name, {
			get(native, self) {
				const text = call(native, self, []);
				return typeof text === 'string' && (common.shared.odd.any || isOurs(text)) ? shown(self, text) : text;
			},
			set: (native, self, value) => call(native, self, [value === null ? value : kept(self, value)]),
		});
	}
	hookAccessor(CharacterData.prototype, 'length', { get: (native, self) => call(native, asShown(self), []) });
	hookMethod(CharacterData.prototype, 'substringData', (native, self, args) => call(native, asShown(self), args));
	hookMethod(Range.prototype, 'selectNodeContents', (native, self, args) => {
		call(native, self, args);
		const [node] = args;
		const like = asShown(node);
		if (like !== node) setEnd(self, node, dataOf(like).length);
	});
	hookMethod(Range.prototype, 'toString', (native, self, args) => {
		const text = call(native, self, args);
		if (!isOurs(text)) return text;
		const node = around(self);
		const like = asShown(node);
		return like === node ? withSources(node, text) : dataOf(like).slice(startOf(self), endOf(self));
	});
	hookAccessor(HTMLElement.prototype, 'outerText', { get: (native, self) => shown(self, call(native, self, [])) });
}

const dataOf = getter<string>(realm.global.CharacterData?.prototype, 'data');
const createTextNode = method<Text>(realm.global.Document?.prototype, 'createTextNode');

const around = getter<Node>(realm.global.Range?.prototype, 'commonAncestorContainer');
const startOf = getter<number>(realm.global.AbstractRange?.prototype, 'startOffset');
const endOf = getter<number>(realm.global.AbstractRange?.prototype, 'endOffset');
const setEnd = method<void>(realm.global.Range?.prototype, 'setEnd');

const ELEMENT = 1;
const ATTRIBUTE = 2;
const FRAGMENT = 11;

/** What the page reads as the text of a node of any type. */
export function shown(node: Any, text: string): string | null {
	const type = natives.nodeType(node);
	if (type === ATTRIBUTE) return readAttr(node, text);
	const holder = type === ELEMENT || type === FRAGMENT ? node : natives.parentNode(node);
	if (holder && codeElement(holder)) return textOut(holder, text);
	return holder === node && isOurs(text) ? withSources(node, text) : text;
}

/** A node with the text that a text node of code shows, or the node itself. */
function asShown(node: Any): Any {
	const holder = natives.parentNode(node);
	if (!holder || !codeElement(holder)) return node;
	const raw = dataOf(node);
	return isOurs(raw) ? createTextNode(realm.global.document, textOut(holder as Element, raw)) : node;
}

/** The text of an element in which code stands. */
function withSources(node: Any, text: string): string {
	const found = queryAll(node, 'script, style');
	let real = text;
	for (let i = 0; i < found.length; i++) {
		const code = found[i] as Element;
		const raw = natives.textContent(code) ?? '';
		if (isOurs(raw)) real = real.replace(raw, () => textOut(code, raw));
	}
	return real;
}

/** What is kept where the page writes the text of a node of any type. */
function kept(node: Any, value: unknown): unknown {
	const type = natives.nodeType(node);
	if (type === ATTRIBUTE) return writeAttr(node, value);
	const holder = type === ELEMENT ? node : natives.parentNode(node);
	return holder && codeElement(holder) ? mapText(value, 'TrustedScript', (text) => textIn(holder, text)) : value;
}
