// page.
// What an attribute holds natively and what the page reads from it, by the rewriter's own table (rewrite/html/rules.ts).
import { givenTokens, isLetIn, isStill, letIn, stillNonce, stillPolicy } from '../../../protocol/still.ts';
import { mapCss } from '../../../rewrite/css/index.ts';
import { DOCUMENT, givenData, SHEET } from '../../../rewrite/data.ts';
import { givenPolicy, mapCsp } from '../../../rewrite/headers/csp.ts';
import { mapRefreshValue } from '../../../rewrite/html/refresh.ts';
import { type AttributeKind, isRuled, ruleFor } from '../../../rewrite/html/rules.ts';
import { mapAllow, mapSrcset, mapUrlList } from '../../../rewrite/html/srcset.ts';
import { hideHashes, isEmbedded, maskIntegrity, unmaskIntegrity } from '../../../rewrite/integrity.ts';
import { natives } from '../../natives.ts';
import { realm } from '../../realm.ts';
import { isOurs, rewriteScript, rewriteSheet, scriptSource } from '../../rewriting.ts';
import { common, type Written } from '../../shared.ts';
import { madeFrom, mapUrl, unmapUrl } from '../../urls.ts';
import { codeUrl } from '../scripts/blob-code.ts';
import { embeddedUrl } from './embedded.ts';
import { documentSource, documentUrl, rewriteDocument, rewriteEmbedded, rewriteEmbeddedStill, stills } from './html.ts';

interface Codec {
	in(value: string, element: Element): string;
	out(value: string): string | null;
}

const codecs: Record<AttributeKind, Codec> = {
	url: { in: urlIn, out: unmapUrl },
	urls: { in: (v) => mapUrlList(v, mapUrl), out: (v) => mapUrlList(v, unmapUrl) },
	allow: { in: (v) => mapAllow(v, mapUrl), out: (v) => mapAllow(v, unmapUrl) },
	srcset: { in: (v) => mapSrcset(v, mapUrl), out: (v) => mapSrcset(v, unmapUrl) },
	cite: { in: (v) => v, out: unmapUrl },
	style: { in: (v) => mapCss(v, mapUrl), out: (v) => mapCss(v, unmapUrl) },
	script: { in: (v) => rewriteScript(v), out: scriptSource },
	html: { in: (v, element) => rewriteDocument(v, isStillFrame(element)), out: documentSource },
	meta: {
		in: metaIn,
		out: (v) => mapRefreshValue(givenPolicy(v), unmapUrl),
	},
	integrity: { in: (v, element) => integrityIn(v, sourceOf(element)), out: unmaskIntegrity },
	sandbox: { in: sandboxIn, out: givenTokens },
	csp: { in: (v, element) => (isStillFrame(element) ? policy() : v), out: (v) => (stillNonce(v) ? null : v) },
};

/** A meta element's content, by the pragma it stands beside. */
function metaIn(value: string, element: Element): string {
	const pragma = natives.getAttribute(element, 'http-equiv')?.trim().toLowerCase();
	if (pragma === 'refresh') return mapRefreshValue(value, mapUrl);
	if (pragma !== 'content-security-policy') return value;
	return mapCsp(value, { scope: realm.scope, nonce: realm.boot.nonce, documentUrl: documentUrl() });
}

const policy = () => stillPolicy(realm.boot.nonce);

/** Whether it is a frame of still documents. */
function isStillFrame(element: Element): boolean {
	return isLetIn(natives.getAttribute(element, 'sandbox'));
}

/** A frame sandboxed without scripts is held to our policy, and lets our runtime in; the document that it is to hold is one for that. */
function sandboxIn(value: string, element: Element): string {
	const given = givenTokens(value);
	const own = natives.getAttribute(element, 'csp');
	const ours = own !== null && !!stillNonce(own);
	if (!stills || (own !== null && !ours) || !isStill(given)) {
		if (ours) natives.removeAttribute(element, 'csp');
		return given;
	}
	if (!ours) natives.setAttribute(element, 'csp', policy());
	const text = ours || natives.isConnected(element) ? null : natives.getAttribute(element, 'srcdoc');
	const next = letIn(given);
	if (text) {
		const source = attributeFrom(element, 'srcdoc', 'html', text) ?? '';
		natives.setAttribute(element, 'sandbox', next);
		natives.setAttribute(element, 'srcdoc', attributeIn(element, 'srcdoc', 'html', source));
	}
	return next;
}

