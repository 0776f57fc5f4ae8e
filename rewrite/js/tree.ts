// server and page: no Node, no DOM.
// The slow and certain way to find what a script needs changed: acorn's tree. Used where the lexer is in doubt, and by tests as its judge.
// In a document's bundle injector/ask-tree.ts stands in its place (scripts/build.mjs).
import {
	type AnyNode,
	type Expression,
	type MemberExpression,
	type Node,
	type Options,
	type PrivateIdentifier,
	parse,
	type Super,
} from 'acorn';
import { isMappable, isRelative, type JsHits } from './hits.ts';
import { skipTrivia } from './scan.ts';
import { argumentsOpen, bindingParents, chained, inNew, isShorthand, roleOf } from './tree-role.ts';
import { isRoot, isWord } from './words.ts';
import type { Wrap } from './wrap.ts';

const OPTIONS = {
	ecmaVersion: 'latest',
	allowReturnOutsideFunction: true,
	allowAwaitOutsideFunction: true,
	allowSuperOutsideMethod: true,
	allowImportExportEverywhere: true,
	allowHashBang: true,
	checkPrivateFields: false,
} as const satisfies Options;

/** A node with the way to it. */
export interface Step {
	readonly node: AnyNode;
	readonly key: string;
	readonly parent: Step | undefined;
}

/** All hits of a script, or undefined where acorn finds a syntax error (or runs out of stack on a hostile one). */
export function treeHits(source: string, module: boolean): JsHits | undefined {
	const root = parseScript(source, module);
	if (!root) return undefined;
	const hits: JsHits = { wraps: [], urls: [] };
	const stack: Step[] = [{ node: root as AnyNode, key: '', parent: undefined }];
	for (let step = stack.pop(); step; step = stack.pop()) {
		visit(step, source, hits);
		for (const [key, value] of Object.entries(step.node)) {
			if (isNode(value)) stack.push({ node: value, key, parent: step });
			else if (Array.isArray(value)) for (const item of value) if (isNode(item)) stack.push({ node: item, key, parent: step });
		}
	}
	hits.urls.sort((a, b) => a.start - b.start);
	return hits;
}

function parseScript(source: string, module: boolean): Node | undefined {
	const sourceType = module ? 'module' : 'script';
	for (const text of [source, opaque(source)]) {
		if (text === undefined) continue;
		try {
			return parse(text, { ...OPTIONS, sourceType });
		} catch {}
	}
	return undefined;
}

/** A binary string's bytes past ASCII as letters that acorn takes for a name (one for one, so that all positions stay). */
function opaque(source: string): string | undefined {
	if (!/[\x80-\xff]/.test(source)) return undefined;
	return source
		.replace(/\xe2\x80[\xa8\xa9]/g, '  \u2028')
		.replace(/\xc2\xa0/g, '  ')
		.replace(/\xef\xbb\xbf/g, '   ')
		.replace(/[\x80-\xff]/g, (c) => String.fromCharCode(0x4e00 + c.charCodeAt(0)));
}

