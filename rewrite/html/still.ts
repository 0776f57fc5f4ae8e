// server and page: no Node, no DOM.
// Frames whose documents are still ones, and what is in such a document (protocol/still.ts, docs/decisions/0029).
import { isStill, letIn, stillNonce, stillPolicy } from '../../protocol/still.ts';
import type { Edit } from '../edits.ts';
import type { Tag } from './tag.ts';

/** For still documents in the one that is rewritten. */
export interface Stills {
	readonly nonce: string;
	/** The document is held to the policy itself, and with it all that is in it: a style sheet of a stranger's could read the nonce from an attribute. */
	readonly held?: boolean | undefined;
	/** Markup to put first in head, where the document is in an attribute. */
	inject(): string;
}

type Get = (name: string) => string | undefined;

interface Shape {
	readonly stills?: Stills | undefined;
	readonly still?: boolean | undefined;
}

/** The tokens of a sandbox; a line end that is written as a reference, which decoding leaves as it is (entities.ts), parts them too. */
const tokensIn = (get: Get): string | undefined => get('sandbox')?.replace(/\uf8ff#(?:0*13(?!\d)|x0*d(?![\da-f]));?/gi, ' ');

/** Whether documents in an iframe of these attributes are still ones. One with a policy of the site's own is left alone. */
export function isStillFrame(get: Get, { stills, still }: Shape, back: boolean): boolean {
	const tokens = tokensIn(get);
	return !!stills && !back && get('csp') === undefined && (!!still || (tokens !== undefined && isStill(tokens)));
}

/** What is to change in a start tag besides its URLs; on the way back (no `stills`) our policy goes. `frame`: it is such a frame's. */
export function stillEdits(tag: Tag, raw: string, offset: number, element: string, get: Get, { stills }: Shape, frame: boolean): Edit[] {
	const edits: Edit[] = [];
	const behind = 1 + tag.name.length;
	if (frame && stills && !stills.held) edits.push({ start: behind, end: behind, text: ` csp="${stillPolicy(stills.nonce)}"` });
	for (const attribute of tag.attributes) {
		const { name, valueStart, valueEnd, quote } = attribute;
		const [start, end] = [attribute.start - offset, attribute.end - offset];
		const value = raw.slice(valueStart - offset, valueEnd - offset);
		if (!stills) {
			if (name === 'csp' && stillNonce(get(name))) edits.push({ start: start - 1, end, text: '' });
		} else if (frame && name === 'sandbox' && !/(?:^|\s)allow-scripts(?:\s|$)/i.test(get(name) ?? '')) {
			if (valueStart < 0) edits.push({ start: end, end, text: `="${letIn('')}"` });
			else edits.push({ start: valueStart - offset, end: valueEnd - offset, text: quote ? letIn(value) : `"${letIn(value)}"` });
		} else if (AUTOMATIC.has(`${element} ${name}`) || (name === 'content' && /^\s*refresh\s*$/i.test(get('http-equiv') ?? '')))
			edits.push({ start, end, text: '' });
	}
	return edits;
}

/** What happens by itself only where scripts may run (HTML section 7.1.5), and frames that can't be held to a policy. */
const AUTOMATIC = new Set(['video autoplay', 'audio autoplay', 'frame src']);

/** What may stand in a head without ending it (HTML section 13.2.6.4.4). */
const IN_HEAD = /^(?:html|head|base|basefont|bgsound|link|meta|title|noscript|noframes|style|script|template)$/;
const STAND_IN = 'tandem-noscript';

/** To a parser that runs scripts `noscript` is text, and no style shows the element: in a head it is left away, elsewhere another takes its place. */
export class Unscripted {
	private head = true;
	private inHead = false;

	/** A start tag in place of `text`; undefined: as it is. */
	start(name: string, text: string): string | undefined {
		this.head &&= IN_HEAD.test(name);
		if (name !== 'noscript') return undefined;
		this.inHead = this.head;
		return this.head ? '' : text.replace(/noscript/i, STAND_IN);
	}

	end(name: string, text: string): string | undefined {
		if (name === 'head') this.head = false;
		if (name !== 'noscript') return undefined;
		return this.inHead ? '' : text.replace(/noscript/i, STAND_IN);
	}
}
