// server and page: no Node, no DOM.
// What an expression is used for, read off the tree around it (ECMA-262 section 13.15 for patterns).
import type { AnyNode } from 'acorn';
import { skipTrivia } from './scan.ts';
import type { Step } from './tree.ts';

export type Role = 'read' | 'write' | 'call' | 'new' | 'tag' | 'typeof' | 'delete';

/** Parents under which an identifier is a name and no reference, by the key it stands at. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
	FunctionDeclaration: ['id'],
	FunctionExpression: ['id'],
	ClassDeclaration: ['id'],
	ClassExpression: ['id'],
	LabeledStatement: ['label'],
	BreakStatement: ['label'],
	ContinueStatement: ['label'],
	ImportSpecifier: ['imported', 'local'],
	ImportDefaultSpecifier: ['local'],
	ImportNamespaceSpecifier: ['local'],
	ImportAttribute: ['key'],
	ExportSpecifier: ['local', 'exported'],
	ExportAllDeclaration: ['exported'],
	MetaProperty: ['meta', 'property'],
};
const KEYED = new Set(['MemberExpression', 'Property', 'MethodDefinition', 'PropertyDefinition']);
const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

/** Whether an identifier declares something or names a property, so that it is no reference. */
export function bindingParents(step: Step): boolean {
	const { key, node } = step;
	const parent = step.parent?.node;
	if (!parent) return true;
	if (NAMES[parent.type]?.includes(key)) return true;
	if (KEYED.has(parent.type) && (key === 'property' || key === 'key') && !(parent as { computed?: boolean }).computed) {
		return !(parent.type === 'Property' && parent.shorthand) || parent.value !== node || key === 'key';
	}
	const root = patternRoot(step);
	if (!root?.parent) return false;
	const holder = root.parent.node.type;
	return (
		(holder === 'VariableDeclarator' && root.key === 'id') ||
		(holder === 'CatchClause' && root.key === 'param') ||
		(FUNCTIONS.has(holder) && root.key === 'params')
	);
}

/** Whether the identifier is the value of `{name}` or `{name = …}`. */
export function isShorthand(step: Step): boolean {
	let { parent, key } = step;
	if (parent?.node.type === 'AssignmentPattern' && key === 'left') ({ parent, key } = parent);
	return parent?.node.type === 'Property' && parent.node.shorthand && key === 'value';
}

/** What the expression at `step` is used for. */
export function roleOf(step: Step, source: string): Role {
	const parent = step.parent?.node;
	const { key } = step;
	switch (parent?.type) {
		case 'UpdateExpression':
			return 'write';
		case 'CallExpression':
			return key === 'callee' ? 'call' : 'read';
		case 'NewExpression':
			return key === 'callee' ? inNew(step, source) : 'read';
		case 'TaggedTemplateExpression':
			return key === 'tag' ? 'tag' : 'read';
		case 'UnaryExpression':
			if (skipTrivia(source, parent.start + parent.operator.length) !== step.node.start) return 'read'; // in parentheses
			return parent.operator === 'typeof' && step.node.type === 'Identifier' ? 'typeof' : parent.operator === 'delete' ? 'delete' : 'read';
		case 'ChainExpression':
			return step.parent?.parent?.node.type === 'UnaryExpression' && step.parent.parent.node.operator === 'delete' ? 'delete' : 'read';
		case 'MemberExpression':
			return key === 'object' ? inNew(step, source) : 'read';
	}
	const root = patternRoot(step);
	const holder = root?.parent?.node;
	if (holder?.type === 'AssignmentExpression' && root?.key === 'left') return 'write';
	if ((holder?.type === 'ForInStatement' || holder?.type === 'ForOfStatement') && root?.key === 'left') return 'write';
	return 'read';
}

/** `new` where the expression begins the callee of one, without parentheses: `new a.location.X()`; else `read`. */
export function inNew(step: Step, source: string): Role {
	for (let at = step; at.parent; at = at.parent) {
		const { type, start } = at.parent.node;
		if (type === 'NewExpression' && at.key === 'callee') return skipTrivia(source, start + 3) === step.node.start ? 'new' : 'read';
		if (!(type === 'MemberExpression' && at.key === 'object') && !(type === 'TaggedTemplateExpression' && at.key === 'tag')) return 'read';
	}
	return 'read';
}

/** The outermost pattern an expression is a target of (itself where it is none). A default value (`= …`) is no target. */
function patternRoot(step: Step): Step | undefined {
	let at = step;
	for (;;) {
		const parent = at.parent?.node;
		if (!at.parent || !parent) return at;
		if (parent.type === 'Property' && at.key === 'value' && at.parent.parent?.node.type === 'ObjectPattern') at = at.parent.parent;
		else if (parent.type === 'ArrayPattern' || parent.type === 'RestElement') at = at.parent;
		else if (parent.type === 'ObjectPattern' && at.node.type === 'RestElement') at = at.parent;
		else if (parent.type === 'AssignmentPattern' && at.key === 'left') at = at.parent;
		else return at;
	}
}

/** Whether a chain has a `?.` in it; parentheses end a chain. */
export function chained(node: AnyNode): boolean {
	for (let at: AnyNode = node; ; ) {
		if (at.type === 'MemberExpression') {
			if (at.optional) return true;
			at = at.object as AnyNode;
		} else if (at.type === 'CallExpression') {
			if (at.optional) return true;
			at = at.callee as AnyNode;
		} else return false;
	}
}

/** Where the parenthesis of `import(…)`, `import.source(…)` or `import.defer(…)` opens. */
export function argumentsOpen(source: string, start: number): number {
	let at = skipTrivia(source, start + 'import'.length);
	while (source[at] === '.') {
		at = skipTrivia(source, at + 1);
		while (/[a-z]/.test(source[at] ?? '')) at++;
		at = skipTrivia(source, at);
	}
	return at;
}
