// server and page: no Node, no DOM.
// Where a site wants to be told what happens in its pages: by name `Reporting-Endpoints` (Reporting API section 3.2) and `Report-To`, its first form; by URL
// in a policy (csp.ts). The browser sends reports past every policy, so a URL is read as it reads them, and one that isn't a site's is nobody's.
import { asciiJson } from '../../protocol/ascii.ts';
import { type Scope, toProxied } from '../../protocol/url.ts';
import { type Scheme, schemeOf } from '../url.ts';

/** Browsers send nothing there. */
const NOBODY = 'about:blank';
/** A base that no site has: what stays with it is relative. */
const ANY = '://relative.invalid';

/** A place by URL, without its fragment; what is relative stays so, since it is to a label's document too. `scheme`: the document's. */
export function mapPlace(written: string, scope: Scope, scheme: Scheme): string {
	// what the URL parser strips (URL standard section 4.4)
	const url = written.replace(/[\t\n\r]|^[\0-\x20]+|[\0-\x20]+$|#.*$/gs, '');
	const base = scheme + ANY;
	if (!URL.canParse(url, base)) return NOBODY;
	const { origin, href } = new URL(url, base);
	// (with the base's own scheme it is relative all the same, and a label's scheme may be another)
	if (origin === base) return url.replace(/^https?:/i, '');
	const ours = toProxied(href, scope);
	return ours === href ? NOBODY : ours;
}

/** Reporting-Endpoints (structured field, a dictionary; URLs stand as strings): `default="/reports", csp="https://a.example/csp"`. */
export function mapReportingEndpoints(value: string, scope: Scope): string {
	return value.replace(/"((?:[^"\\]|\\.)*)"/g, (_, url: string) => {
		return `"${secure(url.replace(/\\(.)/g, '$1'), scope).replace(/["\\]/g, '\\$&')}"`;
	});
}

/** Report-To (objects of JSON, parted by commas); undefined where it is none, which browsers pass over. */
export function mapReportTo(value: string, scope: Scope): string | undefined {
	let groups: unknown[];
	try {
		groups = JSON.parse(`[${value}]`);
	} catch {
		return undefined;
	}
	for (const group of groups) {
		const { endpoints } = (group ?? {}) as { endpoints?: unknown };
		if (!Array.isArray(endpoints)) continue;
		for (const endpoint of endpoints) if (typeof endpoint?.url === 'string') endpoint.url = secure(endpoint.url, scope);
	}
	return asciiJson(groups.map((group) => JSON.stringify(group)).join(', ')) || undefined;
}

/** Browsers send nothing to a URL of http; with a label it would be one of https to them. */
function secure(url: string, scope: Scope): string {
	const place = mapPlace(url, scope, 'https');
	return URL.canParse(url) && schemeOf(new URL(url).href) === 'http' ? NOBODY : place;
}
