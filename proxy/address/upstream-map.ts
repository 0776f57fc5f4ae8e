// server only (Node).
// TANDEM_UPSTREAM_MAP: where to connect instead of where a name leads, comma separated, `origin=origin`.
//   https://shop.example=http://127.0.0.1:9001            one origin
//   http://*.web-platform.test:8000=http://127.0.0.1:8000  a name and all below it
//   https://*=http://127.0.0.1:4999                         every name
// ws and wss are read as http and https. The most exact entry wins; Host, SNI and the page's belief stay with the left side.

/** Where to connect for an origin. */
export interface Target {
	readonly protocol: 'http:' | 'https:';
	readonly host: string;
	readonly port: number;
	/** Named by the operator: the guard lets it through. */
	readonly trusted: boolean;
}

export type UpstreamMap = (origin: URL) => Target;

const ENTRY = /^(https?|wss?):\/\/([^/=:]+|\[[^\]]+\])(?::(\d+|\*))?\/?=(https?|wss?):\/\/([^/]+)\/?$/i;
const DEFAULT_PORT: Readonly<Record<string, string>> = { http: '80', https: '443' };

interface Entry {
	readonly scheme: string;
	/** The exact host, or what follows `*` (`.web-platform.test`, or '' for every name). */
	readonly host: string;
	readonly wild: boolean;
	/** '*' for any. */
	readonly port: string;
	readonly target: Target;
}

/** Reads the setting. Throws TypeError that names the entry it could not read. */
export function parseUpstreamMap(text: string): UpstreamMap {
	const entries = text
		.split(',')
		.map((entry) => entry.trim())
		.filter(Boolean)
		.map(parseEntry)
		.sort((a, b) => Number(a.wild) - Number(b.wild) || b.host.length - a.host.length);
	return (origin) => entries.find((entry) => matches(entry, origin))?.target ?? direct(origin);
}

function parseEntry(text: string): Entry {
	const match = ENTRY.exec(text);
	if (!match || !URL.canParse(`${match[4]}://${match[5]}`)) throw new TypeError(`TANDEM_UPSTREAM_MAP: not an entry: ${text}`);
	const [, left = '', pattern = '', port, right = '', authority = ''] = match;
	const scheme = plain(left);
	const wild = pattern.startsWith('*');
	const target = direct(new URL(`${plain(right)}://${authority}`));
	const host = wild ? pattern.slice(1) : new URL(`http://${pattern}`).hostname;
	return { scheme, wild, host: host.toLowerCase(), port: port ?? DEFAULT_PORT[scheme] ?? '', target: { ...target, trusted: true } };
}

function matches(entry: Entry, origin: URL): boolean {
	if (origin.protocol !== `${entry.scheme}:`) return false;
	if (entry.port !== '*' && entry.port !== (origin.port || DEFAULT_PORT[entry.scheme])) return false;
	if (!entry.wild) return origin.hostname === entry.host;
	return origin.hostname.endsWith(entry.host) || origin.hostname === entry.host.slice(1);
}

function direct(origin: URL): Target {
	const protocol = origin.protocol === 'http:' ? 'http:' : 'https:';
	const port = Number(origin.port || DEFAULT_PORT[protocol.slice(0, -1)]);
	return { protocol, host: origin.hostname.replace(/^\[|\]$/g, ''), port, trusted: false };
}

function plain(scheme: string): string {
	return scheme.toLowerCase().replace('ws', 'http');
}
