// server only (Node).
// Which of our three faces a request is for, by its Host header alone. Any other name gets nothing, so that a foreign name
// pointed at this address (DNS rebinding) reaches none of them.
import ipaddr from 'ipaddr.js';

export type Face = 'app' | 'pages' | 'loopback' | 'nobody';

/** `app` and `owns` say which host names are the app's and the proxy's. */
export function faceOf(host: string | undefined, app: string, owns: (host: string | undefined) => boolean): Face {
	const name = (host ?? '').replace(/:\d*$/, '').toLowerCase();
	if (name === app) return 'app';
	if (owns(host)) return 'pages';
	if (name === 'localhost' || ipaddr.isValid(name.replace(/^\[(.*)\]$/, '$1'))) return 'loopback';
	return 'nobody';
}
