// page.
// Markup that a page hands over as text, and markup it reads back.
import { asciiJson } from '../../../protocol/ascii.ts';
import { BOOT_ATTRIBUTE, holdTag, ROOT_MARK } from '../../../protocol/page.ts';
import { isLetIn } from '../../../protocol/still.ts';
import { rewriteHtml, type Stills, unrewriteHtml } from '../../../rewrite/html/index.ts';
import { expectIn } from '../../autofocus.ts';
import { give, OPAQUE } from '../../handing.ts';
import { natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isOurs } from '../../rewriting.ts';
import { common } from '../../shared.ts';
import { unmapUrl } from '../../urls.ts';

const MARK = `<${ROOT_MARK}></${ROOT_MARK}>`;
const ROOTS = /shadowrootmode/i;
const OUR_SCRIPT = new RegExp(`<script[^>]* ${BOOT_ATTRIBUTE}=[^>]*>[^<]*</script>`, 'g');

/** The text of an element's content; `context` is the element's local name (HTML section 13.4). `roots`: templates in it become shadow roots. */
export function rewriteFragment(text: string, context: string, roots = false): string {
	expectIn(text);
	return mayNeed(text) || (roots && ROOTS.test(text))
		? rewriteHtml(text, {
				scope: realm.scope,
				documentUrl: documentUrl(),
				fragment: context,
				roots,
				inject: /srcdoc|data:/i.test(text) ? ourScript() : undefined,
				waits: (leads) => holdTag(realm.boot.nonce, leads),
				stills,
			})
		: text;
}

/** A whole document for a frame of its own (srcdoc): the runtime comes first in it. */
export function rewriteDocument(text: string, still = realm.boot.still): string {
	give(text, OPAQUE);
	const { scope } = realm;
	const { nonce } = realm.boot;
	const waits = still ? undefined : (leads: boolean) => holdTag(nonce, leads);
	return rewriteHtml(text, { scope, documentUrl: documentUrl(), inject: ourScript(still), nonce, waits, stills, still });
}

/** A document behind a `data:` or `blob:` URL, a char being a byte; `type` is its media type. */
export function rewriteEmbedded(text: string, type: string, still = realm.boot.still): string {
	give(text, OPAQUE);
	const xml = /xml/i.test(type);
	const { nonce } = realm.boot;
	return rewriteHtml(text, { scope: realm.scope, documentUrl: documentUrl(), inject: ourScript(still), nonce, xml, stills, still });
}

export const rewriteEmbeddedStill = (text: string, type: string): string => rewriteEmbedded(text, type, true);

/** Where the browser knows the `csp` attribute of frames. */
export const stills: Stills | undefined =
	'csp' in (realm.global.HTMLIFrameElement?.prototype ?? {})
		? {
				get nonce() {
					return realm.boot.nonce;
				},
				inject: () => ourScript(true),
			}
		: undefined;

/** A whole document that no script will run in (DOMParser); `roots` as above. */
export function rewriteInert(text: string, roots = false): string {
	expectIn(text);
	return mayNeed(text) || (roots && ROOTS.test(text))
		? rewriteHtml(text, { scope: realm.scope, documentUrl: documentUrl(), roots, stills })
		: text;
}

/** Markup as the page wrote it. */
export function htmlSource(text: string): string {
	const bare = text.includes(MARK) ? text.replaceAll(MARK, '') : text;
	return isOurs(bare) || isLetIn(bare) ? unrewriteHtml(bare, realm.zone, common.shared.table, unmapUrl) : bare;
}

export function documentSource(text: string): string {
	return htmlSource(text.replace(OUR_SCRIPT, ''));
}

/** The real URL that a document's text is read against. */
export function documentUrl(): string {
	const url = unmapUrl(natives.documentURL(realm.global.document));
	return /^https?:/.test(url) ? url : (realm.boot.creator ?? `${realm.boot.origin}/`);
}

/** The tag that puts the runtime into a document made here. */
export function ourScript(still = realm.boot.still): string {
	const url = documentUrl();
	const boot = natives.stringify({ ...realm.boot, referrer: url, creator: url, contentType: undefined, unpoliced: undefined, still });
	const ascii = asciiJson(boot); // also in text that is bytes
	const escaped = ascii.replace(/&/g, '&amp;').replace(/'/g, '&#39;').replace(/</g, '&lt;');
	return `<script nonce="${realm.boot.nonce}" src="${realm.runtimeUrl}" ${BOOT_ATTRIBUTE}='${escaped}'></script>`;
}

/**
 * What markup must contain to need a change: an absolute URL (its slashes may be written as references or backslashes), a script, a handler,
 * an attribute of its own kind. Most of what pages put into `innerHTML` has none of it and never sees the tokenizer.
 */
const NEEDS = /\/\/|\\|script|[\s"'/]on|srcdoc|sandbox|integrity|http-equiv|&(?:#|sol|bsol|colon|Tab|New)/i;

function mayNeed(text: string): boolean {
	return NEEDS.test(text);
}
