// server and page: no Node, no DOM.
// A message of the mirror as one class of guests gets it: texts that differ by class (privacy.ts) become what that class sees.
import type { MirrorMessage, Op, WireNode } from './mirror.ts';
import { decodeMirror } from './mirror-decode.ts';
import { encodeMirror } from './mirror-encode.ts';
import { type Mask, unveil, VEIL_BYTES } from './privacy.ts';

/** Whether a text in these bytes differs by class. */
export function isVeiled(bytes: Uint8Array): boolean {
	const [a, b, c] = VEIL_BYTES;
	for (let at = bytes.indexOf(a as number); at >= 0; at = bytes.indexOf(a as number, at + 1)) {
		if (bytes[at + 1] === b && bytes[at + 2] === c) return true;
	}
	return false;
}

/** The bytes for one class; `bit` names it. Throws RangeError on bytes that are no message. */
export function bytesFor(bytes: Uint8Array, bit: Mask): Uint8Array {
	return encodeMirror(messageFor(decodeMirror(bytes), bit));
}

export function messageFor(message: MirrorMessage, bit: Mask): MirrorMessage {
	switch (message.t) {
		case 'key':
			return { ...message, nodes: message.nodes.map((node) => nodeFor(node, bit)), ops: message.ops.map((op) => opFor(op, bit)) };
		case 'delta':
		case 'eph':
			return { ...message, ops: message.ops.map((op) => opFor(op, bit)) };
		default:
			return message;
	}
}

function opFor(op: Op, bit: Mask): Op {
	switch (op.op) {
		case 'insert':
			return { ...op, nodes: op.nodes.map((node) => nodeFor(node, bit)) };
		case 'attr': {
			const value = unveil(op.value, bit);
			return value === undefined ? { op: 'unattr', id: op.id, name: op.name } : { ...op, value };
		}
		case 'text':
			return { ...op, text: unveil(op.text, bit) ?? '' };
		case 'state':
			return { ...op, value: unveil(op.value, bit) ?? '' };
		case 'sheet':
		case 'rules':
			return { ...op, rules: op.rules.map((rule) => unveil(rule, bit) ?? '') };
		default:
			return op;
	}
}

function nodeFor(node: WireNode, bit: Mask): WireNode {
	switch (node.k) {
		case 'text':
			return { ...node, text: unveil(node.text, bit) ?? '' };
		case 'shadow':
			return { ...node, nodes: node.nodes.map((inner) => nodeFor(inner, bit)) };
		case 'element': {
			const attrs: string[] = [];
			for (let i = 0; i < node.attrs.length; i += 2) {
				const value = unveil(node.attrs[i + 1] as string, bit);
				if (value !== undefined) attrs.push(node.attrs[i] as string, value);
			}
			return { ...node, attrs, nodes: node.nodes.map((inner) => nodeFor(inner, bit)) };
		}
		default:
			return node;
	}
}
