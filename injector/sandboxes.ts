// page.
// Under which sandboxes a document stands, told to the shell when it is to open a window for one (docs/decisions/0027): those of this document's own
// policies, and the one of the frame that a child stands in, which only its parent can see.
import { givenTokens } from '../protocol/still.ts';
import { windowOf } from './children.ts';
import type { Context } from './context.ts';
import { natives } from './natives.ts';
import { queryAll } from './query.ts';
import { knownRoots } from './shadow-roots.ts';

export function startSandboxes({ doc, boot, send, onShell, childFrames }: Context): void {
	/** The sandbox of the frame that a child stands in; undefined for none. */
	const boxOf = (frame: number): string | undefined => {
		for (const all of [queryAll(doc, 'iframe,frame,object,embed'), ...knownRoots().map((root) => queryAll(root, 'iframe'))])
			for (let i = 0; i < all.length; i++) {
				const el = all[i] as Element;
				const child = windowOf(el);
				if (child && childFrames.get(child) === frame) return tokensOf(el);
			}
		return ''; // nobody knows: nothing is allowed
	};
	onShell((message) => {
		if (message.t !== 'sandboxes') return;
		const own = boot.sandboxes ?? [];
		const outer = message.child ? boxOf(message.child) : undefined;
		send({ t: 'sandboxes', n: message.n, tokens: outer === undefined ? own : [...own, outer] });
	});
}

function tokensOf(el: Element): string | undefined {
	const tokens = natives.getAttribute(el, 'sandbox');
	return tokens === null ? undefined : givenTokens(tokens);
}
