// server and page: no Node, no DOM.
// What stands in labels of ours (protocol/label.ts), as far as a selector can ask for it.

/** A real scheme, and how labels tell of it. */
export interface Proto {
	readonly scheme: 'https' | 'http';
	/** The letters before the token: of plain hosts, of `xn--` ones; each without and with a port; of a hash. */
	readonly plain: string;
	readonly xn: string;
	readonly bare: string;
	readonly port: string;
	readonly all: string;
}

export const HTTPS: Proto = { scheme: 'https', plain: 'ac', xn: 'eg', bare: 'ae', port: 'cg', all: 'acegi' };
export const HTTP: Proto = { scheme: 'http', plain: 'bd', xn: 'fh', bare: 'bf', port: 'dh', all: 'bdfhj' };
export const BOTH = [HTTPS, HTTP] as const;
/** What labels spell; no part of such a host begins or ends with a dash. */
export const HOST = /^(?!.*(?:\.-|-\.|\.\.))[a-z0-9_.-]+$/;

/** That of a scheme's name; HTTP for any but `https`. */
export function protoOf(scheme: string | undefined): Proto {
	return scheme === 'https' ? HTTPS : HTTP;
}

/** Part of a host as it stands in labels. */
export function encode(host: string): string {
	return host.replace(/-/g, '--').replace(/\./g, '-');
}
