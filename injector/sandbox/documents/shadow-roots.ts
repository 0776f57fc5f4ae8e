// page.
// Shadow roots: frames inside a shadow tree fire their `load` there alone, and the mirror wants closed roots too. Those that script attaches come
// out of attachShadow. To a closed one of the parser's nothing leads from outside, so the rewriter puts an element of ours into it
// (ROOT_MARK), which is created there, tells its root and is gone before the parser goes on. Where none is created (a document without a
// window, a template that became no root) it is taken out before the page can see it.
import { ROOT_MARK } from '../../../protocol/page.ts';
import { call, hookAccessor, hookMethod } from '../../hook.ts';
import { type Any, getter, natives } from '../../natives.ts';
import { realm } from '../../realm.ts';

const firstElement = getter<Element | null>(realm.global.DocumentFragment?.prototype, 'firstElementChild');
const hostOf = getter<Element>(realm.global.ShadowRoot?.prototype, 'host');
const define = realm.global.CustomElementRegistry?.prototype.define;

export function installShadowRoots(onShadowRoot: (root: ShadowRoot) => void): void {
	const { Element, ElementInternals, HTMLTemplateElement, CustomElementRegistry } = realm.global;
	hookMethod(Element.prototype, 'attachShadow', (native, self, args) => {
		const root = call(native, self, args);
		onShadowRoot(root);
		return root;
	});
	if (!define) return;
	defineMark((mark) => {
		const root = natives.parentNode(mark);
		if (!root || !isRoot(root)) return;
		natives.removeElement(mark);
		onShadowRoot(root);
	});
	hookAccessor(ElementInternals?.prototype, 'shadowRoot', {
		get(native, self) {
			const root = call(native, self, []);
			if (root && dropMark(root)) onShadowRoot(root);
			return root;
		},
	});
	hookAccessor(HTMLTemplateElement?.prototype, 'content', {
		get(native, self) {
			const content = call(native, self, []);
			dropMark(content);
			return content;
		},
	});
	hookMethod(CustomElementRegistry.prototype, 'get', (native, self, args) => (isMark(args[0]) ? undefined : call(native, self, args)));
}

/** `found` is called with each mark that the browser makes: by the parser as it comes into its root, in a copy as it is upgraded there. */
function defineMark(found: (mark: Element) => void): void {
	class Mark extends realm.global.HTMLElement {
		constructor() {
			super();
			found(this as Any);
		}
		connectedCallback(): void {
			found(this as Any);
		}
	}
	call(define, realm.global.customElements, [ROOT_MARK, Mark]);
}

function dropMark(inside: Node): boolean {
	const first = firstElement(inside);
	if (!first || natives.localName(first) !== ROOT_MARK) return false;
	natives.removeElement(first);
	return true;
}

function isRoot(node: Node): node is ShadowRoot {
	try {
		return hostOf(node) !== null;
	} catch {
		return false;
	}
}

function isMark(name: unknown): boolean {
	return typeof name === 'string' && name === ROOT_MARK;
}
