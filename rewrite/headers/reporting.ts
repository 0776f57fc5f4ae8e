// server and page: no Node, no DOM.
// Where a site wants to be told what happens in its pages, by name: `Reporting-Endpoints` (Reporting API section 3.2) and `Report-To`, its first form.
// Browsers tell nobody over http, and a URL of http that had a label would be one of https to them: it stays as it is.
import type { Scope } from '../../protocol/url.ts';
import { mapUrl } from '../url.ts';

/** Reporting-Endpoints (structured field, a dictionary; URLs stand as strings): `default="/reports", csp="https://a.example/csp"`. */
export function mapReportingEndpoints(value: string, scope: Scope): string {
	return value.replace(/=\s*"((?:[^"\\]|\\.)*)"/g, (_, url: string) => `="${place(url, scope)}"`);
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
		for (const endpoint of endpoints) if (typeof endpoint?.url === 'string') endpoint.url = place(endpoint.url, scope);
	}
	// a header's value is Latin-1
	const text = groups.map((group) => JSON.stringify(group)).join(', ');
	return text.replace(/[^\0-\xff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) || undefined;
}

const place = (url: string, scope: Scope) => (/^\s*http:/i.test(url) ? url : mapUrl(url, scope, 'https'));
