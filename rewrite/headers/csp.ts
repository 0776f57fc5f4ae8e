// server and page: no Node, no DOM.
// Content-Security-Policy: the site's own one is kept, its sources mapped (CSP Level 3); beside it stands our leak guard.
import { type Zone, zoneHost } from '../../protocol/label.ts';
import { OWN_PATH } from '../../protocol/page.ts';
import { type Scope, toProxied } from '../../protocol/url.ts';
import { keysOf } from '../integrity.ts';
import { type Scheme, schemeOf } from '../url.ts';
import type { Shape } from './csp-documents.ts';
import { hasHash } from './inline.ts';

export interface CspOptions {
	readonly scope: Scope;
	/** The nonce of our script, where one was made for this document. */
	readonly nonce?: string | undefined;
	/** The document's real URL: its scheme decides what a host without one means. */
	readonly documentUrl?: string | undefined;
	/** Origins, parted by spaces, that may stand around any document: of the header alone, since a meta element's has no say in it (section 6.4.2). */
	readonly framers?: string | undefined;
	/** Our URL for one that reports go to (reporting.ts): of the header alone, for of a meta element's browsers heed none. */
	readonly place?: ((url: string) => string) | undefined;
	/** What becomes of the directives where the document is not as its site sent it: of the header alone (csp-documents.ts). */
	readonly shape?: Shape | undefined;
}

/** Directives that would name a place outside, or hinder the proxy itself. */
const DROPPED = new Set(['upgrade-insecure-requests', 'block-all-mixed-content']);
/** Directives whose value is no source list. */
const OPAQUE = new Set(['sandbox', 'require-trusted-types-for', 'plugin-types', 'webrtc', 'require-sri-for']);
/** What our runtime needs a source for, with the directives that stand in where one is missing (CSP section 6.8.3). */
const OURS = [
	['script-src', ['default-src']],
	['script-src-elem', []],
	['connect-src', ['default-src']],
	['frame-src', ['child-src', 'default-src']],
	['worker-src', ['child-src', 'script-src', 'default-src']],
] as const;
const POLICY_NAME = 'tandem';
/**
 * The author's own text goes along as the name of a place for reports that nobody has told the browser of: nothing is sent there. Where the author has
 * named places it is the fragment of the last one by URL, for with `report-to` browsers pass over those (section 6.5.1); fragments stay in the browser.
 */
