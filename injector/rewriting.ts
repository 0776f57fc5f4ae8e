// page and worker.
// rewrite/ as the page uses it: every text a page hands to the browser goes through one of these on its way in, and back on its way out.
import { mapCss } from '../rewrite/css/index.ts';
import { rewriteSheetSelectors, unrewriteSelectors } from '../rewrite/css/selectors.ts';
import { applyEdits } from '../rewrite/edits.ts';
import { type Filling, fillUrls, jsEdits, rewriteJs, rewriteScriptUrl, unrewriteJs } from '../rewrite/js/index.ts';
import { schemeOf } from '../rewrite/url.ts';
import { late } from './late.ts';
import type { Any } from './natives.ts';
import { realm } from './realm.ts';
import { codeUrl } from './sandbox/scripts/blob-code.ts';
import { common } from './shared.ts';
import { mapUrl, unmapUrl } from './urls.ts';

/** A script's text as it runs here. `base`: what its imports are relative to, where text is compiled by a function of ours. */
export function rewriteScript(source: string, module = false, base?: string): string {
	return rewriteJs(source, { module, base, ...filling() });
}

/** What stands behind `javascript:`, as it runs here. */
export function rewriteScriptBehind(source: string): string {
	return rewriteScriptUrl(source, filling());
}

/** A module's text with its imports mapped and nothing else. */
export function rewriteImports(source: string): string {
	return applyEdits(source, fillUrls([], jsEdits(source, { module: true }).urls, filling()));
}

/** A module that a static import names by a blob's URL is rewritten like one that a script names. */
function filling(): Filling {
	return { scope: realm.scope, scheme: schemeOf(realm.boot.origin), blob: (url) => codeUrl(mapUrl(url), true) };
}

/** A script's text as the page wrote it. */
export function scriptSource(text: string): string {
	return isOurs(text) ? unrewriteJs(text, realm.zone, common.shared.table, unmapUrl) : text;
}

export function rewriteSheet(text: string): string {
	return rewriteSheetSelectors(mapCss(text, mapUrl), realm.scope, schemeOf(realm.boot.origin));
}

export function sheetSource(text: string): string {
	return text.includes(realm.mark) ? unrewriteSelectors(mapCss(text, unmapUrl)) : text;
}

/** Whether a text holds anything of ours at all; almost none does, so look before working. */
export function isOurs(text: string): boolean {
	return text.includes(realm.mark) || text.includes('$tandem$');
}

type Trusted = 'TrustedHTML' | 'TrustedScript' | 'TrustedScriptURL';

const factory = realm.global.trustedTypes;
const isTrusted: Record<Trusted, ((value: unknown) => boolean) | undefined> = {
	TrustedHTML: factory?.isHTML.bind(factory),
	TrustedScript: factory?.isScript.bind(factory),
	TrustedScriptURL: factory?.isScriptURL.bind(factory),
};
let policy: Any;

/** Edits the text inside a Trusted Types object (Trusted Types section 2.2) and hands back one of the same kind; other values as they are. */
export function fromTrusted(value: unknown, kind: Trusted, map: (text: string) => string): unknown {
	if (typeof value !== 'object' || !isTrusted[kind]?.(value)) return value;
	const text = `${value}`;
	const mapped = map(text);
	if (mapped === text) return value;
	policy ??= makePolicy();
	return policy ? policy[kind.replace('Trusted', 'create')](mapped) : mapped;
}

/** Edits a text argument of a native, given plain or as a Trusted Types object. */
export function mapText(value: unknown, kind: Trusted, map: (text: string) => string): unknown {
	return typeof value === 'object' && value !== null && isTrusted[kind]?.(value) ? fromTrusted(value, kind, map) : late(value, map);
}

/** A script's text of ours, as a document takes it whose policy asks for Trusted Types. */
export function trustedScript(text: string): unknown {
	if (!factory) return text;
	policy ??= makePolicy();
	return policy ? policy.createScript(text) : text;
}

/** The proxy adds our policy's name to a page's `trusted-types` directive. */
function makePolicy(): Any {
	const same = (text: string) => text;
	try {
		return factory.createPolicy('tandem', { createHTML: same, createScript: same, createScriptURL: same });
	} catch {
		return undefined;
	}
}
