// mirror document, tests only.
// The real mirror document, with a way to read it.
import '../../../dashboard/mirror/main.ts';
import { outline } from './outline.ts';

/** Times at which bytes came that are the bench's own, milliseconds since the epoch. */
const bare: number[] = [];
const now = () => performance.timeOrigin + performance.now();
addEventListener('message', ({ ports }) => {
	ports[0]?.addEventListener('message', ({ data }) => data.t === 'x' && data.bytes[0] === 99 && bare.push(now()));
});

Object.assign(window, {
	bare,
	/** Milliseconds since the epoch at which each further change of the root's tree was applied. */
	watchGuest: () => {
		const times: number[] = [];
		const doc = document.querySelector('iframe')?.contentDocument;
		if (doc)
			new MutationObserver(() => times.push(now())).observe(doc, { subtree: true, attributes: true, childList: true, characterData: true });
		return Object.assign(window, { times });
	},
	outlineGuest: () => {
		const doc = document.querySelector('iframe')?.contentDocument;
		return doc ? outline(doc) : '';
	},
});