const GIVEN = /(?:^|; )report-(?:to \$tandem\$|uri [^;]*#tandem=)([^\s;,]*)\s*$/;
const PLACES = 'report-uri';
/** A place by URL where the author has named one by name alone: of a browser that knows no names. */
const UNHEARD = `${OWN_PATH}unheard`;

/** A CSP header's value (a list of policies) as a proxied document gets it; '' where nothing of it is left. */
export function mapCsp(header: string, options: CspOptions): string {
	return header
		.split(',')
		.map((policy) => mapPolicy(policy, options))
		.filter((policy) => policy !== '')
		.join(', ');
}

/**
 * A policy beside the site's own: nothing outside our zone is ever asked for. Its reports name what tried. `about:` asks nobody either, and style
 * sheets do name it (`src: url(about:invalid)`). A form's action may be code, or a message that the person's own programs send.
 */
export function leakGuard(zone: Zone): string {
	const any = `${anyHost(zone, 'http')} ${anyHost(zone, 'ws')}`;
	const inline = "'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' 'report-sample'";
	const nobody = 'data: blob: about:';
	return `default-src ${any} ${nobody} ${inline}; form-action ${any} ${nobody} javascript: mailto: sms: tel:; report-uri ${OWN_PATH}leak`;
}

/** Whether a CSP header's value sandboxes its document without `allow-modals` (CSP section 6.3.2, HTML section 8.8.1). */
export function forbidsModals(header: string): boolean {
	return sandboxes(header).some((flags) => !flags.includes('allow-modals'));
}

/** Whether a CSP header's value leaves its document without an origin (HTML section 7.1.1, "origin is forced opaque"). */
export function takesOrigin(header: string): boolean {
	return sandboxes(header).some((flags) => !flags.includes('allow-same-origin'));
}

/** The flags of each policy that has a sandbox: of several directives the first. */
export function sandboxes(header: string): string[][] {
	return header.split(',').flatMap((policy) => {
		const found = policy.split(';').flatMap((directive) => {
			const [name, ...flags] = directive
				.trim()
				.toLowerCase()
				.split(/[\t\n\f\r ]+/);
			return name === 'sandbox' ? [flags] : [];
		});
		return found.slice(0, 1);
	});
}

function mapPolicy(policy: string, options: CspOptions): string {
	const directives = new Map<string, string[]>();
	let places: string[] | undefined;
	let group: string | undefined;
	for (const directive of policy.split(';')) {
		const [name = '', ...values] = directive.trim().split(/[\t\n\f\r ]+/);
		const key = name.toLowerCase();
		if (!key || directives.has(key) || DROPPED.has(key)) continue; // section 2.2.1: the first of a name counts
		if (key === PLACES) {
			places ??= options.place && values.map(options.place);
			continue;
		}
		if (key === 'report-to') {
			// over http browsers tell nobody by name
			if (options.scope.zone.scheme === 'https') group ??= [key, ...values].join(' ');
			continue;
		}
		if (key === 'frame-ancestors') {
			if (options.framers) directives.set(key, [...mapSources(values, options).filter((value) => value !== "'none'"), options.framers]);
			continue;
		}
		const mapped = key === 'trusted-types' ? trustedTypes(values) : OPAQUE.has(key) ? values : mapSources(values, options);
		directives.set(key, /^(?:script|default)-src/.test(key) ? withKeys(mapped) : mapped);
	}
	options.shape?.(directives);
	for (const [name, fallbacks] of OURS) {
		const source = directives.get(name) ?? fallbacks.map((other) => directives.get(other)).find((values) => values !== undefined);
		if (source) directives.set(name, admit(source, name, options));
	}
	// an edited style that the page allows by its hash gets our nonce (inline.ts)
	for (const name of ['style-src', 'style-src-elem', 'default-src']) {
		const source = directives.get(name);
		if (source && options.nonce && hasHash(source) && (name !== 'default-src' || !directives.has('style-src')))
			directives.set(name, [...source.filter((value) => value !== `'nonce-${options.nonce}'`), `'nonce-${options.nonce}'`]);
	}
	// of a meta element's the author's text is read back
	if (!directives.size && (options.place || options.shape || !policy.trim())) return '';
	const given = encodeURIComponent(policy.trim().replace(/\p{Surrogate}/gu, ''));
	const named = places?.length ? places : group === undefined ? [] : [UNHEARD];
	const carrier = named.length ? `${PLACES} ${named.join(' ')}#tandem=${given}` : `report-to $tandem$${given}`;
	const said = [...directives].map(([name, values]) => [name, ...values].join(' '));
	return [...said, ...(group === undefined ? [] : [group]), carrier].join('; ');
}

/** The policy as its author wrote it, of one that `mapCsp` made: what a violation is said to be one of, and what a meta element's markup reads. */
export function givenPolicy(mapped: string): string {
	const given = GIVEN.exec(mapped)?.[1];
	if (given === undefined) return mapped;
	try {
		return decodeURIComponent(given);
	} catch {
		return mapped;
	}
}

/** The source list with what our runtime needs: its nonce where nonces count, else the path it is loaded from. */
function admit(sources: readonly string[], directive: string, { nonce, scope, documentUrl }: CspOptions): string[] {
	const kept = sources.filter((source) => source.toLowerCase() !== "'none'");
	const own = documentUrl ? `${toProxied(new URL(documentUrl).origin, scope)}${OWN_PATH}` : "'self'";
	if (!directive.startsWith('script-src')) return kept.includes(own) ? kept : [...kept, own];
	// A nonce would switch 'unsafe-inline' off (section 6.7.3.2) unless something else already does.
	const inline = sources.some((s) => /^'unsafe-inline'$/i.test(s)) && !sources.some((s) => /^'(?:nonce-|sha\d+-|strict-dynamic)/i.test(s));
	return nonce && !inline ? [...kept, `'nonce-${nonce}'`] : [...kept, own];
}

function trustedTypes(values: readonly string[]): string[] {
	return values.includes('*') ? [...values] : [...values.filter((value) => value !== "'none'"), POLICY_NAME];
}

function mapSources(values: readonly string[], options: CspOptions): string[] {
	const mapped = values.flatMap((value) => mapSource(value, options));
	return [...new Set(mapped)];
}

/** A list with more hashes is one of a page's inline scripts. */
const HASHES_MOST = 16;

/** A script that has its hash in `integrity` is allowed by it (section 6.7.2.3): the browser finds keys there (rewrite/integrity.ts), so they stand beside it. */
function withKeys(sources: readonly string[]): string[] {
	const hashes = sources.filter((source) => hasHash([source]));
	if (!hashes.length || hashes.length > HASHES_MOST) return [...sources];
	const keys = hashes.flatMap((hash) => keysOf(hash.slice(1, -1))).map((key) => `'${key}'`);
	return [...new Set([...sources, ...keys])];
}

const HOST_SOURCE = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\*|(?:\*\.)?[^/:*'\s]+)(?::(\d+|\*))?(\/.*)?$/i;

/** One source expression (section 2.3.1). Labels can't carry a wildcard, so such a host becomes the whole zone. */
function mapSource(source: string, { scope, documentUrl = 'https:' }: CspOptions): string[] {
	// (a report of hashes would tell of what we edited)
	if (source.startsWith("'")) return /^'report-sha\d+'$/i.test(source) ? [] : [source];
	const scheme = /^([a-z][a-z0-9+.-]*):$/i.exec(source)?.[1]?.toLowerCase();
	if (scheme) return NETWORK.has(scheme) ? [anyHost(scope.zone, scheme)] : [source];
	const match = HOST_SOURCE.exec(source);
	if (!match) return [source];
	const [, given = '', host = '', port = '', path = ''] = match;
	if (given && !NETWORK.has(given.toLowerCase())) return [source];
	if (host === '*' && !given) return [anyHost(scope.zone, 'http'), anyHost(scope.zone, 'ws')];
	if (host.startsWith('*') || port === '*') return [anyHost(scope.zone, given || 'http')];
	return schemes(given.toLowerCase(), schemeOf(documentUrl), port).map((s) => {
		const origin = `${s}://${host}${port ? `:${port}` : ''}`;
		const label = toProxied(origin, scope);
		return label === origin ? source : `${label}${path}`;
	});
}

const NETWORK = new Set(['http', 'https', 'ws', 'wss']);

/** The schemes a source matches: its own and, as section 6.7.2.8 lets `http` match `https`, the safer one. */
function schemes(given: string, document: Scheme, port: string): string[] {
	const base = given || document;
	return (base === 'http' || base === 'ws') && (port === '' || port === '80') ? [base, `${base}s`] : [base];
}

function anyHost(zone: Zone, scheme: string): string {
	return `${scheme.startsWith('ws') ? zone.scheme.replace('http', 'ws') : zone.scheme}://${zoneHost('*', zone)}`;
}