function isNode(value: unknown): value is AnyNode {
	return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function visit(step: Step, source: string, hits: JsHits): void {
	const { node } = step;
	switch (node.type) {
		case 'Identifier':
			if (isWord(node.name)) push(hits, identifier(step, source));
			return;
		case 'MemberExpression':
			push(hits, member(step, source));
			return;
		case 'ImportExpression':
			push(hits, dynamicImport(node.start, node.source, node.end, source));
			hits.wraps.push({ call: 'r', start: node.start, end: node.end });
			return;
		case 'MetaProperty':
			if (node.meta.name === 'import') hits.wraps.push({ call: 'm', start: node.start, end: node.end });
			return;
		case 'ObjectPattern':
			push(hits, initializer(step, source));
			return;
		case 'SpreadElement':
			if (
				step.parent?.node.type === 'ObjectExpression' &&
				isPlainRoot(node.argument, source) &&
				skipTrivia(source, node.start + 3) === node.argument.start
			)
				hits.wraps.push({ call: 'd', start: node.argument.start, end: node.argument.end });
			return;
		case 'ImportDeclaration':
		case 'ExportNamedDeclaration':
		case 'ExportAllDeclaration':
			if (node.source && isMappable(String(node.source.value))) {
				hits.urls.push({ start: node.source.start + 1, end: node.source.end - 1, url: String(node.source.value) });
			}
	}
}

function push(hits: JsHits, wrap: Wrap | undefined): void {
	if (wrap) hits.wraps.push(wrap);
}

function identifier(step: Step, source: string): Wrap | undefined {
	const { node, parent } = step;
	if (node.type !== 'Identifier' || !isWord(node.name) || !parent || bindingParents(step)) return undefined;
	const { start, end, name } = node;
	const shorthand = isShorthand(step) ? { shorthand: name } : {};
	const role = roleOf(step, source);
	if (role === 'write') return name === 'location' ? { call: 'a', start, end, ...shorthand } : undefined;
	if (role === 'call' || role === 'tag') {
		if (name === 'location' || name === 'top') return undefined;
		const open = skipTrivia(source, end);
		if (name === 'eval' && role === 'call' && source[open] === '(') {
			const close = parent.node.end - 1;
			return skipTrivia(source, open + 1) < close ? { call: 'e', start: open + 1, end: close } : undefined;
		}
	}
	if (role === 'typeof' || role === 'delete') return undefined;
	return { call: 'v', start, end, ...shorthand, ...(role === 'new' ? { callee: true } : {}) };
}

function member(step: Step, source: string): Wrap | undefined {
	const { node } = step;
	if (node.type !== 'MemberExpression') return undefined;
	const { property, object, start, end } = node;
	const keyed = computed(step, source);
	if (keyed) return keyed;
	const name = node.computed ? (property.type === 'Literal' ? property.value : undefined) : property.type === 'Identifier' && property.name;
	const plain = isWord(name) && (!node.computed || source.slice(property.start + 1, property.end - 1) === name);
	if (!plain && !isGrandparent(node, source) && !isCompared(step, source)) return undefined;
	const role = roleOf(step, source);
	const facade = role === 'write' ? name === 'location' : role === 'call' && (name === 'postMessage' || name === 'eval');
	if (facade) {
		if (object.type === 'Super') return undefined;
		const dot = skipTrivia(source, object.end, true);
		return { call: 'w', start, end: dot, ...(!node.optional && chained(object) ? { chain: dot } : {}) };
	}
	if (role === 'write' || role === 'call' || role === 'tag' || role === 'delete') return undefined;
	const next = chained(node) && step.parent?.node.type === 'MemberExpression' && step.key === 'object' && !step.parent.node.optional;
	return {
		call: 'v',
		start,
		end,
		...(role === 'new' ? { callee: true } : {}),
		...(next ? { chain: skipTrivia(source, end) } : {}),
	};
}

/** `window[key]`, without escapes in the name or parentheses around it, and with a key that is no string or number alone. */
function computed(step: Step, source: string): Wrap | undefined {
	const { node } = step;
	if (node.type !== 'MemberExpression' || !node.computed || !isPlainRoot(node.object, source)) return undefined;
	const { property, object, start, end, optional } = node;
	const dot = skipTrivia(source, object.end);
	const open = optional ? skipTrivia(source, dot + 2) : dot;
	if (source[open] !== '[') return undefined; // in parentheses
	const literal = property.type === 'Literal' && /^(?:string|number|bigint)$/.test(typeof property.value);
	if (literal && skipTrivia(source, open + 1) === property.start && skipTrivia(source, property.end) === end - 1) return undefined;
	const callee = inNew(step, source) === 'new' ? { callee: true } : {};
	return { call: 'p', start, end, key: open, ...(optional ? { optional: dot } : {}), ...callee };
}

function isPlainRoot(node: AnyNode, source: string): boolean {
	return node.type === 'Identifier' && isRoot(node.name) && source.slice(node.start, node.end) === node.name;
}

/** `w.parent`, compared with that `w`. */
function isCompared({ node, parent, key }: Step, source: string): boolean {
	const around = parent?.node;
	if (node.type !== 'MemberExpression' || node.computed || node.optional || around?.type !== 'BinaryExpression') return false;
	if (!/^[=!]==?$/.test(around.operator)) return false;
	const { object, property } = node;
	const other = key === 'left' ? around.right : around.left;
	const text = (part: AnyNode) => (part.type === 'Identifier' ? source.slice(part.start, part.end) : '');
	if (text(property) !== 'parent' || !/^[\w$]+$/.test(text(object)) || text(object) !== text(other)) return false;
	// neither of the two in parentheses
	const [left, right] = key === 'left' ? [node, other] : [other, node];
	const operator = skipTrivia(source, left.end);
	return (
		source[skipTrivia(source, object.end)] === '.' &&
		around.start === left.start &&
		around.end === right.end &&
		source.startsWith(around.operator, operator) &&
		skipTrivia(source, operator + around.operator.length) === right.start
	);
}

/** `parent.parent`, without parentheses or escapes between. */
function isGrandparent({ object, property, computed }: MemberExpression, source: string): boolean {
	const named = object.type === 'MemberExpression' && !object.computed ? object.property : object;
	const parent = (part: Expression | PrivateIdentifier | Super) =>
		part.type === 'Identifier' && source.slice(part.start, part.end) === 'parent';
	return !computed && parent(property) && parent(named) && source[skipTrivia(source, object.end)] !== ')';
}

/** What a pattern with one of the words for a key is given: `const {top} = …`, `({top} = …)`, a parameter's default. */
function initializer({ node, parent, key }: Step, source: string): Wrap | undefined {
	if (node.type !== 'ObjectPattern' || !parent) return undefined;
	const holder = parent.node;
	const value =
		holder.type === 'VariableDeclarator' && key === 'id'
			? holder.init
			: (holder.type === 'AssignmentExpression' || holder.type === 'AssignmentPattern') && key === 'left'
				? holder.right
				: undefined;
	const named = node.properties.some((p) => p.type === 'Property' && !p.computed && p.key.type === 'Identifier' && isWord(p.key.name));
	if (!value) return undefined;
	const start = skipTrivia(source, skipTrivia(source, node.end) + 1);
	const unnamed =
		node.properties.some((p) => p.type === 'RestElement' || p.computed) && isPlainRoot(value, source) && start === value.start;
	if (!named && !unnamed) return undefined;
	if (value.type === 'ObjectExpression' && start === value.start) return undefined;
	let { end } = value;
	for (let at = start; at < value.start; at = skipTrivia(source, at + 1)) end = skipTrivia(source, end) + 1; // parentheses
	return { call: 'd', start, end };
}

function dynamicImport(start: number, spec: AnyNode, end: number, source: string): Wrap | undefined {
	const relative = spec.type === 'Literal' && typeof spec.value === 'string' && isRelative(spec.value);
	const open = argumentsOpen(source, start);
	let close = skipTrivia(source, spec.end, true);
	if (source[close] !== ',' || close >= end) close = end - 1;
	return { call: 'i', start: open + 1, end: close, ...(relative ? { relative } : {}) };
}
