// server only (Node).
// HTML and XML documents (XHTML, SVG, any other; and XSLT style sheets, whose result is one): rewritten as they stream.
import { createHash } from 'node:crypto';
import { holdTag } from '../../protocol/page.ts';
import { forbidsModals, sandboxes } from '../../rewrite/headers/csp.ts';
import { countOpens, HtmlRewriter } from '../../rewrite/index.ts';
import type { Answer } from '../context.ts';
import { getHeader, getHeaders, mediaType } from '../headers.ts';
import { bootTag } from '../own/boot.ts';
import { isTabRoot } from '../request/tab-root.ts';
import { heldTo, holdsFrames, isStillDocument } from '../response/still.ts';
import { bomCharset, headerCharset, metaCharset, xmlCharset } from './charset.ts';
import { decoded, passOn, streamDocument } from './document.ts';
import { peek } from './peek.ts';
import { deliverRaw } from './raw.ts';
import { isUnknown, sniff } from './sniff.ts';
import { streamText } from './text.ts';

/**
 * A drawing that is a document by itself has the size that it says. Chromium gives one in a frame of another process all of that frame, as it does
 * in an `object`; an XML document with the same element in it keeps its size, so a tab's root is sent as that, and says that it is a drawing.
 */
const SVG = 'image/svg+xml';

export async function deliverHtml(a: Answer): Promise<void> {
	const chunks = decoded(a);
	if (!chunks) {
		a.env.counts.rawFallbacks++;
		return deliverRaw(a);
	}
	const said = getHeader(a.answer, 'content-type') ?? '';
	const given = headerCharset(said);
	const unknown = isUnknown(mediaType(said));
	const hasty = given !== undefined && !unknown;
	const first = await peek(chunks, (bytes) => hasty || metaCharset(bytes) !== undefined);
	const type = unknown ? sniff(first.bytes) : said;
	if (type === undefined) return passOn(a, first, chunks);
	if (type === 'text/plain') return streamText(a, first, chunks, type);
	const xml = a.dest === 'xslt' ? 'xslt' : /[/+]xml$/.test(mediaType(type));
	const charset = bomCharset(first.bytes) ?? given ?? (xml ? xmlCharset(first.bytes) : metaCharset(first.bytes));
	const policies = getHeaders(a.said, 'content-security-policy');
	const beginning = first.bytes.toString('latin1');
	const sized = mediaType(type) === SVG && isTabRoot(a);
	const still = isStillDocument(a);
	const boot = {
		contentType: sized ? SVG : undefined,
		opens: countOpens(beginning),
		autofocus: /autofocus/i.test(beginning),
		plain: !still && !asksForNonce(a),
		still,
		mute: policies.some(forbidsModals),
		unpoliced: !policies.length,
		sandboxes: policies.flatMap((policy) => sandboxes(policy).map((flags) => flags.join(' '))),
	};
	const editor = new HtmlRewriter({
		policies,
		digest: (algorithm, text) => createHash(algorithm).update(text, 'latin1').digest('base64'),
		scope: a.scope,
		documentUrl: a.url.href,
		inject: bootTag(a, a.nonce, boot),
		nonce: a.nonce,
		still,
		stills: holdsFrames(a)
			? { nonce: a.nonce, held: heldTo(a.req) !== undefined, inject: () => bootTag(a, a.nonce, { ...boot, still: true, plain: false }) }
			: undefined,
		// our own runtime's, and the parser's to run: `document.write` is for HTML alone
		waits: xml || still ? undefined : (leads) => holdTag(a.nonce, leads),
		xml,
	});
	await streamDocument(a, first, chunks, { type: sized ? 'application/xml' : type, charset, editor });
}

/** Whether a policy of the site's, mapped or only reporting, names our nonce (rewrite/headers/csp.ts). */
function asksForNonce({ answer, nonce }: Answer): boolean {
	return answer.some(([, value]) => value.includes(`'nonce-${nonce}'`));
}
