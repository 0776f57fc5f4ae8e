// server only (Node).
// What of a document's state goes along to a next host, out of its shadow: form values and scroll positions, by selectors that may find
// the same elements in a new copy of the page. Masked values are not in a shadow, and what stands for them stays behind.
import type { DocumentState, FieldState, ScrollState, Way } from '../../protocol/carry.ts';
import type { NodeId } from '../../protocol/mirror.ts';
import type { Shadow, Twig } from './shadow.ts';

/** The document's state as the shadow has it. */
export function carriedOf(shadow: Shadow): DocumentState {
	const ops = shadow.state.ops();
	const masked = new Set<NodeId>();
	for (const op of ops) if (op.op === 'state' && op.name === 'masked' && op.value === '1') masked.add(op.id);
	const fields = new Map<NodeId, FieldState>();
	const scrolls: ScrollState[] = [];
	for (const op of ops) {
		if (op.op === 'scroll' && op.id === 0) scrolls.push({ at: [], x: op.x, y: op.y });
		if ((op.op !== 'scroll' && op.op !== 'state') || op.id === 0) continue;
		const twig = shadow.twig(op.id);
		if (!twig || inside(twig, masked)) continue;
		if (op.op === 'scroll') scrolls.push({ at: wayTo(twig), x: op.x, y: op.y });
		else {
			const said = read(op.name, op.value);
			if (said) fields.set(op.id, { ...(fields.get(op.id) ?? { at: wayTo(twig) }), ...said });
		}
	}
	return { url: shadow.base.replace(/#.*$/s, ''), fields: [...fields.values()], scrolls };
}

function read(name: string, value: string): Omit<FieldState, 'at'> | undefined {
	if (name === 'value') return { value };
	if (name === 'checked') return { checked: value === '1' };
	if (name === 'selected') return { selected: value === '-' ? [] : value.split(',').map(Number) };
	return undefined;
}

function inside(twig: Twig, masked: ReadonlySet<NodeId>): boolean {
	for (let at: Twig | undefined = twig; at; at = at.parent) if (masked.has(at.id)) return true;
	return false;
}

/** Selectors of an element: by id, by name, by its place among its like. */
export function wayTo(twig: Twig): Way {
	const { inner, outer } = placeOf(twig);
	const before = outer ? `${wayTo(outer).at(-1)} >>> ` : '';
	const id = twig.attrs?.get('id');
	const name = twig.attrs?.get('name');
	const type = twig.attrs?.get('type')?.toLowerCase();
	const chosen = (type === 'radio' || type === 'checkbox') && twig.attrs?.get('value');
	const named = name && `${twig.name}[name=${quote(name)}]${typeof chosen === 'string' ? `[value=${quote(chosen)}]` : ''}`;
	return [...(id ? [`${before}[id=${quote(id)}]`] : []), ...(named ? [before + named] : []), before + inner];
}

/** Where a twig stands in its tree, and the host of that tree where it is a shadow tree. Only kinds are counted: scripts are not in a shadow. */
function placeOf(twig: Twig): { inner: string; outer: Twig | undefined } {
	const steps: string[] = [];
	let at: Twig | undefined = twig;
	while (at && at.kind === 'element') {
		let nth = 1;
		for (let other = at.previous; other; other = other.previous) if (other.kind === 'element' && other.name === at.name) nth++;
		steps.unshift(`${/^[a-z][a-z0-9-]*$/i.test(at.name) ? at.name : '*'}:nth-of-type(${nth})`);
		at = at.parent;
	}
	return { inner: steps.join(' > '), outer: at?.kind === 'shadow' ? at.parent : undefined };
}

/** A CSS string (CSS Syntax section 4.3.5). */
function quote(text: string): string {
	return `"${text.replace(/["\\\n\r\f\0]/g, (c) => `\\${c.charCodeAt(0).toString(16)} `)}"`;
}
