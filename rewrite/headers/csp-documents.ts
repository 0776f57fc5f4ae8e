// server only: no Node, no DOM.
// What becomes of a policy's directives where the document is not as its site sent it.
import type { LabelTable } from '../../protocol/label.ts';
import { type Scope, toProxied, toReal } from '../../protocol/url.ts';

export type Shape = (directives: Map<string, string[]>) => void;

/**
 * The document is one that the browser would build around a picture or a text, and we do: nothing in it is the site's, and a policy has no say in how a
 * browser's own looks. What it may do by its sandbox it could do by a script alone, and there is none but ours.
 */
export function asBuilt(directives: Map<string, string[]>): void {
	asShown(directives);
	directives.get('sandbox')?.push('allow-scripts');
}

/** It is one that the browser does build, around a picture, film or sound: a policy has no say in it either, so that the page around it may run our runtime there. */
export function asShown(directives: Map<string, string[]>): void {
	for (const name of [...directives.keys()]) if (name !== 'sandbox' && name !== 'frame-ancestors') directives.delete(name);
}

/** It is a drawing (SVG): one that is sandboxed without scripts and without an origin runs our script and none of its own, and has no documents in it that could. */
export function asDrawing(directives: Map<string, string[]>): void {
	if (!letOursRun(directives, /^allow-(?:scripts|same-origin)$/i)) return;
	directives.delete('child-src');
	directives.set('frame-src', ["'none'"]);
}

/** It is a still document (protocol/still.ts): a sandbox without scripts lets ours run and no other, without an origin. Its frames are held to the policy by their attribute. */
export function asStill(directives: Map<string, string[]>): void {
	letOursRun(directives, /^allow-scripts$/i);
}

/**
 * It is of https: a picture, sound or film of http in it is asked for over https before a policy has its say (Mixed Content section 4.1), so what allows the one
 * allows the other, which has a label of its own.
 */
export function asUpgraded(directives: Map<string, string[]>, documentUrl: string, scope: Scope, table: LabelTable): void {
	for (const name of ['img-src', 'media-src']) {
		const sources = directives.get(name) ?? directives.get('default-src') ?? [];
		const more = sources.flatMap((source) => {
			const real = source.toLowerCase() === "'self'" ? new URL(documentUrl).origin : toReal(source, scope.zone, table);
			return real.startsWith('https:') && real !== source ? [toProxied(real.replace('s', ''), scope)] : [];
		});
		if (more.length) directives.set(name, [...new Set([...sources, ...more])]);
	}
}

function letOursRun(directives: Map<string, string[]>, unless: RegExp): boolean {
	const box = directives.get('sandbox');
	if (!box || box.some((token) => unless.test(token))) return false;
	directives.set('sandbox', [...box.filter((token) => !/^allow-same-origin$/i.test(token)), 'allow-scripts']);
	for (const name of ['script-src-elem', 'script-src-attr']) directives.delete(name);
	for (const name of ['script-src', 'object-src', 'worker-src']) directives.set(name, ["'none'"]);
	return true;
}
