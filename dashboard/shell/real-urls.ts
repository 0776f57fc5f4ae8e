// page: no Node.
// Addresses with something secret in them leave without it; what they really are stays in this browser, for the host's own tabs.
import { hideQuery } from '../../protocol/privacy.ts';
import type { Secrets } from '../../protocol/secrets.ts';

const KEPT = 'tandem-addresses';
const MOST = 100;

/** The address as others may see it. What it stands for is kept. */
export function hideUrl(url: string, names: readonly string[], secrets: Secrets): string {
	const hidden = secrets.redactUrl(hideQuery(url, names));
	if (hidden !== url) {
		const all = kept().filter(([shown]) => shown !== plain(hidden));
		all.push([plain(hidden), url]);
		sessionStorage.setItem(KEPT, JSON.stringify(all.slice(-MOST)));
	}
	return hidden;
}

/** What an address stands for in this browser: itself, where nothing was hidden. */
export function realUrl(url: string): string {
	return url.includes('•') || url.includes('%E2%80%A2') ? (kept().findLast(([shown]) => shown === plain(url))?.[1] ?? url) : url;
}

/** The server writes an address as the URL parser does. */
function plain(url: string): string {
	return URL.canParse(url) ? new URL(url).href : url;
}

function kept(): [string, string][] {
	return JSON.parse(sessionStorage.getItem(KEPT) ?? '[]') as [string, string][];
}
