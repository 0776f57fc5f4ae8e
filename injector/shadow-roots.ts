// page.
// The shadow roots of the window's document that were seen: closed ones as they come (sandbox/documents/shadow-roots.ts),
// open ones of the parser's when the mirror meets them. By their hosts and all together: to closed ones nothing else leads.
import { LooseSet } from './loose-set.ts';
import { type Any, getter } from './natives.ts';
import { common } from './shared.ts';

const g = globalThis as Any;
const openRoot = getter<ShadowRoot | null>(g.Element?.prototype, 'shadowRoot');
export const shadowHost = getter<Element>(g.ShadowRoot?.prototype, 'host');

let known = new LooseSet<ShadowRoot>();

export function rememberRoot(root: ShadowRoot): void {
	common.shared.roots.set(shadowHost(root), root);
	known.add(root);
}

/** Another document stands in the window. */
export function forgetRoots(): void {
	known = new LooseSet();
}

/** Those that were seen, in the order in which they came, also where their host is in no document any more. */
export function knownRoots(): ShadowRoot[] {
	return known.all();
}

/** The shadow root of an element: an open one, or one that was seen. */
export function shadowOf(el: Element): ShadowRoot | null {
	return openRoot(el) ?? common.shared.roots.get(el) ?? null;
}
