// server and page: no Node, no DOM.
// Inline scripts and styles under policies that list their hashes: the edited ones get our nonce where the original was allowed.
import { allows, type Digest, hasHash, type Inline, inlineLists } from '../headers/inline.ts';

export class InlineCode {
	private readonly lists: Record<Inline, string[][]> = { script: [], style: [] };
	private readonly digest: Digest;
	private readonly nonce: string;

	constructor(policies: readonly string[], digest: Digest, nonce: string) {
		this.digest = digest;
		this.nonce = nonce;
		for (const policy of policies) this.add(policy);
	}

	/** One more policy: a header's value, or that of a meta element. */
	add(policy: string): void {
		for (const kind of ['script', 'style'] as const) this.lists[kind].push(...inlineLists(policy, kind));
	}

	/** Whether a text has to be looked at before its start tag may leave. */
	waits(kind: Inline): boolean {
		return this.lists[kind].some(hasHash);
	}

	/** The start tag as it has to be for the edited text; `nonce` is the author's. */
	tagFor(kind: Inline, tag: string, nonce: string | undefined, original: string, edited: string): string {
		const lists = this.lists[kind];
		if (original === edited || allows(lists, original, nonce, NO_HASH) || !allows(lists, original, nonce, this.digest)) return tag;
		// with two attributes of a name no nonce of an element counts (CSP Level 3 section 6.7.3.1)
		const ours = `nonce="${this.nonce}"`;
		return nonce === undefined ? tag.replace(/^<\w+/, `$& ${ours}`) : tag.replace(OWN, `$1${ours}`);
	}
}

/** The digest of a text whose hash is not to count. */
const NO_HASH = () => '';

const VALUE = String.raw`(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"']+))?`;
/** An element's nonce, and before it the tag up to there. */
const OWN = new RegExp(String.raw`^(<\w+(?:[\s/]+(?!nonce[\s=/>])[^\s=>/]+${VALUE})*[\s/]+)nonce${VALUE}`, 'i');
