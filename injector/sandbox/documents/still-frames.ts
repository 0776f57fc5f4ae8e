// page.
// Frames of still documents (protocol/still.ts): what lets our runtime into them is nothing that the page reads, or could take away by half.
import { isLetIn, stillNonce } from '../../../protocol/still.ts';
import { call, hookAccessor, hookMethod, replaceMethod, wrap } from '../../hook.ts';
import { type Any, getter, method, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { attributeFrom, attributeIn } from './attributes.ts';
import { stills } from './html.ts';

const proto = realm.global.HTMLIFrameElement?.prototype;
const ownerOf = getter<Element | null>(realm.global.Attr?.prototype, 'ownerElement');
const attributeNode = method<Attr | null>(realm.global.Element?.prototype, 'getAttributeNode');
const policyOf = (frame: Element): Attr | null => attributeNode(frame, 'csp');

/** The attribute was set or removed in another way than as a text. */
export function sandboxChanged(element: Element): void {
	const raw = natives.getAttribute(element, 'sandbox');
	if (!stills || natives.localName(element) !== 'iframe') return;
	if (raw !== null) natives.setAttribute(element, 'sandbox', attributeIn(element, 'sandbox', 'sandbox', raw));
	else if (stillNonce(natives.getAttribute(element, 'csp'))) natives.removeAttribute(element, 'csp');
}

export function installStillFrames(): void {
	if (!stills) return;
	const { Element, DOMTokenList, NamedNodeMap } = realm.global;
	const namedItem = NamedNodeMap?.prototype.getNamedItem;
	replaceMethod(
		Element.prototype,
		'removeAttribute',
		(native) =>
			({
				method(this: Any, ...args: unknown[]) {
					const [name] = args;
					if (name === 'csp' && isFrame(this)) return;
					call(native, this, args);
					if (name === 'sandbox') sandboxChanged(this);
				},
			}).method,
	);
	hookMethod(Element.prototype, 'getAttributeNames', (native, self, args) => {
		const names: string[] = call(native, self, args);
		return names.includes('csp') && isFrame(self) ? names.filter((name) => name !== 'csp') : names;
	});
	hookMethod(Element.prototype, 'removeAttributeNS', (native, self, args) => {
		if (`${args[1]}` !== 'csp' || !isFrame(self)) call(native, self, args);
	});
	hookMethod(Element.prototype, 'removeAttributeNode', (native, self, args) =>
		isFrame(self) && args[0] === policyOf(self) ? args[0] : call(native, self, args),
	);
	for (const [name, at] of [
		['removeNamedItem', 0],
		['removeNamedItemNS', 1],
	] as const)
		hookMethod(NamedNodeMap?.prototype, name, (native, self, args) => {
			const attribute = args[at] === 'csp' ? call(namedItem, self, ['csp']) : null;
			return attribute && isFrame(ownerOf(attribute)) ? attribute : call(native, self, args);
		});
	hookAccessor(proto, 'csp', {
		get(native, self) {
			const value = call(native, self, []);
			return stillNonce(value) ? '' : value;
		},
		set: (native, self, value) => void (isFrame(self) || call(native, self, [value])),
	});
	/** Each frame's tokens: those of an element beside it, which has what the page wrote. */
	const besides = new natives.WeakMap<Element, { readonly beside: Element; readonly list: object }>();
	const value = natives.getOwnPropertyDescriptor(DOMTokenList.prototype, 'value') ?? {};
	const make = (frame: Element, tokensOf: Any) => {
		const beside = natives.createElement(natives.ownerDocument(frame) as Document, 'iframe');
		const list = call(tokensOf, beside, []);
		const changing = (native: Any) =>
			wrap(native, (change, self, args) => {
				const out = call(change, self, args);
				const tokens = natives.getAttribute(beside, 'sandbox');
				if (tokens !== null) natives.setAttribute(frame, 'sandbox', attributeIn(frame, 'sandbox', 'sandbox', tokens));
				return out;
			});
		for (const name of ['add', 'remove', 'toggle', 'replace'])
			natives.defineProperty(list, name, { value: changing(DOMTokenList.prototype[name]), configurable: true, writable: true });
		natives.defineProperty(list, 'value', { ...value, set: changing(value.set) });
		return { beside, list };
	};
	// setting it sets the value of what is got
	hookAccessor(proto, 'sandbox', {
		get(native, self) {
			const raw = call(native, self, []) && natives.getAttribute(self, 'sandbox');
			const made = besides.get(self) ?? make(self, native);
			besides.set(self, made);
			if (raw === null) natives.removeAttribute(made.beside, 'sandbox');
			else natives.setAttribute(made.beside, 'sandbox', attributeFrom(self, 'sandbox', 'sandbox', raw) ?? '');
			return made.list;
		},
	});
}

function isFrame(element: Any): boolean {
	try {
		return isLetIn(natives.getAttribute(element, 'sandbox')) && !!stillNonce(natives.getAttribute(element, 'csp'));
	} catch {
		return false; // no element
	}
}
