// page: no Node.
// Addresses with something secret in them leave without it; what they really are stays in this browser, for the host's own tabs.
import { HIDDEN, hideQuery } from '../../protocol/privacy.ts';
import { type Secrets, squeeze } from '../../protocol/secrets.ts';

const KEPT = 'tandem-addresses';
const MOST = 100;

/** The address as others may see it. What it stands for is kept. */
export function hideUrl(url: string, names: readonly string[], secrets: Secrets, typed: string): string {
	const hidden = hideTyped(secrets.redactUrl(hideQuery(url, names)), typed);
	if (hidden !== url) {
		const all = kept().filter(([shown]) => shown !== plain(hidden));
		all.push([plain(hidden), url]);
		sessionStorage.setItem(KEPT, JSON.stringify(all.slice(-MOST)));
	}
	return hidden;
}

/** The address without what is being typed (`typed`: without gaps, as long as it is too short to be known), where a part of it is nothing but that. */
function hideTyped(url: string, typed: string): string {
	const from = typed ? url.indexOf('/', url.indexOf('//') + 2) : -1;
	if (from < 0) return url;
	return url.slice(0, from) + url.slice(from).replace(/[^/?#&=;]+/g, (part) => (squeeze(decoded(part)) === typed ? HIDDEN : part));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
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
