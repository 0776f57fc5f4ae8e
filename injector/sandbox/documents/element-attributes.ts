// page.
// getAttribute, setAttribute, Attr and their kin: the page reads what it wrote, the browser holds URLs of ours.
import { expectAutofocus } from '../../autofocus.ts';
import { call, hookAccessor, hookMethod, replaceMethod } from '../../hook.ts';
import { once } from '../../late.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { mapText } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { unmapText } from '../../urls.ts';
import { attributeFrom, attributeIn, givenFor, isPlain, kindOf, PRAGMA } from './attributes.ts';
import { sandboxChanged } from './still-frames.ts';

const attr = realm.global.Attr?.prototype;
const attrName = getter<string>(attr, 'name');
const attrValue = getter<string>(attr, 'value');
const attrOwner = getter<Element | null>(attr, 'ownerElement');

/** What an attribute written by the page is kept as. */
function written(element: Element, name: string, value: unknown): unknown {
	const kind = kindOf(element, name);
	if (!kind) return value;
	const trusted = kind === 'html' ? 'TrustedHTML' : kind === 'script' ? 'TrustedScript' : 'TrustedScriptURL';
	return mapText(value, trusted, (text) => attributeIn(element, name, kind, text));
}

/** The content of a meta element that stood there first means something else now. */
function pragmaCame(element: Element): void {
	const raw = natives.localName(element) === 'meta' ? natives.getAttribute(element, 'content') : null;
	if (raw !== null) natives.setAttribute(element, 'content', written(element, 'content', read(element, 'content', raw)) as string);
}

function read(element: Element, name: string, raw: string): string | null {
	const given = givenFor(element, name, raw);
	if (given !== undefined) return given;
	const kind = raw ? kindOf(element, name) : undefined;
	return kind ? attributeFrom(element, name, kind, raw) : raw;
}

export function installElementAttributes(): void {
	const proto = realm.global.Element.prototype;
	hookMethod(proto, 'getAttribute', (native, self, args) => {
		args[0] &&= once(args[0]);
		const raw = call(native, self, args);
		return raw === null ? raw : read(self, `${args[0]}`, raw);
	});
	hookMethod(proto, 'hasAttribute', (native, self, args) => {
		args[0] &&= once(args[0]);
		const has = call(native, self, args);
		return has && (common.shared.odd.any || args[0] === 'csp')
			? read(self, `${args[0]}`, natives.getAttribute(self, `${args[0]}`) as string) !== null
			: has;
	});
	hookMethod(proto, 'getAttributeNS', (native, self, given) => {
		const args = given.map(once);
		const raw = call(native, self, args);
		return raw === null ? raw : read(self, qualified(`${args[0]}`, `${args[1]}`), raw);
	});
	replaceMethod(
		proto,
		'setAttribute',
		(native) =>
			({
				method(this: Any, ...args: unknown[]) {
					const given = args[0];
					// Most attributes are what they are, and some pages set tens of thousands of them a second.
					if (typeof given === 'string' && isPlain(given)) {
						if (given === 'autofocus') expectAutofocus();
						return call(native, this, args);
					}
					if (args.length < 2 || typeof given === 'symbol' || !isElement(this)) return call(native, this, args);
					const name = `${given}`;
					const result = call(native, this, [name, written(this, name, args[1])]);
					if (name.toLowerCase() === PRAGMA) pragmaCame(this);
					return result;
				},
			}).method,
	);
	hookAccessor(realm.global.HTMLMetaElement?.prototype, 'httpEquiv', {
		set(native, self, value) {
			call(native, self, [value]);
			pragmaCame(self);
		},
	});
	hookMethod(proto, 'toggleAttribute', (native, self, args) => {
		if (args[0] === 'autofocus') expectAutofocus();
		const out = call(native, self, args);
		if (args[0] === 'sandbox') sandboxChanged(self);
		return out;
	});
	for (const name of ['HTMLElement', 'SVGElement', 'MathMLElement']) {
		hookAccessor(realm.global[name]?.prototype, 'autofocus', {
			set(native, self, value) {
				expectAutofocus();
				call(native, self, [value]);
			},
		});
	}
	hookMethod(proto, 'setAttributeNS', (native, self, args) => {
		if (args.length < 3 || typeof args[0] === 'symbol' || typeof args[1] === 'symbol' || !isElement(self)) return call(native, self, args);
		const namespace = args[0] == null ? null : `${args[0]}`;
		const name = `${args[1]}`;
		return call(native, self, [namespace, name, written(self, qualified(namespace, name), args[2])]);
	});
	for (const name of ['setAttributeNode', 'setAttributeNodeNS']) {
		hookMethod(proto, name, (native, self, args) => {
			const node = args[0];
			if (isElement(self) && node && isAttr(node) && !attrOwner(node)) adopt(self, node);
			return call(native, self, args);
		});
	}
	hookAccessor(attr, 'value', {
		get: (native, self) => readAttr(self, call(native, self, [])),
		set: (native, self, value) => call(native, self, [writeAttr(self, value)]),
	});
}

/** `xlink:href` whatever prefix the page gave; the table knows the usual one. */
function qualified(namespace: unknown, name: string): string {
	return namespace === 'http://www.w3.org/1999/xlink' ? `xlink:${name.slice(name.indexOf(':') + 1)}` : name;
}

const setAttrValue = natives.getOwnPropertyDescriptor(attr ?? {}, 'value')?.set as Any;

/** A free attribute node gets an owner: from now on its value is kept as ours. */
function adopt(element: Element, node: Attr): void {
	const value = attrValue(node);
	const next = written(element, attrName(node), value);
	if (next !== value) call(setAttrValue, node, [next]);
}

/** What an Attr shows where `raw` stands. */
export function readAttr(self: Attr, raw: string): string | null {
	const element = attrOwner(self);
	return element ? read(element, attrName(self), raw) : unmapText(raw); // the copy of one that has an owner
}

/** What is written natively where the page writes `value` to an Attr. */
export function writeAttr(self: Attr, value: unknown): unknown {
	const element = attrOwner(self);
	return element ? written(element, attrName(self), value) : value;
}

function isAttr(node: Any): boolean {
	try {
		return natives.nodeType(node) === 2;
	} catch {
		return false;
	}
}

function isElement(node: Any): boolean {
	try {
		natives.localName(node);
		return true;
	} catch {
		return false;
	}
}
