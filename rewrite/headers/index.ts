// server and page: no Node, no DOM.
// Response headers that name a URL or an origin, as a proxied document has to get them. All pure: value in, value out.
import { zoneHost } from '../../protocol/label.ts';
import type { Scope } from '../../protocol/url.ts';
import { toProxied, trimUrl } from '../../protocol/url.ts';
import { rewriteRefresh } from '../html/refresh.ts';
import { rewriteSrcset } from '../html/srcset.ts';
import { maskIntegrity } from '../integrity.ts';
import { mapUrl, schemeOf } from '../url.ts';

export { type CspOptions, givenPolicy, leakGuard, mapCsp } from './csp.ts';
export { asBuilt, asDrawing, asShown, asStill, asUpgraded, type Shape } from './csp-documents.ts';
export { mapPlace, mapReportingEndpoints, mapReportTo } from './reporting.ts';

/** Where a Location header leads (Fetch section 2.2.6): bytes past ASCII are part of it as they are. Undefined where it is no URL. */
export function locationUrl(value: string, base: string): URL | undefined {
	const ascii = value.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
	return URL.canParse(ascii, base) ? new URL(ascii, base) : undefined;
}

/** Content-Location, SourceMap, Service-Worker-Allowed: one URL, absolute or relative to `base` (the real URL asked for). */
export function mapLocation(value: string, scope: Scope, base: string): string {
	return mapUrl(trimUrl(value), scope, schemeOf(base));
}

/** Refresh (HTML section 4.2.5.3, the header has the same form as the meta element). */
export function mapRefresh(value: string, scope: Scope, base: string): string {
	return rewriteRefresh(value, scope, schemeOf(base));
}

/** Access-Control-Allow-Origin, Timing-Allow-Origin: `*`, `null`, or origins, which are compared byte by byte (Fetch section 4.9): in another spelling they are none. */
export function mapOrigins(value: string, scope: Scope): string {
	return value
		.split(',')
		.map((part) => part.trim())
		.map((part) => (URL.canParse(part) && new URL(part).origin === part ? toProxied(part, scope) : part))
		.join(', ');
}

/** Permissions-Policy (structured field; origins stand as strings): `camera=(self "https://a.example")`. */
export function mapPermissionsPolicy(value: string, scope: Scope): string {
	// labels can't carry a wildcard
	const any = `${scope.zone.scheme}://${zoneHost('*', scope.zone)}`;
	return value.replace(/"([^"\\]*)"/g, (_, origin: string) => `"${/^https?:\/\/\*\./i.test(origin) ? any : toProxied(origin, scope)}"`);
}

const LINK = /<([^>]*)>((?:\s*;\s*[^\s=;,]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
const PARAM = /;\s*([^\s=;,]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?/g;

/** Link (RFC 8288): targets, `anchor` and `imagesrcset` mapped; and `integrity` too (integrity.ts). */
export function mapLink(header: string, scope: Scope, base: string): string {
	const scheme = schemeOf(base);
	return header.replace(LINK, (_, target: string, params: string) => {
		const mapped = params.replace(PARAM, (param, name: string, quoted?: string, bare?: string) => {
			const key = name.toLowerCase();
			if (key === 'integrity') return `; ${name}="${maskIntegrity(quoted ?? bare ?? '')}"`;
			if (key === 'anchor' && quoted) return `; ${name}="${mapUrl(quoted, scope, scheme)}"`;
			if (key === 'imagesrcset' && quoted) return `; ${name}="${rewriteSrcset(quoted, scope, scheme)}"`;
			return param;
		});
		return `<${mapUrl(target, scope, scheme)}>${mapped}`;
	});
}
