// page.
// Markup read back from elements whose attributes were written in a form that can't be computed back (`HTTP://Site:80/x`, srcdoc):
// it is taken from a copy, in a document that loads nothing, which has those attributes as they were given.
import { call, hookMethod } from '../../hook.ts';
import { type Any, method, natives } from '../../natives.ts';
import { queryAll } from '../../query.ts';
import { realm } from '../../realm.ts';
import { common } from '../../shared.ts';

const importNode = method<Element>(realm.global.Document?.prototype, 'importNode');
let inert: Document | undefined;

const treeOf = (node: Node, type: number): Element[] =>
	type === 1 ? [node as Element, ...queryAll(node, '*')] : type === 11 ? [...queryAll(node, '*')] : [];

/** cloneNode and importNode: what is remembered of an element holds for its copy. */
export function installCloning(): void {
	const remembering = (native: (...args: Any[]) => Any, self: Any, args: Any[], from: Any) => {
		const copy = call(native, self, args);
		if (common.shared.odd.any && from) copyAll(from, copy);
		return copy;
	};
	hookMethod(realm.global.Node.prototype, 'cloneNode', (native, self, args) => remembering(native, self, args, self));
	hookMethod(realm.global.Document.prototype, 'importNode', (native, self, args) => remembering(native, self, args, args[0]));
}

function copyAll(from: Node, copy: Node): void {
	const copies = treeOf(copy, natives.nodeType(copy));
	if (!copies.length) return;
	const originals = treeOf(from, natives.nodeType(from));
	for (let i = 0; i < copies.length; i++) {
		const written = common.shared.written.get(originals[i] as Element);
		if (written) common.shared.written.set(copies[i] as Element, new natives.Map(written));
	}
}

/** `root`, or a copy of it to serialize instead. */
export function faithful(root: Node): Node {
	if (!common.shared.odd.any) return root;
	const type = natives.nodeType(root);
	if (type !== 1 && type !== 11) return root;
	const originals = treeOf(root, type);
	if (!originals.some((element) => common.shared.written.has(element))) return root;
	if (type === 11 && 'host' in root) return root; // a shadow root can't be copied
	inert ??= realm.global.document.implementation.createHTMLDocument('') as Document;
	const copy = importNode(inert, root, true);
	const copies = treeOf(copy, type);
	for (let i = 0; i < copies.length; i++) {
		const element = copies[i] as Element;
		const written = common.shared.written.get(originals[i] as Element);
		for (const [name, { raw, given }] of written ?? []) {
			if (natives.getAttribute(originals[i], name) !== raw) continue;
			if (given === null) natives.removeAttribute(element, name);
			else natives.setAttribute(element, name, given);
		}
	}
	return copy;
}