/** Hashes of what stands behind an URL as the browser gets it. No server signs what it doesn't see; there the browser's own check stands, where nothing is edited. */
function integrityIn(value: string, url: string): string {
	if (!isEmbedded(url)) return maskIntegrity(value);
	return givenData(url) !== url || madeFrom(url) ? hideHashes(value) : value;
}

/** `url`, which its element's hashes are to fit. */
function withHashes(element: Element, url: string): string {
	const hashes = natives.getAttribute(element, 'integrity');
	if (hashes) natives.setAttribute(element, 'integrity', integrityIn(unmaskIntegrity(hashes), url));
	return url;
}

function sourceOf(element: Element): string {
	return natives.getAttribute(element, natives.localName(element) === 'link' ? 'href' : 'src') ?? '';
}

/** What is behind a blob: or data: URL isn't seen by the proxy. */
function urlIn(value: string, element: Element): string {
	const mapped = mapUrl(value);
	if (!isEmbedded(mapped)) return mapped;
	const tag = natives.localName(element);
	const module = () => /^\s*module\s*$/i.test(natives.getAttribute(element, 'type') ?? '');
	if (tag === 'script') return withHashes(element, codeUrl(mapped, module()));
	if (tag === 'link') return withHashes(element, embeddedUrl(mapped, SHEET, rewriteSheet));
	return FRAMES.has(tag) ? embeddedUrl(mapped, DOCUMENT, isStillFrame(element) ? rewriteEmbeddedStill : rewriteEmbedded) : mapped;
}

/** What a meta element's content is depends on it. */
export const PRAGMA = 'http-equiv';

const FRAMES = new natives.Set(['iframe', 'frame', 'embed', 'object']);

const kinds: Map<string, Map<string, AttributeKind | null>> = new natives.Map();

const plain: Map<string, boolean> = new natives.Map();

/** Whether an attribute of that name is kept as the page writes it, whatever the element, and means nothing to other attributes. */
export function isPlain(name: string): boolean {
	let known = plain.get(name);
	if (known === undefined) {
		const lower = name.toLowerCase();
		known = !isRuled(lower) && lower !== PRAGMA;
		plain.set(name, known);
	}
	return known;
}

/** The kind of an attribute of an element, both names as they stand in the DOM; undefined for almost all. */
export function kindOf(element: Element, attribute: string): AttributeKind | undefined {
	const tag = natives.localName(element);
	let known = kinds.get(tag);
	if (!known) {
		known = new natives.Map();
		kinds.set(tag, known);
	}
	let kind = known.get(attribute);
	if (kind === undefined) {
		kind = ruleFor(tag.toLowerCase(), attribute.toLowerCase()) ?? null;
		known.set(attribute, kind);
	}
	return kind ?? undefined;
}

/** What to write natively where the page writes `given`; remembers `given` where it couldn't be computed back. */
export function attributeIn(element: Element, attribute: string, kind: AttributeKind, given: string): string {
	const raw = codecs[kind].in(given, element);
	if (raw === given && !common.shared.written.has(element)) return raw;
	if (raw === given || attributeOut(raw, kind) === given) forget(element, attribute);
	else remember(element, attribute, { raw, given });
	return raw;
}

/** What the page reads where `raw` stands natively. */
export function attributeFrom(element: Element, attribute: string, kind: AttributeKind, raw: string): string | null {
	return givenFor(element, attribute, raw) ?? attributeOut(raw, kind);
}

/** What the page gave where `raw` stands, if that is remembered; null: it believes that there is no such attribute. */
export function givenFor(element: Element, attribute: string, raw: string): string | null | undefined {
	if (!common.shared.odd.any) return undefined;
	const written = common.shared.written.get(element)?.get(attribute.toLowerCase());
	return written?.raw === raw ? written.given : undefined;
}

function attributeOut(raw: string, kind: AttributeKind): string | null {
	return isOurs(raw) || kind === 'sandbox' || kind === 'csp' ? codecs[kind].out(raw) : raw;
}

export function remember(element: Element, attribute: string, written: Written): void {
	common.shared.odd.any = true;
	let map = common.shared.written.get(element);
	if (!map) {
		map = new natives.Map();
		common.shared.written.set(element, map);
	}
	map.set(attribute.toLowerCase(), written);
}

export function forget(element: Element, attribute: string): void {
	common.shared.written.get(element)?.delete(attribute.toLowerCase());
}
